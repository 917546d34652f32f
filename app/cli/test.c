#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/client/sentences.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean is_success(json_t *result)
{
    const char *result_class = wh_lookup_text(result, "class");
    return strcmp(result_class, "CHANGED") == 0 || strcmp(result_class, "SAME") == 0;
}

static WhExit test(WhCli *cli, const char *account, const char *name)
{
    g_autoptr(json_t) parameters = json_pack("{s:s, s:s}", "account", account, "name", name);
    g_autoptr(json_t) answer = NULL;
    WhExit exit_code = wh_cli_act(cli, "Test", parameters, &answer);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *result = json_object_get(answer, "result");
    if (cli->json) {
        wh_output_json(answer);
    } else {
        g_autofree char *sentence = wh_sentence_result(result);
        wh_output_wrapped("", 0, sentence);
    }
    return is_success(result) ? WH_EXIT_OK : WH_EXIT_REFUSED;
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    g_autofree char *account = NULL;
    const GOptionEntry entries[] = {{"account", 0, 0, G_OPTION_ARG_STRING, &account, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 1, 1, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) state = NULL;
    exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    /* With an account the name need not be kept yet. */
    json_t *found =
        account != NULL ? wh_lookup_account(state, account) : wh_lookup_host(state, argv[1], NULL);
    if (found == NULL)
        return WH_EXIT_REFUSED;
    return test(cli, wh_lookup_text(found, account != NULL ? "id" : "account"), argv[1]);
}

const WhCommand wh_command_test = {
    "test", "NAME [--account ID]", N_("Try whether the provider accepts name and credentials"),
    N_("Sends one real update of the name to the present address and says what the\n"
       "provider answers: a wrong token, a wrong name, or that all is well.\n"
       "\n"
       "  --account ID   the account to try; not needed for a name that is kept already\n"
       "\n"
       "Example:\n"
       "  wayhomectl test myname.duckdns.org --account duckdns"),
    run};
