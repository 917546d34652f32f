#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "app/client/sentences.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <string.h>

static char *date_and_time(gint64 at)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(at / G_USEC_PER_SEC);
    return time != NULL ? g_date_time_format(time, "%Y-%m-%d %H:%M:%S") : g_strdup("-");
}

static void print_event(json_t *event)
{
    g_autofree char *time = date_and_time(json_integer_value(json_object_get(event, "at")));
    g_autofree char *sentence = wh_sentence_event(event);
    const char *name = wh_lookup_text(event, "name");
    const char *family = wh_lookup_text(event, "family");
    if (*name == '\0') {
        wh_output_line("%s  %s", time, sentence);
        return;
    }
    const char *shown = strcmp(family, "ipv4") == 0 ? " IPv4" : *family != '\0' ? " IPv6" : "";
    wh_output_line("%s  %s%s  %s", time, name, shown, sentence);
}

/* The newest last, where the eye of a terminal's user is. */
static void print_events(json_t *events)
{
    for (size_t i = json_array_size(events); i > 0; i--)
        print_event(json_array_get(events, i - 1));
    if (json_array_size(events) == 0)
        wh_output_line("%s", _("Nothing has happened yet."));
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    g_autofree char *account = NULL;
    gint64 limit = 0, before = 0;
    const GOptionEntry entries[] = {{"account", 0, 0, G_OPTION_ARG_STRING, &account, NULL, NULL},
                                    {"limit", 0, 0, G_OPTION_ARG_INT64, &limit, NULL, NULL},
                                    {"before", 0, 0, G_OPTION_ARG_INT64, &before, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 0, 1, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) parameters =
        wh_target_parameters(cli, command, argc > 1 ? argv[1] : NULL, account, &exit_code);
    if (parameters == NULL)
        return exit_code;
    if (limit != 0)
        json_object_set_new(parameters, "limit", json_integer(limit));
    if (before != 0)
        json_object_set_new(parameters, "before", json_integer(before));
    g_autoptr(json_t) answer = NULL;
    exit_code = wh_cli_call(cli, "History", parameters, &answer);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    if (cli->json)
        wh_output_json(answer);
    else
        print_events(json_object_get(answer, "events"));
    return WH_EXIT_OK;
}

const WhCommand wh_command_history = {
    "history", "[NAME] [--limit N]", N_("Show what happened so far"),
    N_("Shows changes, updates, answers and proofs, the newest at the end.\n"
       "\n"
       "  --limit N      how many (100; at most 1000)\n"
       "  --before ID    only what was before the event with this id (ids: --json)\n"
       "  --account ID   which one, when several accounts keep this name\n"
       "\n"
       "Examples:\n"
       "  wayhomectl history\n"
       "  wayhomectl history home.example.org --limit 20"),
    run};
