#include "app/cli/target.h"

#include "app/cli/lookup.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

json_t *wh_target_parameters(WhCli *cli, const WhCommand *command, const char *name,
                             const char *account, WhExit *exit_code)
{
    if (name == NULL && account != NULL) {
        *exit_code = wh_command_misused(command, _("--account goes with a NAME."));
        return NULL;
    }
    if (name == NULL)
        return json_object();
    g_autoptr(json_t) state = NULL;
    *exit_code = wh_lookup_state(cli, &state);
    if (*exit_code != WH_EXIT_OK)
        return NULL;
    json_t *host = wh_lookup_host(state, name, account);
    if (host == NULL) {
        *exit_code = WH_EXIT_REFUSED;
        return NULL;
    }
    return json_pack("{s:s}", "host", wh_lookup_text(host, "id"));
}
