#include "service/base/account.h"

WhAccount *wh_account_new(const char *id, const char *provider, const char *label)
{
    WhAccount *account = g_new0(WhAccount, 1);
    account->id = g_strdup(id);
    account->provider = g_strdup(provider);
    account->label = g_strdup(label);
    account->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return account;
}

WhAccount *wh_account_copy(const WhAccount *account)
{
    WhAccount *copy = wh_account_new(account->id, account->provider, account->label);
    GHashTableIter iter;
    gpointer name, text;
    g_hash_table_iter_init(&iter, account->fields);
    while (g_hash_table_iter_next(&iter, &name, &text))
        g_hash_table_insert(copy->fields, g_strdup(name), g_strdup(text));
    return copy;
}

void wh_account_free(WhAccount *account)
{
    if (account == NULL)
        return;
    g_free(account->id);
    g_free(account->provider);
    g_free(account->label);
    g_hash_table_unref(account->fields);
    g_free(account);
}

const char *wh_account_field(const WhAccount *account, const char *name)
{
    const char *text = g_hash_table_lookup(account->fields, name);
    return text != NULL && *text != '\0' ? text : NULL;
}
