#include "platform/linux/netlink_message.h"

#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#define FOREVER G_MAXUINT32
#define HIGHEST_ATTRIBUTE RTA_MAX

G_STATIC_ASSERT(IFA_MAX <= HIGHEST_ATTRIBUTE);

typedef struct {
    const guint8 *bytes;
    gsize length;
} Attribute;

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

/* Sorts the attributes at `bytes` by type; of a repeated one the last counts. */
static gboolean attributes_read(const guint8 *bytes, gsize length,
                                Attribute attributes[HIGHEST_ATTRIBUTE + 1])
{
    memset(attributes, 0, sizeof(Attribute) * (HIGHEST_ATTRIBUTE + 1));
    while (length >= sizeof(struct rtattr)) {
        struct rtattr header;
        guint type;
        gsize step;

        memcpy(&header, bytes, sizeof header);
        if (header.rta_len < sizeof header || header.rta_len > length)
            return FALSE;
        type = header.rta_type & NLA_TYPE_MASK;
        if (type <= HIGHEST_ATTRIBUTE)
            attributes[type] = (Attribute){bytes + sizeof header, header.rta_len - sizeof header};
        step = MIN((gsize)RTA_ALIGN(header.rta_len), length);
        bytes += step;
        length -= step;
    }
    return TRUE;
}

/* Takes the fixed part of a message and its attributes. */
static gboolean payload_read(const WhNetlinkMessage *message, gpointer fixed, gsize size,
                             Attribute attributes[HIGHEST_ATTRIBUTE + 1])
{
    gsize start = NLMSG_ALIGN(size);

    if (message->payload_length < size)
        return FALSE;
    memcpy(fixed, message->payload, size);
    if (message->payload_length <= start)
        return attributes_read(NULL, 0, attributes);
    return attributes_read(message->payload + start, message->payload_length - start, attributes);
}

/* FALSE: there, but too short. An attribute that is not there leaves `value` as it is. */
static gboolean attribute_copy(const Attribute *attribute, gpointer value, gsize size)
{
    if (attribute->bytes == NULL)
        return TRUE;
    if (attribute->length < size)
        return FALSE;
    memcpy(value, attribute->bytes, size);
    return TRUE;
}

static guint family_number(guint8 family)
{
    return family == AF_INET ? 4 : family == AF_INET6 ? 6 : 0;
}

static gsize family_bytes(guint family)
{
    return family == 4 ? 4 : 16;
}

WhNetlinkOutcome wh_netlink_message_read_link(const WhNetlinkMessage *message, WhNetlinkLink *link)
{
    struct ifinfomsg info;

    if (message->type != RTM_NEWLINK && message->type != RTM_DELLINK)
        return WH_NETLINK_NOTHING;
    if (message->payload_length < sizeof info)
        return WH_NETLINK_MALFORMED;
    memcpy(&info, message->payload, sizeof info);
    if (info.ifi_index <= 0)
        return WH_NETLINK_MALFORMED;
    if (info.ifi_family != AF_UNSPEC)
        return WH_NETLINK_NOTHING;
    *link = (WhNetlinkLink){
        .interface = (guint)info.ifi_index,
        .removed = message->type == RTM_DELLINK,
        .usable = (info.ifi_flags & IFF_UP) != 0 && (info.ifi_flags & IFF_RUNNING) != 0 &&
                  (info.ifi_flags & IFF_LOOPBACK) == 0,
    };
    return WH_NETLINK_OK;
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
    Attribute attributes[HIGHEST_ATTRIBUTE + 1];
    const Attribute *own;
    WhNetlinkAddress result = {0};
    guint32 flags;

    if (message->type != RTM_NEWADDR && message->type != RTM_DELADDR)
        return WH_NETLINK_NOTHING;
    if (!payload_read(message, &info, sizeof info, attributes))
        return WH_NETLINK_MALFORMED;
    result.address.family = family_number(info.ifa_family);
    if (result.address.family == 0)
        return WH_NETLINK_NOTHING;
    flags = info.ifa_flags;
    /* On a line with a peer IFA_ADDRESS is the other end, and IFA_LOCAL is ours. */
    own = attributes[IFA_LOCAL].bytes != NULL ? &attributes[IFA_LOCAL] : &attributes[IFA_ADDRESS];
    if (own->bytes == NULL || info.ifa_index == 0 ||
        info.ifa_prefixlen > 8 * family_bytes(result.address.family) ||
        !attribute_copy(own, result.address.bytes, family_bytes(result.address.family)) ||
        !attribute_copy(&attributes[IFA_CACHEINFO], &lifetimes, sizeof lifetimes) ||
        !attribute_copy(&attributes[IFA_FLAGS], &flags, sizeof flags))
        return WH_NETLINK_MALFORMED;
    result.removed = message->type == RTM_DELADDR;
    result.address.interface = info.ifa_index;
    result.address.prefix_length = info.ifa_prefixlen;
    result.address.flags = address_flags(result.address.family, flags, lifetimes.ifa_prefered);
    result.address.preferred_until = lifetime_end(lifetimes.ifa_prefered, now);
    result.address.valid_until = lifetime_end(lifetimes.ifa_valid, now);
    *address = result;
    return WH_NETLINK_OK;
}

/* The router of a way out: RTA_GATEWAY, or RTA_VIA when its family may differ (RFC 5549). One of
 * the other family is left out, because no address of this family names it. */
