#include "service/store/flusher.h"

#include "service/store/database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Somebody who writes several times in a row has mostly ended after this many microseconds. */
#define PAUSE 20000
#define MOST_ATTEMPTS 5

/* When somebody writes without a pause until the log has this many pages, he has to wait a moment.
 */
#define FAR_TOO_LONG 4000

/* A connection that has read nothing yet does not know that there is a log. The limit gives back
 * what a log that was far too long took from the disk. */
static const char writer_settings[] = "PRAGMA synchronous=NORMAL;"
                                      "PRAGMA journal_size_limit=4194304;"
                                      "SELECT name FROM sqlite_schema LIMIT 1;";

/* running: a thread is there, or is about to see what is asked for; all guarded by the mutex. */
struct WhFlusher {
    char *path;
    char *log;
    GMutex mutex;
    GThread *thread;
    gboolean running;
    gboolean flush;
    gboolean renew;
    gboolean warned;
};

/* The log's first frames were written by this thread's transaction, so that the next writer, who
 * must not wait for the disk, only appends. */
static int write_first(WhDatabase *database)
{
    sqlite3_stmt *statement = wh_database_query(database, "PRAGMA user_version", NULL, 0);
    if (!wh_database_next(database, statement))
        return wh_database_failure(database);
    int version = sqlite3_column_int(statement, 0);
    wh_database_end(statement);
    g_autofree char *sql = g_strdup_printf("PRAGMA user_version=%d; COMMIT", version);
    return wh_database_execute(database, sql);
}

static void note_pages(int pages, gpointer data)
{
    *(int *)data = pages;
}

/* Moves what is in the log into the database, all of it or what there is time for. */
static gboolean move_log(WhDatabase *writer, int *in_log)
{
    int moved = 0;
    int code = sqlite3_wal_checkpoint_v2(wh_database_handle(writer), NULL,
                                         SQLITE_CHECKPOINT_PASSIVE, in_log, &moved);
    return code == SQLITE_OK && *in_log >= 0 && moved == *in_log;
}

/* As long as `reader` looks at the log nobody begins a new one: not before `writer` holds the lock.
 * `blocker` keeps others from writing while the log is moved; NULL: they may. */
static gboolean renew_once(WhDatabase *reader, WhDatabase *writer, WhDatabase *blocker, int *in_log)
{
    if (blocker != NULL)
        wh_database_execute(blocker, "BEGIN IMMEDIATE");
    wh_database_execute(reader, "BEGIN; SELECT name FROM sqlite_schema LIMIT 1");
    gboolean whole = move_log(writer, in_log);
    if (blocker != NULL)
        wh_database_execute(blocker, "COMMIT");
    whole = whole && wh_database_execute(writer, "BEGIN IMMEDIATE") == SQLITE_OK;
    wh_database_execute(reader, "COMMIT");
    /* What somebody wrote before the lock was taken keeps the old log. */
    int pages = G_MAXINT;
    wh_database_watch(writer, note_pages, &pages);
    whole = whole && write_first(writer) == SQLITE_OK && pages <= *in_log;
    /* A full disk must not leave the lock with this thread. */
    if (!sqlite3_get_autocommit(wh_database_handle(writer)))
        wh_database_execute(writer, "ROLLBACK");
    return whole;
}

gboolean wh_flusher_renew(const char *path)
{
    int code = SQLITE_OK, in_log = 0;
    g_autoptr(WhDatabase) reader = wh_database_open(path, &code);
    g_autoptr(WhDatabase) writer = wh_database_open(path, &code);
    g_autoptr(WhDatabase) blocker = wh_database_open(path, &code);
    if (reader == NULL || writer == NULL || blocker == NULL)
        return FALSE;
    wh_database_execute(writer, writer_settings);
    /* The first attempt moves nearly everything; when something is written meanwhile, the next has
     * little to do. */
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
        gboolean firm = in_log >= FAR_TOO_LONG;
        if (renew_once(reader, writer, firm ? blocker : NULL, &in_log))
            return TRUE;
        if (in_log < FAR_TOO_LONG)
            g_usleep(PAUSE);
    }
    return FALSE;
}

static gboolean flush_log(const char *log)
{
    int file = g_open(log, O_RDWR, 0);
    if (file < 0)
        return errno == ENOENT;
    gboolean flushed = g_fsync(file) == 0;
    return g_close(file, NULL) && flushed;
}

static void flush(WhFlusher *flusher, gboolean renew)
{
    gboolean flushed = flush_log(flusher->log);
    if (!flushed && !flusher->warned)
        g_warning(
            "What was remembered last could not be flushed to the disk; a power cut now could "
            "lose it.");
    flusher->warned = !flushed;
    if (renew)
        wh_flusher_renew(flusher->path);
}

static gpointer run(gpointer data)
{
    WhFlusher *flusher = data;
    g_mutex_lock(&flusher->mutex);
    while (flusher->flush || flusher->renew) {
        gboolean renew = flusher->renew;
        flusher->flush = flusher->renew = FALSE;
        g_mutex_unlock(&flusher->mutex);
        flush(flusher, renew);
        g_mutex_lock(&flusher->mutex);
    }
    flusher->running = FALSE;
    g_mutex_unlock(&flusher->mutex);
    return NULL;
}

WhFlusher *wh_flusher_new(const char *path)
{
    WhFlusher *flusher = g_new0(WhFlusher, 1);
    flusher->path = g_strdup(path);
    flusher->log = g_strconcat(path, "-wal", NULL);
    g_mutex_init(&flusher->mutex);
    return flusher;
}

static void join(WhFlusher *flusher)
{
    if (flusher->thread != NULL)
        g_thread_join(g_steal_pointer(&flusher->thread));
}

void wh_flusher_free(WhFlusher *flusher)
{
    if (flusher == NULL)
        return;
    join(flusher);
    g_mutex_clear(&flusher->mutex);
    g_free(flusher->path);
    g_free(flusher->log);
    g_free(flusher);
}

void wh_flusher_request(WhFlusher *flusher, gboolean renew)
{
    g_mutex_lock(&flusher->mutex);
    flusher->flush = TRUE;
    flusher->renew = flusher->renew || renew;
    gboolean start = !flusher->running;
    flusher->running = TRUE;
    g_mutex_unlock(&flusher->mutex);
    if (!start)
        return;
    /* It has left its loop, so this does not wait. */
    join(flusher);
    flusher->thread = g_thread_try_new("flusher", run, flusher, NULL);
    if (flusher->thread != NULL)
        return;
    /* Too many threads on this computer just now: the next commit asks again. */
    g_mutex_lock(&flusher->mutex);
    flusher->running = FALSE;
    g_mutex_unlock(&flusher->mutex);
}
