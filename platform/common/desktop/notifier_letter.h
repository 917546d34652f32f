/* A message, or a word to take one back, on its way to another thread: a copy that belongs to
 * nobody else. */
#pragma once

#include "platform/notifier.h"

G_BEGIN_DECLS

/* withdraws: the one with this key; then the texts are NULL. written: g_get_monotonic_time() of the
 * copy. tried: a server ended while it was to show it. picture: the icon as the desktop wants it,
 * or NULL; it belongs to the letter with picture_free. */
typedef struct {
    char *key;
    char *title;
    char *body;
    char *icon;
    WhNotifierUrgency urgency;
    GPtrArray *actions; /* id, label, id, label, ... */
    gboolean only_replaces;
    gboolean withdraws;
    gint64 written;
    gboolean tried;
    gpointer picture;
    GDestroyNotify picture_free;
} WhNotifierLetter;

/* Texts are made valid UTF-8, which D-Bus insists on. */
WhNotifierLetter *wh_notifier_letter_new(const WhNotifierMessage *message);
WhNotifierLetter *wh_notifier_letter_new_withdrawal(const char *key);
void wh_notifier_letter_free(WhNotifierLetter *letter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhNotifierLetter, wh_notifier_letter_free)

G_END_DECLS
