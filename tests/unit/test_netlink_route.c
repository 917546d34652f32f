#include "platform/linux/netlink_route.h"
#include "tests/unit/netlink_bytes.h"

#include <gio/gio.h>
#include <linux/fib_rules.h>
#include <string.h>
#include <sys/socket.h>

static WhNetlinkOutcome read_route(const GByteArray *bytes, WhNetlinkRoute *route)
{
    WhNetlinkMessage message;
    gsize offset = 0;

    g_assert_cmpint(wh_netlink_message_next(bytes->data, bytes->len, &offset, &message), ==,
                    WH_NETLINK_OK);
    return wh_netlink_route_read(&message, route);
}

static guint begin_route(GByteArray *bytes, guint8 table, guint8 type, guint8 destination)
{
    struct rtmsg info = {
        .rtm_family = AF_INET, .rtm_table = table, .rtm_type = type, .rtm_dst_len = destination};

    return wh_bytes_begin(bytes, RTM_NEWROUTE, &info, sizeof info);
}

static void test_that_leads_nowhere(void)
{
    const guint8 types[] = {RTN_UNREACHABLE, RTN_BLACKHOLE, RTN_PROHIBIT, RTN_THROW, RTN_LOCAL};

    for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        const guint32 interface = 3;
        WhNetlinkRoute route;
        guint start = begin_route(bytes, RT_TABLE_MAIN, types[i], 0);

        wh_bytes_attribute(bytes, RTA_OIF, &interface, sizeof interface);
        wh_bytes_end(bytes, start);
        g_assert_cmpint(read_route(bytes, &route), ==, WH_NETLINK_OK);
        g_assert_cmpuint(route.n_hops, ==, 0);
    }
}

/* The source is the route's own wish; of a way that was made up for one packet it is a choice. */
static void test_source(void)
{
    const guint flags[] = {0, RTM_F_CLONED};

    for (guint i = 0; i < G_N_ELEMENTS(flags); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        struct rtmsg info = {.rtm_family = AF_INET, .rtm_type = RTN_UNICAST, .rtm_flags = flags[i]};
        const guint32 interface = 3;
        const guint8 source[4] = {192, 0, 2, 9};
        WhNetlinkRoute route;
        guint start = wh_bytes_begin(bytes, RTM_NEWROUTE, &info, sizeof info);

        wh_bytes_attribute(bytes, RTA_OIF, &interface, sizeof interface);
        wh_bytes_attribute(bytes, RTA_PREFSRC, source, sizeof source);
        wh_bytes_end(bytes, start);
        g_assert_cmpint(read_route(bytes, &route), ==, WH_NETLINK_OK);
        g_assert_cmpint(route.hops[0].route.has_preferred_source, ==, i == 0);
        g_assert_cmpuint(route.hops[0].route.preferred_source[3], ==, i == 0 ? 9 : 0);
    }
}

static void test_route_preference(void)
{
    const struct {
        guint8 sent, rank;
    } rows[] = {{0, 1}, {1, 2}, {2, 1}, {3, 0}};

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        const guint32 interface = 3;
        WhNetlinkRoute route;
        guint start = begin_route(bytes, RT_TABLE_MAIN, RTN_UNICAST, 0);

        wh_bytes_attribute(bytes, RTA_OIF, &interface, sizeof interface);
        wh_bytes_attribute(bytes, RTA_PREF, &rows[i].sent, 1);
        wh_bytes_end(bytes, start);
        g_assert_cmpint(read_route(bytes, &route), ==, WH_NETLINK_OK);
        g_assert_cmpuint(route.n_hops, ==, 1);
        g_assert_cmpuint(route.hops[0].preference, ==, rows[i].rank);
    }
}

