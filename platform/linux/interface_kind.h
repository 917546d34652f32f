/* What kind of interface a link is, by what the kernel says of it. */
#pragma once

#include "platform/linux/netlink_link.h"

G_BEGIN_DECLS

/* `device` is DEVTYPE of the device ("wlan", "wwan"), empty for most. What may be a tunnel or the
 * home's own line (wh_interface_rivals()) has the kind of a line here. */
WhInterfaceKind wh_interface_kind(const WhNetlinkLink *link, const char *device);

typedef enum {
    WH_RIVALS_IPV4 = 1 << 0,
    WH_RIVALS_IPV6 = 1 << 1,
} WhRivals;

/* The families whose default route over another interface, one that is no tunnel, makes this one a
 * tunnel; 0: what it is does not depend on others. */
guint wh_interface_rivals(const WhNetlinkLink *link);

/* Reads DEVTYPE of that interface from sysfs into `device`; empty when it has none, nothing can be
 * read, or the name is that of another interface there: /sys may show another network namespace.
 * The kernel tells of a radio nowhere else but where radios are controlled. */
void wh_interface_read_device(guint interface, const char *name, char *device, gsize size);

G_END_DECLS
