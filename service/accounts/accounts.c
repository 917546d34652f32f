#include "service/accounts/accounts.h"

#include "service/accounts/accounts_private.h"

GQuark wh_accounts_error_quark(void)
{
    return g_quark_from_static_string("wh-accounts-error");
}

WhAccounts *wh_accounts_new(WhClock *clock, WhStore *store, WhVault *vault, WhProviders *providers,
                            WhKeeper *keeper)
{
    WhAccounts *accounts = g_new0(WhAccounts, 1);
    accounts->clock = clock;
    accounts->store = store;
    accounts->vault = vault;
    accounts->providers = providers;
    accounts->keeper = keeper;
    accounts->list = g_ptr_array_new_with_free_func((GDestroyNotify)wh_account_free);
    accounts->hosts = g_ptr_array_new_with_free_func((GDestroyNotify)wh_host_free);
    accounts->declared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify)wh_declared_account_free);
    accounts->withheld = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    accounts->elsewhere = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    wh_accounts_init_tests(accounts);
    return accounts;
}

void wh_accounts_free(WhAccounts *accounts)
{
    if (accounts == NULL)
        return;
    wh_accounts_clear_tests(accounts);
    g_ptr_array_unref(accounts->list);
    g_ptr_array_unref(accounts->hosts);
    g_hash_table_unref(accounts->declared);
    g_hash_table_unref(accounts->withheld);
    g_hash_table_unref(accounts->elsewhere);
    g_free(accounts);
}

gboolean wh_accounts_refuse(GError **error, const char *field, const char *sentence)
{
    g_set_error(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_INVALID, "%s: %s", field, sentence);
    return FALSE;
}

const GPtrArray *wh_accounts_list(WhAccounts *accounts)
{
    return accounts->list;
}

const GPtrArray *wh_accounts_hosts(WhAccounts *accounts)
{
    return accounts->hosts;
}

static gboolean has_id(gconstpointer account, gconstpointer id)
{
    return g_strcmp0(((const WhAccount *)account)->id, id) == 0;
}

static gboolean find(WhAccounts *accounts, const char *id, guint *index)
{
    return g_ptr_array_find_with_equal_func(accounts->list, id, has_id, index);
}

const WhAccount *wh_accounts_find(WhAccounts *accounts, const char *id)
{
    guint index;
    return find(accounts, id, &index) ? accounts->list->pdata[index] : NULL;
}

WhAccount *wh_accounts_named(WhAccounts *accounts, const char *id, GError **error)
{
    guint index;
    if (find(accounts, id, &index))
        return accounts->list->pdata[index];
    g_set_error_literal(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_NOT_FOUND,
                        "There is no such account.");
    return NULL;
}

const WhDefinition *wh_accounts_definition(WhAccounts *accounts, const WhAccount *account,
                                           GError **error)
{
    const WhDefinition *definition = wh_providers_find(accounts->providers, account->provider);
    if (definition == NULL)
        g_set_error_literal(
            error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_NOT_FOUND,
            "There is no such provider. See which there are: wayhomectl providers.");
    return definition;
}

WhManners wh_accounts_manners(WhAccounts *accounts, const WhAccount *account)
{
    if (wh_providers_find(accounts->providers, account->provider) == NULL)
        return wh_manners_default();
    return wh_providers_manners(accounts->providers, account);
}

gboolean wh_accounts_stored(gboolean written, GError **cause, GError **error)
{
    if (written)
        return TRUE;
    g_set_error_literal(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_STORE, (*cause)->message);
    g_clear_error(cause);
    return FALSE;
}

static gboolean is_ready(WhAccounts *accounts, const WhAccount *account)
{
    g_autoptr(GHashTable) secrets = wh_accounts_gather(accounts, account, NULL);
    return wh_accounts_is_complete(accounts, account, secrets);
}

void wh_accounts_tell(WhAccounts *accounts, const WhAccount *account)
{
    WhManners manners = wh_accounts_manners(accounts, account);
    wh_keeper_set_account(accounts->keeper, account, &manners, is_ready(accounts, account));
}

void wh_accounts_tell_of_secrets(WhAccounts *accounts, const WhAccount *account, GHashTable *given)
{
    wh_accounts_tell(accounts, account);
    if (given != NULL && g_hash_table_size(given) > 0)
        wh_keeper_resume(accounts->keeper, account->id, NULL);
}

