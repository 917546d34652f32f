/* An account goes from the store first, and then its secrets go. A service that is killed in
 * between goes on with it at its next start. */
#include "service/accounts/accounts_private.h"

/* Ids, with blanks between: accounts that are gone, and whose secrets may still be there. */
#define SETTING "removing"

static char *with_id(const char *ids, const char *id)
{
    return ids != NULL ? g_strconcat(ids, " ", id, NULL) : g_strdup(id);
}

static char *without_id(const char *ids, const char *id)
{
    char *rest = NULL;
    g_auto(GStrv) all = g_strsplit(ids != NULL ? ids : "", " ", -1);
    for (guint i = 0; all[i] != NULL; i++) {
        g_autofree char *before = rest;
        rest = g_str_equal(all[i], id) ? g_steal_pointer(&before) : with_id(before, all[i]);
    }
    return rest;
}

/* Together with what must still be forgotten: no moment to be killed in lies between. */
static gboolean erase(WhAccounts *accounts, const char *id, const char *note, GError **error)
{
    GError *cause = NULL;
    g_autofree char *ids = wh_store_setting(accounts->store, SETTING);
    g_autofree char *more = with_id(ids, id);
    gboolean erased = wh_store_remove_account_and_put_setting(
        accounts->store, id, note != NULL ? WH_ACCOUNTS_VAULT_NOTE : SETTING,
        note != NULL ? note : more, &cause);
    return wh_accounts_stored(erased, &cause, error);
}

/* One that cannot be forgotten now is tried again at the next start. */
static gboolean forget(WhAccounts *accounts, const WhAccount *account, const char *const *names,
                       GError **error)
{
    g_autofree char *ids = NULL, *rest = NULL;
    if (!wh_accounts_forget(accounts, account, names, error))
        return FALSE;
    ids = wh_store_setting(accounts->store, SETTING);
    rest = without_id(ids, account->id);
    if (g_strcmp0(ids, rest) != 0)
        wh_store_put_setting(accounts->store, SETTING, rest, NULL);
    return TRUE;
}

void wh_accounts_finish_removals(WhAccounts *accounts)
{
    g_autofree char *text = wh_store_setting(accounts->store, SETTING);
    g_auto(GStrv) ids = g_strsplit(text != NULL ? text : "", " ", -1);
    for (guint i = 0; ids[i] != NULL; i++) {
        g_autoptr(WhAccount) gone = wh_account_new(ids[i], "", "");
        g_auto(GStrv) names = wh_accounts_secret_names(accounts, gone);
        g_autoptr(GError) error = NULL;
        if (wh_accounts_find(accounts, gone->id) == NULL &&
            !forget(accounts, gone, (const char *const *)names, &error))
            g_message("Secrets of the removed account %s are still there: %s", gone->id,
                      error->message);
    }
}

gboolean wh_accounts_remove(WhAccounts *accounts, const char *id, GError **error)
{
    guint index;
    WhAccount *known = wh_accounts_named(accounts, id, error);
    if (known == NULL || !wh_accounts_check_own(accounts, id, error))
        return FALSE;
    g_auto(GStrv) names = wh_accounts_secret_names(accounts, known);
    const char *const *fields = (const char *const *)names;
    g_autofree char *note = wh_vault_note(accounts->vault, id, fields);
    if (!erase(accounts, id, note, error))
        return FALSE;
    g_ptr_array_find(accounts->list, known, &index);
    g_autoptr(WhAccount) account = g_ptr_array_steal_index(accounts->list, index);
    gboolean forgotten = forget(accounts, account, fields, error);
    wh_accounts_drop_hosts(accounts, account->id);
    wh_keeper_remove_account(accounts->keeper, account->id);
    return forgotten;
}
