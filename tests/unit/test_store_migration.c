/* A store that an older version of the service wrote. */
#include "tests/unit/test_store_folder.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* The first version's tables, as it made them, with one account and two names. */
static const char version_1[] =
    "CREATE TABLE accounts (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " provider TEXT NOT NULL, label TEXT NOT NULL, fields TEXT NOT NULL) STRICT;"
    "CREATE TABLE hosts (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " account TEXT NOT NULL REFERENCES accounts (id), name TEXT NOT NULL, ipv4 INTEGER NOT NULL,"
    " ipv6 INTEGER NOT NULL, ttl INTEGER NOT NULL, paused INTEGER NOT NULL) STRICT;"
    "CREATE TABLE host_states (host TEXT NOT NULL PRIMARY KEY, tokens REAL NOT NULL,"
    " tokens_at INTEGER NOT NULL, halt TEXT, halt_detail TEXT, halt_at INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE record_states (host TEXT NOT NULL, type TEXT NOT NULL, acknowledged TEXT,"
    " acknowledged_at INTEGER NOT NULL, intent TEXT, intent_at INTEGER NOT NULL,"
    " retry_at INTEGER NOT NULL, retry TEXT NOT NULL, retry_detail TEXT,"
    " attempts INTEGER NOT NULL, refused TEXT, same_streak INTEGER NOT NULL,"
    " healed_at INTEGER NOT NULL, proven_at INTEGER NOT NULL, PRIMARY KEY (host, type))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE halts (scope TEXT NOT NULL, id TEXT NOT NULL, halt TEXT, halt_detail TEXT,"
    " halt_at INTEGER NOT NULL, PRIMARY KEY (scope, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE history (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL,"
    " host TEXT, host_name TEXT, type TEXT, address TEXT, result TEXT, detail TEXT) STRICT;"
    "INSERT INTO accounts VALUES (1, 'one', 'duckdns', 'One', '{}');"
    "INSERT INTO hosts VALUES (1, 'h1', 'one', 'a.duckdns.org', 1, 0, 60, 0);"
    "INSERT INTO hosts VALUES (2, 'h2', 'one', 'b.duckdns.org', 0, 1, 0, 1);"
    "INSERT INTO settings VALUES ('paused', '1');"
    "PRAGMA user_version=1;";

typedef struct {
    char *folder;
    char *path;
} World;

static void setup(World *world, gconstpointer data)
{
    sqlite3 *handle = NULL;
    world->folder = test_store_folder_new();
    world->path = test_store_file(world->folder, "wayhome.db");
    g_assert_cmpint(g_mkdir(world->folder, 0700), ==, 0);
    g_assert_cmpint(sqlite3_open(world->path, &handle), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(handle, version_1, NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close(handle);
}

static void teardown(World *world, gconstpointer data)
{
    test_store_folder_free(world->folder);
    g_free(world->path);
}

static void check_hosts(WhStore *store)
{
    g_autoptr(GPtrArray) hosts = wh_store_hosts(store);
    g_assert_cmpuint(hosts->len, ==, 2);
    const WhHost *first = hosts->pdata[0], *second = hosts->pdata[1];
    g_assert_cmpstr(first->name, ==, "a.duckdns.org");
    g_assert_true(first->wants[WH_FAMILY_IPV4] && !first->wants[WH_FAMILY_IPV6]);
    g_assert_cmpuint(first->ttl, ==, 60);
    g_assert_true(second->wants[WH_FAMILY_IPV6] && second->paused);
    for (guint i = 0; i < hosts->len; i++) {
        const WhHost *host = hosts->pdata[i];
        g_assert_cmpint(host->device, ==, WH_DEVICE_THIS);
        g_assert_false(host->lan || host->withhold_unreachable);
        g_assert_null(host->networks);
    }
}

static void test_opened(World *world, gconstpointer data)
{
    for (guint i = 0; i < 2; i++) {
        g_autoptr(WhStore) store = test_store_open(world->folder);
        check_hosts(store);
        g_autofree char *paused = wh_store_setting(store, "paused");
        g_assert_cmpstr(paused, ==, "1");
    }
}

static void test_used(World *world, gconstpointer data)
{
    {
        g_autoptr(WhStore) store = test_store_open(world->folder);
        g_autoptr(GPtrArray) hosts = wh_store_hosts(store);
        WhHost *host = hosts->pdata[0];
        host->lan = TRUE;
        g_assert_true(wh_store_put_host(store, host, NULL));
    }
    g_autoptr(WhStore) store = test_store_open(world->folder);
    g_autoptr(GPtrArray) hosts = wh_store_hosts(store);
    g_assert_true(((const WhHost *)hosts->pdata[0])->lan);
    g_assert_false(((const WhHost *)hosts->pdata[1])->lan);
}

/* From a disk that cannot be written: what it holds is read as it is. */
static void test_copied(World *world, gconstpointer data)
{
    gboolean complete = FALSE;
    g_autoptr(WhStore) store = wh_store_open_copy(world->folder, &complete);
    g_assert_true(complete);
    check_hosts(store);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, func) g_test_add("/store/migration/" path, World, NULL, setup, func, teardown)
    ADD("opened", test_opened);
    ADD("used", test_used);
    ADD("copied", test_copied);
    return g_test_run();
}
