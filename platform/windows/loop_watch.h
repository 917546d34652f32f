/* Notices a main loop that is stuck: the service control manager has no watchdog of its own.
 *
 * Every period a thread of its own asks the loop, and counts how often in a row it was not
 * answered. It counts questions and not time: of a computer that sleeps, or a process that was
 * halted, no more of them are asked meanwhile. While a debugger is attached, none is.
 *
 * The thread takes no memory and no lock: what hangs may have either. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhLoopWatch WhLoopWatch;
typedef void (*WhLoopWatchFunc)(gpointer data);

/* Questions that may stay without an answer. */
#define WH_LOOP_WATCH_PATIENCE 3

/* Watches the thread-default main context of the calling thread, which turns it. `stuck` is called
 * in the thread of the watch at the fourth question that was not answered, and takes no memory
 * either. NULL: the system has no thread for it. */
WhLoopWatch *wh_loop_watch_new(guint period_ms, WhLoopWatchFunc stuck, gpointer data);

/* In the thread of the main context. `stuck` is waited for, and not called any more. Accepts NULL.
 */
void wh_loop_watch_free(WhLoopWatch *watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhLoopWatch, wh_loop_watch_free)

G_END_DECLS