/* A route over `count` hops, each of which claims the length `claimed`. */
static WhNetlinkOutcome multipath_read(guint count, guint16 claimed, guint8 flags,
                                       WhNetlinkRoute *route)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GByteArray) hops = g_byte_array_new();
    guint start = begin_route(bytes, RT_TABLE_MAIN, RTN_UNICAST, 0);

    for (guint i = 0; i < count; i++) {
        struct rtnexthop hop = {
            .rtnh_len = claimed, .rtnh_flags = flags, .rtnh_ifindex = (gint)i + 1};
        const guint8 gateway[4] = {192, 0, 2, (guint8)i};

        g_byte_array_append(hops, (const guint8 *)&hop, sizeof hop);
        wh_bytes_attribute(hops, RTA_GATEWAY, gateway, sizeof gateway);
    }
    wh_bytes_attribute(bytes, RTA_MULTIPATH, hops->data, hops->len);
    wh_bytes_end(bytes, start);
    return read_route(bytes, route);
}

static void test_multipath(void)
{
    const guint16 size = sizeof(struct rtnexthop) + 8;
    const guint16 bad[] = {0, 7, 9, size + 1, 200, G_MAXUINT16};
    WhNetlinkRoute route;

    g_assert_cmpint(multipath_read(2, size, 0, &route), ==, WH_NETLINK_OK);
    g_assert_cmpuint(route.n_hops, ==, 2);
    g_assert_cmpuint(route.hops[1].route.interface, ==, 2);
    g_assert_true(route.hops[1].route.has_gateway);
    g_assert_cmpuint(route.hops[1].route.gateway[3], ==, 1);
    g_assert_cmpint(multipath_read(2, size, RTNH_F_DEAD, &route), ==, WH_NETLINK_OK);
    g_assert_cmpuint(route.n_hops, ==, 0);
    g_assert_cmpint(multipath_read(100, size, 0, &route), ==, WH_NETLINK_OK);
    g_assert_cmpuint(route.n_hops, ==, WH_NETLINK_MAX_HOPS);
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_cmpint(multipath_read(1, bad[i], 0, &route), ==, WH_NETLINK_MALFORMED);
}

static void test_via(void)
{
    const struct {
        guint16 family;
        gsize length;
        WhNetlinkOutcome outcome;
        gboolean has_gateway;
    } rows[] = {
        {AF_INET, 6, WH_NETLINK_OK, TRUE},         {AF_INET6, 18, WH_NETLINK_OK, FALSE},
        {AF_INET, 5, WH_NETLINK_MALFORMED, FALSE}, {AF_INET, 1, WH_NETLINK_MALFORMED, FALSE},
        {AF_INET + 256, 6, WH_NETLINK_OK, FALSE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        const guint32 interface = 3;
        guint8 value[18] = {0};
        WhNetlinkRoute route;
        guint start = begin_route(bytes, RT_TABLE_MAIN, RTN_UNICAST, 0);

        memcpy(value, &rows[i].family, sizeof rows[i].family);
        wh_bytes_attribute(bytes, RTA_OIF, &interface, sizeof interface);
        wh_bytes_attribute(bytes, RTA_VIA, value, rows[i].length);
        wh_bytes_end(bytes, start);
        g_assert_cmpint(read_route(bytes, &route), ==, rows[i].outcome);
        if (rows[i].outcome == WH_NETLINK_OK)
            g_assert_cmpint(route.hops[0].route.has_gateway, ==, rows[i].has_gateway);
    }
}

/* What a message about the route to a prefix of this length says. */
static WhNetlinkOutcome turn_of_route(guint8 family, const char *prefix, guint8 length, guint flags)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(prefix);
    struct rtmsg info = {.rtm_family = family,
                         .rtm_dst_len = length,
                         .rtm_table = 77,
                         .rtm_type = RTN_UNREACHABLE,
                         .rtm_flags = flags};
    WhNetlinkMessage message;
    WhNetlinkOutcome outcome;
    gsize offset = 0;
    guint found = 0;
    guint start = wh_bytes_begin(bytes, RTM_DELROUTE, &info, sizeof info);

    wh_bytes_attribute(bytes, RTA_DST, g_inet_address_to_bytes(address),
                       g_inet_address_get_native_size(address));
    wh_bytes_end(bytes, start);
    wh_netlink_message_next(bytes->data, bytes->len, &offset, &message);
    outcome = wh_netlink_route_read_turn(&message, &found);
    if (outcome == WH_NETLINK_OK)
        g_assert_cmpuint(found, ==, family == AF_INET ? 4 : 6);
    return outcome;
}

