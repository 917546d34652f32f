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
    N_("Reads the files of accounts and names in /etc/wayhome again (see\n"
       "wayhome-hosts.conf(5)): what they say is kept from now on. What is wrong in them\n"
       "is shown by \"wayhomectl status\".\n"
       "\n"
       "Example:\n"
       "  sudo wayhomectl reload"),
    run};
