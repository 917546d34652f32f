#include "app/cli/cli.h"
#include "app/cli/target.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    g_autofree char *account = NULL;
    const GOptionEntry entries[] = {{"account", 0, 0, G_OPTION_ARG_STRING, &account, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 0, 1, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) parameters =
        wh_target_parameters(cli, command, argc > 1 ? argv[1] : NULL, account, &exit_code);
    if (parameters == NULL)
        return exit_code;
    return wh_cli_change(cli, "UpdateNow", parameters,
                         _("The service looks for the address and sends what is due. See: "
                           "wayhomectl status"));
}

const WhCommand wh_command_update = {
    "update", "[NAME] [--account ID]", N_("Look now, send what is due, and prove again"),
    N_("Does not wait for the next look: finds the address out, sends what is due and\n"
       "asks the zone's servers for proof. A name that is right already is not sent\n"
       "again, and what the provider asked to wait for is waited for.\n"
       "\n"
       "  --account ID   which one, when several accounts keep this name\n"
       "\n"
       "Examples:\n"
       "  wayhomectl update\n"
       "  wayhomectl update home.example.org"),
    run};
