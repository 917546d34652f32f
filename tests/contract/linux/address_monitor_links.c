#include "tests/contract/helper.h"
#include "tests/contract/linux/address_monitor_tests.h"
#include "tests/contract/linux/address_monitor_world.h"
#include "tests/contract/monitor_probe.h"

#include <stdlib.h>

static gboolean line_with_route(WhProbe *probe)
{
    if (!wh_world_enter())
        return FALSE;
    wh_world_ip("addr add 192.0.2.1/24 dev wire0\n"
                "route add default via 192.0.2.254");
    wh_probe_start(probe);
    wh_probe_until_route(probe, 4, wh_world_interface("wire0"), "192.0.2.254");
    g_assert_nonnull(wh_probe_find(probe, "192.0.2.1"));
    return TRUE;
}

static void test_down_and_up(void)
{
    WhProbe probe;

    if (!line_with_route(&probe))
        return;
    wh_world_ip("link set wire0 down");
    wh_helper_for_count(&probe.count, 1);
    g_assert_null(wh_probe_find(&probe, "192.0.2.1"));
    wh_probe_until_route(&probe, 4, 0, NULL);
    wh_world_ip("link set wire0 up");
    wh_probe_until_there(&probe, "192.0.2.1");
    /* The kernel forgot the route when the line went down. */
    wh_probe_until_route(&probe, 4, 0, NULL);
    wh_probe_stop(&probe);
}

static void test_cable_pulled_and_put_back(void)
{
    WhProbe probe;

    if (!line_with_route(&probe))
        return;
    wh_world_ip("link set wire1 down");
    wh_probe_until_gone(&probe, "192.0.2.1");
    wh_probe_until_route(&probe, 4, 0, NULL);
    wh_world_ip("link set wire1 up");
    wh_probe_until_there(&probe, "192.0.2.1");
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), "192.0.2.254");
    wh_probe_stop(&probe);
}

static void test_removed(void)
{
    WhProbe probe;

    if (!line_with_route(&probe))
        return;
    wh_world_ip("link del wire0");
    wh_helper_for_count(&probe.count, 1);
    g_assert_null(wh_probe_find(&probe, "192.0.2.1"));
    wh_probe_until_route(&probe, 4, 0, NULL);
    wh_probe_stop(&probe);
}

/* A bridge announces the loss of a port with a message that looks like the loss of the link. */
static void test_leaving_a_bridge_is_no_removal(void)
{
    WhProbe probe;

    if (!line_with_route(&probe))
        return;
    if (system("ip link add bridge0 type bridge 2>/dev/null") != 0) {
        g_test_skip("The kernel has no bridges");
        wh_probe_stop(&probe);
        return;
    }
    wh_world_ip("link set wire0 master bridge0\nlink set wire0 nomaster");
    wh_helper_settle();
    g_assert_nonnull(wh_probe_find(&probe, "192.0.2.1"));
    wh_probe_stop(&probe);
}

static void test_loopback_is_left_out(void)
{
    WhProbe probe;

    if (!wh_world_enter())
        return;
    wh_probe_start(&probe);
    g_assert_cmpuint(wh_address_monitor_snapshot(probe.monitor)->addresses->len, ==, 0);
    wh_world_ip("addr add 192.0.2.1/32 dev lo");
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 0);
    g_assert_null(wh_probe_find(&probe, "192.0.2.1"));
    wh_probe_stop(&probe);
}

static void test_another_name_is_no_event(void)
{
    WhProbe probe;

    if (!line_with_route(&probe))
        return;
    wh_world_ip("link set wire0 alias cable\nlink set wire0 mtu 1400");
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 0);
    wh_probe_stop(&probe);
}

#define ADD(path, func) g_test_add_func("/address-monitor/linux/link/" path, func)

void wh_address_monitor_tests_add_links(void)
{
    ADD("down-and-up", test_down_and_up);
    ADD("cable-pulled-and-put-back", test_cable_pulled_and_put_back);
    ADD("removed", test_removed);
    ADD("leaving-a-bridge-is-no-removal", test_leaving_a_bridge_is_no_removal);
    ADD("loopback-is-left-out", test_loopback_is_left_out);
    ADD("another-name-is-no-event", test_another_name_is_no_event);
}
