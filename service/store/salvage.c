#include "service/store/salvage.h"

#include "service/base/clock.h"

#include <errno.h>
#include <glib/gstdio.h>

/* So many names of one second mean that something else is wrong. */
#define MOST_NAMES 100

/* older: its columns in a file of an older version, where it had others; NULL: it did not.
 * ascending and descending: the order of its rows in the file, from either end. */
typedef struct {
    const char *name;
    const char *columns;
    const char *older;
    const char *ascending;
    const char *descending;
} Table;

/* Accounts before the hosts that refer to them. */
static const Table tables[] = {
    {"accounts", "number, id, provider, label, fields", NULL, "number", "number DESC"},
    {"hosts",
     "number, id, account, name, ipv4, ipv6, ttl, paused, suffix, mac, lan, withhold_unreachable, "
     "networks",
     "number, id, account, name, ipv4, ipv6, ttl, paused", "number", "number DESC"},
    {"settings", "name, value", NULL, "name", "name DESC"},
    {"host_states", "host, tokens, tokens_at, halt, halt_detail, halt_at", NULL, "host",
     "host DESC"},
    {"record_states",
     "host, type, acknowledged, acknowledged_at, intent, intent_at, retry_at, retry, retry_detail, "
     "attempts, refused, same_streak, healed_at, proven_at",
     NULL, "host, type", "host DESC, type DESC"},
    {"halts", "scope, id, halt, halt_detail, halt_at", NULL, "scope, id", "scope DESC, id DESC"},
    {"history", "id, at, kind, host, host_name, type, address, result, detail", NULL, "id",
     "id DESC"},
};

static gboolean exists(const char *path)
{
    GStatBuf status;
    return g_lstat(path, &status) == 0;
}

static char *dated_name(const char *path)
{
    gint64 seconds = wh_clock_wall(wh_clock_system()) / WH_SECOND;
    g_autoptr(GDateTime) now = g_date_time_new_from_unix_local(seconds);
    g_autofree char *date = g_date_time_format(now, "%Y%m%d-%H%M%S");
    g_autofree char *name = g_strdup_printf("%s.damaged-%s", path, date);
    for (int i = 2; exists(name) && i < MOST_NAMES; i++) {
        g_free(name);
        name = g_strdup_printf("%s.damaged-%s-%d", path, date, i);
    }
    return g_steal_pointer(&name);
}

char *wh_salvage_set_aside(const char *path, GError **error)
{
    g_autofree char *aside = dated_name(path);
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    g_autofree char *index = g_strconcat(path, "-shm", NULL);
    g_autofree char *log_aside = g_strconcat(aside, "-wal", NULL);
    /* The log first: a new database must never find the old one's log beside it. */
    gboolean moved = (!exists(log) || g_rename(log, log_aside) == 0) && g_rename(path, aside) == 0;
    if (!moved) {
        int code = errno;
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(code), "%s", g_strerror(code));
        return NULL;
    }
    g_unlink(index);
    return g_steal_pointer(&aside);
}

/* A row that does not fit (a host without its account, a key that is there already) is left out. */
static void copy_row(sqlite3_stmt *from, sqlite3_stmt *to)
{
    for (int i = 0; i < sqlite3_column_count(from); i++)
        sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
    sqlite3_step(to);
    sqlite3_reset(to);
    sqlite3_clear_bindings(to);
}

/* Until the first row that cannot be read; FALSE: there is such a row. */
static gboolean copy_in_order(sqlite3 *from, sqlite3_stmt *to, const Table *table,
                              const char *columns, const char *order)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT %s FROM %s NOT INDEXED ORDER BY %s", columns, table->name, order);
    sqlite3_stmt *rows = NULL;
    if (sqlite3_prepare_v2(from, sql, -1, &rows, NULL) != SQLITE_OK)
        return FALSE;
    while (sqlite3_step(rows) == SQLITE_ROW)
        copy_row(rows, to);
    return sqlite3_finalize(rows) == SQLITE_OK;
}

static char *insert_into(const Table *table, const char *listed)
{
    g_auto(GStrv) columns = g_strsplit(listed, ",", -1);
    g_autoptr(GString) sql = g_string_new(NULL);
    g_string_printf(sql, "INSERT OR IGNORE INTO %s (%s) VALUES (?", table->name, listed);
    for (guint i = 1; i < g_strv_length(columns); i++)
        g_string_append(sql, ", ?");
    g_string_append(sql, ")");
    return g_strdup(sql->str);
}

static const char *columns_in(sqlite3 *from, const Table *table)
{
    g_autofree char *sql = g_strdup_printf("SELECT %s FROM %s", table->columns, table->name);
    sqlite3_stmt *rows = NULL;
    gboolean there = sqlite3_prepare_v2(from, sql, -1, &rows, NULL) == SQLITE_OK;
    sqlite3_finalize(rows);
    return there || table->older == NULL ? table->columns : table->older;
}

/* From both ends, so that one damaged page costs its own rows only. */
static void copy_table(sqlite3 *from, sqlite3 *into, const Table *table)
{
    const char *columns = columns_in(from, table);
    g_autofree char *sql = insert_into(table, columns);
    sqlite3_stmt *to = NULL;
    if (sqlite3_prepare_v2(into, sql, -1, &to, NULL) != SQLITE_OK)
        return;
    if (!copy_in_order(from, to, table, columns, table->ascending))
        copy_in_order(from, to, table, columns, table->descending);
    sqlite3_finalize(to);
}

static guint count(WhDatabase *database, const char *sql)
{
    guint n = 0;
    sqlite3_stmt *statement = wh_database_query(database, sql, NULL, 0);
    if (wh_database_next(database, statement)) {
        n = (guint)sqlite3_column_int(statement, 0);
        wh_database_end(statement);
    }
    return n;
}

/* Read-only, and closed without moving its log: the damaged files stay as they were found. */
static sqlite3 *open_damaged(const char *path)
{
    sqlite3 *damaged = NULL;
    int code = sqlite3_open_v2(path, &damaged, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_db_config(damaged, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        sqlite3_db_config(damaged, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        sqlite3_exec(damaged, "PRAGMA cell_size_check=ON", NULL, NULL, NULL);
        return damaged;
    }
    sqlite3_close(damaged);
    return NULL;
}

void wh_salvage_copy(const char *damaged, WhDatabase *database, guint *accounts, guint *hosts)
{
    sqlite3 *from = open_damaged(damaged);
    if (from != NULL && wh_database_execute(database, "BEGIN IMMEDIATE") == SQLITE_OK) {
        for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
            copy_table(from, wh_database_handle(database), &tables[i]);
        wh_database_execute(database, "COMMIT");
    }
    sqlite3_close(from);
    g_autofree char *index = g_strconcat(damaged, "-shm", NULL);
    g_unlink(index);
    *accounts = count(database, "SELECT count(*) FROM accounts");
    *hosts = count(database, "SELECT count(*) FROM hosts");
}
