#include "app/cli/cli.h"
#include "app/cli/fields.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

/* Adds "fields" when an argument changes one: all of them, as the service replaces all. */
static WhExit read_changes(WhCli *cli, const WhCommand *command, json_t *account, int argc,
                           char **argv, json_t *parameters)
{
    if (argc < 2)
        return WH_EXIT_OK;
    g_autoptr(json_t) provider = NULL;
    WhExit exit_code = wh_lookup_provider(cli, wh_lookup_text(account, "provider"), &provider);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    g_autoptr(json_t) fields = json_copy(json_object_get(account, "fields"));
    if (!wh_fields_read(command, provider, argc, argv, fields))
        return WH_EXIT_USAGE;
    json_object_set(parameters, "fields", fields);
    return WH_EXIT_OK;
}

static WhExit edit(WhCli *cli, const WhCommand *command, const char *label, int argc, char **argv)
{
    g_autoptr(json_t) state = NULL;
    WhExit exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *account = wh_lookup_account(state, argv[1]);
    if (account == NULL)
        return WH_EXIT_REFUSED;
    g_autoptr(json_t) parameters =
        json_pack("{s:s, s:s*}", "account", wh_lookup_text(account, "id"), "label", label);
    exit_code = read_changes(cli, command, account, argc - 1, argv + 1, parameters);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    if (json_object_size(parameters) == 1)
        return wh_command_misused(command, _("Nothing to change was given."));
    return wh_cli_change(cli, "EditAccount", parameters, _("Changed."));
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    g_autofree char *label = NULL;
    const GOptionEntry entries[] = {{"label", 0, 0, G_OPTION_ARG_STRING, &label, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 1, G_MAXINT, &argc, &argv, &exit_code))
        return exit_code;
    return edit(cli, command, label, argc, argv);
}

const WhCommand wh_command_edit_account = {
    "edit-account", "ACCOUNT [field=value ...] [--label TEXT]", N_("Change an account's settings"),
    N_("Changes fields of an account; those not named stay as they are, and \"field=\"\n"
       "empties one. Secrets are changed with \"wayhomectl secret\"; after a change of the\n"
       "server they must be given again.\n"
       "\n"
       "  --label TEXT   what to call the account\n"
       "\n"
       "Example:\n"
       "  wayhomectl edit-account dyndns2 user=somebody --label Office"),
    run};