void wh_accounts_restore_account(WhAccounts *accounts, const WhAccount *account)
{
    g_auto(WhHalt) halt = {0};
    WhManners manners = wh_accounts_manners(accounts, account);
    gboolean remembered = wh_store_account_halt(accounts->store, account->id, &halt);
    wh_keeper_restore_account(accounts->keeper, account, &manners, is_ready(accounts, account),
                              remembered ? &halt : NULL);
}

void wh_accounts_restore_provider(WhAccounts *accounts, const char *provider)
{
    g_auto(WhHalt) halt = {0};
    if (wh_store_provider_halt(accounts->store, provider, &halt))
        wh_keeper_restore_provider(accounts->keeper, provider, &halt);
}

void wh_accounts_restore_host(WhAccounts *accounts, const WhHost *host)
{
    g_auto(WhHostState) state = {0};
    gboolean remembered = wh_store_host_state(accounts->store, host->id, &state);
    WhRecordState states[WH_N_FAMILIES] = {0};
    const WhRecordState *records[WH_N_FAMILIES] = {NULL};
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (wh_store_record_state(accounts->store, host->id, (WhFamily)i, &states[i]))
            records[i] = &states[i];
    }
    g_autoptr(WhHost) kept = wh_accounts_as_kept(accounts, host);
    wh_keeper_restore_host(accounts->keeper, kept, remembered ? &state : NULL, records);
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        wh_record_state_clear(&states[i]);
}

void wh_accounts_restore(WhAccounts *accounts)
{
    g_ptr_array_unref(accounts->list);
    g_ptr_array_unref(accounts->hosts);
    accounts->list = wh_store_accounts(accounts->store);
    accounts->hosts = wh_store_hosts(accounts->store);
    g_autoptr(GHashTable) providers = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < accounts->list->len; i++) {
        const WhAccount *account = accounts->list->pdata[i];
        wh_accounts_restore_account(accounts, account);
        if (g_hash_table_add(providers, account->provider))
            wh_accounts_restore_provider(accounts, account->provider);
    }
    for (guint i = 0; i < accounts->hosts->len; i++)
        wh_accounts_restore_host(accounts, accounts->hosts->pdata[i]);
    wh_accounts_finish_removals(accounts);
}

/* As long as the keyring is not open nobody knows what it holds of a store that lost its memory, or
 * of another service of the same person: the number is one that they do not have. */
static char *number_by_chance(WhAccounts *accounts, const char *provider)
{
    char *id = NULL;
    do {
        g_free(id);
        id = g_strdup_printf("%s-%d", provider, g_random_int_range(1000000, G_MAXINT32));
    } while (wh_accounts_find(accounts, id) != NULL);
    return id;
}

/* "duckdns", then "duckdns-2": never one that was there before, because a secret or a line of the
 * history could still bear it. A store that lost its memory does not know, so the vault is asked as
 * well: the secrets of accounts that may come back are not overwritten. */
static char *new_id(WhAccounts *accounts, const char *provider, GError **error)
{
    if (wh_accounts_leftovers(accounts, provider, provider) == WH_LEFTOVERS_UNKNOWN)
        return number_by_chance(accounts, provider);
    g_autofree char *setting = g_strconcat("last account of ", provider, NULL);
    g_autofree char *last = wh_store_setting(accounts->store, setting);
    guint64 number = last != NULL ? g_ascii_strtoull(last, NULL, 10) : 0;
    g_autofree char *id = NULL;
    do {
        number++;
        g_free(id);
        id = number == 1 ? g_strdup(provider)
                         : g_strdup_printf("%s-%" G_GUINT64_FORMAT, provider, number);
    } while (wh_accounts_find(accounts, id) != NULL ||
             wh_accounts_leftovers(accounts, provider, id) != WH_LEFTOVERS_NONE);
    g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT, number);
    GError *cause = NULL;
    if (!wh_accounts_stored(wh_store_put_setting(accounts->store, setting, text, &cause), &cause,
                            error))
        return NULL;
    return g_steal_pointer(&id);
}

