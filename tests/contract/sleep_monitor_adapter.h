/* How the contract tests of sleep_monitor.h make things happen. */
#pragma once

#include "platform/sleep_monitor.h"

G_BEGIN_DECLS

/* Brings up, or takes away, the one who tells of resumes. FALSE: cannot be had here. */
gboolean wh_adapter_begin(void);
void wh_adapter_end(void);

/* Returns when `monitor` would hear of a resume; `counter` is what its callback counts. */
void wh_adapter_until_listening(WhSleepMonitor *monitor, guint *counter);
void wh_adapter_resume(void);

/* Takes away the one who tells, before any monitor is made. */
void wh_adapter_nobody(void);
void wh_adapter_add_tests(void);

G_END_DECLS
