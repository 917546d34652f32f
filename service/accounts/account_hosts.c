#include "service/accounts/accounts_private.h"
#include "service/net/dns_message.h"

#include <gio/gio.h>
#include <string.h>

/* Half a minute to a week; 0 leaves it to the provider. */
#define LEAST_TTL 30
#define MOST_TTL 604800

static gboolean has_id(gconstpointer host, gconstpointer id)
{
    return g_strcmp0(((const WhHost *)host)->id, id) == 0;
}

static gboolean find(WhAccounts *accounts, const char *id, guint *index, GError **error)
{
    if (g_ptr_array_find_with_equal_func(accounts->hosts, id, has_id, index))
        return TRUE;
    g_set_error_literal(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_NOT_FOUND,
                        "There is no such name.");
    return FALSE;
}

const WhHost *wh_accounts_find_host(WhAccounts *accounts, const char *id)
{
    guint index;
    return find(accounts, id, &index, NULL) ? accounts->hosts->pdata[index] : NULL;
}

WhHost *wh_accounts_host_at(WhAccounts *accounts, const char *account, const char *name)
{
    for (guint i = 0; i < accounts->hosts->len; i++) {
        WhHost *host = accounts->hosts->pdata[i];
        if (g_str_equal(host->account, account) && g_str_equal(host->name, name))
            return host;
    }
    return NULL;
}

/* What the resolver takes, but no provider as a name of its own. */
static gboolean has_edge_hyphen(const char *name)
{
    return *name == '-' || g_str_has_suffix(name, "-") || strstr(name, "-.") != NULL ||
           strstr(name, ".-") != NULL;
}

char *wh_accounts_normalize(const char *name, GError **error)
{
    if (name == NULL || !g_utf8_validate(name, -1, NULL)) {
        wh_accounts_refuse(error, "name", "Give the name that is to be kept right.");
        return NULL;
    }
    g_autofree char *trimmed = g_strstrip(g_strdup(name));
    if (g_hostname_is_ip_address(trimmed)) {
        wh_accounts_refuse(error, "name",
                           "This is an address. Give the name that is to lead to it, such as "
                           "home.example.org.");
        return NULL;
    }
    g_autofree char *normalized = wh_dns_name_normalize(trimmed);
    if (normalized == NULL || has_edge_hyphen(normalized)) {
        wh_accounts_refuse(error, "name",
                           "This is no host name. Give the whole name, such as home.example.org.");
        return NULL;
    }
    return g_steal_pointer(&normalized);
}

static gboolean take_name(WhHost *host, const WhHostDraft *draft, GError **error)
{
    if (draft->name == NULL && host->name != NULL)
        return TRUE;
    char *name = wh_accounts_normalize(draft->name, error);
    if (name == NULL)
        return FALSE;
    g_free(host->name);
    host->name = name;
    return TRUE;
}

static gboolean take_settings(WhHost *host, const WhHostDraft *draft, GError **error)
{
    for (guint i = 0; draft->wants_set && i < WH_N_FAMILIES; i++)
        host->wants[i] = draft->wants[i];
    if (!host->wants[WH_FAMILY_IPV4] && !host->wants[WH_FAMILY_IPV6])
        return wh_accounts_refuse(error, "families", "Choose IPv4, IPv6 or both.");
    if (draft->ttl_set && draft->ttl != 0 && (draft->ttl < LEAST_TTL || draft->ttl > MOST_TTL))
        return wh_accounts_refuse(error, "ttl",
                                  "Give 30 to 604800 seconds, or 0 for what the provider uses.");
    if (draft->ttl_set)
        host->ttl = draft->ttl;
    if (draft->paused_set)
        host->paused = draft->paused;
    return wh_accounts_take_wishes(host, draft, error);
}

static gboolean check_place(WhAccounts *accounts, const WhHost *host, GError **error)
{
    const WhAccount *account = wh_accounts_named(accounts, host->account, error);
    if (account == NULL || !wh_accounts_check_own(accounts, account->id, error) ||
        !wh_accounts_check_name(accounts, account, host->name, error) ||
        !wh_accounts_check_free(accounts, account->id, host->name, error))
        return FALSE;
    const WhHost *there = wh_accounts_host_at(accounts, host->account, host->name);
    if (there == NULL || g_strcmp0(there->id, host->id) == 0)
        return TRUE;
    g_set_error(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_EXISTS,
                "%s is kept at this account already.", host->name);
    return FALSE;
}

WhHost *wh_accounts_compose_host(WhAccounts *accounts, const WhAccount *account,
                                 const WhHostDraft *draft, GError **error)
{
    g_autoptr(WhHost) host = wh_host_new(NULL, draft->account, NULL);
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        host->wants[i] = TRUE;
    if (!take_name(host, draft, error) || !take_settings(host, draft, error) ||
        (account != NULL && !wh_accounts_check_name(accounts, account, host->name, error)))
        return NULL;
    return g_steal_pointer(&host);
}

static WhHost *check_new(WhAccounts *accounts, const WhHostDraft *draft, GError **error)
{
    if (accounts->hosts->len >= WH_ACCOUNTS_MOST_HOSTS) {
        g_set_error(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_LIMIT,
                    "There are %d names already, and the service keeps no more. Remove one first.",
                    WH_ACCOUNTS_MOST_HOSTS);
        return NULL;
    }
    if (draft->account == NULL) {
        wh_accounts_refuse(error, "account", "Choose the account that the name belongs to.");
        return NULL;
    }
    g_autoptr(WhHost) host = wh_accounts_compose_host(accounts, NULL, draft, error);
    if (host == NULL || !check_place(accounts, host, error))
        return NULL;
    return g_steal_pointer(&host);
}

