#include "app/cli/cli.h"
#include "app/cli/families.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/cli/wishes.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

/* The account that was named, or the only one there is. Borrowed; NULL: told already. */
static json_t *choose_account(json_t *state, const char *account)
{
    if (account != NULL)
        return wh_lookup_account(state, account);
    json_t *accounts = json_object_get(state, "accounts");
    if (json_array_size(accounts) == 1)
        return json_array_get(accounts, 0);
    if (json_array_size(accounts) == 0)
        wh_output_error(_("There is no account yet. Add one: wayhomectl add-account PROVIDER"));
    else
        wh_output_error(_("There are several accounts; add --account with the one that has the "
                          "name. See which there are: wayhomectl status"));
    return NULL;
}

static WhExit add(WhCli *cli, const char *name, const char *account, json_t *parameters)
{
    g_autoptr(json_t) state = NULL;
    WhExit exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *chosen = choose_account(state, account);
    if (chosen == NULL)
        return WH_EXIT_REFUSED;
    json_object_set(parameters, "account", json_object_get(chosen, "id"));
    exit_code = wh_cli_claim_first(cli);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    g_autofree char *done =
        g_strdup_printf(_("%s is kept right from now on. See: wayhomectl status"), name);
    return wh_cli_change(cli, "AddHost", parameters, done);
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    g_autofree char *account = NULL;
    g_auto(WhWishOptions) wishes = {0};
    WhFamilies families = {0};
    gint64 ttl = -1;
    const GOptionEntry entries[] = {
        {"account", 0, 0, G_OPTION_ARG_STRING, &account, NULL, NULL},
        {"ipv4-only", 0, 0, G_OPTION_ARG_NONE, &families.ipv4_only, NULL, NULL},
        {"ipv6-only", 0, 0, G_OPTION_ARG_NONE, &families.ipv6_only, NULL, NULL},
        {"ttl", 0, 0, G_OPTION_ARG_INT64, &ttl, NULL, NULL},
        WH_WISH_ENTRIES(&wishes),
        G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 1, 1, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) parameters = json_pack("{s:s}", "name", argv[1]);
    if (parameters == NULL)
        return wh_command_misused(command, _("The name is not UTF-8 text."));
    if (!wh_families_add(command, &families, parameters) ||
        !wh_families_add_ttl(command, ttl, parameters) ||
        !wh_wish_options_add(command, &wishes, parameters))
        return WH_EXIT_USAGE;
    return add(cli, argv[1], account, parameters);
}

const WhCommand wh_command_add_host = {
    "add-host", "NAME [--account ID] [how to keep it]", N_("Keep a name right from now on"),
    N_("Keeps the name pointing at this computer: IPv4 and IPv6, as far as there are\n"
       "such addresses.\n"
       "\n"
       "  --account ID   the account that holds the name; needed when there are several\n"
       "  --ipv4-only    leave the IPv6 address alone\n"
       "  --ipv6-only    leave the IPv4 address alone\n"
       "  --ttl N        how many seconds others may remember the address, where the\n"
       "                 provider lets it be set\n"
       "  --machine-suffix END\n"
       "                 the IPv6 address is that of another machine of this network, by\n"
       "                 its second half, such as ::1234:5678:9abc:def0\n"
       "  --machine-mac MAC\n"
       "                 the same, by the machine's MAC address\n"
       "  --lan          hold this computer's address on the local network\n"
       "  --withhold-unreachable\n"
       "                 leave IPv4 as it is while nobody can connect to it\n"
       "  --only-here    keep it only on the network that this computer is on now, and\n"
       "                 leave it alone where else a laptop is carried\n"
       "  --only-on NETWORK\n"
       "                 the same for another: its router's MAC address and its own\n"
       "                 addresses, such as aa:bb:cc:dd:ee:ff/192.168.1.0/24 (can be\n"
       "                 given several times)\n"
       "\n"
       "Examples:\n"
       "  wayhomectl add-host home.example.org\n"
       "  wayhomectl add-host myname.duckdns.org --account duckdns --ipv4-only\n"
       "  wayhomectl add-host cam.example.org --machine-mac 00:11:22:33:44:55"),
    run};
