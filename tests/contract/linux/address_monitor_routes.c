#include "tests/contract/helper.h"
#include "tests/contract/linux/address_monitor_tests.h"
#include "tests/contract/linux/address_monitor_world.h"
#include "tests/contract/monitor_probe.h"

#include <string.h>

static gboolean two_lines(WhProbe *probe)
{
    if (!wh_world_enter())
        return FALSE;
    wh_world_ip("addr add 192.0.2.1/24 dev wire0\n"
                "addr add 192.0.2.9/24 dev wire0\n"
                "addr add 198.51.100.1/24 dev wire1\n"
                "addr add 2001:db8::1/64 dev wire0 nodad\n");
    wh_probe_start(probe);
    wh_probe_until_route(probe, 4, 0, NULL);
    return TRUE;
}

static void test_lowest_metric_wins(void)
{
    WhProbe probe;

    if (!two_lines(&probe))
        return;
    wh_world_ip("route add default via 192.0.2.254 metric 200\n"
                "route add default via 198.51.100.254 metric 100");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire1"), "198.51.100.254");
    wh_world_ip("route add default via 192.0.2.253 metric 0");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), "192.0.2.253");
    wh_world_ip("route del default via 192.0.2.253 metric 0\n"
                "route del default via 198.51.100.254 metric 100");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), "192.0.2.254");
    wh_probe_stop(&probe);
}

static void test_next_best_line_after_a_fall(void)
{
    WhProbe probe;

    if (!two_lines(&probe))
        return;
    wh_world_ip("link add wire2 type veth peer name wire3\n"
                "link set wire2 up\nlink set wire3 up\n"
                "addr add 203.0.113.1/24 dev wire2\n"
                "route add default via 192.0.2.254 metric 100\n"
                "route add default via 203.0.113.254 metric 200\n");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), "192.0.2.254");
    wh_world_ip("link set wire0 down");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire2"), "203.0.113.254");
    wh_probe_stop(&probe);
}

static void test_without_gateway(void)
{
    WhProbe probe;

    if (!two_lines(&probe))
        return;
    wh_world_ip("route add default dev wire0\n-6 route add default dev wire0");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), NULL);
    wh_probe_until_route(&probe, 6, wh_world_interface("wire0"), NULL);
    wh_probe_stop(&probe);
}

static void test_gateway_of_the_other_family(void)
{
    WhProbe probe;

    if (!two_lines(&probe))
        return;
    wh_world_ip("-4 route add default via inet6 fe80::1 dev wire0");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), NULL);
    wh_probe_stop(&probe);
}

static void test_several_hops(void)
{
    WhProbe probe;

    if (!two_lines(&probe))
        return;
    wh_world_ip("route add default nexthop via 192.0.2.254 dev wire0 "
                "nexthop via 198.51.100.254 dev wire1");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), "192.0.2.254");
    wh_probe_stop(&probe);
}

static const guint8 second_address[4] = {192, 0, 2, 9};

/* The kernel takes the route away together with its source address, without a word about the route.
 */
static void test_preferred_source_and_its_end(void)
{
    WhProbe probe;
    const WhDefaultRoute *route;

    if (!two_lines(&probe))
        return;
    route = &wh_address_monitor_snapshot(probe.monitor)->route[0];
    wh_world_ip("route add default via 192.0.2.254 src 192.0.2.9");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), "192.0.2.254");
    g_assert_true(route->has_preferred_source);
    wh_helper_assert_bytes(route->preferred_source, 4, second_address, 4);
    wh_world_ip("addr del 192.0.2.9/24 dev wire0");
    wh_probe_until_route(&probe, 4, 0, NULL);
    wh_probe_stop(&probe);
}

static void test_other_routes_do_not_count(void)
{
    WhProbe probe;

    if (!two_lines(&probe))
        return;
    wh_world_ip("route add default via 192.0.2.254 table 77\n"
                "route add unreachable default metric 5\n"
                "route add blackhole default metric 6\n"
                "route add 203.0.113.0/24 via 192.0.2.254\n"
                "-6 route add unreachable default metric 5\n"
                "-6 route add default via fe80::1 dev wire0 table 77\n");
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 0);
    wh_probe_until_route(&probe, 4, 0, NULL);
    wh_probe_until_route(&probe, 6, 0, NULL);
    wh_probe_stop(&probe);
}

static void test_replace_by_another_line(void)
{
    WhProbe probe;

    if (!two_lines(&probe))
        return;
    wh_world_ip("route add default via 192.0.2.254");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), "192.0.2.254");
    wh_world_ip("route replace default via 198.51.100.254");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire1"), "198.51.100.254");
    wh_world_ip("route del default");
    wh_probe_until_route(&probe, 4, 0, NULL);
    wh_probe_stop(&probe);
}

#define ADD(path, func) g_test_add_func("/address-monitor/linux/route/" path, func)

void wh_address_monitor_tests_add_routes(void)
{
    ADD("lowest-metric-wins", test_lowest_metric_wins);
    ADD("next-best-line-after-a-fall", test_next_best_line_after_a_fall);
    ADD("without-gateway", test_without_gateway);
    ADD("gateway-of-the-other-family", test_gateway_of_the_other_family);
    ADD("several-hops", test_several_hops);
    ADD("preferred-source-and-its-end", test_preferred_source_and_its_end);
    ADD("other-routes-do-not-count", test_other_routes_do_not_count);
    ADD("replace-by-another-line", test_replace_by_another_line);
}
