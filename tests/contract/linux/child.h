/* A forked process that plays somebody else. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhChild WhChild;

/* Runs `func` in a process of its own as user `uid`; it ends with _exit(). */
WhChild *wh_child_start(guint uid, void (*func)(gpointer data), gpointer data);

/* Inside the child: tells the parent to go on. */
void wh_child_ready(void);

/* Waits for wh_child_ready(); FALSE when the child ended without it. */
gboolean wh_child_is_ready(WhChild *child);

/* Waits for the end, frees the child and returns its exit status, or the negative number of the
 * signal that ended it. */
int wh_child_wait(WhChild *child);

/* Ends the child and frees it. */
void wh_child_kill(WhChild *child);

G_END_DECLS
