#include "app/model/account_labels.h"

#include "app/model/account_item_private.h"

static gboolean are_alike(WhAccountItem *one, WhAccountItem *other)
{
    return one != other &&
           g_str_equal(wh_account_item_given_label(one), wh_account_item_given_label(other));
}

/* The others that are called like `account`. */
static GPtrArray *namesakes(GListModel *accounts, WhAccountItem *account)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_object_unref);
    for (guint i = 0; i < g_list_model_get_n_items(accounts); i++) {
        g_autoptr(WhAccountItem) other = g_list_model_get_item(accounts, i);
        if (are_alike(account, other))
            g_ptr_array_add(found, g_steal_pointer(&other));
    }
    return found;
}

static gboolean nobody_has(GPtrArray *accounts, const char *field, const char *value)
{
    for (guint i = 0; i < accounts->len; i++)
        if (g_str_equal(wh_account_item_field(accounts->pdata[i], field), value))
            return FALSE;
    return TRUE;
}

static const char *difference(WhModel *model, WhAccountItem *account, GPtrArray *others)
{
    WhProviderItem *provider = wh_model_find_provider(model, wh_account_item_provider(account));
    guint count = provider != NULL ? wh_provider_item_n_fields(provider) : 0;
    for (guint i = 0; i < count; i++) {
        const WhFormField *field = wh_provider_item_field(provider, i);
        const char *value = wh_account_item_field(account, field->name);
        if (field->kind != WH_FORM_SECRET && *value != '\0' &&
            nobody_has(others, field->name, value))
            return value;
    }
    return wh_account_item_id(account);
}

void wh_account_labels_tell_apart(WhModel *model)
{
    GListModel *accounts = wh_model_accounts(model);
    for (guint i = 0; i < g_list_model_get_n_items(accounts); i++) {
        g_autoptr(WhAccountItem) account = g_list_model_get_item(accounts, i);
        g_autoptr(GPtrArray) others = namesakes(accounts, account);
        wh_account_item_set_detail(account,
                                   others->len > 0 ? difference(model, account, others) : NULL);
    }
}
