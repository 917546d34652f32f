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

/* family is 4 or 6. Lifetimes are g_get_monotonic_time() values at which they end. since: when the
 * address was put on the interface, in microseconds of a clock that only compares addresses; 0: not
 * known. */
typedef struct {
    guint interface;
    guint family;
    guint8 bytes[16];
    guint prefix_length;
    guint flags;
    gint64 preferred_until;
    gint64 valid_until;
    gint64 since;
} WhInterfaceAddress;

/* A way to the internet. interface 0: there is none. has_gateway FALSE: a point-to-point line.
 * preferred_source is what the route itself asks for, not what the system would choose. */
typedef struct {
    guint interface;
    gboolean has_gateway;
    guint8 gateway[16];
    gboolean has_preferred_source;
    guint8 preferred_source[16];
} WhDefaultRoute;

typedef enum {
    WH_INTERFACE_OTHER, /* also a dialled line (PPP), where nothing tells what is below it */
    WH_INTERFACE_WIRED,
    WH_INTERFACE_WIFI,
    WH_INTERFACE_MOBILE,
    WH_INTERFACE_TUNNEL, /* leads through somebody else's network: a VPN */
} WhInterfaceKind;

#define WH_INTERFACE_NAME_SIZE 64

/* name is UTF-8: "eth0", on Windows what people see there, such as "Ethernet 2". mac: of interfaces
 * that have an Ethernet address.
 *
 * PPP may be the home's own line (PPPoE, a modem) or a VPN (L2TP, PPTP): it is a tunnel while
 * another interface that is none has a default route of either family, and the line otherwise.
 * Linux: the same is true of a 6in4 tunnel (sit) and the default routes of IPv6 alone, because
 * without one it is what gives this home its IPv6. */
typedef struct {
    guint interface;
    WhInterfaceKind kind;
    char name[WH_INTERFACE_NAME_SIZE];
    gboolean has_mac;
    guint8 mac[6];
} WhInterface;

/* addresses: array of WhInterfaceAddress on interfaces that are up, loopback left out.
 * interfaces: array of WhInterface, the same ones, by number, whether or not they have addresses.
 *
 * In both of these [0] is IPv4 and [1] IPv6:
 * - route: the way that the system takes to the internet now. It is asked where a global address
 *   goes, so rules (wg-quick) and routes that cover half of all addresses (OpenVPN) count.
 * - line: the home's own line, the best default route over an interface that is no tunnel. The same
 *   as `route` while that leads over no tunnel. */
typedef struct {
    GArray *addresses;
    GArray *interfaces;
    WhDefaultRoute route[2];
    WhDefaultRoute line[2];
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

/* The interface of that number; NULL when it is 0, not up or gone. */
static inline const WhInterface *wh_address_snapshot_find_interface(
    const WhAddressSnapshot *snapshot, guint interface)
{
    for (guint i = 0; i < snapshot->interfaces->len; i++) {
        const WhInterface *found = &g_array_index(snapshot->interfaces, WhInterface, i);

        if (found->interface == interface)
            return found;
    }
    return NULL;
}

/* Reads everything anew from the system, for example after a resume from sleep. Calls back when
 * something differs from what was known. */
void wh_address_monitor_refresh(WhAddressMonitor *monitor);

/* FALSE: notifications are refused here and the monitor polls. TRUE: the system tells of changes;
 * where it is known not to tell of all of them, the monitor looks now and then as well. */
gboolean wh_address_monitor_is_instant(WhAddressMonitor *monitor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAddressMonitor, wh_address_monitor_free)

G_END_DECLS
