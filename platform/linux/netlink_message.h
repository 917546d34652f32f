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
    gboolean removed;
    WhInterfaceAddress address;
} WhNetlinkAddress;

/* Takes the message at *offset of the buffer and moves *offset behind it. WH_NETLINK_NOTHING: the
 * buffer is used up. */
WhNetlinkOutcome wh_netlink_message_next(const guint8 *bytes, gsize length, gsize *offset,
                                         WhNetlinkMessage *message);

/* RTM_NEWADDR and RTM_DELADDR; `now` is g_get_monotonic_time(), the base of the lifetimes. */
WhNetlinkOutcome wh_netlink_message_read_address(const WhNetlinkMessage *message, gint64 now,
                                                 WhNetlinkAddress *address);

/* 4 for AF_INET, 6 for AF_INET6, 0 for anything else. */
guint wh_netlink_family_number(guint8 family);

/* How many bytes an address of family 4 or 6 has. */
gsize wh_netlink_family_bytes(guint family);

/* The negative errno that NLMSG_ERROR or NLMSG_DONE carries, 0 for success. */
WhNetlinkOutcome wh_netlink_message_read_error(const WhNetlinkMessage *message, int *error);

G_END_DECLS
