#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "app/cli/step.h"
#include "app/cli/target.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

/* How to go on: the pause of a name and that of everything end separately. */
static char *tell_paused(const char *name, const char *account)
{
    if (name == NULL)
        return g_strdup(_("Everything is paused. To go on: wayhomectl resume"));
    g_autofree char *quoted = wh_step_quote(name);
    if (account == NULL)
        return g_strdup_printf(_("Paused. To go on: wayhomectl resume %s"), quoted);
    return g_strdup_printf(_("Paused. To go on: wayhomectl resume %s --account %s"), quoted,
                           account);
}

static WhExit run_pause(WhCli *cli, const WhCommand *command, int argc, char **argv)
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
    g_autofree char *done = tell_paused(argc > 1 ? argv[1] : NULL, account);
    return wh_cli_change(cli, "Pause", parameters, done);
}

const WhCommand wh_command_pause = {
    "pause", "[NAME] [--account ID]", N_("Send nothing for a name, or at all, for now"),
    N_("Stops updates of one name until \"wayhomectl resume NAME\", or, when none is\n"
       "given, of all until \"wayhomectl resume\". The provider keeps the address it has.\n"
       "\n"
       "  --account ID   which one, when several accounts keep this name\n"
       "\n"
       "Examples:\n"
       "  wayhomectl pause\n"
       "  wayhomectl pause home.example.org"),
    run_pause};

/* Without a name, the account as a whole. */
static json_t *account_parameters(WhCli *cli, const char *account, WhExit *exit_code)
{
    g_autoptr(json_t) state = NULL;
    *exit_code = wh_lookup_state(cli, &state);
    if (*exit_code != WH_EXIT_OK)
        return NULL;
    json_t *found = wh_lookup_account(state, account);
    if (found == NULL) {
        *exit_code = WH_EXIT_REFUSED;
        return NULL;
    }
    return json_pack("{s:s}", "account", wh_lookup_text(found, "id"));
}

static WhExit run_resume(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    g_autofree char *account = NULL;
    const GOptionEntry entries[] = {{"account", 0, 0, G_OPTION_ARG_STRING, &account, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 0, 1, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) parameters =
        argc == 1 && account != NULL
            ? account_parameters(cli, account, &exit_code)
            : wh_target_parameters(cli, command, argc > 1 ? argv[1] : NULL, account, &exit_code);
    if (parameters == NULL)
        return exit_code;
    return wh_cli_change(cli, "Resume", parameters, _("Goes on."));
}

const WhCommand wh_command_resume = {
    "resume", "[NAME] [--account ID]", N_("Go on after a pause, or after something was put right"),
    N_("Ends the pause of a name, and what stopped it: the service tries again. With\n"
       "--account alone does so for the account and all its names. With neither ends the\n"
       "pause of everything; names that were paused by themselves stay so.\n"
       "\n"
       "  --account ID   with a NAME: which one, when several accounts keep this name\n"
       "\n"
       "Examples:\n"
       "  wayhomectl resume\n"
       "  wayhomectl resume home.example.org\n"
       "  wayhomectl resume --account duckdns"),
    run_resume};
