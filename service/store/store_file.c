#include "service/store/store_file.h"

#include "service/store/migrations.h"
#include "service/store/salvage.h"
#include "service/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

/* A log with less than a header and one page has no first frame yet. */
#define SHORTEST_LOG 4096

static void set_open_error(GError **error, int code)
{
    g_set_error(
        error, WH_STORE_ERROR, WH_STORE_ERROR_OPEN,
        "What the service remembers cannot be opened: %s. Look at the folder's owner and the "
        "free space on its disk.",
        wh_database_reason(code));
}

/* SQLite would follow a link and keep its log where the link leads: out of the flusher's sight, and
 * of ours when the file proves to be damaged. */
static gboolean is_link(const char *path, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_IS_SYMLINK))
        return FALSE;
    g_set_error(error, WH_STORE_ERROR, WH_STORE_ERROR_OPEN,
                "%s is a symbolic link and is not used. Put the file itself there, or link the "
                "folder.",
                path);
    return TRUE;
}

/* An empty file is an empty database; made here so that nobody else can ever read it, whatever the
 * umask. */
static gboolean make_file(const char *path, GError **error)
{
    if (is_link(path, error))
        return FALSE;
    int file = g_open(path, O_RDWR | O_CREAT, 0600);
    if (file >= 0) {
        g_close(file, NULL);
        if (g_chmod(path, 0600) == 0)
            return TRUE;
    }
    set_open_error(error, errno == ENOSPC ? SQLITE_FULL : SQLITE_PERM);
    return FALSE;
}

/* An exclusive lock on a file of its own, which ends with the process however it ends. The database
 * itself cannot be locked so: the flusher has a connection of its own. */
WhDatabase *wh_store_file_lock(const char *folder, GError **error)
{
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        set_open_error(error, errno == ENOSPC ? SQLITE_FULL : SQLITE_PERM);
        return NULL;
    }
    g_autofree char *path = g_build_filename(folder, "wayhome.lock", NULL);
    if (!make_file(path, error))
        return NULL;
    int code = SQLITE_OK;
    g_autoptr(WhDatabase) lock = wh_database_open(path, &code);
    if (lock != NULL) {
        sqlite3_busy_timeout(wh_database_handle(lock), 0);
        code = wh_database_execute(lock, "PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE");
    }
    if (code == SQLITE_OK)
        return g_steal_pointer(&lock);
    if (code == SQLITE_BUSY)
        g_set_error(error, WH_STORE_ERROR, WH_STORE_ERROR_BUSY,
                    "Another Wayhome service is running with the same folder. Stop it first.");
    else
        set_open_error(error, code);
    return NULL;
}

/* Rows that SQLite reads without a complaint and that cannot be: one wrong byte makes nothing of a
 * text, or another id. The indexes may not know of it: NOT INDEXED and + keep them out. */
static const char wrong_rows[] =
    "SELECT (SELECT count(*) <> count(DISTINCT id) OR count(*) <> count(provider)"
    "  FROM accounts NOT INDEXED)"
    " OR (SELECT count(*) <> count(DISTINCT id) OR count(*) <> count(name)"
    "  OR count(*) <> count(networks)"
    "  OR count(*) <> count(CASE WHEN account IN (SELECT +id FROM accounts NOT INDEXED) THEN 1 END)"
    "  FROM hosts NOT INDEXED)";

static int look_at_rows(WhDatabase *database)
{
    gboolean wrong = FALSE;
    sqlite3_stmt *row = wh_database_query(database, wrong_rows, NULL, 0);
    if (wh_database_next(database, row)) {
        wrong = sqlite3_column_int(row, 0) != 0;
        wh_database_end(row);
    }
    return wrong ? SQLITE_CORRUPT : wh_database_failure(database);
}

/* Touches every page of the tables that are needed at once; only accounts and hosts, which are few,
 * are decoded. */
static int look_through(WhDatabase *database)
{
    static const char *const questions[] = {
        "SELECT count(*) FROM host_states NOT INDEXED",
        "SELECT count(*) FROM record_states NOT INDEXED",
        "SELECT count(*) FROM halts NOT INDEXED",
        "SELECT count(*) FROM settings NOT INDEXED",
        "SELECT max(id) FROM history",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(questions); i++)
        wh_database_execute(database, questions[i]);
    return look_at_rows(database);
}

/* Whoever writes a log's first frame waits for the disk, which may only happen here. */
static int begin_log(const char *path, WhDatabase *database)
{
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    GStatBuf status;
    if (g_stat(log, &status) == 0 && status.st_size >= SHORTEST_LOG)
        return SQLITE_OK;
    g_autofree char *sql = g_strdup_printf("PRAGMA user_version=%d", wh_migrations_newest());
    return wh_database_execute(database, sql);
}

/* NULL with SQLite's result; SQLITE_OK then means that a newer version wrote the file. */
static WhDatabase *open_file(const char *path, int *code)
{
    int version = 0;
    g_autoptr(WhDatabase) database = wh_database_open(path, code);
    if (database == NULL)
        return NULL;
    *code = wh_migrations_version(database, &version);
    if (*code != SQLITE_OK || version > wh_migrations_newest())
        return NULL;
    *code = wh_database_use_log(database);
    if (*code == SQLITE_OK)
        *code = wh_migrations_run(database, version);
    if (*code == SQLITE_OK)
        *code = look_through(database);
    if (*code == SQLITE_OK)
        *code = begin_log(path, database);
    return *code == SQLITE_OK ? g_steal_pointer(&database) : NULL;
}

static char *kept_words(const char *aside, guint accounts, guint hosts)
{
    g_autofree char *name = g_path_get_basename(aside);
    return g_strdup_printf(
        "The file with what the service remembers was damaged. It was set aside as "
        "%s; of it %u accounts and %u names could be kept.",
        name, accounts, hosts);
}

WhDatabase *wh_store_file_replace(const char *path, char **notice, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *aside = wh_salvage_set_aside(path, &cause);
    if (aside == NULL) {
        g_set_error(error, WH_STORE_ERROR, WH_STORE_ERROR_OPEN,
                    "What the service remembers is damaged and cannot be set aside: %s.",
                    cause->message);
        return NULL;
    }
    if (!make_file(path, error))
        return NULL;
    int code = SQLITE_OK;
    WhDatabase *database = open_file(path, &code);
    if (database == NULL) {
        set_open_error(error, code);
        return NULL;
    }
    guint accounts = 0, hosts = 0;
    wh_salvage_copy(aside, database, &accounts, &hosts);
    wh_database_forget_failure(database);
    *notice = kept_words(aside, accounts, hosts);
    return database;
}

WhDatabase *wh_store_file_open(const char *path, char **notice, GError **error)
{
    if (!make_file(path, error))
        return NULL;
    int code = SQLITE_OK;
    WhDatabase *database = open_file(path, &code);
    if (database != NULL)
        return database;
    if (code == SQLITE_OK)
        g_set_error(
            error, WH_STORE_ERROR, WH_STORE_ERROR_NEWER,
            "What the service remembers was written by a newer version of Wayhome. Install that "
            "version again, or a later one.");
    /* SQLITE_ERROR: a table or a column of ours is not there. */
    else if (wh_database_is_damage(code) || code == SQLITE_ERROR)
        return wh_store_file_replace(path, notice, error);
    else
        set_open_error(error, code);
    return NULL;
}
