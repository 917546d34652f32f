/* The notification server, seen through libnotify.
 *
 * libnotify keeps its state in the process, without locks, and calls the server synchronously; its
 * signals come in the thread-default main context of the thread that first used it. So all of it
 * belongs to one thread, which may wait: everything here is called there. */
#pragma once

#include "platform/common/desktop/notifier_letter.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhNotifierServer WhNotifierServer;

typedef struct {
    void (*acted)(const char *key, const char *action, gpointer data);
    void (*appeared)(gpointer data); /* a server, or another one, is there */
    void (*answered)(gpointer data); /* see wh_notifier_server_ask() */
} WhNotifierServerFuncs;

/* Takes libnotify for this thread: waits until another thread has let go of it. */
WhNotifierServer *wh_notifier_server_new(const char *name, const char *desktop_entry,
                                         const WhNotifierServerFuncs *funcs, gpointer data);
void wh_notifier_server_free(WhNotifierServer *server);

/* Starts a server that the bus can start, and calls answered() once one answers, be that late or
 * never; nothing waits for it. Asking again meanwhile does nothing. */
void wh_notifier_server_ask(WhNotifierServer *server);

/* Whether a message with this key is on the screen, as far as the server said. */
gboolean wh_notifier_server_shows(WhNotifierServer *server, const char *key);

/* Right after answered() only: waits for the server. Shows, or replaces what has the same key, and
 * does that alone with a letter that only replaces. FALSE: the server ended meanwhile. */
gboolean wh_notifier_server_show(WhNotifierServer *server, const WhNotifierLetter *letter);
void wh_notifier_server_withdraw(WhNotifierServer *server, const char *key);

G_END_DECLS
