/* What the service answers to something that was asked for in the window, which may be gone by
 * then. Private to the window. */
#pragma once

#include "app/window/window.h"

G_BEGIN_DECLS

typedef struct WhWindowAnswer WhWindowAnswer;

/* For the call that is answered later; each is used up by one of the two functions below. */
WhWindowAnswer *wh_window_answer_new(WhWindow *window);

/* Finishes the request, tells in the window what went wrong, or takes away what was told about the
 * last thing that did, and uses `answer` up. *window: for g_object_unref(), or NULL, when it is
 * gone or going; may be NULL. FALSE: it went wrong. */
gboolean wh_window_answer_take(WhWindowAnswer *answer, GObject *link, GAsyncResult *result,
                               WhWindow **window);

/* The same as a callback, for those who want no more; data is the answer. */
void wh_window_answer_tell(GObject *link, GAsyncResult *result, gpointer data);

G_END_DECLS
