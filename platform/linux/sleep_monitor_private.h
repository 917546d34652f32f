/* What the tests of the Linux sleep monitor need beside its public face. */
#pragma once

#include "platform/sleep_monitor.h"

G_BEGIN_DECLS

/* Tries to reach a lost bus again every `milliseconds` instead of every minute. */
void wh_sleep_monitor_set_reconnect(WhSleepMonitor *monitor, guint milliseconds);

G_END_DECLS
