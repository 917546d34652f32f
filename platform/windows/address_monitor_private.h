/* What the tests of the Windows address monitor need beside its public face. */
#pragma once

#include "platform/address_monitor.h"

G_BEGIN_DECLS

/* As wh_address_monitor_new() where the system refuses every notification. */
WhAddressMonitor *wh_address_monitor_new_deaf(WhAddressMonitorFunc changed, gpointer data,
                                              GError **error);

/* Whether it looks now and then because the system does not tell of everything. */
gboolean wh_address_monitor_polls(WhAddressMonitor *monitor);

/* Looks every `milliseconds` instead of every WH_ADDRESS_MONITOR_POLL_SECONDS, while polling. */
void wh_address_monitor_set_poll_interval(WhAddressMonitor *monitor, guint milliseconds);

G_END_DECLS
