#include "service/wiring/interfaces.h"

#include <string.h>

typedef struct {
    WhInterfaceReader reader;
    WhAddressMonitor *monitor;
} Interfaces;

static gboolean is_usable(const WhInterfaceAddress *address)
{
    const guint never = WH_INTERFACE_ADDRESS_TEMPORARY | WH_INTERFACE_ADDRESS_DEPRECATED |
                        WH_INTERFACE_ADDRESS_TENTATIVE | WH_INTERFACE_ADDRESS_DUPLICATE;

    return (address->flags & never) == 0;
}

/* Whether the system would send from this address by itself. */
static gboolean is_preferred(const WhAddress *address, guint prefix_length,
                             const WhDefaultRoute *route)
{
    WhAddress other;

    if (route->has_preferred_source) {
        other = wh_address_from_bytes(address->family, route->preferred_source);
        return wh_address_equal(address, &other);
    }
    if (!route->has_gateway)
        return TRUE;
    other = wh_address_from_bytes(address->family, route->gateway);
    return wh_address_shares_prefix(address, &other, prefix_length);
}

static gboolean read_family(WhInterfaceReader *reader, WhFamily family, GArray *addresses)
{
    Interfaces *self = (Interfaces *)reader;
    const WhAddressSnapshot *snapshot;
    const WhDefaultRoute *route;
    guint wanted = family == WH_FAMILY_IPV4 ? 4 : 6;

    if (self->monitor == NULL)
        return FALSE;
    snapshot = wh_address_monitor_snapshot(self->monitor);
    route = &snapshot->route[family];
    if (route->interface == 0)
        return FALSE;
    for (guint i = 0; i < snapshot->addresses->len; i++) {
        const WhInterfaceAddress *found =
            &g_array_index(snapshot->addresses, WhInterfaceAddress, i);
        WhRouteAddress entry;

        if (found->family != wanted || found->interface != route->interface || !is_usable(found))
            continue;
        entry.address = wh_address_from_bytes(family, found->bytes);
        entry.preferred = is_preferred(&entry.address, found->prefix_length, route);
        g_array_append_val(addresses, entry);
    }
    return TRUE;
}

WhInterfaceReader *wh_interfaces_new(WhAddressMonitor *monitor)
{
    Interfaces *self = g_new0(Interfaces, 1);

    self->reader.read = read_family;
    self->monitor = monitor;
    return &self->reader;
}

void wh_interfaces_free(WhInterfaceReader *reader)
{
    g_free(reader);
}
