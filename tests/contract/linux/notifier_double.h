/* A notification server of the test's own, on a bus of the test's own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhNotifierDouble WhNotifierDouble;

/* What is on its screen. replaced: the id that the last call wanted to replace, 0 for none. */
typedef struct {
    guint id;
    guint replaced;
    char *title;
    char *body;
    char *icon;
    char *desktop_entry;
    guchar urgency;
    char **actions;
} WhNotifierDoubleMessage;

/* Points this process to a bus, once; FALSE: there is no dbus-daemon. */
gboolean wh_notifier_double_bus(void);
void wh_notifier_double_bus_end(void);

/* Serves with these capabilities (ends with NULL) in the main context; ids start from `first`. */
WhNotifierDouble *wh_notifier_double_new(const char *const *capabilities, guint first);
void wh_notifier_double_free(WhNotifierDouble *server);

/* While it hangs, calls stay without an answer; calls is how many have come so far, last_call the
 * method of the last one. */
void wh_notifier_double_hang(WhNotifierDouble *server, gboolean hangs);
guint wh_notifier_double_calls(WhNotifierDouble *server);
const char *wh_notifier_double_last_call(WhNotifierDouble *server);

/* index from 0 in the order of their ids; NULL behind the last. */
const WhNotifierDoubleMessage *wh_notifier_double_at(WhNotifierDouble *server, guint index);

void wh_notifier_double_press(WhNotifierDouble *server, guint id, const char *action);
void wh_notifier_double_dismiss(WhNotifierDouble *server, guint id);

G_END_DECLS
