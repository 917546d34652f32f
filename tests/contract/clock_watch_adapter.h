/* How the contract tests of clock_watch.h make things happen. None of them sets a clock. */
#pragma once

#include "platform/clock_watch.h"

G_BEGIN_DECLS

/* A watch of a clock that a test may set, and NULL with an error after wh_adapter_nobody(). */
WhClockWatch *wh_adapter_watch_new(WhClockWatchFunc jumped, gpointer data, GError **error);

/* Sets that clock, as every watch sees. */
void wh_adapter_jump(void);

/* Takes away the one who tells, before any watch is made. FALSE: this system always tells. */
gboolean wh_adapter_nobody(void);
void wh_adapter_end(void);
void wh_adapter_add_tests(void);

G_END_DECLS
