#include "platform/windows/line_queue.h"

#define MOST_BYTES (64 * 1024)
#define PATIENCE_MS 1000

typedef struct {
    gpointer item;
    gsize length;
} Entry;

/* All below the lock is guarded by it; bytes: of what waits and of what is being written. */
struct WhLineQueue {
    WhLineQueueWrite write;
    GDestroyNotify item_free;
    gpointer data;
    GDestroyNotify data_free;
    GMutex lock;
    GCond changed;
    GQueue entries;
    gsize bytes;
    gboolean started;
    gboolean closed;
};

static void clear(gpointer memory)
{
    WhLineQueue *queue = memory;

    if (queue->data_free != NULL)
        queue->data_free(queue->data);
    g_mutex_clear(&queue->lock);
    g_cond_clear(&queue->changed);
}

WhLineQueue *wh_line_queue_new(WhLineQueueWrite write, GDestroyNotify item_free, gpointer data,
                               GDestroyNotify data_free)
{
    WhLineQueue *queue = g_atomic_rc_box_new0(WhLineQueue);

    queue->write = write;
    queue->item_free = item_free;
    queue->data = data;
    queue->data_free = data_free;
    g_mutex_init(&queue->lock);
    g_cond_init(&queue->changed);
    g_queue_init(&queue->entries);
    return queue;
}

/* With the lock held. NULL: the queue is closed and empty. */
static Entry *next(WhLineQueue *queue)
{
    while (g_queue_is_empty(&queue->entries) && !queue->closed)
        g_cond_wait(&queue->changed, &queue->lock);
    return g_queue_pop_head(&queue->entries);
}

static gpointer run(gpointer data)
{
    WhLineQueue *queue = data;
    Entry *entry;

    g_mutex_lock(&queue->lock);
    while ((entry = next(queue)) != NULL) {
        g_mutex_unlock(&queue->lock);
        queue->write(entry->item, queue->data);
        queue->item_free(entry->item);
        g_mutex_lock(&queue->lock);
        queue->bytes -= entry->length;
        g_free(entry);
        g_cond_broadcast(&queue->changed);
    }
    g_mutex_unlock(&queue->lock);
    g_atomic_rc_box_release_full(queue, clear);
    return NULL;
}

/* With the lock held. */
static void start(WhLineQueue *queue)
{
    GThread *thread = g_thread_try_new("lines", run, g_atomic_rc_box_acquire(queue), NULL);

    if (thread == NULL) {
        g_atomic_rc_box_release(queue);
        return;
    }
    g_thread_unref(thread);
    queue->started = TRUE;
}

gboolean wh_line_queue_put(WhLineQueue *queue, gpointer item, gsize length)
{
    gboolean taken;

    g_mutex_lock(&queue->lock);
    if (!queue->started)
        start(queue);
    taken = queue->started && queue->bytes + length <= MOST_BYTES;
    if (taken) {
        Entry *entry = g_new(Entry, 1);
        *entry = (Entry){item, length};
        g_queue_push_tail(&queue->entries, entry);
        queue->bytes += length;
        g_cond_broadcast(&queue->changed);
    }
    g_mutex_unlock(&queue->lock);
    if (!taken)
        queue->item_free(item);
    return taken;
}

gboolean wh_line_queue_flush(WhLineQueue *queue, guint milliseconds)
{
    gint64 end = g_get_monotonic_time() + (gint64)milliseconds * 1000;
    gboolean in_time = TRUE;
    gboolean empty;

    g_mutex_lock(&queue->lock);
    while (queue->bytes > 0 && in_time)
        in_time = g_cond_wait_until(&queue->changed, &queue->lock, end);
    empty = queue->bytes == 0;
    g_mutex_unlock(&queue->lock);
    return empty;
}

static void drop(WhLineQueue *queue)
{
    Entry *entry;

    while ((entry = g_queue_pop_head(&queue->entries)) != NULL) {
        queue->item_free(entry->item);
        g_free(entry);
    }
}

void wh_line_queue_free(WhLineQueue *queue)
{
    if (queue == NULL)
        return;
    wh_line_queue_flush(queue, PATIENCE_MS);
    g_mutex_lock(&queue->lock);
    drop(queue);
    queue->closed = TRUE;
    g_cond_broadcast(&queue->changed);
    g_mutex_unlock(&queue->lock);
    g_atomic_rc_box_release_full(queue, clear);
}
