#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/client/link.h"
#include "app/client/sentence_time.h"
#include "app/client/sentences.h"
#include "service/protocol/names.h"

#include <glib/gi18n.h>
#include <string.h>

/* service: what it said of itself last. told: what was printed last about a thing ("host
 * id/family", "verdict/family"), to print only what is new. names: of hosts, by id. begun: the
 * service has answered. gone: it has ended since. ended: there is nothing more to wait for. */
typedef struct {
    WhCli *cli;
    GMainLoop *loop;
    GHashTable *told;
    GHashTable *names;
    json_t *service;
    gboolean begun;
    gboolean gone;
    gboolean ended;
    WhExit exit_code;
} Watch;

static const char *family_of(json_t *object)
{
    const char *family = wh_lookup_text(object, "family");
    if (strcmp(family, "ipv4") == 0)
        return " IPv4";
    return strcmp(family, "ipv6") == 0 ? " IPv6" : "";
}

static void print_line(gint64 at, const char *subject, const char *sentence)
{
    g_autofree char *time = wh_sentence_time_exact(at);
    if (*subject != '\0')
        wh_output_line("%s  %s  %s", time, subject, sentence);
    else
        wh_output_line("%s  %s", time, sentence);
}

/* Whether `sentence` about the thing called `key` was not the last one. */
static gboolean is_news(Watch *watch, const char *key, const char *sentence)
{
    if (g_strcmp0(g_hash_table_lookup(watch->told, key), sentence) == 0)
        return FALSE;
    g_hash_table_replace(watch->told, g_strdup(key), g_strdup(sentence));
    return TRUE;
}

static void print_event(json_t *event)
{
    g_autofree char *subject =
        g_strdup_printf("%s%s", wh_lookup_text(event, "name"), family_of(event));
    g_autofree char *sentence = wh_sentence_event(event);
    gboolean about_host = *wh_lookup_text(event, "name") != '\0';
    print_line(json_integer_value(json_object_get(event, "at")), about_host ? subject : "",
               sentence);
}

static void print_record(Watch *watch, json_t *host, json_t *record)
{
    gint64 now = g_get_real_time();
    g_autofree char *key = g_strconcat(wh_lookup_text(host, "id"), "/", family_of(record), NULL);
    g_autofree char *sentence = wh_sentence_record(record, now);
    if (!is_news(watch, key, sentence))
        return;
    g_autofree char *subject = g_strconcat(wh_lookup_text(host, "name"), family_of(record), NULL);
    const char *acknowledged = wh_lookup_text(record, "acknowledged");
    g_autofree char *line = *acknowledged != '\0'
                                ? g_strdup_printf("%s (%s)", sentence, acknowledged)
                                : g_strdup(sentence);
    print_line(now, subject, line);
}

static void print_host(Watch *watch, json_t *host)
{
    g_hash_table_replace(watch->names, g_strdup(wh_lookup_text(host, "id")),
                         g_strdup(wh_lookup_text(host, "name")));
    size_t i;
    json_t *record;
    json_array_foreach(json_object_get(host, "records"), i, record)
    {
        print_record(watch, host, record);
    }
}

static void print_verdict(Watch *watch, json_t *verdict)
{
    g_autofree char *subject = g_strconcat(_("public"), family_of(verdict), NULL);
    g_autofree char *sentence = wh_sentence_verdict(verdict);
    if (is_news(watch, subject, sentence))
        print_line(g_get_real_time(), subject, sentence);
}

static void print_service(Watch *watch, json_t *service)
{
    if (!json_is_object(service))
        return;
    json_incref(service);
    json_decref(watch->service);
    watch->service = service;
    gboolean paused = json_is_true(json_object_get(service, "paused"));
    const char *sentence = paused ? _("everything is paused") : _("running");
    if (is_news(watch, "service", sentence))
        print_line(g_get_real_time(), "", sentence);
}

static void print_account(Watch *watch, json_t *account)
{
    const char *id = wh_lookup_text(account, "id");
    g_autofree char *trouble = wh_sentence_account(account, watch->service);
    g_autofree char *subject = g_strdup_printf(_("account %s"), id);
    const char *sentence = trouble != NULL ? trouble : _("well");
    /* That an account is well is news only after it was not. */
    gboolean silent = trouble == NULL && !g_hash_table_contains(watch->told, subject);
    if (is_news(watch, subject, sentence) && !silent)
        print_line(g_get_real_time(), subject, sentence);
}