static WhAccount *check_new(WhAccounts *accounts, const WhAccountDraft *draft, GError **error)
{
    if (accounts->list->len >= WH_ACCOUNTS_MOST) {
        g_set_error(
            error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_LIMIT,
            "There are %d accounts already, and the service keeps no more. Remove one first.",
            WH_ACCOUNTS_MOST);
        return NULL;
    }
    g_autoptr(WhAccount) account = wh_accounts_compose(accounts, "", NULL, draft, error);
    if (account == NULL || !wh_accounts_check_secrets(accounts, account, draft->secrets, error))
        return NULL;
    return g_steal_pointer(&account);
}

gboolean wh_accounts_add(WhAccounts *accounts, const WhAccountDraft *draft, const char **id,
                         GError **error)
{
    GError *cause = NULL;
    g_autoptr(WhAccount) checked = check_new(accounts, draft, error);
    if (checked == NULL)
        return FALSE;
    g_free(checked->id);
    checked->id = new_id(accounts, checked->provider, error);
    if (checked->id == NULL ||
        !wh_accounts_stored(wh_store_put_account(accounts->store, checked, &cause), &cause, error))
        return FALSE;
    WhAccount *account = g_steal_pointer(&checked);
    g_ptr_array_add(accounts->list, account);
    *id = account->id;
    gboolean kept = wh_accounts_keep(accounts, account, draft->secrets, error);
    wh_accounts_tell(accounts, account);
    return kept;
}

/* Its hosts' names must be possible at the changed account as well. */
static gboolean check_names(WhAccounts *accounts, const WhAccount *account, GError **error)
{
    for (guint i = 0; i < accounts->hosts->len; i++) {
        const WhHost *host = accounts->hosts->pdata[i];
        g_autoptr(GError) reason = NULL;
        if (!g_str_equal(host->account, account->id) ||
            wh_accounts_check_name(accounts, account, host->name, &reason))
            continue;
        g_autofree char *sentence =
            g_strdup_printf("The account keeps %s, which would not fit any more. Remove that name "
                            "first.",
                            host->name);
        return wh_accounts_refuse(error, "fields", sentence);
    }
    return TRUE;
}

static WhAccount *check_changed(WhAccounts *accounts, const WhAccount *before,
                                const WhAccountDraft *draft, GError **error)
{
    g_autoptr(WhAccount) account = wh_accounts_compose(accounts, before->id, before, draft, error);
    if (account == NULL || !wh_accounts_check_secrets(accounts, account, draft->secrets, error))
        return NULL;
    if (draft->fields != NULL && !check_names(accounts, account, error))
        return NULL;
    return g_steal_pointer(&account);
}

gboolean wh_accounts_is_elsewhere(WhAccounts *accounts, const WhAccount *a, const WhAccount *b)
{
    if (wh_providers_find(accounts->providers, a->provider) == NULL)
        return FALSE;
    g_autofree char *endpoint_a = wh_providers_endpoint(accounts->providers, a);
    g_autofree char *endpoint_b = wh_providers_endpoint(accounts->providers, b);
    return g_strcmp0(endpoint_a, endpoint_b) != 0;
}

gboolean wh_accounts_edit(WhAccounts *accounts, const char *id, const WhAccountDraft *draft,
                          GError **error)
{
    guint index;
    GError *cause = NULL;
    const WhAccount *before = wh_accounts_named(accounts, id, error);
    WhAccount *account = before != NULL && wh_accounts_check_own(accounts, id, error)
                             ? check_changed(accounts, before, draft, error)
                             : NULL;
    if (account == NULL)
        return FALSE;
    if (!wh_accounts_stored(wh_store_put_account(accounts->store, account, &cause), &cause,
                            error)) {
        wh_account_free(account);
        return FALSE;
    }
    gboolean elsewhere = wh_accounts_is_elsewhere(accounts, before, account);
    find(accounts, account->id, &index);
    wh_account_free(accounts->list->pdata[index]);
    accounts->list->pdata[index] = account;
    gboolean kept = wh_accounts_keep(accounts, account, draft->secrets, error);
    wh_accounts_tell_of_secrets(accounts, account, draft->secrets);
    if (elsewhere && !wh_accounts_start_hosts_anew(accounts, account->id, kept ? error : NULL))
        return FALSE;
    return kept;
}
