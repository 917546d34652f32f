/* Short messages of the desktop ("notifications").
 *
 * Nothing here waits: a notification server that is slow, hung or absent never stops the program.
 * What could not be shown is shown when a server is there within ten minutes. Callbacks come in the
 * main context of the thread that made the notifier. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhNotifier WhNotifier;

typedef enum {
    WH_NOTIFIER_LOW,
    WH_NOTIFIER_NORMAL,
    WH_NOTIFIER_CRITICAL, /* stays until the person has seen it */
} WhNotifierUrgency;

/* A button. id "default" is the message's own click. */
typedef struct {
    const char *id;
    const char *label;
} WhNotifierAction;

/* key: a later message with the same key takes the place of the earlier one. body is plain text.
 * icon: a name of the icon theme. Actions are left out where the server has none. only_replaces:
 * shown where an earlier message of this key is on the screen or still waits for it, and nowhere
 * else. */
typedef struct {
    const char *key;
    const char *title;
    const char *body;
    const char *icon;
    WhNotifierUrgency urgency;
    const WhNotifierAction *actions;
    guint n_actions;
    gboolean only_replaces;
} WhNotifierMessage;

/* A button of the message `key` was pressed. */
typedef void (*WhNotifierFunc)(const char *key, const char *action, gpointer data);

/* name: what people call the program; desktop_entry: its application id. Free with
 * wh_notifier_free(), which leaves messages on the screen. */
WhNotifier *wh_notifier_new(const char *name, const char *desktop_entry, WhNotifierFunc acted,
                            gpointer data);
void wh_notifier_free(WhNotifier *notifier);

/* Copies what it needs. */
void wh_notifier_show(WhNotifier *notifier, const WhNotifierMessage *message);

/* Takes a message off the screen; one that is not there is no error. */
void wh_notifier_withdraw(WhNotifier *notifier, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhNotifier, wh_notifier_free)

G_END_DECLS
