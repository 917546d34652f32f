#include "platform/address_monitor.h"
#include "tests/contract/address_monitor_adapter.h"
#include "tests/contract/helper.h"
#include "tests/contract/monitor_probe.h"

static void test_known_from_the_start(void)
{
    WhProbe probe;
    const WhInterfaceAddress *address;

    if (!wh_adapter_begin())
        return;
    wh_adapter_address_add("192.0.2.1/24");
    wh_adapter_address_add("2001:db8::1/64");
    wh_probe_start(&probe);
    address = wh_probe_find(&probe, "192.0.2.1");
    g_assert_nonnull(address);
    g_assert_cmpuint(address->interface, ==, wh_adapter_interface());
    g_assert_cmpuint(address->family, ==, 4);
    g_assert_cmpuint(address->prefix_length, ==, 24);
    g_assert_cmphex(address->flags, ==, 0);
    if (wh_adapter_has_lifetimes())
        g_assert_cmpint(address->valid_until, ==, WH_LIFETIME_FOREVER);
    address = wh_probe_find(&probe, "2001:db8::1");
    g_assert_nonnull(address);
    g_assert_cmpuint(address->family, ==, 6);
    g_assert_cmphex(address->flags, ==, 0);
    g_assert_true(wh_address_monitor_is_instant(probe.monitor));
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 0);
    wh_probe_stop(&probe);
    wh_adapter_end();
}

static void test_address_comes_and_goes(void)
{
    WhProbe probe;

    if (!wh_adapter_begin())
        return;
    wh_probe_start(&probe);
    wh_adapter_address_add("192.0.2.1/24");
    g_assert_null(wh_probe_find(&probe, "192.0.2.1"));
    wh_helper_for_count(&probe.count, 1);
    g_assert_nonnull(wh_probe_find(&probe, "192.0.2.1"));
    wh_adapter_address_remove("192.0.2.1/24");
    wh_helper_for_count(&probe.count, 2);
    g_assert_null(wh_probe_find(&probe, "192.0.2.1"));
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 2);
    wh_probe_stop(&probe);
    wh_adapter_end();
}

/* IPv4 only: the kernel reports a new IPv6 address from a worker, some time later. */
static void test_one_call_for_many_changes(void)
{
    WhProbe probe;

    if (!wh_adapter_begin())
        return;
    wh_adapter_address_add("192.0.2.1/24");
    wh_probe_start(&probe);
    wh_adapter_address_remove("192.0.2.1/24");
    wh_adapter_address_add("192.0.2.2/24");
    wh_adapter_address_add("198.51.100.2/24");
    wh_helper_for_count(&probe.count, 1);
    g_assert_null(wh_probe_find(&probe, "192.0.2.1"));
    g_assert_nonnull(wh_probe_find(&probe, "192.0.2.2"));
    g_assert_nonnull(wh_probe_find(&probe, "198.51.100.2"));
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 1);
    wh_probe_stop(&probe);
    wh_adapter_end();
}

static void routes_check(guint family, const char *address, const char *first, const char *second)
{
    WhProbe probe;

    if (!wh_adapter_begin() || !wh_adapter_has_routes(family))
        return;
    wh_adapter_address_add(address);
    wh_probe_start(&probe);
    wh_probe_until_route(&probe, family, 0, NULL);
    wh_adapter_route_set(family, first);
    wh_helper_for_count(&probe.count, 1);
    wh_probe_until_route(&probe, family, wh_adapter_interface(), first);
    wh_adapter_route_set(family, second);
    wh_probe_until_route(&probe, family, wh_adapter_interface(), second);
    wh_probe_until_line(&probe, family, wh_adapter_interface(), second);
    wh_adapter_route_set(family, NULL);
    wh_probe_until_route(&probe, family, 0, NULL);
    wh_probe_stop(&probe);
    wh_adapter_end();
}

static void test_default_route(void)
{
    routes_check(4, "192.0.2.1/24", "192.0.2.254", "192.0.2.253");
}

static void test_default_route_ipv6(void)
{
    routes_check(6, "2001:db8::1/64", "2001:db8::fe", "fe80::1");
}

static const WhInterface *interface_of(WhProbe *probe, guint interface)
{
    return wh_address_snapshot_find_interface(wh_address_monitor_snapshot(probe->monitor),
                                              interface);
}

static void test_interface(void)
{
    WhProbe probe;
    const WhInterface *line;

    if (!wh_adapter_begin())
        return;
    wh_probe_start(&probe);
    line = interface_of(&probe, wh_adapter_interface());
    g_assert_nonnull(line);
    g_assert_cmpint(line->kind, ==, WH_INTERFACE_WIRED);
    g_assert_true(g_utf8_validate(line->name, -1, NULL));
    g_assert_cmpstr(line->name, !=, "");
    g_assert_true(line->has_mac);
    wh_probe_stop(&probe);
    wh_adapter_end();
}