static void print_removed_host(Watch *watch, json_t *id)
{
    const char *name = g_hash_table_lookup(watch->names, json_string_value(id));
    print_line(g_get_real_time(), name != NULL ? name : json_string_value(id),
               _("is not kept any more"));
}

static void print_removed_account(Watch *watch, json_t *id)
{
    g_autofree char *subject = g_strdup_printf(_("account %s"), json_string_value(id));
    print_line(g_get_real_time(), subject, _("is removed"));
    g_hash_table_remove(watch->told, subject);
}

typedef void (*Print)(Watch *watch, json_t *element);

static void print_each(Watch *watch, json_t *array, Print print)
{
    size_t i;
    json_t *element;
    json_array_foreach(array, i, element)
    {
        print(watch, element);
    }
}

/* `changes` is a State or what changed since. */
static void print_changes(Watch *watch, json_t *changes)
{
    size_t i;
    json_t *event;
    json_array_foreach(json_object_get(changes, "events"), i, event)
    {
        print_event(event);
    }
    print_service(watch, json_object_get(changes, "service"));
    print_each(watch, json_object_get(changes, "verdicts"), print_verdict);
    print_each(watch, json_object_get(changes, "accounts"), print_account);
    print_each(watch, json_object_get(changes, "hosts"), print_host);
    print_each(watch, json_object_get(changes, "removed_hosts"), print_removed_host);
    print_each(watch, json_object_get(changes, "removed_accounts"), print_removed_account);
}

static void end(Watch *watch, WhExit exit_code)
{
    watch->exit_code = exit_code;
    watch->ended = TRUE;
    g_main_loop_quit(watch->loop);
}

static void print_message(Watch *watch, json_t *parameters)
{
    if (watch->cli->json) {
        wh_output_json(parameters);
        return;
    }
    if (watch->gone)
        print_line(g_get_real_time(), "", _("the service is there again"));
    json_t *state = json_object_get(parameters, "state");
    print_changes(watch, json_is_object(state) ? state : parameters);
}

static void message_came(WhLink *link, gpointer parameters, gboolean whole, gpointer data)
{
    Watch *watch = data;
    print_message(watch, parameters);
    watch->begun = TRUE;
    watch->gone = FALSE;
    if (!wh_output_is_open())
        end(watch, WH_EXIT_OK);
}

/* A restart of the service does not end what a person looks at. */
static void link_changed(WhLink *link, gpointer data)
{
    Watch *watch = data;
    WhLinkState state = wh_link_state(link);
    if (state == WH_LINK_UP)
        return;
    if (watch->begun && state == WH_LINK_AWAY) {
        if (!watch->gone)
            wh_output_error(
                _("The service ended. Waiting until it is there again; Ctrl-C to stop."));
        watch->gone = TRUE;
        return;
    }
    gboolean denied = state == WH_LINK_NOT_PERMITTED;
    end(watch, wh_cli_failed("Watch", wh_link_error(link),
                             denied ? WH_VARLINK_ERROR("PermissionDenied") : NULL, NULL));
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    WhExit exit_code;
    if (!wh_command_parse(cli, command, NULL, 0, 0, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(WhLink) link = wh_link_new(cli->socket);
    Watch watch = {.cli = cli, .loop = loop, .told = told, .names = names};
    g_signal_connect(link, "message", G_CALLBACK(message_came), &watch);
    g_signal_connect(link, "state-changed", G_CALLBACK(link_changed), &watch);
    wh_link_start(link);
    if (!watch.ended)
        g_main_loop_run(loop);
    g_signal_handlers_disconnect_by_data(link, &watch);
    json_decref(watch.service);
    return watch.exit_code;
}

const WhCommand wh_command_watch = {
    "watch", "", N_("Show what happens, as it happens"),
    N_("First shows how everything is, then one line for each thing that happens, with\n"
       "the time to the millisecond. Ends with Ctrl-C. When the service ends it waits\n"
       "until it is there again.\n"
       "\n"
       "With --json prints one object a line: first the whole state, then what changed;\n"
       "the whole state again after the service was gone.\n"
       "\n"
       "Example:\n"
       "  wayhomectl watch"),
    run};
