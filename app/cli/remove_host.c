#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

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
    json_t *host = wh_lookup_host(state, argv[1], account);
    if (host == NULL)
        return WH_EXIT_REFUSED;
    g_autoptr(json_t) parameters = json_pack("{s:s}", "host", wh_lookup_text(host, "id"));
    return wh_cli_change(cli, "RemoveHost", parameters,
                         _("Not kept any more. The provider still holds the last address."));
}

const WhCommand wh_command_remove_host = {
    "remove-host", "NAME [--account ID]", N_("Do not keep a name any more"),
    N_("Forgets the name here. Nothing is changed at the provider: it keeps the last\n"
       "address.\n"
       "\n"
       "  --account ID   which one, when several accounts keep this name\n"
       "\n"
       "Example:\n"
       "  wayhomectl remove-host home.example.org"),
    run};
