#include "app/cli/cli.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <string.h>

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    WhExit exit_code;
    if (!wh_command_parse(cli, command, NULL, 1, 1, &argc, &argv, &exit_code))
        return exit_code;
    gboolean allowed = strcmp(argv[1], "allow") == 0;
    if (!allowed && strcmp(argv[1], "forbid") != 0)
        return wh_command_misused(command, _("Say “allow” or “forbid”, not “%s”."), argv[1]);
    g_autoptr(json_t) parameters = json_pack("{s:b}", "allowed", allowed);
    return wh_cli_change(cli, "AllowSecretFile", parameters,
                         allowed
                             ? _("Where there is no keyring, passwords and tokens are kept in "
                                 "files that only you can read.")
                             : _("Passwords and tokens are not kept in files. Where there is no "
                                 "keyring, they are lost when the service ends."));
}

const WhCommand wh_command_secret_file = {
    "secret-file", "allow|forbid", N_("Keep passwords and tokens in files where no keyring is"),
    N_("Your own service (wayhomed --user) keeps passwords and tokens in your desktop's\n"
       "keyring. Where there is none, it keeps them in memory only, until you allow\n"
       "files that only you (and the administrator of this computer) can read. A keyring\n"
       "that comes later takes over what is in the files, and they are removed.\n"
       "\n"
       "  allow    use such files; what is in memory is written down now\n"
       "  forbid   remove the files; what was in them stays in memory\n"
       "\n"
       "Examples:\n"
       "  wayhomectl secret-file allow\n"
       "  wayhomectl secret-file forbid"),
    run};