gboolean wh_accounts_add_host(WhAccounts *accounts, const WhHostDraft *draft, const char **id,
                              GError **error)
{
    GError *cause = NULL;
    g_autoptr(WhHost) checked = check_new(accounts, draft, error);
    if (checked == NULL)
        return FALSE;
    checked->id = g_strdup_printf("h%" G_GINT64_FORMAT, wh_store_next_number(accounts->store));
    if (!wh_accounts_stored(wh_store_put_host(accounts->store, checked, &cause), &cause, error))
        return FALSE;
    WhHost *host = g_steal_pointer(&checked);
    g_ptr_array_add(accounts->hosts, host);
    *id = host->id;
    wh_accounts_tell_host(accounts, host);
    return TRUE;
}

/* Another name or another account is another record: what is remembered belongs to the old one. */
static gboolean is_another(const WhHost *a, const WhHost *b)
{
    return !g_str_equal(a->name, b->name) || !g_str_equal(a->account, b->account);
}

/* Of what a file declares only a pause can be said here. */
static gboolean check_editable(WhAccounts *accounts, const WhHost *host, const WhHostDraft *draft,
                               GError **error)
{
    gboolean pause = draft->account == NULL && draft->name == NULL && !draft->wants_set &&
                     !draft->ttl_set && !draft->device_set && !draft->lan_set &&
                     !draft->withhold_unreachable_set && !draft->networks_set;
    return pause || wh_accounts_check_own(accounts, host->account, error);
}

static gboolean write_changed(WhAccounts *accounts, const WhHost *host, gboolean another,
                              GError **error)
{
    if (wh_accounts_declared(accounts, host->account) != NULL)
        return wh_declared_memory_set_paused(accounts, host->id, host->paused, error);
    return another ? wh_store_move_host(accounts->store, host, error)
                   : wh_store_put_host(accounts->store, host, error);
}

static WhHost *check_changed(WhAccounts *accounts, const WhHost *before, const WhHostDraft *draft,
                             GError **error)
{
    g_autoptr(WhHost) host = wh_host_copy(before);
    if (draft->account != NULL) {
        g_free(host->account);
        host->account = g_strdup(draft->account);
    }
    if (!take_name(host, draft, error) || !take_settings(host, draft, error))
        return NULL;
    if (is_another(before, host) && !check_place(accounts, host, error))
        return NULL;
    return g_steal_pointer(&host);
}

gboolean wh_accounts_edit_host(WhAccounts *accounts, const char *id, const WhHostDraft *draft,
                               GError **error)
{
    guint index;
    GError *cause = NULL;
    if (!find(accounts, id, &index, error))
        return FALSE;
    const WhHost *before = accounts->hosts->pdata[index];
    if (!check_editable(accounts, before, draft, error))
        return FALSE;
    g_autoptr(WhHost) host = check_changed(accounts, before, draft, error);
    if (host == NULL)
        return FALSE;
    gboolean another = is_another(before, host);
    if (!wh_accounts_stored(write_changed(accounts, host, another, &cause), &cause, error))
        return FALSE;
    wh_host_free(accounts->hosts->pdata[index]);
    accounts->hosts->pdata[index] = host;
    if (another)
        wh_keeper_remove_host(accounts->keeper, host->id);
    wh_accounts_tell_host(accounts, g_steal_pointer(&host));
    return TRUE;
}

gboolean wh_accounts_remove_host(WhAccounts *accounts, const char *id, GError **error)
{
    guint index;
    GError *cause = NULL;
    if (!find(accounts, id, &index, error) ||
        !wh_accounts_check_own(accounts, ((const WhHost *)accounts->hosts->pdata[index])->account,
                               error) ||
        !wh_accounts_stored(wh_store_remove_host(accounts->store, id, &cause), &cause, error))
        return FALSE;
    g_autoptr(WhHost) host = g_ptr_array_steal_index(accounts->hosts, index);
    g_hash_table_remove(accounts->withheld, host->id);
    wh_keeper_remove_host(accounts->keeper, host->id);
    return TRUE;
}

gboolean wh_accounts_start_hosts_anew(WhAccounts *accounts, const char *account, GError **error)
{
    GError *first = NULL;
    for (guint i = 0; i < accounts->hosts->len; i++) {
        const WhHost *host = accounts->hosts->pdata[i];
        if (!g_str_equal(host->account, account))
            continue;
        if (wh_accounts_declared(accounts, account) != NULL)
            wh_store_remove_host(accounts->store, host->id, first == NULL ? &first : NULL);
        else
            wh_store_move_host(accounts->store, host, first == NULL ? &first : NULL);
        wh_keeper_remove_host(accounts->keeper, host->id);
        wh_accounts_tell_host(accounts, host);
    }
    return wh_accounts_stored(first == NULL, &first, error);
}

void wh_accounts_drop_hosts(WhAccounts *accounts, const char *account)
{
    for (guint i = accounts->hosts->len; i-- > 0;) {
        const WhHost *host = accounts->hosts->pdata[i];
        if (!g_str_equal(host->account, account))
            continue;
        g_hash_table_remove(accounts->withheld, host->id);
        g_ptr_array_remove_index(accounts->hosts, i);
    }
}
