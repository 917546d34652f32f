/* Lines on their way to somebody who may take them slowly: whoever puts one never waits, and a
 * thread that is started with the first one hands them over. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhLineQueue WhLineQueue;

/* Hands one item over, in the queue's thread; may wait. */
typedef void (*WhLineQueueWrite)(gpointer item, gpointer data);

/* `item_free` and `data_free` may be called in any thread, the latter also after
 * wh_line_queue_free(): with the last write. */
WhLineQueue *wh_line_queue_new(WhLineQueueWrite write, GDestroyNotify item_free, gpointer data,
                               GDestroyNotify data_free);

/* What waits gets a second to be handed over. A write that takes longer is not waited for: it ends
 * by itself, with the thread. Accepts NULL. */
void wh_line_queue_free(WhLineQueue *queue);

/* Takes `item` over, which has `length` bytes. FALSE: there is no room, and it is freed. Any thread
 * may call. */
gboolean wh_line_queue_put(WhLineQueue *queue, gpointer item, gsize length);

/* Waits until all is handed over, at most so long. TRUE: it is. */
gboolean wh_line_queue_flush(WhLineQueue *queue, guint milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhLineQueue, wh_line_queue_free)

G_END_DECLS
