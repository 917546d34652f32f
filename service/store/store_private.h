/* What the files of this room share of a store. Private to this room. */
#pragma once

#include "service/store/database.h"
#include "service/store/flusher.h"
#include "service/store/store.h"

G_BEGIN_DECLS

/* journal is the first member, so that a WhJournal of this room is its store. flusher and lock are
 * NULL in memory. failed: something since the journal's begin could not be written. written: since
 * it was opened. */
struct WhStore {
    WhJournal journal;
    char *path;
    WhDatabase *lock;
    WhDatabase *database;
    WhFlusher *flusher;
    char *notice;
    gboolean failed;
    gboolean written;
    int pages;
    int renew_at;
    gint64 last_number;
};

/* One piece of work on the database; failures are in wh_database_failure(). It may be called twice.
 */
typedef void (*WhStoreWork)(WhDatabase *database, gconstpointer data, gpointer result);

/* Reads. When the file proves to be damaged it is set aside and `work` is done again on what was
 * saved. */
void wh_store_read(WhStore *store, WhStoreWork work, gconstpointer data, gpointer result);

/* Writes, all or nothing, and has it flushed soon; likewise. */
gboolean wh_store_write(WhStore *store, WhStoreWork work, gconstpointer data, gpointer result,
                        GError **error);

/* wh_store_put_setting(), as a part of other work. */
void wh_store_write_setting(WhDatabase *database, const char *name, const char *value);

/* Fills in store->journal. */
void wh_store_init_journal(WhStore *store);

/* After a failure: sets a damaged file aside and goes on with what can be read of it. FALSE: it was
 * not damage. */
gboolean wh_store_heal(WhStore *store);

/* Asks for a flush, and for a new log when it has grown long. */
void wh_store_flush(WhStore *store);

G_END_DECLS
