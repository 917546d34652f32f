#include "platform/network_identity.h"

#include "platform/common/own_addresses.h"
#include "platform/neighbours.h"

#include <gio/gio.h>
#include <string.h>

/* The subnet of the interface's addresses in which the router lies, the smallest one; NULL: none.
 */
static char *prefix_find(const GArray *addresses, guint interface, guint family,
                         const guint8 *gateway)
{
    const WhInterfaceAddress *best = NULL;
    g_autoptr(GInetAddress) network = NULL;
    g_autofree char *text = NULL;
    guint8 bytes[16];

    for (guint i = 0; i < addresses->len; i++) {
        const WhInterfaceAddress *address = &g_array_index(addresses, WhInterfaceAddress, i);

        if (address->interface == interface && address->family == family &&
            wh_own_address_covers(address, gateway) &&
            (best == NULL || address->prefix_length > best->prefix_length))
            best = address;
    }
    if (best == NULL)
        return NULL;
    wh_own_address_network(best, bytes);
    network = g_inet_address_new_from_bytes(bytes, family == 4 ? G_SOCKET_FAMILY_IPV4
                                                               : G_SOCKET_FAMILY_IPV6);
    text = g_inet_address_to_string(network);
    return g_strdup_printf("%s/%u", text, best->prefix_length);
}

static const WhNeighbour *neighbour_find(const GArray *neighbours, guint interface, guint family,
                                         const guint8 *bytes)
{
    for (guint i = 0; i < neighbours->len; i++) {
        const WhNeighbour *neighbour = &g_array_index(neighbours, WhNeighbour, i);

        if (neighbour->interface == interface && neighbour->family == family &&
            memcmp(neighbour->bytes, bytes, family == 4 ? 4 : 16) == 0)
            return neighbour;
    }
    return NULL;
}

gboolean wh_network_identity_read(guint interface, guint family, const guint8 *gateway,
                                  WhNetworkIdentity *identity, GError **error)
{
    g_autoptr(GArray) addresses = wh_own_addresses_read(error);
    g_autoptr(GArray) neighbours = addresses != NULL ? wh_neighbours_read(error) : NULL;
    g_autoptr(GError) refusal = NULL;
    const WhNeighbour *router;

    if (neighbours == NULL)
        return FALSE;
    *identity = (WhNetworkIdentity){
        .prefix = prefix_find(addresses, interface, family, gateway),
    };
    router = neighbour_find(neighbours, interface, family, gateway);
    if (router != NULL) {
        identity->has_gateway_mac = TRUE;
        memcpy(identity->gateway_mac, router->mac, sizeof router->mac);
    } else if (identity->prefix != NULL &&
               !wh_neighbours_probe(interface, family, gateway, &refusal))
        g_debug("The router is not asked for: %s", refusal->message);
    return TRUE;
}
