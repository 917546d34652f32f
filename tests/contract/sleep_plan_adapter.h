/* How the contract tests of sleep_plan.h make things happen. */
#pragma once

#include "platform/sleep_plan.h"

G_BEGIN_DECLS

/* A system that sleeps after so many seconds, 0: never. FALSE: cannot be had here, and the test is
 * skipped. */
gboolean wh_adapter_begin(guint seconds);
void wh_adapter_end(void);

/* Takes away whoever would know. */
void wh_adapter_nobody(void);

/* wh_sleep_plan_read() of that system, which wh_sleep_plan_read_finish() understands. */
void wh_adapter_read(GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);
void wh_adapter_add_tests(void);

G_END_DECLS
