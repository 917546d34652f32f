/* The attributes of rtnetlink(7) messages: type, length and value, one behind the other.
 *
 * Trusts nothing: every length is checked against what is left, and nothing is read through a
 * misaligned pointer. */
#pragma once

#include "platform/linux/netlink_message.h"

G_BEGIN_DECLS

/* The highest type that anybody here looks at. */
#define WH_NETLINK_HIGHEST_ATTRIBUTE 30

/* bytes NULL: it is not there. */
typedef struct {
    const guint8 *bytes;
    gsize length;
} WhNetlinkAttribute;

/* By type; of a repeated one the last counts. They point into the message. */
typedef struct {
    WhNetlinkAttribute of[WH_NETLINK_HIGHEST_ATTRIBUTE + 1];
} WhNetlinkAttributes;

/* FALSE: a length does not fit. */
gboolean wh_netlink_attributes_read(const guint8 *bytes, gsize length,
                                    WhNetlinkAttributes *attributes);

/* Takes the fixed part of a message, `size` bytes, and its attributes. */
gboolean wh_netlink_attributes_read_payload(const WhNetlinkMessage *message, gpointer fixed,
                                            gsize size, WhNetlinkAttributes *attributes);

/* FALSE: there, but too short. An attribute that is not there leaves `value` as it is. */
gboolean wh_netlink_attribute_copy(const WhNetlinkAttribute *attribute, gpointer value, gsize size);

/* Takes a string, valid UTF-8 whatever the kernel holds; one that is too long is cut. It may end
 * with a zero or with the attribute. */
void wh_netlink_attribute_copy_text(const WhNetlinkAttribute *attribute, char *text, gsize size);

G_END_DECLS
