#include "platform/linux/netlink_wifi.h"

#include "platform/common/wifi_name.h"
#include "platform/linux/netlink_attributes.h"

#include <linux/genetlink.h>
#include <linux/nl80211.h>
#include <string.h>

/* Types of this family are higher than those of routes. Of a repeated attribute the last counts. */
static WhNetlinkOutcome attribute_find(const WhNetlinkMessage *message, guint type,
                                       WhNetlinkAttribute *found)
{
    WhNetlinkOutcome outcome = WH_NETLINK_NOTHING;
    gsize offset = NLMSG_ALIGN(sizeof(struct genlmsghdr));
    struct nlattr header;

    while (offset + sizeof header <= message->payload_length) {
        gsize left = message->payload_length - offset;

        memcpy(&header, message->payload + offset, sizeof header);
        if (header.nla_len < sizeof header || header.nla_len > left)
            return WH_NETLINK_MALFORMED;
        if ((header.nla_type & (guint16)NLA_TYPE_MASK) == type) {
            *found = (WhNetlinkAttribute){message->payload + offset + sizeof header,
                                          header.nla_len - sizeof header};
            outcome = WH_NETLINK_OK;
        }
        offset += (gsize)NLA_ALIGN(header.nla_len);
    }
    return outcome;
}

static gboolean has_command(const WhNetlinkMessage *message, guint8 command)
{
    struct genlmsghdr header;

    if (message->type < NLMSG_MIN_TYPE || message->payload_length < sizeof header)
        return FALSE;
    memcpy(&header, message->payload, sizeof header);
    return header.cmd == command;
}

WhNetlinkOutcome wh_netlink_wifi_read_family(const WhNetlinkMessage *message, guint16 *family)
{
    WhNetlinkAttribute found;
    WhNetlinkOutcome outcome;

    if (message->type != GENL_ID_CTRL || !has_command(message, CTRL_CMD_NEWFAMILY))
        return WH_NETLINK_NOTHING;
    outcome = attribute_find(message, CTRL_ATTR_FAMILY_ID, &found);
    if (outcome != WH_NETLINK_OK)
        return outcome;
    if (found.length < sizeof *family)
        return WH_NETLINK_MALFORMED;
    memcpy(family, found.bytes, sizeof *family);
    return WH_NETLINK_OK;
}

/* In other modes the name is that of a network which this computer makes. */
static WhNetlinkOutcome check_mode(const WhNetlinkMessage *message)
{
    WhNetlinkAttribute found;
    guint32 mode;
    WhNetlinkOutcome outcome = attribute_find(message, NL80211_ATTR_IFTYPE, &found);

    if (outcome != WH_NETLINK_OK)
        return outcome;
    if (found.length < sizeof mode)
        return WH_NETLINK_MALFORMED;
    memcpy(&mode, found.bytes, sizeof mode);
    return mode == NL80211_IFTYPE_STATION ? WH_NETLINK_OK : WH_NETLINK_NOTHING;
}

WhNetlinkOutcome wh_netlink_wifi_read_name(const WhNetlinkMessage *message, char **name)
{
    WhNetlinkAttribute found;
    WhNetlinkOutcome outcome;
    char *text;

    if (!has_command(message, NL80211_CMD_NEW_INTERFACE))
        return WH_NETLINK_NOTHING;
    outcome = check_mode(message);
    if (outcome == WH_NETLINK_OK)
        outcome = attribute_find(message, NL80211_ATTR_SSID, &found);
    if (outcome != WH_NETLINK_OK)
        return outcome;
    if (found.length > WH_WIFI_NAME_BYTES)
        return WH_NETLINK_MALFORMED;
    text = wh_wifi_name_text(found.bytes, found.length);
    if (text == NULL)
        return WH_NETLINK_NOTHING;
    *name = text;
    return WH_NETLINK_OK;
}
