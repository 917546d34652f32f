#include "platform/linux/netlink_link.h"

#include "platform/linux/netlink_attributes.h"

#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

G_STATIC_ASSERT(IFLA_LINKINFO <= WH_NETLINK_HIGHEST_ATTRIBUTE);

static gboolean driver_read(const WhNetlinkAttribute *information, WhNetlinkLink *link)
{
    WhNetlinkAttributes nested;

    if (!wh_netlink_attributes_read(information->bytes, information->length, &nested))
        return FALSE;
    wh_netlink_attribute_copy_text(&nested.of[IFLA_INFO_KIND], link->driver, sizeof link->driver);
    return TRUE;
}

static gboolean mac_read(const WhNetlinkAttribute *address, WhNetlinkLink *link)
{
    if (link->hardware != ARPHRD_ETHER || address->length != sizeof link->mac)
        return TRUE;
    link->has_mac = TRUE;
    return wh_netlink_attribute_copy(address, link->mac, sizeof link->mac);
}

WhNetlinkOutcome wh_netlink_link_read(const WhNetlinkMessage *message, WhNetlinkLink *link)
{
    struct ifinfomsg info;
    WhNetlinkAttributes attributes;
    WhNetlinkLink result = {0};

    if (message->type != RTM_NEWLINK && message->type != RTM_DELLINK)
        return WH_NETLINK_NOTHING;
    if (!wh_netlink_attributes_read_payload(message, &info, sizeof info, &attributes) ||
        info.ifi_index <= 0)
        return WH_NETLINK_MALFORMED;
    if (info.ifi_family != AF_UNSPEC)
        return WH_NETLINK_NOTHING;
    result.interface = (guint)info.ifi_index;
    result.removed = message->type == RTM_DELLINK;
    result.up = (info.ifi_flags & IFF_UP) != 0;
    result.usable =
        result.up && (info.ifi_flags & IFF_RUNNING) != 0 && (info.ifi_flags & IFF_LOOPBACK) == 0;
    result.wireless = attributes.of[IFLA_WIRELESS].bytes != NULL;
    result.hardware = info.ifi_type;
    wh_netlink_attribute_copy_text(&attributes.of[IFLA_IFNAME], result.name, sizeof result.name);
    if (!mac_read(&attributes.of[IFLA_ADDRESS], &result) ||
        !driver_read(&attributes.of[IFLA_LINKINFO], &result))
        return WH_NETLINK_MALFORMED;
    *link = result;
    return WH_NETLINK_OK;
}
