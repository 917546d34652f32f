#include "app/cli/cli.h"

#include <glib/gi18n.h>

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    WhExit exit_code;
    if (!wh_command_parse(cli, command, NULL, 0, 0, &argc, &argv, &exit_code))
        return exit_code;
    return wh_cli_change(cli, "UnlockKeyring", NULL,
                         _("Your desktop asks for the keyring's password now. See what came of it: "
                           "wayhomectl status"));
}

const WhCommand wh_command_unlock = {
    "unlock", "", N_("Unlock the keyring that holds passwords and tokens"),
    N_("Has your desktop ask for the password of its keyring, where the service keeps\n"
       "passwords and tokens. This is needed when the keyring was not unlocked by signing\n"
       "in. The question appears on the screen, not here.\n"
       "\n"
       "Example:\n"
       "  wayhomectl unlock"),
    run};
