#include "app/cli/ask.h"
#include "app/cli/cli.h"
#include "app/cli/fields.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>

static void print_next(json_t *provider)
{
    g_autofree char *page = wh_output_clean(wh_lookup_text(provider, "token_page"));
    if (*page != '\0' && wh_ask_is_possible())
        g_printerr(_("Where the token is: %s\n"), page);
}

static WhExit add(WhCli *cli, json_t *provider, const char *label, json_t *fields, json_t *secrets)
{
    g_autoptr(json_t) parameters =
        json_pack("{s:s, s:O, s:O, s:s*}", "provider", wh_lookup_text(provider, "id"), "fields",
                  fields, "secrets", secrets, "label", label);
    g_autoptr(json_t) answer = NULL;
    WhExit exit_code = wh_cli_claim_first(cli);
    if (exit_code == WH_EXIT_OK)
        exit_code = wh_cli_act(cli, "AddAccount", parameters, &answer);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    const char *id = wh_lookup_text(answer, "account");
    if (cli->json) {
        wh_output_json(answer);
        return WH_EXIT_OK;
    }
    wh_output_line(_("Added the account %s (%s)."), id, wh_lookup_text(provider, "name"));
    wh_output_line(_("Next: wayhomectl add-host NAME --account %s"), id);
    return WH_EXIT_OK;
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    g_autofree char *label = NULL;
    const GOptionEntry entries[] = {{"label", 0, 0, G_OPTION_ARG_STRING, &label, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 1, G_MAXINT, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) provider = NULL;
    exit_code = wh_lookup_provider(cli, argv[1], &provider);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    g_autoptr(json_t) fields = json_object();
    if (!wh_fields_read(command, provider, argc - 1, argv + 1, fields) ||
        !wh_fields_complete(command, provider, fields))
        return WH_EXIT_USAGE;
    print_next(provider);
    g_autoptr(json_t) secrets = wh_fields_ask_secrets(provider);
    if (secrets == NULL)
        return WH_EXIT_USAGE;
    return add(cli, provider, label, fields, secrets);
}

const WhCommand wh_command_add_account = {
    "add-account", "PROVIDER [field=value ...] [--label TEXT]", N_("Add credentials at a provider"),
    N_("Adds an account. The fields are those that \"wayhomectl providers PROVIDER\"\n"
       "shows; what is missing is asked for. Secrets are never arguments: they are asked\n"
       "for, or read from standard input, as lines field=secret, or alone when there is\n"
       "only one. Where nobody manages the service of the computer yet, you do from then\n"
       "on (see: wayhomectl help claim).\n"
       "\n"
       "  --label TEXT   what to call the account\n"
       "\n"
       "Examples:\n"
       "  wayhomectl add-account duckdns\n"
       "  wayhomectl add-account duckdns < token-file\n"
       "  wayhomectl add-account dyndns2 url=https://dyn.example.org/nic/update user=me"),
    run};
