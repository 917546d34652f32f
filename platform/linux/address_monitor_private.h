/* What the tests of the Linux address monitor need beside its public face. */
#pragma once

#include "platform/address_monitor.h"

G_BEGIN_DECLS

/* The socket that hears the kernel, -1 while polling. */
int wh_address_monitor_peek_fd(WhAddressMonitor *monitor);

/* Looks every `milliseconds` instead of every WH_ADDRESS_MONITOR_POLL_SECONDS, while polling. */
void wh_address_monitor_set_poll_interval(WhAddressMonitor *monitor, guint milliseconds);

G_END_DECLS
