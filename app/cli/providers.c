#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <string.h>

static void print_list(json_t *providers)
{
    size_t i;
    json_t *provider;
    json_array_foreach(providers, i, provider)
    {
        gboolean untested = json_is_true(json_object_get(provider, "untested"));
        g_autofree char *head = g_strdup_printf("%-16s ", wh_lookup_text(provider, "id"));
        g_autofree char *name =
            g_strconcat(wh_lookup_text(provider, "name"), untested ? _(" (untested)") : "", NULL);
        wh_output_wrapped(head, 17, name);
    }
    wh_output_line("%s", "");
    wh_output_line("%s", _("What one asks for: wayhomectl providers ID"));
}

static void print_member(json_t *provider, const char *member, const char *label)
{
    const char *text = wh_lookup_text(provider, member);
    if (*text == '\0')
        return;
    g_autofree char *head = g_strdup_printf("%s: ", label);
    wh_output_wrapped(head, 2, text);
}

/* "One of: a, b. If left out: a." */
static char *describe_value(json_t *field)
{
    g_autoptr(GString) text = g_string_new(NULL);
    size_t i;
    json_t *choice;
    json_array_foreach(json_object_get(field, "choices"), i, choice)
    {
        g_string_append_printf(text, "%s%s", i == 0 ? _("One of: ") : ", ",
                               json_string_value(choice));
    }
    if (text->len > 0)
        g_string_append(text, ". ");
    const char *fallback = wh_lookup_text(field, "fallback");
    if (*fallback != '\0')
        g_string_append_printf(text, _("If left out: %s. "), fallback);
    g_string_append(text, wh_lookup_text(field, "hint"));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void print_field(json_t *field)
{
    gboolean secret = strcmp(wh_lookup_text(field, "kind"), "secret") == 0;
    gboolean required = json_is_true(json_object_get(field, "required"));
    g_autofree char *head = g_strdup_printf("  %-16s ", wh_lookup_text(field, "name"));
    g_autofree char *line = g_strdup_printf(
        "%s%s%s", wh_lookup_text(field, "label"), required ? "" : _(" (may be left out)"),
        secret ? _(" (secret: asked for, or from standard input)") : "");
    wh_output_wrapped(head, 19, line);
    g_autofree char *value = describe_value(field);
    if (*value != '\0')
        wh_output_wrapped("", 19, value);
}

static void print_provider(json_t *provider)
{
    wh_output_line("%s (%s)", wh_lookup_text(provider, "name"), wh_lookup_text(provider, "id"));
    print_member(provider, "home", _("Home page"));
    print_member(provider, "signup", _("Sign up"));
    print_member(provider, "token_page", _("Where the token is"));
    print_member(provider, "name_suffix", _("Names end with"));
    print_member(provider, "caution", _("Mind"));
    if (json_is_true(json_object_get(provider, "untested")))
        wh_output_wrapped("", 0, _("Nobody has tried this one with a real account yet."));
    wh_output_line("%s", "");
    wh_output_line("%s", _("Fields"));
    size_t i;
    json_t *field;
    json_array_foreach(json_object_get(provider, "fields"), i, field)
    {
        print_field(field);
    }
    wh_output_line("%s", "");
    wh_output_line(_("Add an account: wayhomectl add-account %s"), wh_lookup_text(provider, "id"));
}

static WhExit show_one(WhCli *cli, const char *id)
{
    g_autoptr(json_t) provider = NULL;
    WhExit exit_code = wh_lookup_provider(cli, id, &provider);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    if (cli->json) {
        g_autoptr(json_t) whole = json_pack("{s:[O]}", "providers", provider);
        wh_output_json(whole);
    } else {
        print_provider(provider);
    }
    return WH_EXIT_OK;
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    WhExit exit_code;
    if (!wh_command_parse(cli, command, NULL, 0, 1, &argc, &argv, &exit_code))
        return exit_code;
    if (argc > 1)
        return show_one(cli, argv[1]);
    g_autoptr(json_t) answer = NULL;
    exit_code = wh_cli_call(cli, "ListProviders", NULL, &answer);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    if (cli->json)
        wh_output_json(answer);
    else
        print_list(json_object_get(answer, "providers"));
    return WH_EXIT_OK;
}

const WhCommand wh_command_providers = {
    "providers", "[ID]", N_("List the providers, or show what one asks for"),
    N_("Without an ID lists every provider the service knows. With one shows its form:\n"
       "the fields, where to find the token, and what to mind.\n"
       "\n"
       "Examples:\n"
       "  wayhomectl providers\n"
       "  wayhomectl providers duckdns"),
    run};