static void test_turns(void)
{
    const struct {
        guint8 family;
        const char *prefix;
        guint8 length;
        WhNetlinkOutcome outcome;
    } rows[] = {
        {AF_INET, "0.0.0.0", 0, WH_NETLINK_OK},
        {AF_INET, "128.0.0.0", 1, WH_NETLINK_OK},
        {AF_INET, "0.0.0.0", 1, WH_NETLINK_NOTHING},
        {AF_INET, "196.0.0.0", 6, WH_NETLINK_OK},
        {AF_INET, "192.0.0.0", 6, WH_NETLINK_NOTHING},
        {AF_INET, "198.41.0.0", 24, WH_NETLINK_OK},
        {AF_INET, "198.41.0.4", 32, WH_NETLINK_OK},
        {AF_INET, "198.41.0.5", 32, WH_NETLINK_NOTHING},
        {AF_INET, "203.0.113.0", 24, WH_NETLINK_NOTHING},
        {AF_INET, "198.41.0.4", 33, WH_NETLINK_MALFORMED},
        {AF_INET6, "::", 0, WH_NETLINK_OK},
        {AF_INET6, "::", 1, WH_NETLINK_OK},
        {AF_INET6, "8000::", 1, WH_NETLINK_NOTHING},
        {AF_INET6, "2000::", 3, WH_NETLINK_OK},
        {AF_INET6, "3000::", 4, WH_NETLINK_NOTHING},
        {AF_INET6, "2001:db8::", 32, WH_NETLINK_NOTHING},
        {AF_INET6, "2001:503:ba3e::2:30", 128, WH_NETLINK_OK},
        {AF_INET6, "2001:503:ba3e::2:31", 128, WH_NETLINK_NOTHING},
        {AF_INET6, "::", 129, WH_NETLINK_MALFORMED},
        {AF_INET6, "198.41.0.4", 128, WH_NETLINK_MALFORMED},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpint(turn_of_route(rows[i].family, rows[i].prefix, rows[i].length, 0), ==,
                        rows[i].outcome);
    g_assert_cmpint(turn_of_route(AF_INET, "0.0.0.0", 0, RTM_F_CLONED), ==, WH_NETLINK_NOTHING);
    g_assert_cmpint(turn_of_route(AF_MPLS, "0.0.0.0", 0, 0), ==, WH_NETLINK_NOTHING);
}

static void test_rules_are_turns(void)
{
    const struct {
        guint8 family;
        gsize length;
        WhNetlinkOutcome outcome;
    } rows[] = {
        {AF_INET, sizeof(struct fib_rule_hdr), WH_NETLINK_OK},
        {AF_INET6, sizeof(struct fib_rule_hdr), WH_NETLINK_OK},
        {AF_BRIDGE, sizeof(struct fib_rule_hdr), WH_NETLINK_NOTHING},
        {AF_INET, sizeof(struct fib_rule_hdr) - 4, WH_NETLINK_MALFORMED},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        const struct fib_rule_hdr info = {.family = rows[i].family};
        WhNetlinkMessage message;
        gsize offset = 0;
        guint family = 0;

        wh_bytes_begin(bytes, RTM_NEWRULE, &info, rows[i].length);
        wh_netlink_message_next(bytes->data, bytes->len, &offset, &message);
        g_assert_cmpint(wh_netlink_route_read_turn(&message, &family), ==, rows[i].outcome);
        if (rows[i].outcome == WH_NETLINK_OK)
            g_assert_cmpuint(family, ==, i == 0 ? 4 : 6);
    }
}

#define ADD(path, func) g_test_add_func("/netlink-route/" path, func)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("that-leads-nowhere", test_that_leads_nowhere);
    ADD("source", test_source);
    ADD("preference", test_route_preference);
    ADD("multipath", test_multipath);
    ADD("via", test_via);
    ADD("turns", test_turns);
    ADD("rules-are-turns", test_rules_are_turns);
    return g_test_run();
}
