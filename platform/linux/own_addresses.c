#include "platform/common/own_addresses.h"

#include "platform/linux/netlink_socket.h"

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#define DUMP_TRIES 4
#define MOST_ADDRESSES 4096

static gboolean message_take(const WhNetlinkMessage *message, gpointer data)
{
    GArray *addresses = data;
    WhNetlinkAddress read;

    if (addresses->len < MOST_ADDRESSES &&
        wh_netlink_message_read_address(message, g_get_monotonic_time(), &read) == WH_NETLINK_OK)
        g_array_append_val(addresses, read.address);
    return TRUE;
}

GArray *wh_own_addresses_read(GError **error)
{
    g_autoptr(GArray) addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    gboolean interrupted = TRUE;

    for (guint i = 0; interrupted && i < DUMP_TRIES; i++) {
        interrupted = FALSE;
        g_array_set_size(addresses, 0);
        if (!wh_netlink_socket_dump(RTM_GETADDR, AF_UNSPEC, message_take, addresses, &interrupted,
                                    error))
            return NULL;
    }
    return g_steal_pointer(&addresses);
}
