#include "service/wiring/interfaces.h"

#include "service/base/special_address.h"

#include <string.h>

typedef struct {
    WhInterfaceReader reader;
    WhAddressMonitor *monitor;
    const WhVpnChoices *choices;
} Interfaces;

static gboolean is_usable(const WhInterfaceAddress *address)
{
    const guint never = WH_INTERFACE_ADDRESS_TEMPORARY | WH_INTERFACE_ADDRESS_DEPRECATED |
                        WH_INTERFACE_ADDRESS_TENTATIVE | WH_INTERFACE_ADDRESS_DUPLICATE;

    return (address->flags & never) == 0;
}

gboolean wh_interfaces_is_preferred(const WhAddress *address, guint prefix_length,
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

/* What an address would be published for, but for this. */
static WhVerdictHint hint_of(const WhInterfaceAddress *found, const WhAddress *address)
{
    if (wh_special_address_is_link_local(address))
        return WH_HINT_ONLY_LINK_LOCAL;
    if (wh_special_address_find(address) != NULL)
        return WH_HINT_ONLY_PRIVATE;
    if ((found->flags & WH_INTERFACE_ADDRESS_DUPLICATE) != 0)
        return WH_HINT_DUPLICATE;
    if ((found->flags & WH_INTERFACE_ADDRESS_DEPRECATED) != 0)
        return WH_HINT_ONLY_DEPRECATED;
    if ((found->flags & WH_INTERFACE_ADDRESS_TEMPORARY) != 0)
        return WH_HINT_ONLY_TEMPORARY;
    if ((found->flags & WH_INTERFACE_ADDRESS_TENTATIVE) != 0)
        return WH_HINT_TENTATIVE;
    return WH_HINT_NONE;
}

/* What comes closest to a usable address counts. */
static void take_hint(WhInside *inside, WhVerdictHint hint)
{
    if (inside->hint == WH_HINT_NONE || hint < inside->hint)
        inside->hint = hint;
}

static void read_addresses(const WhAddressSnapshot *snapshot, const WhDefaultRoute *route,
                           WhFamily family, WhInside *inside)
{
    guint wanted = family == WH_FAMILY_IPV4 ? 4 : 6;
    gboolean has_ordinary = FALSE;

    for (guint i = 0; i < snapshot->addresses->len; i++) {
        const WhInterfaceAddress *found =
            &g_array_index(snapshot->addresses, WhInterfaceAddress, i);
        WhRouteAddress entry = {.preferred_until = found->preferred_until, .since = found->since};

        if (found->family != wanted || found->interface != route->interface)
            continue;
        entry.address = wh_address_from_bytes(family, found->bytes);
        take_hint(inside, hint_of(found, &entry.address));
        if (!is_usable(found))
            continue;
        has_ordinary = has_ordinary || wh_special_address_find(&entry.address) == NULL;
        entry.preferred = wh_interfaces_is_preferred(&entry.address, found->prefix_length, route);
        g_array_append_val(inside->addresses, entry);
    }
    if (has_ordinary)
        inside->hint = WH_HINT_NONE;
}

/* Not everything that is a tunnel leads elsewhere: over an IPv6 line the provider's IPv4 comes
 * through one (RFC 6333, RFC 6877), and its address here says so. */
static gboolean carries_own_ipv4(const WhAddressSnapshot *snapshot, guint interface)
{
    for (guint i = 0; i < snapshot->addresses->len; i++) {
        const WhInterfaceAddress *found =
            &g_array_index(snapshot->addresses, WhInterfaceAddress, i);
        WhAddress address;

        if (found->interface != interface || found->family != 4)
            continue;
        address = wh_address_from_bytes(WH_FAMILY_IPV4, found->bytes);
        if (wh_address_shares_prefix(&address, &(WhAddress){.bytes = {192, 0, 0, 0}}, 29))
            return TRUE;
    }
    return FALSE;
}

const WhInterface *wh_interfaces_find_vpn(const WhAddressSnapshot *snapshot, WhFamily family)
{
    const WhDefaultRoute *route = &snapshot->route[family];
    const WhInterface *found = wh_address_snapshot_find_interface(snapshot, route->interface);

    if (found == NULL || found->kind != WH_INTERFACE_TUNNEL ||
        route->interface == snapshot->line[family].interface ||
        (family == WH_FAMILY_IPV4 && carries_own_ipv4(snapshot, route->interface)))
        return NULL;
    return found;
}

gboolean wh_interfaces_find_own(const WhAddressSnapshot *snapshot, guint interface, WhAddress *own)
{
    for (guint family = 0; family < WH_N_FAMILIES; family++) {
        for (guint i = 0; i < snapshot->addresses->len; i++) {
            const WhInterfaceAddress *found =
                &g_array_index(snapshot->addresses, WhInterfaceAddress, i);
            WhAddress address;

            if (found->interface != interface ||
                found->family != (family == WH_FAMILY_IPV4 ? 4 : 6))
                continue;
            address = wh_address_from_bytes(family, found->bytes);
            if (wh_special_address_is_link_local(&address))
                continue;
            *own = address;
            return TRUE;
        }
    }
    return FALSE;
}

static WhVpnChoice choice_for(const WhAddressSnapshot *snapshot, const WhVpnChoices *choices,
                              const WhInterface *vpn)
{
    WhAddress own;
    gboolean has_own = wh_interfaces_find_own(snapshot, vpn->interface, &own);

    return wh_vpn_choices_get_for(choices, vpn->name, has_own ? &own : NULL);
}

static WhWayOut read_way(WhFamily family, const WhDefaultRoute *route)
{
    WhWayOut way = {.interface = route->interface, .has_router = route->has_gateway};

    if (way.has_router)
        way.router = wh_address_from_bytes(family, route->gateway);
    return way;
}

void wh_interfaces_read(const WhAddressSnapshot *snapshot, const WhVpnChoices *choices,
                        WhFamily family, WhInside *inside)
{
    const WhDefaultRoute *route = &snapshot->route[family];
    const WhInterface *vpn = wh_interfaces_find_vpn(snapshot, family);

    if (vpn != NULL) {
        g_strlcpy(inside->vpn, vpn->name, sizeof inside->vpn);
        inside->choice = choice_for(snapshot, choices, vpn);
    }
    if (inside->choice == WH_VPN_LINE) {
        route = &snapshot->line[family];
        inside->uplink = route->interface;
    }
    inside->has_route = route->interface != 0;
    inside->way = read_way(family, route);
    if (inside->has_route)
        read_addresses(snapshot, route, family, inside);
}

static void read_family(WhInterfaceReader *reader, WhFamily family, WhInside *inside)
{
    Interfaces *self = (Interfaces *)reader;

    if (self->monitor != NULL)
        wh_interfaces_read(wh_address_monitor_snapshot(self->monitor), self->choices, family,
                           inside);
}

WhInterfaceReader *wh_interfaces_new(WhAddressMonitor *monitor, const WhVpnChoices *choices)
{
    Interfaces *self = g_new0(Interfaces, 1);

    self->reader.read = read_family;
    self->monitor = monitor;
    self->choices = choices;
    return &self->reader;
}

void wh_interfaces_free(WhInterfaceReader *reader)
{
    g_free(reader);
}
