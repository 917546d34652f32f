#include "tests/contract/helper.h"
#include "tests/contract/linux/address_monitor_tests.h"
#include "tests/contract/linux/address_monitor_world.h"
#include "tests/contract/linux/vpn_world.h"
#include "tests/contract/monitor_probe.h"

#include <stdlib.h>

#define GATEWAY(family) ((family) == 4 ? WH_VPN_WORLD_ROUTER : WH_VPN_WORLD_ROUTER_IPV6)

/* The tunnel's descriptor, -1 when the test is skipped. */
static int home_with_tunnel(WhProbe *probe)
{
    int tunnel;

    if (!wh_vpn_world_enter())
        return -1;
    tunnel = wh_vpn_world_open_tunnel();
    if (tunnel >= 0)
        wh_probe_start(probe);
    return tunnel;
}

static void until_home(WhProbe *probe)
{
    for (guint family = 4; family <= 6; family += 2) {
        wh_probe_until_route(probe, family, wh_world_interface("wire0"), GATEWAY(family));
        wh_probe_until_line(probe, family, wh_world_interface("wire0"), GATEWAY(family));
    }
}

static void until_vpn(WhProbe *probe, const char *gateway)
{
    wh_probe_until_route(probe, 4, wh_world_interface("vpn0"), gateway);
    wh_probe_until_route(probe, 6, wh_world_interface("vpn0"), NULL);
    for (guint family = 4; family <= 6; family += 2)
        wh_probe_until_line(probe, family, wh_world_interface("wire0"), GATEWAY(family));
}

static void vpn_check(void (*take)(void), const char *gateway)
{
    WhProbe probe;
    int tunnel = home_with_tunnel(&probe);

    if (tunnel < 0)
        return;
    until_home(&probe);
    take();
    until_vpn(&probe, gateway);
    wh_vpn_world_close_tunnel(tunnel);
    until_home(&probe);
    wh_probe_stop(&probe);
}

static void test_better_default_route(void)
{
    vpn_check(wh_vpn_world_take_by_default, "10.8.0.1");
}

static void test_halves(void)
{
    vpn_check(wh_vpn_world_take_by_halves, "10.8.0.1");
}

static void test_rules(void)
{
    vpn_check(wh_vpn_world_take_by_rules, NULL);
}

/* The rules alone are gone, the tunnel and its table are still there. */
static void test_rules_end(void)
{
    WhProbe probe;
    int tunnel = home_with_tunnel(&probe);

    if (tunnel < 0)
        return;
    wh_vpn_world_take_by_rules();
    until_vpn(&probe, NULL);
    wh_vpn_world_release_rules();
    until_home(&probe);
    wh_vpn_world_close_tunnel(tunnel);
    wh_probe_stop(&probe);
}

/* What was there before the monitor began. */
static void test_known_from_the_start(void)
{
    WhProbe probe;
    int tunnel;

    if (!wh_vpn_world_enter())
        return;
    tunnel = wh_vpn_world_open_tunnel();
    if (tunnel < 0)
        return;
    wh_vpn_world_take_by_rules();
    wh_probe_start(&probe);
    until_vpn(&probe, NULL);
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 0);
    wh_vpn_world_close_tunnel(tunnel);
    wh_probe_stop(&probe);
}

/* The line changes below the VPN. */
static void test_line_changes_below(void)
{
    WhProbe probe;
    int tunnel = home_with_tunnel(&probe);

    if (tunnel < 0)
        return;
    wh_vpn_world_take_by_halves();
    until_vpn(&probe, "10.8.0.1");
    wh_world_ip("route replace default via 192.0.2.253 metric 100");
    wh_probe_until_line(&probe, 4, wh_world_interface("wire0"), "192.0.2.253");
    wh_world_ip("route del default");
    wh_probe_until_line(&probe, 4, 0, NULL);
    wh_probe_until_route(&probe, 4, wh_world_interface("vpn0"), "10.8.0.1");
    wh_vpn_world_close_tunnel(tunnel);
    wh_probe_stop(&probe);
}

/* Nobody serves the tunnel any more, and its routes are still there: what is sent is lost, and does
 * not go over the line. */
static void test_tunnel_out_of_order(void)
{
    WhProbe probe;

    if (!wh_vpn_world_enter())
        return;
    if (system("ip tuntap add mode tun vpn0 2>/dev/null") != 0) {
        g_test_skip("The kernel has no tunnels");
        return;
    }
    wh_probe_start(&probe);
    wh_world_ip("link set vpn0 up\nroute add default dev vpn0 metric 50");
    wh_probe_until_route(&probe, 4, 0, NULL);
    wh_probe_until_line(&probe, 4, wh_world_interface("wire0"), WH_VPN_WORLD_ROUTER);
    wh_world_ip("link set vpn0 down");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), WH_VPN_WORLD_ROUTER);
    wh_probe_stop(&probe);
}

/* A switch that lets nothing pass while the VPN is away. */
static void test_shut_off(void)
{
    WhProbe probe;

    if (!wh_vpn_world_enter())
        return;
    wh_probe_start(&probe);
    until_home(&probe);
    wh_world_ip("rule add prohibit pref 100");
    wh_probe_until_route(&probe, 4, 0, NULL);
    wh_probe_until_line(&probe, 4, 0, NULL);
    wh_probe_until_route(&probe, 6, wh_world_interface("wire0"), WH_VPN_WORLD_ROUTER_IPV6);
    wh_world_ip("rule del pref 100");
    until_home(&probe);
    wh_probe_stop(&probe);
}

static const WhInterface *named(WhProbe *probe, const char *name)
{
    return wh_address_snapshot_find_interface(wh_address_monitor_snapshot(probe->monitor),
                                              wh_world_interface(name));
}

static void test_kinds(void)
{
    WhProbe probe;
    int tunnel = home_with_tunnel(&probe);

    if (tunnel < 0)
        return;
    wh_world_ip("link set wire0 down\n"
                "link set wire0 address 02:00:00:00:00:07\n"
                "link set wire0 name lan0\n"
                "link set lan0 up");
    wh_world_until_running("lan0");
    wh_address_monitor_refresh(probe.monitor);
    g_assert_cmpint(named(&probe, "vpn0")->kind, ==, WH_INTERFACE_TUNNEL);
    g_assert_cmpstr(named(&probe, "vpn0")->name, ==, "vpn0");
    g_assert_false(named(&probe, "vpn0")->has_mac);
    g_assert_cmpint(named(&probe, "lan0")->kind, ==, WH_INTERFACE_WIRED);
    g_assert_cmpstr(named(&probe, "lan0")->name, ==, "lan0");
    g_assert_true(named(&probe, "lan0")->has_mac);
    g_assert_cmpuint(named(&probe, "lan0")->mac[5], ==, 7);
    g_assert_null(named(&probe, "lo"));
    wh_vpn_world_close_tunnel(tunnel);
    wh_probe_stop(&probe);
}

#define ADD(path, func) g_test_add_func("/address-monitor/linux/vpn/" path, func)

void wh_address_monitor_tests_add_vpn(void)
{
    ADD("better-default-route", test_better_default_route);
    ADD("halves", test_halves);
    ADD("rules", test_rules);
    ADD("rules-end", test_rules_end);
    ADD("known-from-the-start", test_known_from_the_start);
    ADD("line-changes-below", test_line_changes_below);
    ADD("tunnel-out-of-order", test_tunnel_out_of_order);
    ADD("shut-off", test_shut_off);
    ADD("kinds", test_kinds);
}
