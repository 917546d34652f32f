#include "platform/common/desktop/notifier_queue.h"

#include <string.h>

#define WAITING_MOST 16
#define WAITING_MICROSECONDS (10 * 60 * G_TIME_SPAN_SECOND)

struct WhNotifierQueue {
    GQueue waiting; /* of WhNotifierLetter */
};

WhNotifierQueue *wh_notifier_queue_new(void)
{
    return g_new0(WhNotifierQueue, 1);
}

void wh_notifier_queue_free(WhNotifierQueue *queue)
{
    if (queue == NULL)
        return;
    g_queue_clear_full(&queue->waiting, (GDestroyNotify)wh_notifier_letter_free);
    g_free(queue);
}

/* The one with this key, in the queue no more, or NULL. */
static WhNotifierLetter *take(WhNotifierQueue *queue, const char *key)
{
    for (GList *link = queue->waiting.head; link != NULL; link = link->next) {
        WhNotifierLetter *letter = link->data;

        if (strcmp(letter->key, key) != 0)
            continue;
        g_queue_delete_link(&queue->waiting, link);
        return letter;
    }
    return NULL;
}

static gboolean is_spared(const WhNotifierLetter *letter)
{
    return letter->withdraws || letter->urgency == WH_NOTIFIER_CRITICAL;
}

/* The oldest of what a person can do without; of all, where there is none. */
static void drop_one(WhNotifierQueue *queue)
{
    GList *link = queue->waiting.head;

    while (link != NULL && is_spared(link->data))
        link = link->next;
    link = link != NULL ? link : queue->waiting.head;
    wh_notifier_letter_free(link->data);
    g_queue_delete_link(&queue->waiting, link);
}

/* The one of two letters with the same key that counts. What only replaces takes the place of a
 * letter that is not handed over, and changes nothing about a withdrawal. */
static WhNotifierLetter *later_of(WhNotifierLetter *earlier, WhNotifierLetter *letter)
{
    gboolean keeps = earlier != NULL && letter->only_replaces && earlier->withdraws;

    if (earlier != NULL && letter->only_replaces)
        letter->only_replaces = earlier->only_replaces;
    wh_notifier_letter_free(keeps ? letter : earlier);
    return keeps ? earlier : letter;
}

void wh_notifier_queue_push(WhNotifierQueue *queue, WhNotifierLetter *letter, gboolean on_screen)
{
    letter = later_of(take(queue, letter->key), letter);
    if (!on_screen && (letter->withdraws || letter->only_replaces)) {
        wh_notifier_letter_free(letter);
        return;
    }
    if (queue->waiting.length == WAITING_MOST)
        drop_one(queue);
    g_queue_push_tail(&queue->waiting, letter);
}

void wh_notifier_queue_unpop(WhNotifierQueue *queue, WhNotifierLetter *letter)
{
    g_queue_push_head(&queue->waiting, letter);
}

WhNotifierLetter *wh_notifier_queue_pop(WhNotifierQueue *queue)
{
    return g_queue_pop_head(&queue->waiting);
}

gboolean wh_notifier_queue_is_empty(WhNotifierQueue *queue)
{
    return g_queue_is_empty(&queue->waiting);
}

gboolean wh_notifier_queue_is_stale(const WhNotifierLetter *letter)
{
    return g_get_monotonic_time() - letter->written > WAITING_MICROSECONDS;
}
