/* Reads the rtnetlink(7) messages about network interfaces. */
#pragma once

#include "platform/linux/netlink_message.h"

G_BEGIN_DECLS

typedef struct {
    guint interface;
    gboolean removed;
    gboolean up;
    gboolean usable;   /* up with a carrier, and no loopback */
    gboolean wireless; /* a word of a radio's driver, which says nothing of what is below */
    guint16 hardware;  /* ARPHRD_... */
    char name[WH_INTERFACE_NAME_SIZE];
    char driver[16]; /* IFLA_INFO_KIND ("tun", "veth"), empty for most hardware */
    gboolean has_mac;
    guint8 mac[6];
} WhNetlinkLink;

/* RTM_NEWLINK and RTM_DELLINK. Messages of other protocol families about a link (bridge ports) are
 * of no interest. */
WhNetlinkOutcome wh_netlink_link_read(const WhNetlinkMessage *message, WhNetlinkLink *link);

G_END_DECLS
