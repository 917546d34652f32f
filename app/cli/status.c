#include "app/client/status.h"
#include "app/cli/cli.h"
#include "app/cli/finding.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/cli/secret_place.h"
#include "app/cli/step.h"
#include "app/client/caller.h"
#include "app/client/sentences.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *family_of(json_t *object)
{
    return strcmp(wh_lookup_text(object, "family"), "ipv4") == 0 ? "IPv4" : "IPv6";
}

/* How somebody comes to manage what nobody does yet. */
static const char *owner_step(json_t *service)
{
    if (*wh_lookup_text(service, "owner") != '\0')
        return NULL;
    if (wh_caller_must_claim(service))
        return _("To be the one: wayhomectl claim");
    return _("To name the one who is to: wayhomectl owner USER");
}

static void print_owner(json_t *service)
{
    g_autofree char *owner = wh_sentence_owner(service);
    g_autofree char *caller = wh_sentence_caller(service);
    const char *step = owner != NULL ? owner_step(service) : NULL;
    const char *parts[] = {owner, caller, step, NULL};
    g_autoptr(GString) line = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i] != NULL)
            g_string_append_printf(line, "%s%s", line->len > 0 ? " " : "", parts[i]);
    if (line->len > 0)
        wh_output_wrapped("", 0, line->str);
}

static void print_about(json_t *host)
{
    g_autofree char *sentence = wh_sentence_host(host);
    if (sentence != NULL)
        wh_output_wrapped("", 8, sentence);
}

static void print_declared(json_t *thing)
{
    g_autofree char *sentence = wh_sentence_declared(thing);
    g_autofree char *withheld = wh_sentence_withheld(thing);
    if (sentence != NULL)
        wh_output_wrapped("", 8, sentence);
    if (withheld != NULL)
        wh_output_wrapped("", 8, withheld);
}

/* One who may only look is told the same about each of them. */
static gboolean is_repeated(json_t *notices, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (json_equal(json_array_get(notices, i), json_array_get(notices, index)))
            return TRUE;
    return FALSE;
}

static void print_service(json_t *service)
{
    if (json_is_true(json_object_get(service, "paused")))
        wh_output_wrapped("", 0, _("Everything is paused. To go on: wayhomectl resume"));
    size_t i;
    json_t *notice;
    json_t *notices = json_object_get(service, "notice_details");
    json_array_foreach(notices, i, notice)
    {
        if (!is_repeated(notices, i))
            wh_output_wrapped("! ", 2, json_string_value(notice));
    }
    print_owner(service);
    wh_secret_place_print(service);
}

static void print_verdicts(json_t *verdicts)
{
    wh_output_line("%s", _("Public address"));
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        g_autofree char *head = g_strdup_printf("  %s", family_of(verdict));
        g_autofree char *sentence = wh_sentence_verdict(verdict);
        wh_output_wrapped(head, 8, sentence);
    }
}

/* Without those that are only good to know. */
static void print_findings(json_t *findings)
{
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        if (!wh_finding_is_note(finding))
            wh_finding_print(finding);
    }
}

/* The address that the record holds or should hold. */
static const char *address_of(json_t *record)
{
    const char *acknowledged = wh_lookup_text(record, "acknowledged");
    if (*acknowledged != '\0')
        return acknowledged;
    const char *desired = wh_lookup_text(record, "desired");
    return *desired != '\0' ? desired : "-";
}

/* What the provider holds was never said or is not what is wanted: then a proof has nothing to
 * prove. */
static gboolean has_proof(json_t *record)
{
    return *wh_lookup_text(record, "acknowledged") != '\0' &&
           strcmp(wh_lookup_text(json_object_get(record, "proof"), "status"), "none") != 0;
}

/* The general pause is told once, on top, with how to end it. */
static gboolean is_paused_with_all(json_t *record, json_t *host)
{
    return strcmp(wh_lookup_text(record, "state"), "paused") == 0 &&
           !json_is_true(json_object_get(host, "paused"));
}

