/* Takes commits to the disk off the hot path, in a thread of its own that lives only while there is
 * work. Private to this room.
 *
 * A commit is safe against a power cut once the write-ahead log is on the disk, so that is all a
 * flush does. When the log has grown long its contents move into the database and a new log begins:
 * SQLite flushes the new log's header in the thread that writes it first, and this room makes sure
 * that it is this thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhFlusher WhFlusher;

WhFlusher *wh_flusher_new(const char *path);

/* Waits for the work under way. */
void wh_flusher_free(WhFlusher *flusher);

/* Soon flushes everything committed until now; with `renew` also begins a new log. Requests that
 * come while one waits are one. Returns at once. */
void wh_flusher_request(WhFlusher *flusher, gboolean renew);

/* Moves the log into the database at `path` and begins a new one, in this thread. FALSE: not now,
 * because somebody wrote or read meanwhile or the disk refused; nothing is lost. */
gboolean wh_flusher_renew(const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhFlusher, wh_flusher_free)

G_END_DECLS
