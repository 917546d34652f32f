#include "platform/linux/address_table.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The same bytes as notifications and as the answer of a dump; whatever they say, what comes out is
 * in order. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(WhAddressTable) table = wh_address_table_new();
    g_autoptr(GArray) addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    WhAddressSnapshot snapshot = {.addresses = addresses};
    WhNetlinkMessage message;
    gsize offset = 0;

    wh_address_table_apply(table, data, size, 1);
    wh_address_table_update(table, &snapshot);
    while (wh_netlink_message_next(data, size, &offset, &message) == WH_NETLINK_OK) {
        int error = 0;

        g_assert(offset <= size);
        wh_address_table_load(table, &message, 1);
        wh_netlink_message_read_error(&message, &error);
    }
    wh_address_table_update(table, &snapshot);
    g_assert(!wh_address_table_update(table, &snapshot));
    for (guint i = 0; i < addresses->len; i++) {
        const WhInterfaceAddress *address = &g_array_index(addresses, WhInterfaceAddress, i);

        g_assert(address->interface != 0);
        g_assert(address->family == 4 || address->family == 6);
        g_assert(address->prefix_length <= (address->family == 4 ? 32 : 128));
    }
    return 0;
}