static void print_record(json_t *record, json_t *host, json_t *state, gint64 now)
{
    g_autofree char *head = g_strdup_printf("  %s", family_of(record));
    g_autofree char *sentence = wh_sentence_record(record, now);
    g_autofree char *line = g_strdup_printf("%s  %s", address_of(record), sentence);
    wh_output_wrapped(head, 8, line);
    if (has_proof(record)) {
        g_autofree char *proof = wh_sentence_proof(json_object_get(record, "proof"), now);
        wh_output_wrapped("", 8, proof);
    }
    g_autofree char *step = wh_step_record(record, host, state);
    if (step != NULL && !is_paused_with_all(record, host))
        wh_output_wrapped("     -> ", 8, step);
}

static void print_host(json_t *host, json_t *state, gint64 now)
{
    wh_output_line("%s", "");
    wh_output_line(_("%s  (account %s)"), wh_lookup_text(host, "name"),
                   wh_lookup_text(host, "account"));
    print_about(host);
    print_declared(host);
    size_t i;
    json_t *record;
    json_array_foreach(json_object_get(host, "records"), i, record)
    {
        print_record(record, host, state, now);
    }
}

static gboolean has_hosts(json_t *state, const char *account)
{
    size_t i;
    json_t *host;
    json_array_foreach(json_object_get(state, "hosts"), i, host)
    {
        if (strcmp(wh_lookup_text(host, "account"), account) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Accounts with something to tell that no record tells: one that is well and has names stays out of
 * the way. */
static void print_accounts(json_t *state)
{
    size_t i;
    json_t *account;
    json_t *service = json_object_get(state, "service");
    gboolean first = TRUE;
    json_array_foreach(json_object_get(state, "accounts"), i, account)
    {
        const char *id = wh_lookup_text(account, "id");
        g_autofree char *sentence = wh_sentence_account(account, service);
        if (sentence == NULL && has_hosts(state, id))
            continue;
        if (first)
            wh_output_line("%s", "");
        first = FALSE;
        g_autofree char *head = g_strdup_printf(_("Account %s: "), id);
        g_autofree char *next =
            g_strdup_printf(_("no name yet. Add one: wayhomectl add-host NAME --account %s"), id);
        g_autofree char *line = g_strconcat(head, sentence != NULL ? sentence : next, NULL);
        wh_output_wrapped("", 0, line);
        print_declared(account);
        g_autofree char *step = wh_step_account(account, service);
        if (step != NULL)
            wh_output_wrapped("     -> ", 8, step);
    }
}

static void print_state(json_t *state)
{
    gint64 now = g_get_real_time();
    print_service(json_object_get(state, "service"));
    print_findings(json_object_get(state, "findings"));
    print_verdicts(json_object_get(state, "verdicts"));
    size_t i;
    json_t *host;
    json_array_foreach(json_object_get(state, "hosts"), i, host)
    {
        print_host(host, state, now);
    }
    print_accounts(state);
    if (json_array_size(json_object_get(state, "accounts")) == 0) {
        wh_output_line("%s", "");
        wh_output_wrapped("", 0,
                          _("No name is kept yet. See the providers: wayhomectl providers. Then "
                            "add an account: wayhomectl add-account PROVIDER"));
    }
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    gboolean check = FALSE;
    const GOptionEntry entries[] = {{"check", 0, 0, G_OPTION_ARG_NONE, &check, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 0, 0, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) state = NULL;
    exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    if (cli->json) {
        g_autoptr(json_t) whole = json_pack("{s:O}", "state", state);
        wh_output_json(whole);
    } else {
        print_state(state);
    }
    gboolean needs_person = wh_status_of_state(state) == WH_STATUS_ATTENTION;
    return check && needs_person ? WH_EXIT_ATTENTION : WH_EXIT_OK;
}

const WhCommand wh_command_status = {
    "status", "[--check]", N_("Show every name, its address, and whether it is right"),
    N_("Shows what stands in the way, the public address, every name with what the\n"
       "provider confirmed and what the zone's own servers say, and the next step where\n"
       "one is needed.\n"
       "\n"
       "  --check   end with code 5 when something needs attention (for scripts)\n"
       "\n"
       "Examples:\n"
       "  wayhomectl status\n"
       "  wayhomectl status --check || echo \"look at it\""),
    run};
