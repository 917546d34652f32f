#include "platform/linux/netlink_neighbour.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever the bytes say, a neighbour is one machine. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    WhNetlinkMessage message;
    gsize offset = 0;

    while (wh_netlink_message_next(data, size, &offset, &message) == WH_NETLINK_OK) {
        WhNeighbour neighbour;

        if (wh_netlink_neighbour_read(&message, &neighbour) == WH_NETLINK_OK) {
            g_assert(neighbour.interface != 0);
            g_assert(neighbour.family == 4 || neighbour.family == 6);
            g_assert((neighbour.mac[0] & 1) == 0);
        }
    }
    return 0;
}
