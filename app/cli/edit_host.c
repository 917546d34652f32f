#include "app/cli/cli.h"
#include "app/cli/families.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/cli/wishes.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

typedef struct {
    char *account;
    char *to_account;
    char *name;
    WhFamilies families;
    WhWishOptions wishes;
    gint64 ttl;
} Options;

/* Finds the host, and the account it moves to, and makes the change. */
static WhExit edit(WhCli *cli, const char *host, const Options *options, json_t *parameters)
{
    g_autoptr(json_t) state = NULL;
    WhExit exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *found = wh_lookup_host(state, host, options->account);
    json_t *target = NULL;
    if (found != NULL && options->to_account != NULL)
        target = wh_lookup_account(state, options->to_account);
    if (found == NULL || (options->to_account != NULL && target == NULL))
        return WH_EXIT_REFUSED;
    json_object_set(parameters, "host", json_object_get(found, "id"));
    if (target != NULL)
        json_object_set(parameters, "account", json_object_get(target, "id"));
    return wh_cli_change(cli, "EditHost", parameters, _("Changed."));
}

static WhExit run_with(WhCli *cli, const WhCommand *command, int argc, char **argv,
                       Options *options)
{
    const GOptionEntry entries[] = {
        {"account", 0, 0, G_OPTION_ARG_STRING, &options->account, NULL, NULL},
        {"to-account", 0, 0, G_OPTION_ARG_STRING, &options->to_account, NULL, NULL},
        {"name", 0, 0, G_OPTION_ARG_STRING, &options->name, NULL, NULL},
        {"ipv4-only", 0, 0, G_OPTION_ARG_NONE, &options->families.ipv4_only, NULL, NULL},
        {"ipv6-only", 0, 0, G_OPTION_ARG_NONE, &options->families.ipv6_only, NULL, NULL},
        {"both", 0, 0, G_OPTION_ARG_NONE, &options->families.both, NULL, NULL},
        {"ttl", 0, 0, G_OPTION_ARG_INT64, &options->ttl, NULL, NULL},
        WH_WISH_ENTRIES(&options->wishes),
        G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 1, 1, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) parameters = json_pack("{s:s*}", "name", options->name);
    if (!wh_families_add(command, &options->families, parameters) ||
        !wh_families_add_ttl(command, options->ttl, parameters) ||
        !wh_wish_options_add(command, &options->wishes, parameters))
        return WH_EXIT_USAGE;
    if (json_object_size(parameters) == 0 && options->to_account == NULL)
        return wh_command_misused(command, _("Nothing to change was given."));
    return edit(cli, argv[1], options, parameters);
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    Options options = {.ttl = -1};
    WhExit exit_code = run_with(cli, command, argc, argv, &options);
    g_free(options.account);
    g_free(options.to_account);
    g_free(options.name);
    wh_wish_options_clear(&options.wishes);
    return exit_code;
}

const WhCommand wh_command_edit_host = {
    "edit-host", "NAME [--account ID] [what to change]", N_("Change how a name is kept"),
    N_("Changes a name that is kept. What is not given stays as it is.\n"
       "\n"
       "  --account ID       which one, when several accounts keep this name\n"
       "  --name NEW         keep another name instead\n"
       "  --to-account ID    the account that holds the name from now on\n"
       "  --ipv4-only, --ipv6-only, --both\n"
       "  --ttl N            how many seconds others may remember the address; 0: as the\n"
       "                     provider does\n"
       "  --machine-suffix END, --machine-mac MAC, --this-computer\n"
       "                     whose IPv6 address it holds: that of another machine of the\n"
       "                     network, by its second half or its MAC address, or this\n"
       "                     computer's\n"
       "  --lan, --internet  hold this computer's address on the local network, or the\n"
       "                     public one\n"
       "  --withhold-unreachable, --always\n"
       "                     leave IPv4 as it is while nobody can connect to it, or not\n"
       "  --only-here        keep it on the network that this computer is on now, and on\n"
       "                     those it was bound to before\n"
       "  --only-on NETWORK  keep it on these networks only: wayhomectl help add-host\n"
       "  --anywhere         keep it on every network\n"
       "\n"
       "Examples:\n"
       "  wayhomectl edit-host home.example.org --both --ttl 60\n"
       "  wayhomectl edit-host laptop.example.org --only-here"),
    run};
