#include "app/cli/ask.h"
#include "app/cli/cli.h"
#include "app/cli/fields.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "service/protocol/message.h"
#include "service/protocol/wiping.h"

#include <glib/gi18n.h>
#include <string.h>

/* The form's only secret field, or NULL when there are several or none; told already. */
static json_t *only_secret(const WhCommand *command, json_t *provider)
{
    json_t *only = NULL;
    g_autoptr(GString) names = g_string_new(NULL);
    size_t i;
    json_t *field;
    json_array_foreach(json_object_get(provider, "fields"), i, field)
    {
        if (!wh_fields_is_secret(field))
            continue;
        g_string_append_printf(names, "%s%s", only != NULL ? ", " : "",
                               wh_lookup_text(field, "name"));
        only = names->len == strlen(wh_lookup_text(field, "name")) ? field : NULL;
    }
    if (only == NULL && names->len == 0)
        wh_command_misused(command, _("This provider asks for no secret."));
    else if (only == NULL)
        wh_command_misused(command, _("Say which one: %s."), names->str);
    return only;
}

static json_t *choose_field(const WhCommand *command, json_t *provider, const char *name)
{
    if (name == NULL)
        return only_secret(command, provider);
    json_t *field = wh_fields_find(provider, name);
    if (field != NULL && wh_fields_is_secret(field))
        return field;
    wh_command_misused(command,
                       _("%s has no secret field of that name. See: wayhomectl providers %s"),
                       wh_lookup_text(provider, "name"), wh_lookup_text(provider, "id"));
    return NULL;
}

static WhExit set(WhCli *cli, const char *account, json_t *field)
{
    g_auto(WhWipedText) secret = wh_ask_is_possible()
                                     ? wh_ask_secret(wh_lookup_text(field, "label"))
                                     : wh_ask_standard_input();
    if (secret == NULL)
        return WH_EXIT_USAGE;
    if (*secret == '\0') {
        wh_output_error(_("Nothing was entered; the secret stays as it is."));
        return WH_EXIT_USAGE;
    }
    g_autoptr(json_t) parameters = json_pack("{s:s, s:s, s:s}", "account", account, "field",
                                             wh_lookup_text(field, "name"), "secret", secret);
    if (parameters == NULL) {
        wh_output_error(_("The secret is not UTF-8 text."));
        return WH_EXIT_USAGE;
    }
    return wh_cli_change(cli, "SetSecret", parameters, _("The service has it."));
}

static WhExit forget(WhCli *cli, const char *account)
{
    g_autoptr(json_t) parameters = json_pack("{s:s}", "account", account);
    return wh_cli_change(cli, "ForgetSecrets", parameters,
                         _("The service has forgotten the account's secrets."));
}

static WhExit run_for(WhCli *cli, const WhCommand *command, json_t *account, const char *field)
{
    g_autoptr(json_t) provider = NULL;
    WhExit exit_code = wh_lookup_provider(cli, wh_lookup_text(account, "provider"), &provider);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *chosen = choose_field(command, provider, field);
    return chosen != NULL ? set(cli, wh_lookup_text(account, "id"), chosen) : WH_EXIT_USAGE;
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    gboolean forgets = FALSE;
    const GOptionEntry entries[] = {{"forget", 0, 0, G_OPTION_ARG_NONE, &forgets, NULL, NULL},
                                    G_OPTION_ENTRY_NULL};
    WhExit exit_code;
    if (!wh_command_parse(cli, command, entries, 1, 2, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(json_t) state = NULL;
    exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *account = wh_lookup_account(state, argv[1]);
    if (account == NULL)
        return WH_EXIT_REFUSED;
    if (forgets)
        return forget(cli, wh_lookup_text(account, "id"));
    return run_for(cli, command, account, argc > 2 ? argv[2] : NULL);
}

const WhCommand wh_command_secret = {
    "secret", "ACCOUNT [FIELD] [--forget]", N_("Give an account's password, token or key"),
    N_("Asks for a secret of the account and gives it to the service. When standard\n"
       "input is no terminal it is read from there; one line end at its end is dropped.\n"
       "A secret is never an argument, because every user of the computer can see\n"
       "arguments.\n"
       "\n"
       "  FIELD      which secret; not needed when the provider asks for only one\n"
       "  --forget   forget all secrets of the account instead\n"
       "\n"
       "Examples:\n"
       "  wayhomectl secret duckdns\n"
       "  wayhomectl secret duckdns token < token-file"),
    run};
