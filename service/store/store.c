#include "service/store/store.h"

#include "service/store/migrations.h"
#include "service/store/store_copy.h"
#include "service/store/store_file.h"
#include "service/store/store_private.h"

/* Pages in the log from which a new one is begun: 4 MB, some hundreds of updates. A log that cannot
 * be renewed is tried again after the second number. */
#define LONG_LOG 1000
#define LONGER_BY 250

GQuark wh_store_error_quark(void)
{
    return g_quark_from_static_string("wh-store-error");
}

static void after_commit(int pages, gpointer data)
{
    WhStore *store = data;
    store->pages = pages;
    store->written = TRUE;
    if (pages < LONG_LOG)
        store->renew_at = LONG_LOG;
}

static void take_database(WhStore *store, WhDatabase *database)
{
    store->database = database;
    store->renew_at = LONG_LOG;
    store->pages = 0;
    store->flusher = store->path != NULL ? wh_flusher_new(store->path) : NULL;
    wh_database_watch(database, after_commit, store);
}

static WhDatabase *open_memory(void)
{
    int code = SQLITE_OK;
    WhDatabase *database = wh_database_open(NULL, &code);
    if (database == NULL || wh_migrations_run(database, 0) != SQLITE_OK)
        g_error("SQLite cannot even keep a database in memory: %s.", wh_database_reason(code));
    return database;
}

WhStore *wh_store_open(const char *folder, char **notice, GError **error)
{
    g_autoptr(WhStore) store = g_new0(WhStore, 1);
    store->lock = wh_store_file_lock(folder, error);
    if (store->lock == NULL)
        return NULL;
    store->path = g_build_filename(folder, "wayhome.db", NULL);
    WhDatabase *database = wh_store_file_open(store->path, &store->notice, error);
    if (database == NULL)
        return NULL;
    take_database(store, database);
    wh_store_init_journal(store);
    /* A new file, or one with saved rows, is worth its flush. */
    if (store->written || store->notice != NULL)
        wh_store_flush(store);
    *notice = wh_store_take_notice(store);
    return g_steal_pointer(&store);
}

static WhStore *new_in_memory(WhDatabase *database)
{
    WhStore *store = g_new0(WhStore, 1);
    take_database(store, database);
    wh_store_init_journal(store);
    return store;
}

WhStore *wh_store_open_in_memory(void)
{
    return new_in_memory(open_memory());
}

WhStore *wh_store_open_copy(const char *folder, gboolean *complete)
{
    g_autofree char *path = g_build_filename(folder, "wayhome.db", NULL);
    WhDatabase *database = open_memory();
    *complete = wh_store_copy_read(path, database);
    wh_database_forget_failure(database);
    return new_in_memory(database);
}

void wh_store_free(WhStore *store)
{
    if (store == NULL)
        return;
    gboolean in_file = store->flusher != NULL;
    wh_flusher_free(store->flusher);
    if (in_file && store->written)
        wh_flusher_renew(store->path);
    wh_database_close(store->database);
    wh_database_close(store->lock);
    g_free(store->path);
    g_free(store->notice);
    g_free(store);
}

char *wh_store_take_notice(WhStore *store)
{
    return g_steal_pointer(&store->notice);
}

void wh_store_flush(WhStore *store)
{
    if (store->flusher == NULL)
        return;
    gboolean renew = store->pages >= store->renew_at;
    if (renew)
        store->renew_at = store->pages + LONGER_BY;
    wh_flusher_request(store->flusher, renew);
}

gboolean wh_store_heal(WhStore *store)
{
    if (!wh_database_is_damage(wh_database_failure(store->database)) || store->flusher == NULL)
        return FALSE;
    g_clear_pointer(&store->flusher, wh_flusher_free);
    g_clear_pointer(&store->database, wh_database_close);
    g_clear_pointer(&store->notice, g_free);
    g_autoptr(GError) error = NULL;
    WhDatabase *database = wh_store_file_replace(store->path, &store->notice, &error);
    if (database == NULL) {
        /* Everything goes on, and nothing outlives this run. */
        g_clear_pointer(&store->path, g_free);
        store->notice = g_strdup(error->message);
        database = open_memory();
    }
    take_database(store, database);
    g_warning("%s", store->notice);
    wh_store_flush(store);
    return TRUE;
}

void wh_store_read(WhStore *store, WhStoreWork work, gconstpointer data, gpointer result)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        wh_database_forget_failure(store->database);
        work(store->database, data, result);
        /* The journal's own commit heals when it has begun. */
        if (!sqlite3_get_autocommit(wh_database_handle(store->database)) || !wh_store_heal(store))
            return;
    }
}

static int write_once(WhStore *store, WhStoreWork work, gconstpointer data, gpointer result)
{
    WhDatabase *database = store->database;
    wh_database_forget_failure(database);
    wh_database_execute(database, "BEGIN IMMEDIATE");
    if (wh_database_failure(database) == SQLITE_OK)
        work(database, data, result);
    if (wh_database_failure(database) == SQLITE_OK)
        wh_database_execute(database, "COMMIT");
    int code = wh_database_failure(database);
    if (!sqlite3_get_autocommit(wh_database_handle(database)))
        wh_database_execute(database, "ROLLBACK");
    return code;
}

gboolean wh_store_write(WhStore *store, WhStoreWork work, gconstpointer data, gpointer result,
                        GError **error)
{
    int code = write_once(store, work, data, result);
    if (code != SQLITE_OK && wh_store_heal(store))
        code = write_once(store, work, data, result);
    if (code != SQLITE_OK) {
        g_set_error(error, WH_STORE_ERROR, WH_STORE_ERROR_WRITE,
                    "What the service remembers could not be written: %s.",
                    wh_database_reason(code));
        return FALSE;
    }
    wh_store_flush(store);
    return TRUE;
}
