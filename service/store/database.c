#include "service/store/database.h"

#include <string.h>

/* How long a write waits for the flusher to begin a new log, which it does once in a few megabytes.
 */
#define BUSY_MILLISECONDS 2000

/* Nothing that this program writes is larger. */
#define LARGEST_ROW (256 * 1024)

struct WhDatabase {
    sqlite3 *handle;
    GHashTable *statements; /* address of the SQL text to sqlite3_stmt */
    int failure;
    WhDatabaseCommitted committed;
    gpointer data;
};

/* A damaged or planted file must not be able to run anything, and the cache is small because the
 * whole service has three megabytes. */
static const char settings[] = "PRAGMA trusted_schema=OFF;"
                               "PRAGMA cell_size_check=ON;"
                               "PRAGMA foreign_keys=ON;"
                               "PRAGMA temp_store=MEMORY;"
                               "PRAGMA mmap_size=0;"
                               "PRAGMA cache_size=-256;";

static int note(WhDatabase *database, int code)
{
    int primary = code & 0xff;
    if (primary == SQLITE_ROW || primary == SQLITE_DONE)
        primary = SQLITE_OK;
    if (primary != SQLITE_OK && database->failure == SQLITE_OK)
        database->failure = primary;
    return primary;
}

static void finalize(gpointer statement)
{
    sqlite3_finalize(statement);
}

/* Otherwise each connection begins with 100 pages of memory, touched at once and before a smaller
 * cache can be asked for. Too late when something else of the process has begun to use SQLite, and
 * then only a waste. */
static void configure_once(void)
{
    static gsize configured;
    if (!g_once_init_enter(&configured))
        return;
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
    g_once_init_leave(&configured, 1);
}

WhDatabase *wh_database_open(const char *path, int *code)
{
    configure_once();
    g_autoptr(WhDatabase) database = g_new0(WhDatabase, 1);
    database->statements = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, finalize);
    *code = sqlite3_open_v2(path != NULL ? path : ":memory:", &database->handle,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (*code != SQLITE_OK)
        return NULL;
    sqlite3_extended_result_codes(database->handle, 1);
    sqlite3_busy_timeout(database->handle, BUSY_MILLISECONDS);
    sqlite3_limit(database->handle, SQLITE_LIMIT_LENGTH, LARGEST_ROW);
    sqlite3_limit(database->handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_db_config(database->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_wal_autocheckpoint(database->handle, 0);
    *code = wh_database_execute(database, settings);
    if (*code == SQLITE_OK && sqlite3_db_readonly(database->handle, "main") == 1)
        *code = SQLITE_READONLY;
    return *code == SQLITE_OK ? g_steal_pointer(&database) : NULL;
}

void wh_database_close(WhDatabase *database)
{
    if (database == NULL)
        return;
    g_hash_table_unref(database->statements);
    sqlite3_close_v2(database->handle);
    g_free(database);
}

int wh_database_use_log(WhDatabase *database)
{
    sqlite3_stmt *statement = wh_database_query(database, "PRAGMA journal_mode=WAL", NULL, 0);
    g_autofree char *mode = NULL;
    if (wh_database_next(database, statement))
        mode = wh_database_text(statement, 0);
    wh_database_end(statement);
    if (database->failure != SQLITE_OK)
        return database->failure;
    if (g_strcmp0(mode, "wal") != 0)
        return note(database, SQLITE_CANTOPEN);
    return wh_database_execute(database, "PRAGMA synchronous=NORMAL");
}

static int after_commit(void *data, sqlite3 *handle, const char *name, int pages)
{
    WhDatabase *database = data;
    database->committed(pages, database->data);
    return SQLITE_OK;
}

void wh_database_watch(WhDatabase *database, WhDatabaseCommitted committed, gpointer data)
{
    database->committed = committed;
    database->data = data;
    sqlite3_wal_hook(database->handle, after_commit, database);
}

sqlite3 *wh_database_handle(WhDatabase *database)
{
    return database->handle;
}

int wh_database_execute(WhDatabase *database, const char *sql)
{
    return note(database, sqlite3_exec(database->handle, sql, NULL, NULL, NULL));
}

static WhValue cut_text(const char *text, gsize most)
{
    if (text == NULL)
        return (WhValue){.type = SQLITE_NULL};
    const char *end = NULL;
    g_utf8_validate_len(text, strnlen(text, most), &end);
    return (WhValue){.type = SQLITE_TEXT, .text = text, .length = (int)(end - text)};
}

WhValue wh_value_text(const char *text)
{
    return cut_text(text, WH_DATABASE_TEXT);
}

WhValue wh_value_detail(const char *text)
{
    return cut_text(text, WH_DATABASE_DETAIL);
}

WhValue wh_value_integer(gint64 integer)
{
    return (WhValue){.type = SQLITE_INTEGER, .integer = integer};
}

WhValue wh_value_real(double real)
{
    return (WhValue){.type = SQLITE_FLOAT, .real = real};
}

static void bind(sqlite3_stmt *statement, int index, const WhValue *value)
{
    switch (value->type) {
    case SQLITE_TEXT:
        sqlite3_bind_text(statement, index, value->text, value->length, SQLITE_TRANSIENT);
        break;
    case SQLITE_INTEGER:
        sqlite3_bind_int64(statement, index, value->integer);
        break;
    case SQLITE_FLOAT:
        sqlite3_bind_double(statement, index, value->real);
        break;
    default:
        sqlite3_bind_null(statement, index);
    }
}

sqlite3_stmt *wh_database_query(WhDatabase *database, const char *sql, const WhValue *values,
                                gsize n_values)
{
    sqlite3_stmt *statement = g_hash_table_lookup(database->statements, sql);
    if (statement == NULL) {
        int code = sqlite3_prepare_v3(database->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                      &statement, NULL);
        if (note(database, code) != SQLITE_OK)
            return NULL;
        g_hash_table_insert(database->statements, (gpointer)sql, statement);
    }
    for (gsize i = 0; i < n_values; i++)
        bind(statement, (int)i + 1, &values[i]);
    return statement;
}

gboolean wh_database_next(WhDatabase *database, sqlite3_stmt *statement)
{
    if (statement == NULL)
        return FALSE;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return TRUE;
    note(database, code);
    wh_database_end(statement);
    return FALSE;
}

void wh_database_end(sqlite3_stmt *statement)
{
    if (statement == NULL)
        return;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

int wh_database_run(WhDatabase *database, const char *sql, const WhValue *values, gsize n_values)
{
    sqlite3_stmt *statement = wh_database_query(database, sql, values, n_values);
    if (statement == NULL)
        return database->failure;
    int code = note(database, sqlite3_step(statement));
    wh_database_end(statement);
    return code;
}

char *wh_database_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text == NULL ? NULL : g_utf8_make_valid(text, -1);
}

int wh_database_failure(WhDatabase *database)
{
    return database->failure;
}

void wh_database_forget_failure(WhDatabase *database)
{
    database->failure = SQLITE_OK;
}

gboolean wh_database_is_damage(int code)
{
    /* SQLITE_ERROR: a table or column of ours is not there. */
    int primary = code & 0xff;
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_ERROR;
}

const char *wh_database_reason(int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return "the disk is full";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return "it may not be written by this user";
    case SQLITE_CANTOPEN:
        return "it cannot be opened";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program is using it";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
        return "it is damaged";
    case SQLITE_NOMEM:
        return "memory has run out";
    case SQLITE_TOOBIG:
        return "a text is too long";
    default:
        return "the disk reports an error";
    }
}
