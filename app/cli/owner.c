#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/client/sentences.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

static WhExit show(WhCli *cli)
{
    g_autoptr(json_t) state = NULL;
    WhExit exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *service = json_object_get(state, "service");
    if (cli->json) {
        g_autoptr(json_t) answer = json_pack("{s:O*}", "owner", json_object_get(service, "owner"));
        wh_output_json(answer);
        return WH_EXIT_OK;
    }
    g_autofree char *sentence = wh_sentence_owner(service);
    wh_output_wrapped("", 0,
                      sentence != NULL ? sentence
                                       : _("This service is a person's own. Only that of the whole "
                                           "computer has an owner."));
    return WH_EXIT_OK;
}

static WhExit set(WhCli *cli, const char *user)
{
    g_autoptr(json_t) parameters = json_pack("{s:s*}", "user", user);
    g_autofree char *done =
        user != NULL
            ? g_strdup_printf(_("%s manages Wayhome on this computer from now on."), user)
            : g_strdup(_("Nobody manages Wayhome on this computer any more, until somebody adds an "
                         "account."));
    return wh_cli_change(cli, "SetOwner", parameters, done);
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    gboolean nobody = FALSE;
    const GOptionEntry entries[] = {{"nobody", 0, 0, G_OPTION_ARG_NONE, &nobody, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 0, 1, &argc, &argv, &exit_code))
        return exit_code;
    if (nobody && argc > 1)
        return wh_command_misused(command, _("Either a USER, or --nobody."));
    return nobody || argc > 1 ? set(cli, nobody ? NULL : argv[1]) : show(cli);
}

const WhCommand wh_command_owner = {
    "owner", "[USER] [--nobody]", N_("Show or say who manages the computer's service"),
    N_("Without an argument says who manages the service of the whole computer. An\n"
       "administrator can make any user of this computer the one who does, also in the\n"
       "place of another.\n"
       "\n"
       "  --nobody   nobody manages it, until somebody adds an account\n"
       "\n"
       "Examples:\n"
       "  wayhomectl owner\n"
       "  wayhomectl owner ada\n"
       "  wayhomectl owner --nobody"),
    run};