static void test_vpn(void)
{
    WhProbe probe;
    guint tunnel;

    if (!wh_adapter_begin())
        return;
    wh_adapter_address_add("192.0.2.1/24");
    wh_adapter_route_set(4, "192.0.2.254");
    wh_probe_start(&probe);
    tunnel = wh_adapter_vpn_start();
    if (tunnel != 0) {
        wh_probe_until_route(&probe, 4, tunnel, NULL);
        wh_probe_until_line(&probe, 4, wh_adapter_interface(), "192.0.2.254");
        g_assert_cmpint(interface_of(&probe, tunnel)->kind, ==, WH_INTERFACE_TUNNEL);
        wh_adapter_vpn_stop();
        wh_probe_until_route(&probe, 4, wh_adapter_interface(), "192.0.2.254");
        wh_probe_until_line(&probe, 4, wh_adapter_interface(), "192.0.2.254");
    }
    wh_probe_stop(&probe);
    wh_adapter_end();
}

static void test_refresh_without_a_difference(void)
{
    WhProbe probe;

    if (!wh_adapter_begin())
        return;
    wh_adapter_address_add("192.0.2.1/24");
    wh_adapter_route_set(4, "192.0.2.254");
    wh_probe_start(&probe);
    wh_address_monitor_refresh(probe.monitor);
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 0);
    wh_probe_stop(&probe);
    wh_adapter_end();
}

static void test_refresh_is_no_call_inside_a_call(void)
{
    WhProbe probe;

    if (!wh_adapter_begin())
        return;
    wh_probe_start(&probe);
    wh_adapter_address_add("192.0.2.1/24");
    wh_address_monitor_refresh(probe.monitor);
    g_assert_cmpuint(probe.count, ==, 0);
    g_assert_nonnull(wh_probe_find(&probe, "192.0.2.1"));
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 1);
    wh_probe_stop(&probe);
    wh_adapter_end();
}

static void test_free_inside_callback(void)
{
    WhProbe probe;

    if (!wh_adapter_begin())
        return;
    wh_probe_start(&probe);
    probe.free_inside = TRUE;
    wh_adapter_address_add("192.0.2.1/24");
    wh_helper_for_count(&probe.count, 1);
    wh_helper_settle();
    g_assert_null(probe.monitor);
    wh_adapter_end();
}

static void test_silent_after_free(void)
{
    WhProbe probe;

    if (!wh_adapter_begin())
        return;
    wh_probe_start(&probe);
    wh_adapter_address_add("192.0.2.1/24");
    wh_probe_stop(&probe);
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 0);
    wh_adapter_end();
}

static void test_refused_still_works(void)
{
    WhProbe probe = {0};

    if (!wh_adapter_begin())
        return;
    wh_adapter_address_add("192.0.2.1/24");
    probe.monitor = wh_adapter_monitor_new_refused(wh_probe_changed, &probe);
    g_assert_false(wh_address_monitor_is_instant(probe.monitor));
    g_assert_nonnull(wh_probe_find(&probe, "192.0.2.1"));
    wh_adapter_address_add("192.0.2.2/24");
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 0);
    wh_address_monitor_refresh(probe.monitor);
    wh_helper_for_count(&probe.count, 1);
    g_assert_nonnull(wh_probe_find(&probe, "192.0.2.2"));
    wh_probe_stop(&probe);
    wh_adapter_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/address-monitor/known-from-the-start", test_known_from_the_start);
    g_test_add_func("/address-monitor/address-comes-and-goes", test_address_comes_and_goes);
    g_test_add_func("/address-monitor/one-call-for-many-changes", test_one_call_for_many_changes);
    g_test_add_func("/address-monitor/default-route", test_default_route);
    g_test_add_func("/address-monitor/default-route-ipv6", test_default_route_ipv6);
    g_test_add_func("/address-monitor/interface", test_interface);
    g_test_add_func("/address-monitor/vpn", test_vpn);
    g_test_add_func("/address-monitor/refresh-without-a-difference",
                    test_refresh_without_a_difference);
    g_test_add_func("/address-monitor/refresh-is-no-call-inside-a-call",
                    test_refresh_is_no_call_inside_a_call);
    g_test_add_func("/address-monitor/free-inside-callback", test_free_inside_callback);
    g_test_add_func("/address-monitor/silent-after-free", test_silent_after_free);
    g_test_add_func("/address-monitor/refused-still-works", test_refused_still_works);
    wh_adapter_add_tests();
    return g_test_run();
}
