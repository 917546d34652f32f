/* Reads the rtnetlink(7) messages about routes and the rules that choose among their tables. */
#pragma once

#include "platform/linux/netlink_message.h"

G_BEGIN_DECLS

/* One way out. A route over several next hops is several of these. */
typedef struct {
    WhDefaultRoute route;
    guint32 metric;
    guint8 preference; /* 0 to 2, higher is better: RFC 4191 section 2.1 */
} WhNetlinkHop;

#define WH_NETLINK_MAX_HOPS 16

/* The route of one message. Hops beyond WH_NETLINK_MAX_HOPS are left out, as are dead ones; none:
 * what matches goes nowhere. */
typedef struct {
    guint family; /* 4 or 6 */
    guint n_hops;
    WhNetlinkHop hops[WH_NETLINK_MAX_HOPS];
} WhNetlinkRoute;

/* RTM_NEWROUTE as the answer to a question. Of one that the kernel made up for the question
 * (RTM_F_CLONED) the source address is left out: it is a choice and no wish of the route. */
WhNetlinkOutcome wh_netlink_route_read(const WhNetlinkMessage *message, WhNetlinkRoute *route);

/* Whether the message tells of something that may lead wh_internet_probe() elsewhere: *family is
 * the one. Routes of any table that cover it count, however they do it (VPNs cover everything by
 * two halves), and every rule. Everything else is WH_NETLINK_NOTHING. */
WhNetlinkOutcome wh_netlink_route_read_turn(const WhNetlinkMessage *message, guint *family);

G_END_DECLS
