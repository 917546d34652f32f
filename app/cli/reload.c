#include "app/cli/cli.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    WhExit exit_code;
    if (!wh_command_parse(cli, command, NULL, 0, 0, &argc, &argv, &exit_code))
        return exit_code;
    return wh_cli_change(cli, "Reload", NULL,
                         _("The files are read again. See what came of it: wayhomectl status"));
}

const WhCommand wh_command_reload = {
    "reload", "", N_("Read the administrator's files of names again"),
    N_("Reads the files of accounts and names that the administrator wrote again: what\n"
       "they say is kept from now on. What is wrong in them is shown by \"wayhomectl\n"
       "status\".\n"
       "\n"
       "Example:\n"
       "  wayhomectl reload"),
    run};
