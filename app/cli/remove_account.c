#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    WhExit exit_code;
    if (!wh_command_parse(cli, command, NULL, 1, 1, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) state = NULL;
    exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *account = wh_lookup_account(state, argv[1]);
    if (account == NULL)
        return WH_EXIT_REFUSED;
    g_autoptr(json_t) parameters = json_pack("{s:s}", "account", wh_lookup_text(account, "id"));
    return wh_cli_change(cli, "RemoveAccount", parameters,
                         _("Removed here, with its names and secrets. Nothing was changed at the "
                           "provider."));
}

const WhCommand wh_command_remove_account = {
    "remove-account", "ACCOUNT", N_("Forget an account, its names and secrets"),
    N_("Removes the account, its names and its secrets from this computer. Nothing is\n"
       "changed at the provider.\n"
       "\n"
       "Example:\n"
       "  wayhomectl remove-account duckdns"),
    run};
