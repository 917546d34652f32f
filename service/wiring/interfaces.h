/* The detector's view of this computer's interfaces, read from the platform's address monitor. */
#pragma once

#include "platform/address_monitor.h"
#include "service/detect/detector.h"

G_BEGIN_DECLS

/* `monitor` must outlive the reader; NULL: nothing can be read, no family has a route. Free with
 * wh_interfaces_free(). */
WhInterfaceReader *wh_interfaces_new(WhAddressMonitor *monitor);
void wh_interfaces_free(WhInterfaceReader *reader);

G_END_DECLS
