#include "app/cli/lookup.h"

#include "app/cli/cli.h"
#include "app/cli/output.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <string.h>

const char *wh_lookup_text(json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));
    return text != NULL ? text : "";
}

WhExit wh_lookup_state(WhCli *cli, json_t **state)
{
    WhExit exit_code = WH_EXIT_OK;
    if (wh_cli_client(cli, &exit_code) == NULL)
        return exit_code;
    if (cli->state != NULL) {
        *state = json_incref(cli->state);
        return WH_EXIT_OK;
    }
    /* Asked once more, what is wrong is told. */
    g_autoptr(json_t) answer = NULL;
    exit_code = wh_cli_call(cli, "Status", NULL, &answer);
    if (exit_code == WH_EXIT_OK)
        *state = json_incref(json_object_get(answer, "state"));
    return exit_code;
}

/* The one element of `array` whose member is `text`; *count says how many there are. */
static json_t *find(json_t *array, const char *member, const char *text, guint *count)
{
    json_t *found = NULL;
    size_t i;
    json_t *element;
    *count = 0;
    json_array_foreach(array, i, element)
    {
        if (g_ascii_strcasecmp(wh_lookup_text(element, member), text) == 0) {
            found = element;
            (*count)++;
        }
    }
    return found;
}

json_t *wh_lookup_account(json_t *state, const char *account)
{
    guint count;
    json_t *accounts = json_object_get(state, "accounts");
    json_t *found = find(accounts, "id", account, &count);
    if (found != NULL)
        return found;
    found = find(accounts, "label", account, &count);
    if (count == 1)
        return found;
    if (count > 1)
        wh_output_error(_("Several accounts are called “%s”; use the id that status shows."),
                        account);
    else
        wh_output_error(_("There is no account “%s”. See which there are: wayhomectl status"),
                        account);
    return NULL;
}

/* As the service keeps names: without the final dot, and letters beyond ASCII in their IDNA form.
 */
static char *normalise(const char *name)
{
    gsize length = strlen(name);
    char *plain = g_strndup(name, length > 0 && name[length - 1] == '.' ? length - 1 : length);
    char *encoded = g_utf8_validate(plain, -1, NULL) ? g_hostname_to_ascii(plain) : NULL;
    if (encoded == NULL)
        return plain;
    g_free(plain);
    return encoded;
}

static json_t *hosts_of(json_t *state, const char *account)
{
    json_t *hosts = json_array();
    size_t i;
    json_t *host;
    json_array_foreach(json_object_get(state, "hosts"), i, host)
    {
        if (account == NULL || strcmp(wh_lookup_text(host, "account"), account) == 0)
            json_array_append(hosts, host);
    }
    return hosts;
}

static void tell_ambiguous(json_t *hosts, const char *name)
{
    g_autoptr(GString) accounts = g_string_new(NULL);
    size_t i;
    json_t *host;
    json_array_foreach(hosts, i, host)
    {
        if (g_ascii_strcasecmp(wh_lookup_text(host, "name"), name) == 0)
            g_string_append_printf(accounts, " %s", wh_lookup_text(host, "account"));
    }
    wh_output_error(_("“%s” is kept at several accounts; add --account with one of:%s"), name,
                    accounts->str);
}

json_t *wh_lookup_host(json_t *state, const char *name, const char *account)
{
    const char *account_id = NULL;
    if (account != NULL) {
        json_t *found = wh_lookup_account(state, account);
        if (found == NULL)
            return NULL;
        account_id = wh_lookup_text(found, "id");
    }
    g_autoptr(json_t) hosts = hosts_of(state, account_id);
    g_autofree char *wanted = normalise(name);
    guint count;
    json_t *host = find(hosts, "name", wanted, &count);
    if (count == 0)
        host = find(hosts, "id", wanted, &count);
    if (count == 1)
        return host;
    if (count > 1)
        tell_ambiguous(hosts, wanted);
    else
        wh_output_error(_("No such name is kept: “%s”. See which there are: wayhomectl status"),
                        name);
    return NULL;
}

json_t *wh_lookup_account_of(json_t *state, json_t *host)
{
    guint count;
    return find(json_object_get(state, "accounts"), "id", wh_lookup_text(host, "account"), &count);
}

WhExit wh_lookup_provider(WhCli *cli, const char *id, json_t **provider)
{
    g_autoptr(json_t) answer = NULL;
    WhExit exit_code = wh_cli_call(cli, "ListProviders", NULL, &answer);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    guint count;
    json_t *found = find(json_object_get(answer, "providers"), "id", id, &count);
    if (found == NULL) {
        wh_output_error(_("There is no provider “%s”. See which there are: wayhomectl providers"),
                        id);
        return WH_EXIT_REFUSED;
    }
    *provider = json_incref(found);
    return WH_EXIT_OK;
}
