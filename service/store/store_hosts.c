#include "service/store/store_private.h"

/* suffix, mac: of another machine, one or none of them. networks: ids with blanks between them. */
static const char put_host[] =
    "INSERT INTO hosts (id, account, name, ipv4, ipv6, ttl, paused, suffix, mac, lan,"
    " withhold_unreachable, networks)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
    " ON CONFLICT (id) DO UPDATE SET account = ?2, name = ?3, ipv4 = ?4, ipv6 = ?5, ttl = ?6,"
    " paused = ?7, suffix = ?8, mac = ?9, lan = ?10, withhold_unreachable = ?11, networks = ?12";
static const char all_hosts[] =
    "SELECT id, account, name, ipv4, ipv6, ttl, paused, suffix, mac, lan, withhold_unreachable,"
    " networks FROM hosts ORDER BY number";
static const char remove_host[] = "DELETE FROM hosts WHERE id = ?1";
static const char *const remove_states[] = {
    "DELETE FROM record_states WHERE host = ?1",
    "DELETE FROM host_states WHERE host = ?1",
};

static void write_host(WhDatabase *database, gconstpointer data, gpointer result)
{
    const WhHost *host = data;
    char suffix[WH_SUFFIX_STRLEN], mac[WH_MAC_STRLEN];
    g_autofree char *networks = host->networks != NULL ? g_strjoinv(" ", host->networks) : NULL;
    wh_suffix_format(host->suffix, suffix);
    wh_mac_format(host->mac, mac);
    wh_database_run(
        database, put_host,
        WH_VALUES(wh_value_text(host->id), wh_value_text(host->account), wh_value_text(host->name),
                  wh_value_integer(host->wants[WH_FAMILY_IPV4]),
                  wh_value_integer(host->wants[WH_FAMILY_IPV6]), wh_value_integer(host->ttl),
                  wh_value_integer(host->paused),
                  wh_value_text(host->device == WH_DEVICE_SUFFIX ? suffix : NULL),
                  wh_value_text(host->device == WH_DEVICE_MAC ? mac : NULL),
                  wh_value_integer(host->lan), wh_value_integer(host->withhold_unreachable),
                  wh_value_text(networks != NULL ? networks : "")));
}

gboolean wh_store_put_host(WhStore *store, const WhHost *host, GError **error)
{
    return wh_store_write(store, write_host, host, NULL, error);
}

static void erase_states(WhDatabase *database, const char *id)
{
    for (gsize i = 0; i < G_N_ELEMENTS(remove_states); i++)
        wh_database_run(database, remove_states[i], WH_VALUES(wh_value_text(id)));
}

static void move_host(WhDatabase *database, gconstpointer data, gpointer result)
{
    const WhHost *host = data;
    erase_states(database, host->id);
    write_host(database, host, NULL);
}

gboolean wh_store_move_host(WhStore *store, const WhHost *host, GError **error)
{
    return wh_store_write(store, move_host, host, NULL, error);
}

static void erase_host(WhDatabase *database, gconstpointer id, gpointer result)
{
    erase_states(database, id);
    wh_database_run(database, remove_host, WH_VALUES(wh_value_text(id)));
}

gboolean wh_store_remove_host(WhStore *store, const char *id, GError **error)
{
    return wh_store_write(store, erase_host, id, NULL, error);
}

/* A name whose machine or networks cannot be read would hold an address that nobody wanted there:
 * it is paused instead. */
static void read_device(sqlite3_stmt *rows, WhHost *host)
{
    g_autofree char *suffix = wh_database_text(rows, 7);
    g_autofree char *mac = wh_database_text(rows, 8);
    if (suffix != NULL && wh_suffix_parse(suffix, host->suffix))
        host->device = WH_DEVICE_SUFFIX;
    else if (mac != NULL && wh_mac_parse(mac, host->mac))
        host->device = WH_DEVICE_MAC;
    else if (suffix != NULL || mac != NULL)
        host->paused = TRUE;
}

static void read_networks(sqlite3_stmt *rows, WhHost *host)
{
    g_autofree char *text = wh_database_text(rows, 11);
    host->paused = host->paused || text == NULL;
    if (text == NULL || *text == '\0')
        return;
    g_auto(GStrv) networks = g_strsplit(text, " ", -1);
    wh_host_set_networks(host, (const char *const *)networks);
}

static void read_hosts(WhDatabase *database, gconstpointer data, gpointer result)
{
    GPtrArray *hosts = result;
    g_ptr_array_set_size(hosts, 0);
    sqlite3_stmt *rows = wh_database_query(database, all_hosts, NULL, 0);
    while (wh_database_next(database, rows)) {
        g_autofree char *id = wh_database_text(rows, 0);
        g_autofree char *account = wh_database_text(rows, 1);
        g_autofree char *name = wh_database_text(rows, 2);
        WhHost *host = wh_host_new(id, account, name);
        host->wants[WH_FAMILY_IPV4] = sqlite3_column_int(rows, 3) != 0;
        host->wants[WH_FAMILY_IPV6] = sqlite3_column_int(rows, 4) != 0;
        host->ttl = (guint32)CLAMP(sqlite3_column_int64(rows, 5), 0, G_MAXUINT32);
        host->paused = sqlite3_column_int(rows, 6) != 0;
        read_device(rows, host);
        host->lan = sqlite3_column_int(rows, 9) != 0;
        host->withhold_unreachable = sqlite3_column_int(rows, 10) != 0;
        read_networks(rows, host);
        g_ptr_array_add(hosts, host);
    }
}

GPtrArray *wh_store_hosts(WhStore *store)
{
    GPtrArray *hosts = g_ptr_array_new_with_free_func((GDestroyNotify)wh_host_free);
    wh_store_read(store, read_hosts, NULL, hosts);
    return hosts;
}
