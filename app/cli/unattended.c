#include "app/cli/cli.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <string.h>

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    WhExit exit_code;
    if (!wh_command_parse(cli, command, NULL, 1, 1, &argc, &argv, &exit_code))
        return exit_code;
    gboolean enabled = strcmp(argv[1], "on") == 0;
    if (!enabled && strcmp(argv[1], "off") != 0)
        return wh_command_misused(command, _("Say “on” or “off”, not “%s”."), argv[1]);
    g_autoptr(json_t) parameters = json_pack("{s:b}", "enabled", enabled);
    return wh_cli_change(
        cli, "KeepUnattended", parameters,
        enabled ? _("The computer keeps a copy of passwords and tokens, and updates names while "
                    "nobody is signed in, too.")
                : _("The computer keeps no copy of passwords and tokens any more. After a restart "
                    "names are updated as soon as the one who manages Wayhome signs in, whose "
                    "tray app takes them from the keyring."));
}

const WhCommand wh_command_unattended = {
    "unattended", "on|off", N_("Whether to work while nobody is signed in"),
    N_("The service of the whole computer keeps a copy of passwords and tokens that only\n"
       "this computer can open, so that names are updated as soon as it starts. Without\n"
       "the copy they are in memory only. After a restart the tray app of the one who\n"
       "manages Wayhome takes them from the keyring, as soon as that person signs in;\n"
       "where there is no desktop, they have to be given again.\n"
       "\n"
       "  on    keep the copy (this is so unless you say otherwise)\n"
       "  off   delete the copy, and keep none\n"
       "\n"
       "Examples:\n"
       "  wayhomectl unattended off\n"
       "  wayhomectl unattended on"),
    run};
