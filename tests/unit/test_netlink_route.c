#include "platform/linux/netlink_message.h"
#include "tests/unit/netlink_bytes.h"

#include <string.h>
#include <sys/socket.h>

static WhNetlinkOutcome read_routes(const GByteArray *bytes, WhNetlinkRoutes *routes)
{
    WhNetlinkMessage message;
    gsize offset = 0;

    g_assert_cmpint(wh_netlink_message_next(bytes->data, bytes->len, &offset, &message), ==,
                    WH_NETLINK_OK);
    return wh_netlink_message_read_routes(&message, routes);
}

static guint begin_route(GByteArray *bytes, guint8 table, guint8 type, guint8 destination)
{
    struct rtmsg info = {
        .rtm_family = AF_INET, .rtm_table = table, .rtm_type = type, .rtm_dst_len = destination};

    return wh_bytes_begin(bytes, RTM_NEWROUTE, &info, sizeof info);
}

static void test_route_that_does_not_count(void)
{
    const struct {
        guint8 table, type, destination;
    } rows[] = {
        {RT_TABLE_LOCAL, RTN_UNICAST, 0},
        {RT_TABLE_MAIN, RTN_UNREACHABLE, 0},
        {RT_TABLE_MAIN, RTN_BLACKHOLE, 0},
        {RT_TABLE_MAIN, RTN_UNICAST, 1},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        WhNetlinkRoutes routes;

        begin_route(bytes, rows[i].table, rows[i].type, rows[i].destination);
        g_assert_cmpint(read_routes(bytes, &routes), ==, WH_NETLINK_NOTHING);
    }
}

static void test_route_table_attribute_wins(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    const guint32 table = 1000;
    WhNetlinkRoutes routes;
    guint start = begin_route(bytes, RT_TABLE_MAIN, RTN_UNICAST, 0);

    wh_bytes_attribute(bytes, RTA_TABLE, &table, sizeof table);
    wh_bytes_end(bytes, start);
    g_assert_cmpint(read_routes(bytes, &routes), ==, WH_NETLINK_NOTHING);
}

static void test_route_preference(void)
{
    const struct {
        guint8 sent, rank;
    } rows[] = {{0, 1}, {1, 2}, {2, 1}, {3, 0}};

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        const guint32 interface = 3;
        WhNetlinkRoutes routes;
        guint start = begin_route(bytes, RT_TABLE_MAIN, RTN_UNICAST, 0);

        wh_bytes_attribute(bytes, RTA_OIF, &interface, sizeof interface);
        wh_bytes_attribute(bytes, RTA_PREF, &rows[i].sent, 1);
        wh_bytes_end(bytes, start);
        g_assert_cmpint(read_routes(bytes, &routes), ==, WH_NETLINK_OK);
        g_assert_cmpuint(routes.n_hops, ==, 1);
        g_assert_cmpuint(routes.hops[0].preference, ==, rows[i].rank);
    }
}

/* A route over `count` hops, each of which claims the length `claimed`. */
static WhNetlinkOutcome multipath_read(guint count, guint16 claimed, guint8 flags,
                                       WhNetlinkRoutes *routes)
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
    return read_routes(bytes, routes);
}

static void test_multipath(void)
{
    const guint16 size = sizeof(struct rtnexthop) + 8;
    const guint16 bad[] = {0, 7, 9, size + 1, 200, G_MAXUINT16};
    WhNetlinkRoutes routes;

    g_assert_cmpint(multipath_read(2, size, 0, &routes), ==, WH_NETLINK_OK);
    g_assert_cmpuint(routes.n_hops, ==, 2);
    g_assert_cmpuint(routes.hops[1].route.interface, ==, 2);
    g_assert_true(routes.hops[1].route.has_gateway);
    g_assert_cmpuint(routes.hops[1].route.gateway[3], ==, 1);
    g_assert_cmpint(multipath_read(2, size, RTNH_F_DEAD, &routes), ==, WH_NETLINK_OK);
    g_assert_cmpuint(routes.n_hops, ==, 0);
    g_assert_cmpint(multipath_read(100, size, 0, &routes), ==, WH_NETLINK_OK);
    g_assert_cmpuint(routes.n_hops, ==, WH_NETLINK_MAX_HOPS);
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_cmpint(multipath_read(1, bad[i], 0, &routes), ==, WH_NETLINK_MALFORMED);
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
        WhNetlinkRoutes routes;
        guint start = begin_route(bytes, RT_TABLE_MAIN, RTN_UNICAST, 0);

        memcpy(value, &rows[i].family, sizeof rows[i].family);
        wh_bytes_attribute(bytes, RTA_OIF, &interface, sizeof interface);
        wh_bytes_attribute(bytes, RTA_VIA, value, rows[i].length);
        wh_bytes_end(bytes, start);
        g_assert_cmpint(read_routes(bytes, &routes), ==, rows[i].outcome);
        if (rows[i].outcome == WH_NETLINK_OK)
            g_assert_cmpint(routes.hops[0].route.has_gateway, ==, rows[i].has_gateway);
    }
}

#define ADD(path, func) g_test_add_func("/netlink-route/" path, func)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("that-does-not-count", test_route_that_does_not_count);
    ADD("table-attribute-wins", test_route_table_attribute_wins);
    ADD("preference", test_route_preference);
    ADD("multipath", test_multipath);
    ADD("via", test_via);
    return g_test_run();
}
