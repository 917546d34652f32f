#include "app/cli/cli.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    WhExit exit_code;
    if (!wh_command_parse(cli, command, NULL, 0, 0, &argc, &argv, &exit_code))
        return exit_code;
    return wh_cli_change(cli, "Claim", NULL, _("You manage Wayhome on this computer."));
}

const WhCommand wh_command_claim = {
    "claim", "", N_("Become the one who manages the computer's service"),
    N_("One person manages the service of the whole computer: they (and\n"
       "administrators) change it, and their keyring has a copy of its\n"
       "passwords and tokens. This makes you that person, as long as nobody is. Adding\n"
       "the first account does so, too.\n"
       "\n"
       "Example:\n"
       "  wayhomectl claim"),
    run};
