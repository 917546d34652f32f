#include "service/store/store_private.h"

#include <jansson.h>

static const char put_account[] =
    "INSERT INTO accounts (id, provider, label, fields) VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT (id) DO UPDATE SET provider = ?2, label = ?3, fields = ?4";
static const char all_accounts[] =
    "SELECT id, provider, label, fields FROM accounts ORDER BY number";

/* Children before the account that they refer to. */
static const char *const remove_account[] = {
    "DELETE FROM record_states WHERE host IN (SELECT id FROM hosts WHERE account = ?1)",
    "DELETE FROM host_states WHERE host IN (SELECT id FROM hosts WHERE account = ?1)",
    "DELETE FROM hosts WHERE account = ?1",
    "DELETE FROM halts WHERE scope = 'account' AND id = ?1",
    "DELETE FROM accounts WHERE id = ?1",
};

static char *fields_to_text(GHashTable *fields)
{
    json_t *object = json_object();
    GHashTableIter iter;
    gpointer name, text;
    g_hash_table_iter_init(&iter, fields);
    while (g_hash_table_iter_next(&iter, &name, &text))
        json_object_set_new(object, name, json_string(text));
    gsize size = json_dumpb(object, NULL, 0, JSON_SORT_KEYS);
    char *dump = g_malloc0(size + 1);
    json_dumpb(object, dump, size, JSON_SORT_KEYS);
    json_decref(object);
    return dump;
}

static void text_to_fields(const char *text, GHashTable *fields)
{
    json_t *object = text != NULL ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        if (json_is_string(value))
            g_hash_table_insert(fields, g_strdup(name), g_strdup(json_string_value(value)));
    }
    json_decref(object);
}

static void write_account(WhDatabase *database, gconstpointer data, gpointer result)
{
    const WhAccount *account = data;
    g_autofree char *fields = fields_to_text(account->fields);
    wh_database_run(database, put_account,
                    WH_VALUES(wh_value_text(account->id), wh_value_text(account->provider),
                              wh_value_text(account->label), wh_value_text(fields)));
}

gboolean wh_store_put_account(WhStore *store, const WhAccount *account, GError **error)
{
    return wh_store_write(store, write_account, account, NULL, error);
}

static void erase_account(WhDatabase *database, gconstpointer id, gpointer result)
{
    for (gsize i = 0; i < G_N_ELEMENTS(remove_account); i++)
        wh_database_run(database, remove_account[i], WH_VALUES(wh_value_text(id)));
}

gboolean wh_store_remove_account(WhStore *store, const char *id, GError **error)
{
    return wh_store_write(store, erase_account, id, NULL, error);
}

typedef struct {
    const char *id;
    const char *name;
    const char *value;
} Removal;

static void erase_account_and_put(WhDatabase *database, gconstpointer data, gpointer result)
{
    const Removal *removal = data;
    erase_account(database, removal->id, NULL);
    wh_store_write_setting(database, removal->name, removal->value);
}

gboolean wh_store_remove_account_and_put_setting(WhStore *store, const char *id, const char *name,
                                                 const char *value, GError **error)
{
    const Removal removal = {.id = id, .name = name, .value = value};
    return wh_store_write(store, erase_account_and_put, &removal, NULL, error);
}

static void read_accounts(WhDatabase *database, gconstpointer data, gpointer result)
{
    GPtrArray *accounts = result;
    g_ptr_array_set_size(accounts, 0);
    sqlite3_stmt *rows = wh_database_query(database, all_accounts, NULL, 0);
    while (wh_database_next(database, rows)) {
        g_autofree char *id = wh_database_text(rows, 0);
        g_autofree char *provider = wh_database_text(rows, 1);
        g_autofree char *label = wh_database_text(rows, 2);
        g_autofree char *fields = wh_database_text(rows, 3);
        WhAccount *account = wh_account_new(id, provider, label);
        text_to_fields(fields, account->fields);
        g_ptr_array_add(accounts, account);
    }
}

GPtrArray *wh_store_accounts(WhStore *store)
{
    GPtrArray *accounts = g_ptr_array_new_with_free_func((GDestroyNotify)wh_account_free);
    wh_store_read(store, read_accounts, NULL, accounts);
    return accounts;
}
