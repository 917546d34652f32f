#include "service/store/store_private.h"

#define NEXT_NUMBER "next number"

static const char put_setting[] = "INSERT INTO settings (name, value) VALUES (?1, ?2)"
                                  " ON CONFLICT (name) DO UPDATE SET value = ?2";
static const char remove_setting[] = "DELETE FROM settings WHERE name = ?1";
static const char one_setting[] = "SELECT value FROM settings WHERE name = ?1";

/* After damage the counter may be lost while hosts with its numbers ("h12") were saved. */
static const char largest_host[] =
    "SELECT coalesce(max(CAST(substr(id, 2) AS INTEGER)), 0) FROM hosts";

static void read_setting(WhDatabase *database, gconstpointer name, gpointer result)
{
    char **value = result;
    g_clear_pointer(value, g_free);
    sqlite3_stmt *row = wh_database_query(database, one_setting, WH_VALUES(wh_value_text(name)));
    if (!wh_database_next(database, row))
        return;
    *value = wh_database_text(row, 0);
    wh_database_end(row);
}

char *wh_store_setting(WhStore *store, const char *name)
{
    char *value = NULL;
    wh_store_read(store, read_setting, name, &value);
    return value;
}

typedef struct {
    const char *name;
    const char *value;
} Setting;

void wh_store_write_setting(WhDatabase *database, const char *name, const char *value)
{
    if (value != NULL)
        wh_database_run(database, put_setting,
                        WH_VALUES(wh_value_text(name), wh_value_text(value)));
    else
        wh_database_run(database, remove_setting, WH_VALUES(wh_value_text(name)));
}

static void write_setting(WhDatabase *database, gconstpointer data, gpointer result)
{
    const Setting *setting = data;
    wh_store_write_setting(database, setting->name, setting->value);
}

gboolean wh_store_put_setting(WhStore *store, const char *name, const char *value, GError **error)
{
    const Setting setting = {.name = name, .value = value};
    return wh_store_write(store, write_setting, &setting, NULL, error);
}

static void read_number(WhDatabase *database, gconstpointer data, gpointer result)
{
    gint64 *number = result;
    g_autofree char *text = NULL;
    read_setting(database, NEXT_NUMBER, &text);
    if (text != NULL)
        *number = MAX(*number, g_ascii_strtoll(text, NULL, 10));
    sqlite3_stmt *row = wh_database_query(database, largest_host, NULL, 0);
    if (!wh_database_next(database, row))
        return;
    *number = MAX(*number, sqlite3_column_int64(row, 0));
    wh_database_end(row);
}

gint64 wh_store_next_number(WhStore *store)
{
    wh_store_read(store, read_number, NULL, &store->last_number);
    store->last_number++;
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, store->last_number);
    /* When it cannot be written, neither can what it is for. */
    wh_store_put_setting(store, NEXT_NUMBER, text, NULL);
    return store->last_number;
}
