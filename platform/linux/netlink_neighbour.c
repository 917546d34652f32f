#include "platform/linux/netlink_neighbour.h"

#include "platform/common/neighbour_list.h"
#include "platform/linux/netlink_attributes.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#define CONFIRMED (NUD_REACHABLE | NUD_PERMANENT)
/* With these a hardware address was heard, and nothing says that it is not true any more. */
#define KNOWN (CONFIRMED | NUD_STALE | NUD_DELAY | NUD_PROBE)

WhNetlinkOutcome wh_netlink_neighbour_read(const WhNetlinkMessage *message, WhNeighbour *neighbour)
{
    struct ndmsg info;
    WhNetlinkAttributes attributes;
    const WhNetlinkAttribute *address = &attributes.of[NDA_DST];
    const WhNetlinkAttribute *mac = &attributes.of[NDA_LLADDR];
    WhNeighbour result = {0};
    gsize length;

    if (message->type != RTM_NEWNEIGH)
        return WH_NETLINK_NOTHING;
    if (!wh_netlink_attributes_read_payload(message, &info, sizeof info, &attributes))
        return WH_NETLINK_MALFORMED;
    if (info.ndm_family != AF_INET && info.ndm_family != AF_INET6)
        return WH_NETLINK_NOTHING;
    length = info.ndm_family == AF_INET ? 4 : 16;
    if (info.ndm_ifindex <= 0 || (address->bytes != NULL && address->length < length))
        return WH_NETLINK_MALFORMED;
    if (address->bytes == NULL || mac->length != sizeof result.mac ||
        (info.ndm_state & KNOWN) == 0 || (info.ndm_flags & NTF_PROXY) != 0)
        return WH_NETLINK_NOTHING;
    result.interface = (guint)info.ndm_ifindex;
    result.family = info.ndm_family == AF_INET ? 4 : 6;
    result.reachable = (info.ndm_state & CONFIRMED) != 0;
    memcpy(result.bytes, address->bytes, length);
    memcpy(result.mac, mac->bytes, sizeof result.mac);
    if (!wh_neighbour_is_machine(&result))
        return WH_NETLINK_NOTHING;
    *neighbour = result;
    return WH_NETLINK_OK;
}
