#include "platform/linux/netlink_message.h"

#include "platform/linux/netlink_attributes.h"

#include <linux/if_addr.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#define FOREVER G_MAXUINT32
#define STAMPS_A_SECOND 100 /* of struct ifa_cacheinfo */

G_STATIC_ASSERT(IFA_MAX <= WH_NETLINK_HIGHEST_ATTRIBUTE);

WhNetlinkOutcome wh_netlink_message_next(const guint8 *bytes, gsize length, gsize *offset,
                                         WhNetlinkMessage *message)
{
    struct nlmsghdr header;
    gsize left = length - *offset;

    if (*offset >= length)
        return WH_NETLINK_NOTHING;
    if (left < sizeof header)
        return WH_NETLINK_MALFORMED;
    memcpy(&header, bytes + *offset, sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > left)
        return WH_NETLINK_MALFORMED;
    *message = (WhNetlinkMessage){
        .type = header.nlmsg_type,
        .flags = header.nlmsg_flags,
        .sequence = header.nlmsg_seq,
        .payload = bytes + *offset + sizeof header,
        .payload_length = header.nlmsg_len - sizeof header,
    };
    /* The padding behind the last message of a buffer may be missing. */
    *offset += MIN((gsize)NLMSG_ALIGN(header.nlmsg_len), left);
    return WH_NETLINK_OK;
}

guint wh_netlink_family_number(guint8 family)
{
    return family == AF_INET ? 4 : family == AF_INET6 ? 6 : 0;
}

gsize wh_netlink_family_bytes(guint family)
{
    return family == 4 ? 4 : 16;
}

static gint64 lifetime_end(guint32 seconds, gint64 now)
{
    return seconds == FOREVER ? WH_LIFETIME_FOREVER : now + (gint64)seconds * G_USEC_PER_SEC;
}

static guint address_flags(guint family, guint32 kernel, guint32 preferred_seconds)
{
    guint flags = 0;

    /* One bit with two meanings: a temporary address in IPv6, a secondary one in IPv4. */
    if ((kernel & IFA_F_SECONDARY) != 0)
        flags |= family == 4 ? WH_INTERFACE_ADDRESS_SECONDARY : WH_INTERFACE_ADDRESS_TEMPORARY;
    if ((kernel & IFA_F_DEPRECATED) != 0 || preferred_seconds == 0)
        flags |= WH_INTERFACE_ADDRESS_DEPRECATED;
    /* An optimistic address may be used while its detection still runs (RFC 4429 section 3). */
    if ((kernel & IFA_F_TENTATIVE) != 0 && (kernel & IFA_F_OPTIMISTIC) == 0)
        flags |= WH_INTERFACE_ADDRESS_TENTATIVE;
    if ((kernel & IFA_F_DADFAILED) != 0)
        flags |= WH_INTERFACE_ADDRESS_DUPLICATE;
    return flags;
}

WhNetlinkOutcome wh_netlink_message_read_address(const WhNetlinkMessage *message, gint64 now,
                                                 WhNetlinkAddress *address)
{
    struct ifaddrmsg info;
    struct ifa_cacheinfo lifetimes = {.ifa_prefered = FOREVER, .ifa_valid = FOREVER};
    WhNetlinkAttributes attributes;
    const WhNetlinkAttribute *own;
    WhNetlinkAddress result = {0};
    guint32 flags;

    if (message->type != RTM_NEWADDR && message->type != RTM_DELADDR)
        return WH_NETLINK_NOTHING;
    if (!wh_netlink_attributes_read_payload(message, &info, sizeof info, &attributes))
        return WH_NETLINK_MALFORMED;
    result.address.family = wh_netlink_family_number(info.ifa_family);
    if (result.address.family == 0)
        return WH_NETLINK_NOTHING;
    flags = info.ifa_flags;
    /* On a line with a peer IFA_ADDRESS is the other end, and IFA_LOCAL is ours. */
    own = attributes.of[IFA_LOCAL].bytes != NULL ? &attributes.of[IFA_LOCAL]
                                                 : &attributes.of[IFA_ADDRESS];
    if (own->bytes == NULL || info.ifa_index == 0 ||
        info.ifa_prefixlen > 8 * wh_netlink_family_bytes(result.address.family) ||
        !wh_netlink_attribute_copy(own, result.address.bytes,
                                   wh_netlink_family_bytes(result.address.family)) ||
        !wh_netlink_attribute_copy(&attributes.of[IFA_CACHEINFO], &lifetimes, sizeof lifetimes) ||
        !wh_netlink_attribute_copy(&attributes.of[IFA_FLAGS], &flags, sizeof flags))
        return WH_NETLINK_MALFORMED;
    result.removed = message->type == RTM_DELADDR;
    result.address.interface = info.ifa_index;
    result.address.prefix_length = info.ifa_prefixlen;
    result.address.flags = address_flags(result.address.family, flags, lifetimes.ifa_prefered);
    result.address.preferred_until = lifetime_end(lifetimes.ifa_prefered, now);
    result.address.valid_until = lifetime_end(lifetimes.ifa_valid, now);
    result.address.since = (gint64)lifetimes.cstamp * (G_USEC_PER_SEC / STAMPS_A_SECOND);
    *address = result;
    return WH_NETLINK_OK;
}

WhNetlinkOutcome wh_netlink_message_read_error(const WhNetlinkMessage *message, int *error)
{
    gint32 code = 0;

    if (message->type != NLMSG_ERROR && message->type != NLMSG_DONE)
        return WH_NETLINK_NOTHING;
    /* An NLMSG_DONE without a number is how old kernels end a dump. */
    if (message->payload_length < sizeof code)
        return message->type == NLMSG_DONE ? (*error = 0, WH_NETLINK_OK) : WH_NETLINK_MALFORMED;
    memcpy(&code, message->payload, sizeof code);
    *error = code;
    return WH_NETLINK_OK;
}
