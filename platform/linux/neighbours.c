#include "platform/neighbours.h"

#include "platform/common/neighbour_list.h"
#include "platform/linux/netlink_neighbour.h"
#include "platform/linux/netlink_socket.h"

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#define DUMP_TRIES 4

/* A message that cannot be read costs one neighbour, not all of them. */
static gboolean message_take(const WhNetlinkMessage *message, gpointer data)
{
    GArray *neighbours = data;
    WhNeighbour neighbour;

    if (neighbours->len < WH_NEIGHBOURS_MAX &&
        wh_netlink_neighbour_read(message, &neighbour) == WH_NETLINK_OK)
        g_array_append_val(neighbours, neighbour);
    return TRUE;
}

GArray *wh_neighbours_read(GError **error)
{
    g_autoptr(GArray) neighbours = g_array_new(FALSE, FALSE, sizeof(WhNeighbour));
    gboolean interrupted = TRUE;

    for (guint i = 0; interrupted && i < DUMP_TRIES; i++) {
        interrupted = FALSE;
        g_array_set_size(neighbours, 0);
        if (!wh_netlink_socket_dump(RTM_GETNEIGH, AF_UNSPEC, message_take, neighbours, &interrupted,
                                    error))
            return NULL;
    }
    wh_neighbour_list_settle(neighbours);
    return g_steal_pointer(&neighbours);
}
