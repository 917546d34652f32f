#include "platform/linux/address_table.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever the kernel would say, by the bytes themselves: the system is not asked here. */
static WhWayAnswer way(guint family, guint interface, WhNetlinkRoute *route, gpointer data)
{
    const WhNetlinkRoute *given = data;

    *route = *given;
    return given->n_hops > 0 ? WH_WAY_FOUND : WH_WAY_NONE;
}

static void no_device(guint interface, const char *name, char *device, gsize size)
{
    g_assert(g_utf8_validate(name, -1, NULL));
    g_strlcpy(device, "", size);
}

/* The same bytes as notifications and as the answer of a dump; whatever they say, what comes out is
 * in order. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(WhAddressTable) table = wh_address_table_new(no_device);
    g_autoptr(GArray) addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    g_autoptr(GArray) interfaces = g_array_new(FALSE, FALSE, sizeof(WhInterface));
    WhAddressSnapshot snapshot = {.addresses = addresses, .interfaces = interfaces};
    WhNetlinkMessage message;
    WhNetlinkRoute route = {0};
    gsize offset = 0;

    wh_address_table_apply(table, data, size, 1);
    wh_address_table_update(table, &snapshot);
    while (wh_netlink_message_next(data, size, &offset, &message) == WH_NETLINK_OK) {
        int error = 0;

        g_assert(offset <= size);
        wh_address_table_load(table, &message, 1);
        wh_netlink_message_read_error(&message, &error);
        if (wh_netlink_route_read(&message, &route) == WH_NETLINK_OK)
            g_assert(route.n_hops <= WH_NETLINK_MAX_HOPS);
    }
    wh_address_table_find_ways(table, way, &route);
    wh_address_table_update(table, &snapshot);
    g_assert(!wh_address_table_update(table, &snapshot));
    for (guint i = 0; i < addresses->len; i++) {
        const WhInterfaceAddress *address = &g_array_index(addresses, WhInterfaceAddress, i);

        g_assert(address->interface != 0);
        g_assert(address->family == 4 || address->family == 6);
        g_assert(address->prefix_length <= (address->family == 4 ? 32 : 128));
    }
    for (guint i = 1; i < interfaces->len; i++)
        g_assert(g_array_index(interfaces, WhInterface, i - 1).interface <
                 g_array_index(interfaces, WhInterface, i).interface);
    return 0;
}
