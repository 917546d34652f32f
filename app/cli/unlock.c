#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <string.h>

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    WhExit exit_code;
    if (!wh_command_parse(cli, command, NULL, 0, 0, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) state = NULL;
    exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *service = json_object_get(state, "service");
    json_t *secrets = json_object_get(service, "secrets");
    /* It may be open while something of ours is in another one that is not: then there is a notice.
     */
    if (!cli->json && strcmp(wh_lookup_text(secrets, "keyring"), "open") == 0 &&
        json_array_size(json_object_get(service, "notices")) == 0) {
        wh_output_line("%s", _("The keyring is open already."));
        return WH_EXIT_OK;
    }
    return wh_cli_change(cli, "UnlockKeyring", NULL,
                         _("Your desktop asks for the keyring's password now. See what came of it: "
                           "wayhomectl status"));
}

const WhCommand wh_command_unlock = {
    "unlock", "", N_("Unlock the keyring that holds passwords and tokens"),
    N_("Has your desktop ask for the password of its keyring, where the service keeps\n"
       "passwords and tokens. This is needed when the keyring was not unlocked by\n"
       "signing in. The question appears on the screen, not here.\n"
       "\n"
       "Example:\n"
       "  wayhomectl unlock"),
    run};
