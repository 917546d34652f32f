/* Messages that wait for a desktop which can show them, oldest first and one a key. */
#pragma once

#include "platform/common/desktop/notifier_letter.h"

G_BEGIN_DECLS

typedef struct WhNotifierQueue WhNotifierQueue;

WhNotifierQueue *wh_notifier_queue_new(void);
void wh_notifier_queue_free(WhNotifierQueue *queue);

/* Takes the letter; it takes the place of an earlier one with its key. on_screen: a message with
 * that key is shown at present. What would change nothing is dropped; so is, of too many, the
 * oldest that a person can do without. */
void wh_notifier_queue_push(WhNotifierQueue *queue, WhNotifierLetter *letter, gboolean on_screen);

/* Puts one back to the front that is still to be handed over. */
void wh_notifier_queue_unpop(WhNotifierQueue *queue, WhNotifierLetter *letter);

/* The oldest, for wh_notifier_letter_free(), or NULL. */
WhNotifierLetter *wh_notifier_queue_pop(WhNotifierQueue *queue);
gboolean wh_notifier_queue_is_empty(WhNotifierQueue *queue);

/* Whether it is too late to show it: ten minutes after it was written. */
gboolean wh_notifier_queue_is_stale(const WhNotifierLetter *letter);

G_END_DECLS
