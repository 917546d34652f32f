#include "platform/linux/netlink_neighbour.h"
#include "platform/linux/netlink_wifi.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever the bytes say, a neighbour is one machine, and the name of a Wi-Fi is text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    WhNetlinkMessage message;
    gsize offset = 0;

    while (wh_netlink_message_next(data, size, &offset, &message) == WH_NETLINK_OK) {
        WhNeighbour neighbour;
        guint16 family = 0;
        g_autofree char *name = NULL;

        if (wh_netlink_neighbour_read(&message, &neighbour) == WH_NETLINK_OK) {
            g_assert(neighbour.interface != 0);
            g_assert(neighbour.family == 4 || neighbour.family == 6);
            g_assert((neighbour.mac[0] & 1) == 0);
        }
        wh_netlink_wifi_read_family(&message, &family);
        if (wh_netlink_wifi_read_name(&message, &name) == WH_NETLINK_OK)
            g_assert(name[0] != '\0' && g_utf8_validate(name, -1, NULL));
        else
            g_assert(name == NULL);
    }
    return 0;
}
