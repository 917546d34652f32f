/* Notices a main loop that is stuck: the service control manager has no watchdog of its own.
 *
 * Every period a thread of the system asks the loop, and counts how often in a row it was not
 * answered. It counts questions and not time: of a computer that sleeps, or a process that was
 * halted, no more of them are asked meanwhile. While a debugger is attached, none is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhLoopWatch WhLoopWatch;
typedef void (*WhLoopWatchFunc)(gpointer data);

/* Questions that may stay without an answer. */
#define WH_LOOP_WATCH_PATIENCE 3

/* Both are called in a thread of the system. `ask`: see to it that the loop calls
 * wh_loop_watch_answer(); must not wait. `stuck`: it did not, at the fourth question. NULL: the
 * system has no timer. */
WhLoopWatch *wh_loop_watch_new(guint period_ms, WhLoopWatchFunc ask, WhLoopWatchFunc stuck,
                               gpointer data);

/* Neither is called any more. Accepts NULL. */
void wh_loop_watch_free(WhLoopWatch *watch);

/* Accepts NULL. */
void wh_loop_watch_answer(WhLoopWatch *watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhLoopWatch, wh_loop_watch_free)

G_END_DECLS
