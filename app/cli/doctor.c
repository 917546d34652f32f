#include "app/cli/cli.h"
#include "app/cli/finding.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/client/caller.h"
#include "app/client/session_finding.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

static void print_findings(json_t *findings)
{
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        if (i > 0)
            wh_output_line("%s", "");
        wh_finding_print(finding);
    }
    if (json_array_size(findings) == 0)
        wh_output_line("%s", _("Nothing is wrong."));
}

static gboolean is_any_pressing(json_t *findings)
{
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        if (!wh_finding_is_note(finding))
            return TRUE;
    }
    return FALSE;
}

/* As for the service: without a name, nobody wants to reach this computer. */
static json_t *add_session(json_t *findings, json_t *state)
{
    gboolean wanted = json_array_size(json_object_get(state, "hosts")) > 0;
    g_autoptr(json_t) own = wanted ? wh_session_finding_sleeps() : NULL;
    return wh_session_finding_join(findings, own);
}

/* *findings: a new reference. Who may only look is told what the service goes by already. */
static WhExit ask(WhCli *cli, json_t **findings)
{
    g_autoptr(json_t) state = NULL;
    g_autoptr(json_t) answer = NULL;
    WhExit exit_code = wh_lookup_state(cli, &state);
    if (exit_code == WH_EXIT_OK && wh_caller_of(wh_cli_service(cli)) != WH_CALLER_OBSERVE)
        exit_code = wh_cli_act(cli, "Diagnose", NULL, &answer);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *found = json_object_get(answer != NULL ? answer : state, "findings");
    *findings = add_session(found, state);
    return WH_EXIT_OK;
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    gboolean check = FALSE;
    const GOptionEntry entries[] = {{"check", 0, 0, G_OPTION_ARG_NONE, &check, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 0, 0, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) findings = NULL;
    exit_code = ask(cli, &findings);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    g_autoptr(json_t) answer = json_pack("{s:O}", "findings", findings);
    if (cli->json)
        wh_output_json(answer);
    else
        print_findings(findings);
    return check && is_any_pressing(findings) ? WH_EXIT_ATTENTION : WH_EXIT_OK;
}

const WhCommand wh_command_doctor = {
    "doctor", "[--check]", N_("Find out what keeps this computer from being reached"),
    N_("Asks the router, the internet and this computer again, which takes some seconds,\n"
       "and says in plain words what stands in the way, each with what to do about it.\n"
       "Lines that begin with \"-\" are good to know, and everything works. What only your\n"
       "own desktop knows, such as when it has this computer sleep, is told as well.\n"
       "\n"
       "  --check   end with code 5 when more than that is found (for scripts)\n"
       "\n"
       "Examples:\n"
       "  wayhomectl doctor\n"
       "  wayhomectl doctor --check || echo \"look at it\""),
    run};
