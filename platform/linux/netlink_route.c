#include "platform/linux/netlink_route.h"

#include "platform/common/internet_probe.h"
#include "platform/linux/netlink_attributes.h"

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <string.h>

G_STATIC_ASSERT(RTA_MAX <= WH_NETLINK_HIGHEST_ATTRIBUTE);

/* The router of a way out: RTA_GATEWAY, or RTA_VIA when its family may differ (RFC 5549). One of
 * the other family is left out, because no address of this family names it. */
static gboolean gateway_read(const WhNetlinkAttributes *attributes, guint family,
                             WhDefaultRoute *route)
{
    gsize size = wh_netlink_family_bytes(family);
    const WhNetlinkAttribute *via = &attributes->of[RTA_VIA];
    guint16 via_family;

    if (attributes->of[RTA_GATEWAY].bytes != NULL) {
        route->has_gateway = TRUE;
        return wh_netlink_attribute_copy(&attributes->of[RTA_GATEWAY], route->gateway, size);
    }
    if (via->bytes == NULL)
        return TRUE;
    if (!wh_netlink_attribute_copy(via, &via_family, sizeof via_family))
        return FALSE;
    if (via_family > G_MAXUINT8 || wh_netlink_family_number((guint8)via_family) != family)
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

static gboolean common_read(const WhNetlinkAttributes *attributes, guint family, guint32 flags,
                            WhNetlinkHop *common)
{
    const WhNetlinkAttribute *source = &attributes->of[RTA_PREFSRC];
    guint8 preference = 0;

    if ((flags & RTM_F_CLONED) == 0 && source->bytes != NULL) {
        common->route.has_preferred_source = TRUE;
        if (!wh_netlink_attribute_copy(source, common->route.preferred_source,
                                       wh_netlink_family_bytes(family)))
            return FALSE;
    }
    if (!wh_netlink_attribute_copy(&attributes->of[RTA_PRIORITY], &common->metric,
                                   sizeof common->metric) ||
        !wh_netlink_attribute_copy(&attributes->of[RTA_PREF], &preference, sizeof preference))
        return FALSE;
    common->preference = preference_rank(preference);
    return TRUE;
}

static gboolean single_hop_read(const WhNetlinkAttributes *attributes, guint32 flags,
                                const WhNetlinkHop *common, WhNetlinkRoute *route)
{
    WhNetlinkHop hop = *common;
    guint32 interface = 0;

    if (!wh_netlink_attribute_copy(&attributes->of[RTA_OIF], &interface, sizeof interface) ||
        !gateway_read(attributes, route->family, &hop.route))
        return FALSE;
    hop.route.interface = interface;
    if (interface != 0 && (flags & RTNH_F_DEAD) == 0)
        route->hops[route->n_hops++] = hop;
    return TRUE;
}

static gboolean multipath_read(const WhNetlinkAttribute *multipath, const WhNetlinkHop *common,
                               WhNetlinkRoute *route)
{
    const guint8 *bytes = multipath->bytes;
    gsize left = multipath->length;

    while (left >= sizeof(struct rtnexthop)) {
        struct rtnexthop header;
        WhNetlinkAttributes attributes;
        WhNetlinkHop hop = *common;
        gsize step;

        memcpy(&header, bytes, sizeof header);
        if (header.rtnh_len < sizeof header || header.rtnh_len > left ||
            !wh_netlink_attributes_read(bytes + sizeof header, header.rtnh_len - sizeof header,
                                        &attributes) ||
            !gateway_read(&attributes, route->family, &hop.route))
            return FALSE;
        hop.route.interface = header.rtnh_ifindex > 0 ? (guint)header.rtnh_ifindex : 0;
        if (hop.route.interface != 0 && (header.rtnh_flags & RTNH_F_DEAD) == 0 &&
            route->n_hops < WH_NETLINK_MAX_HOPS)
            route->hops[route->n_hops++] = hop;
        step = MIN((gsize)RTNH_ALIGN(header.rtnh_len), left);
        bytes += step;
        left -= step;
    }
    return left == 0;
}

WhNetlinkOutcome wh_netlink_route_read(const WhNetlinkMessage *message, WhNetlinkRoute *route)
{
    struct rtmsg info;
    WhNetlinkAttributes attributes;
    WhNetlinkHop common = {0};
    WhNetlinkRoute result = {0};
    gboolean sound;

    if (message->type != RTM_NEWROUTE)
        return WH_NETLINK_NOTHING;
    if (!wh_netlink_attributes_read_payload(message, &info, sizeof info, &attributes))
        return WH_NETLINK_MALFORMED;
    result.family = wh_netlink_family_number(info.rtm_family);
    if (result.family == 0)
        return WH_NETLINK_NOTHING;
    sound = info.rtm_type != RTN_UNICAST ||
            (common_read(&attributes, result.family, info.rtm_flags, &common) &&
             (attributes.of[RTA_MULTIPATH].bytes != NULL
                  ? multipath_read(&attributes.of[RTA_MULTIPATH], &common, &result)
                  : single_hop_read(&attributes, info.rtm_flags, &common, &result)));
    if (!sound)
        return WH_NETLINK_MALFORMED;
    *route = result;
    return WH_NETLINK_OK;
}

static gboolean starts_alike(const guint8 *a, const guint8 *b, guint bits)
{
    guint rest = bits % 8;

    return memcmp(a, b, bits / 8) == 0 &&
           (rest == 0 || ((a[bits / 8] ^ b[bits / 8]) >> (8 - rest)) == 0);
}

static WhNetlinkOutcome route_turn_read(const WhNetlinkMessage *message, guint *family)
{
    struct rtmsg info;
    WhNetlinkAttributes attributes;
    guint8 destination[16] = {0};
    guint found;

    if (!wh_netlink_attributes_read_payload(message, &info, sizeof info, &attributes))
        return WH_NETLINK_MALFORMED;
    found = wh_netlink_family_number(info.rtm_family);
    if (found == 0 || (info.rtm_flags & RTM_F_CLONED) != 0)
        return WH_NETLINK_NOTHING;
    if (info.rtm_dst_len > 8 * wh_netlink_family_bytes(found) ||
        !wh_netlink_attribute_copy(&attributes.of[RTA_DST], destination,
                                   wh_netlink_family_bytes(found)))
        return WH_NETLINK_MALFORMED;
    if (!starts_alike(destination, wh_internet_probe(found), info.rtm_dst_len))
        return WH_NETLINK_NOTHING;
    *family = found;
    return WH_NETLINK_OK;
}

static WhNetlinkOutcome rule_turn_read(const WhNetlinkMessage *message, guint *family)
{
    struct fib_rule_hdr info;
    guint found;

    if (message->payload_length < sizeof info)
        return WH_NETLINK_MALFORMED;
    memcpy(&info, message->payload, sizeof info);
    found = wh_netlink_family_number(info.family);
    if (found == 0)
        return WH_NETLINK_NOTHING;
    *family = found;
    return WH_NETLINK_OK;
}

WhNetlinkOutcome wh_netlink_route_read_turn(const WhNetlinkMessage *message, guint *family)
{
    if (message->type == RTM_NEWROUTE || message->type == RTM_DELROUTE)
        return route_turn_read(message, family);
    if (message->type == RTM_NEWRULE || message->type == RTM_DELRULE)
        return rule_turn_read(message, family);
    return WH_NETLINK_NOTHING;
}
