/* What addresses this computer has, and a word when that may have changed.
 *
 * The callback carries no data: it means "look again". Lost or doubled calls do no harm, because
 * the snapshot is always the whole truth as far as it is known. Delivered in the main context of
 * the thread that made the monitor. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    WH_INTERFACE_ADDRESS_TEMPORARY = 1 << 0,  /* RFC 8981 privacy address */
    WH_INTERFACE_ADDRESS_DEPRECATED = 1 << 1, /* preferred lifetime is over */
    WH_INTERFACE_ADDRESS_TENTATIVE = 1 << 2,  /* duplicate address detection runs; not optimistic */
    WH_INTERFACE_ADDRESS_DUPLICATE = 1 << 3,  /* duplicate address detection failed */
    WH_INTERFACE_ADDRESS_SECONDARY = 1 << 4,  /* IPv4 only: not the first of its subnet */
} WhInterfaceAddressFlags;

#define WH_LIFETIME_FOREVER G_MAXINT64

/* family is 4 or 6. Lifetimes are g_get_monotonic_time() values at which they end. */
typedef struct {
    guint interface;
    guint family;
    guint8 bytes[16];
    guint prefix_length;
    guint flags;
    gint64 preferred_until;
    gint64 valid_until;
} WhInterfaceAddress;

/* The default route that the system would use for the family (lowest metric, interface up).
 * interface 0: there is none. has_gateway FALSE: a point-to-point line. */
typedef struct {
    guint interface;
    gboolean has_gateway;
    guint8 gateway[16];
    gboolean has_preferred_source;
    guint8 preferred_source[16];
} WhDefaultRoute;

/* addresses: array of WhInterfaceAddress on interfaces that are up, loopback left out.
 * route[0] is IPv4, route[1] IPv6. */
typedef struct {
    GArray *addresses;
    WhDefaultRoute route[2];
} WhAddressSnapshot;

typedef struct WhAddressMonitor WhAddressMonitor;
typedef void (*WhAddressMonitorFunc)(gpointer data);

/* Starts to watch. Where the system refuses notifications the monitor looks every
 * WH_ADDRESS_MONITOR_POLL_SECONDS and still works; NULL with G_IO_ERROR only when addresses cannot
 * be read at all. Windows: a service may start before what it asks, so then looking goes on and
 * addresses come later. Free with wh_address_monitor_free(). */
WhAddressMonitor *wh_address_monitor_new(WhAddressMonitorFunc changed, gpointer data,
                                         GError **error);
void wh_address_monitor_free(WhAddressMonitor *monitor);

#define WH_ADDRESS_MONITOR_POLL_SECONDS 30

/* The present state, owned by the monitor and valid until the main loop turns again. */
const WhAddressSnapshot *wh_address_monitor_snapshot(WhAddressMonitor *monitor);

/* Reads everything anew from the system, for example after a resume from sleep. Calls back when
 * something differs from what was known. */
void wh_address_monitor_refresh(WhAddressMonitor *monitor);

/* FALSE: notifications are refused here and the monitor polls. TRUE: the system tells of changes;
 * where it is known not to tell of all of them, the monitor looks now and then as well. */
gboolean wh_address_monitor_is_instant(WhAddressMonitor *monitor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAddressMonitor, wh_address_monitor_free)

G_END_DECLS
