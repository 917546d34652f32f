#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/cli/step.h"
#include "app/client/caller.h"
#include "app/client/sentences.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean is_note(json_t *finding)
{
    return strcmp(wh_lookup_text(finding, "weight"), "note") == 0;
}

static void print_finding(json_t *finding)
{
    g_autofree char *sentence = wh_sentence_finding(finding);
    g_autofree char *step = wh_sentence_finding_next_step(finding);
    g_autofree char *command = wh_step_finding(finding);
    wh_output_wrapped(is_note(finding) ? "- " : "! ", 2, sentence);
    if (*step != '\0')
        wh_output_wrapped("  -> ", 5, step);
    if (command != NULL)
        wh_output_line("     %s", command);
}

static void print_findings(json_t *findings)
{
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        if (i > 0)
            wh_output_line("%s", "");
        print_finding(finding);
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
        if (!is_note(finding))
            return TRUE;
    }
    return FALSE;
}

/* What the service goes by already, for somebody who may only look. */
static WhExit read_state(WhCli *cli, json_t **answer)
{
    g_autoptr(json_t) state = NULL;
    WhExit exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *findings = json_object_get(state, "findings");
    *answer =
        json_pack("{s:o}", "findings", findings != NULL ? json_incref(findings) : json_array());
    return WH_EXIT_OK;
}

static WhExit ask(WhCli *cli, json_t **answer)
{
    WhExit exit_code;
    if (wh_cli_client(cli, &exit_code) == NULL)
        return exit_code;
    if (wh_caller_of(wh_cli_service(cli)) == WH_CALLER_OBSERVE)
        return read_state(cli, answer);
    return wh_cli_act(cli, "Diagnose", NULL, answer);
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    gboolean check = FALSE;
    const GOptionEntry entries[] = {{"check", 0, 0, G_OPTION_ARG_NONE, &check, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 0, 0, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) answer = NULL;
    exit_code = ask(cli, &answer);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *findings = json_object_get(answer, "findings");
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
       "Lines that begin with \"-\" are good to know, and everything works.\n"
       "\n"
       "  --check   end with code 5 when more than that is found (for scripts)\n"
       "\n"
       "Examples:\n"
       "  wayhomectl doctor\n"
       "  wayhomectl doctor --check || echo \"look at it\""),
    run};
