/* Reads rtnetlink(7) messages out of a byte buffer.
 *
 * Trusts nothing: every length is checked against what is left, and nothing is read through a
 * misaligned pointer. Knows no socket and keeps no state. */
#pragma once

#include "platform/address_monitor.h"

G_BEGIN_DECLS

typedef enum {
    WH_NETLINK_OK,
    WH_NETLINK_NOTHING,   /* well-formed but of no interest, or the end of the buffer */
    WH_NETLINK_MALFORMED, /* a length does not fit */
} WhNetlinkOutcome;

/* One message of a buffer. `payload` points into that buffer. */
typedef struct {
    guint16 type;
    guint16 flags;
    guint32 sequence;
    const guint8 *payload;
    gsize payload_length;
} WhNetlinkMessage;

typedef struct {
    guint interface;
    gboolean removed;
    gboolean usable; /* up with a carrier, and no loopback */
} WhNetlinkLink;

typedef struct {
    gboolean removed;
    WhInterfaceAddress address;
} WhNetlinkAddress;

/* One way out. A default route over several next hops is several of these. */
typedef struct {
    WhDefaultRoute route;
    guint32 metric;
    guint8 preference; /* 0 to 2, higher is better: RFC 4191 section 2.1 */
} WhNetlinkRoute;

#define WH_NETLINK_MAX_HOPS 16

/* The default routes of one message. Hops beyond WH_NETLINK_MAX_HOPS are left out. */
typedef struct {
    guint family; /* 4 or 6 */
    gboolean removed;
    guint n_hops;
    WhNetlinkRoute hops[WH_NETLINK_MAX_HOPS];
} WhNetlinkRoutes;

/* Takes the message at *offset of the buffer and moves *offset behind it. WH_NETLINK_NOTHING: the
 * buffer is used up. */
WhNetlinkOutcome wh_netlink_message_next(const guint8 *bytes, gsize length, gsize *offset,
                                         WhNetlinkMessage *message);

/* RTM_NEWLINK and RTM_DELLINK. Messages of other protocol families about a link (bridge ports) are
 * of no interest. */
WhNetlinkOutcome wh_netlink_message_read_link(const WhNetlinkMessage *message, WhNetlinkLink *link);

/* RTM_NEWADDR and RTM_DELADDR; `now` is g_get_monotonic_time(), the base of the lifetimes. */
WhNetlinkOutcome wh_netlink_message_read_address(const WhNetlinkMessage *message, gint64 now,
                                                 WhNetlinkAddress *address);

/* RTM_NEWROUTE and RTM_DELROUTE of a unicast default route in the main table; everything else is of
 * no interest. */
WhNetlinkOutcome wh_netlink_message_read_routes(const WhNetlinkMessage *message,
                                                WhNetlinkRoutes *routes);

/* The negative errno that NLMSG_ERROR or NLMSG_DONE carries, 0 for success. */
WhNetlinkOutcome wh_netlink_message_read_error(const WhNetlinkMessage *message, int *error);

G_END_DECLS