static gboolean gateway_read(const Attribute *attributes, guint family, WhDefaultRoute *route)
{
    gsize size = family_bytes(family);
    const Attribute *via = &attributes[RTA_VIA];
    guint16 via_family;

    if (attributes[RTA_GATEWAY].bytes != NULL) {
        route->has_gateway = TRUE;
        return attribute_copy(&attributes[RTA_GATEWAY], route->gateway, size);
    }
    if (via->bytes == NULL)
        return TRUE;
    if (!attribute_copy(via, &via_family, sizeof via_family))
        return FALSE;
    if (via_family > G_MAXUINT8 || family_number((guint8)via_family) != family)
        return TRUE;
    if (via->length < sizeof via_family + size)
        return FALSE;
    route->has_gateway = TRUE;
    memcpy(route->gateway, via->bytes + sizeof via_family, size);
    return TRUE;
}

/* RTA_PREF speaks in the two bits of RFC 4191: 01 high, 00 medium, 11 low. */
static guint8 preference_rank(guint8 preference)
{
    return preference == 1 ? 2 : preference == 3 ? 0 : 1;
}

static gboolean common_read(const Attribute *attributes, guint family, WhNetlinkRoute *common)
{
    guint8 preference = 0;

    common->route.has_preferred_source = attributes[RTA_PREFSRC].bytes != NULL;
    if (!attribute_copy(&attributes[RTA_PREFSRC], common->route.preferred_source,
                        family_bytes(family)) ||
        !attribute_copy(&attributes[RTA_PRIORITY], &common->metric, sizeof common->metric) ||
        !attribute_copy(&attributes[RTA_PREF], &preference, sizeof preference))
        return FALSE;
    common->preference = preference_rank(preference);
    return TRUE;
}

static gboolean single_hop_read(const Attribute *attributes, guint32 flags,
                                const WhNetlinkRoute *common, WhNetlinkRoutes *routes)
{
    WhNetlinkRoute hop = *common;
    guint32 interface = 0;

    if (!attribute_copy(&attributes[RTA_OIF], &interface, sizeof interface) ||
        !gateway_read(attributes, routes->family, &hop.route))
        return FALSE;
    hop.route.interface = interface;
    if (interface != 0 && (flags & RTNH_F_DEAD) == 0)
        routes->hops[routes->n_hops++] = hop;
    return TRUE;
}

static gboolean multipath_read(const Attribute *multipath, const WhNetlinkRoute *common,
                               WhNetlinkRoutes *routes)
{
    const guint8 *bytes = multipath->bytes;
    gsize left = multipath->length;

    while (left >= sizeof(struct rtnexthop)) {
        struct rtnexthop header;
        Attribute attributes[HIGHEST_ATTRIBUTE + 1];
        WhNetlinkRoute hop = *common;
        gsize step;

        memcpy(&header, bytes, sizeof header);
        if (header.rtnh_len < sizeof header || header.rtnh_len > left ||
            !attributes_read(bytes + sizeof header, header.rtnh_len - sizeof header, attributes) ||
            !gateway_read(attributes, routes->family, &hop.route))
            return FALSE;
        hop.route.interface = header.rtnh_ifindex > 0 ? (guint)header.rtnh_ifindex : 0;
        if (hop.route.interface != 0 && (header.rtnh_flags & RTNH_F_DEAD) == 0 &&
            routes->n_hops < WH_NETLINK_MAX_HOPS)
            routes->hops[routes->n_hops++] = hop;
        step = MIN((gsize)RTNH_ALIGN(header.rtnh_len), left);
        bytes += step;
        left -= step;
    }
    return left == 0;
}

static gboolean is_default_route(const struct rtmsg *info, guint32 table)
{
    return info->rtm_dst_len == 0 && info->rtm_type == RTN_UNICAST && table == RT_TABLE_MAIN &&
           (info->rtm_flags & RTM_F_CLONED) == 0;
}

WhNetlinkOutcome wh_netlink_message_read_routes(const WhNetlinkMessage *message,
                                                WhNetlinkRoutes *routes)
{
    struct rtmsg info;
    Attribute attributes[HIGHEST_ATTRIBUTE + 1];
    WhNetlinkRoute common = {0};
    WhNetlinkRoutes result = {0};
    guint32 table;
    gboolean sound;

    if (message->type != RTM_NEWROUTE && message->type != RTM_DELROUTE)
        return WH_NETLINK_NOTHING;
    if (!payload_read(message, &info, sizeof info, attributes))
        return WH_NETLINK_MALFORMED;
    /* The fixed field holds one byte only; a higher table number is in the attribute. */
    table = info.rtm_table;
    if (!attribute_copy(&attributes[RTA_TABLE], &table, sizeof table))
        return WH_NETLINK_MALFORMED;
    result.family = family_number(info.rtm_family);
    if (result.family == 0 || !is_default_route(&info, table))
        return WH_NETLINK_NOTHING;
    result.removed = message->type == RTM_DELROUTE;
    sound = common_read(attributes, result.family, &common) &&
            (attributes[RTA_MULTIPATH].bytes != NULL
                 ? multipath_read(&attributes[RTA_MULTIPATH], &common, &result)
                 : single_hop_read(attributes, info.rtm_flags, &common, &result));
    if (!sound)
        return WH_NETLINK_MALFORMED;
    *routes = result;
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
