/* Reads the messages of rtnetlink(7) about neighbours. */
#pragma once

#include "platform/linux/netlink_message.h"
#include "platform/neighbours.h"

G_BEGIN_DECLS

/* RTM_NEWNEIGH of a machine that has a hardware address and answers, or did the last time;
 * everything else is of no interest. */
WhNetlinkOutcome wh_netlink_neighbour_read(const WhNetlinkMessage *message, WhNeighbour *neighbour);

G_END_DECLS
