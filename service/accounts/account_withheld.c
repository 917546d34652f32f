#include "service/accounts/accounts_private.h"

/* Whether the other service keeps the name, as far as is known; one that nobody asked about yet is
 * asked about. */
static WhWithheld look_elsewhere(WhAccounts *accounts, const char *name)
{
    gpointer kept;
    if (accounts->rival.ask == NULL)
        return WH_WITHHELD_NOT;
    if (g_hash_table_lookup_extended(accounts->elsewhere, name, NULL, &kept))
        return GPOINTER_TO_INT(kept) ? WH_WITHHELD_ELSEWHERE : WH_WITHHELD_NOT;
    if (accounts->rival.ask(name, accounts->rival_data))
        return WH_WITHHELD_ASKING;
    g_hash_table_insert(accounts->elsewhere, g_strdup(name), GINT_TO_POINTER(FALSE));
    return WH_WITHHELD_NOT;
}

/* The declared host of that name, or NULL. */
static const WhHost *find_declared(WhAccounts *accounts, const char *name)
{
    for (guint i = 0; g_hash_table_size(accounts->declared) > 0 && i < accounts->hosts->len; i++) {
        const WhHost *host = accounts->hosts->pdata[i];
        if (g_str_equal(host->name, name) && wh_accounts_declared(accounts, host->account) != NULL)
            return host;
    }
    return NULL;
}

static WhWithheld judge(WhAccounts *accounts, const WhHost *host)
{
    if (wh_accounts_declared(accounts, host->account) == NULL &&
        find_declared(accounts, host->name) != NULL)
        return WH_WITHHELD_DECLARED;
    return look_elsewhere(accounts, host->name);
}

static void note(WhAccounts *accounts, const char *host, WhWithheld reason)
{
    if (reason == WH_WITHHELD_NOT)
        g_hash_table_remove(accounts->withheld, host);
    else
        g_hash_table_replace(accounts->withheld, g_strdup(host), GINT_TO_POINTER(reason));
}

WhHost *wh_accounts_as_kept(WhAccounts *accounts, const WhHost *host)
{
    WhHost *kept = wh_host_copy(host);
    WhWithheld reason = judge(accounts, host);
    note(accounts, host->id, reason);
    kept->paused = host->paused || reason != WH_WITHHELD_NOT;
    return kept;
}

void wh_accounts_tell_host(WhAccounts *accounts, const WhHost *host)
{
    g_autoptr(WhHost) kept = wh_accounts_as_kept(accounts, host);
    wh_keeper_set_host(accounts->keeper, kept);
}

/* One table for all, because there may be thousands of hosts. */
static GHashTable *declared_names(WhAccounts *accounts)
{
    GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < accounts->hosts->len; i++) {
        const WhHost *host = accounts->hosts->pdata[i];
        if (wh_accounts_declared(accounts, host->account) != NULL)
            g_hash_table_add(names, host->name);
    }
    return names;
}

void wh_accounts_settle_withheld(WhAccounts *accounts)
{
    g_autoptr(GHashTable) names = declared_names(accounts);
    for (guint i = 0; i < accounts->hosts->len; i++) {
        const WhHost *host = accounts->hosts->pdata[i];
        WhWithheld before = wh_accounts_withheld(accounts, host->id);
        gboolean shadowed = g_hash_table_contains(names, host->name) &&
                            wh_accounts_declared(accounts, host->account) == NULL;
        WhWithheld now = shadowed ? WH_WITHHELD_DECLARED : look_elsewhere(accounts, host->name);
        if (before == now)
            continue;
        note(accounts, host->id, now);
        if ((before == WH_WITHHELD_NOT) != (now == WH_WITHHELD_NOT))
            wh_accounts_tell_host(accounts, host);
    }
}

WhWithheld wh_accounts_withheld(WhAccounts *accounts, const char *host)
{
    return (WhWithheld)GPOINTER_TO_INT(g_hash_table_lookup(accounts->withheld, host));
}

gboolean wh_accounts_withholds(WhAccounts *accounts, WhWithheld reason)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, accounts->withheld);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        if (GPOINTER_TO_INT(value) == (int)reason)
            return TRUE;
    }
    return FALSE;
}

void wh_accounts_set_rival(WhAccounts *accounts, const WhAccountsRival *rival, gpointer data)
{
    accounts->rival = *rival;
    accounts->rival_data = data;
}

void wh_accounts_set_elsewhere(WhAccounts *accounts, GHashTable *names)
{
    GHashTableIter iter;
    gpointer name, kept;
    g_hash_table_remove_all(accounts->elsewhere);
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, &kept))
        g_hash_table_insert(accounts->elsewhere, g_strdup(name), kept);
    wh_accounts_settle_withheld(accounts);
}

void wh_accounts_stop_asking(WhAccounts *accounts)
{
    for (guint i = 0; i < accounts->hosts->len; i++) {
        const WhHost *host = accounts->hosts->pdata[i];
        if (!g_hash_table_contains(accounts->elsewhere, host->name))
            g_hash_table_insert(accounts->elsewhere, g_strdup(host->name), GINT_TO_POINTER(FALSE));
    }
    wh_accounts_settle_withheld(accounts);
}

char **wh_accounts_names_to_ask(WhAccounts *accounts)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    GHashTableIter iter;
    gpointer name, kept;
    for (guint i = 0; i < accounts->hosts->len; i++) {
        const WhHost *host = accounts->hosts->pdata[i];
        if (g_hash_table_add(known, host->name))
            g_strv_builder_add(names, host->name);
    }
    g_hash_table_iter_init(&iter, accounts->elsewhere);
    while (g_hash_table_iter_next(&iter, &name, &kept)) {
        if (GPOINTER_TO_INT(kept) && g_hash_table_add(known, name))
            g_strv_builder_add(names, name);
    }
    return g_strv_builder_end(names);
}

static gboolean refuse_declared(WhAccounts *accounts, const WhHost *declared, GError **error)
{
    g_set_error(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_NOT_HERE,
                "%s is declared in the file %s and kept right from there. To keep it here instead, "
                "take it out of that file, and reload the service (wayhomectl reload).",
                declared->name, wh_accounts_declared_in(accounts, declared->account));
    return FALSE;
}

static gboolean refuse_elsewhere(WhAccounts *accounts, const char *name, GError **error)
{
    g_set_error(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_NOT_HERE,
                "%s is kept right by the service of the whole computer already. To keep it with "
                "your own service instead, remove it there first, and try again.",
                name);
    accounts->rival.again(accounts->rival_data);
    return FALSE;
}

gboolean wh_accounts_check_free(WhAccounts *accounts, const char *account, const char *name,
                                GError **error)
{
    const WhHost *declared = find_declared(accounts, name);
    if (declared != NULL && g_strcmp0(declared->account, account) != 0)
        return refuse_declared(accounts, declared, error);
    if (GPOINTER_TO_INT(g_hash_table_lookup(accounts->elsewhere, name)))
        return refuse_elsewhere(accounts, name, error);
    return TRUE;
}
