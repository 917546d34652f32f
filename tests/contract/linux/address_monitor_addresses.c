#include "tests/contract/helper.h"
#include "tests/contract/linux/address_monitor_tests.h"
#include "tests/contract/linux/address_monitor_world.h"
#include "tests/contract/monitor_probe.h"

#define SECOND ((gint64)G_USEC_PER_SEC)

static void test_tentative_then_usable(void)
{
    WhProbe probe;

    if (!wh_world_enter())
        return;
    wh_probe_start(&probe);
    wh_world_ip("addr add 2001:db8::1/64 dev wire0");
    wh_probe_until_flag(&probe, "2001:db8::1", WH_INTERFACE_ADDRESS_TENTATIVE, TRUE);
    wh_probe_until_flag(&probe, "2001:db8::1", WH_INTERFACE_ADDRESS_TENTATIVE, FALSE);
    g_assert_cmpuint(probe.count, ==, 2);
    wh_probe_stop(&probe);
}

static void test_optimistic_is_usable_at_once(void)
{
    WhProbe probe;

    if (!wh_world_enter())
        return;
    if (!wh_world_set("ipv6/conf/wire0/optimistic_dad", "1")) {
        g_test_skip("Optimistic addresses cannot be switched on here");
        return;
    }
    wh_probe_start(&probe);
    wh_world_ip("addr add 2001:db8::1/64 dev wire0 optimistic");
    wh_probe_until_there(&probe, "2001:db8::1");
    g_assert_cmphex(wh_probe_find(&probe, "2001:db8::1")->flags, ==, 0);
    wh_probe_stop(&probe);
}

/* The other end's address stays as it is, so the flag can only be the new one's. */
static gboolean has_duplicate(gpointer data)
{
    const WhAddressSnapshot *snapshot = wh_address_monitor_snapshot(((WhProbe *)data)->monitor);
    gboolean found = FALSE;

    for (guint i = 0; i < snapshot->addresses->len; i++)
        found |= (g_array_index(snapshot->addresses, WhInterfaceAddress, i).flags &
                  WH_INTERFACE_ADDRESS_DUPLICATE) != 0;
    return found;
}

static void test_duplicate(void)
{
    WhProbe probe;

    if (!wh_world_enter())
        return;
    wh_world_ip("addr add 2001:db8::1/64 dev wire1 nodad");
    wh_probe_start(&probe);
    wh_world_ip("addr add 2001:db8::1/64 dev wire0");
    wh_helper_until(has_duplicate, &probe);
    wh_probe_stop(&probe);
}

static void test_deprecated_by_hand(void)
{
    WhProbe probe;

    if (!wh_world_enter())
        return;
    wh_world_ip("addr add 2001:db8::1/64 dev wire0 nodad");
    wh_probe_start(&probe);
    wh_world_ip("-6 addr change 2001:db8::1/64 dev wire0 valid_lft 3600 preferred_lft 0");
    wh_probe_until_flag(&probe, "2001:db8::1", WH_INTERFACE_ADDRESS_DEPRECATED, TRUE);
    g_assert_cmpuint(probe.count, ==, 1);
    wh_world_ip("-6 addr change 2001:db8::1/64 dev wire0 valid_lft forever preferred_lft forever");
    wh_probe_until_flag(&probe, "2001:db8::1", WH_INTERFACE_ADDRESS_DEPRECATED, FALSE);
    wh_probe_stop(&probe);
}

static void test_lifetime_ends_by_itself(void)
{
    WhProbe probe;

    if (!wh_world_enter())
        return;
    wh_probe_start(&probe);
    wh_world_ip("addr add 2001:db8::1/64 dev wire0 valid_lft 3600 preferred_lft 1 nodad\n"
                "addr add 192.0.2.1/24 dev wire0 valid_lft 2 preferred_lft 1");
    wh_probe_until_there(&probe, "192.0.2.1");
    wh_probe_until_flag(&probe, "2001:db8::1", WH_INTERFACE_ADDRESS_DEPRECATED, TRUE);
    wh_probe_until_gone(&probe, "192.0.2.1");
    wh_probe_stop(&probe);
}

static void test_longer_lifetime_is_no_event(void)
{
    WhProbe probe;
    const WhInterfaceAddress *address;
    gint64 now = g_get_monotonic_time();

    if (!wh_world_enter())
        return;
    wh_world_ip("addr add 2001:db8::1/64 dev wire0 valid_lft 2000 preferred_lft 1000 nodad");
    wh_probe_start(&probe);
    address = wh_probe_find(&probe, "2001:db8::1");
    g_assert_cmpint(address->preferred_until, >=, now + 999 * SECOND);
    g_assert_cmpint(address->preferred_until, <, now + 1500 * SECOND);
    wh_world_ip("-6 addr change 2001:db8::1/64 dev wire0 valid_lft 9000 preferred_lft 8000");
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 0);
    address = wh_probe_find(&probe, "2001:db8::1");
    g_assert_cmpint(address->preferred_until, >=, now + 7999 * SECOND);
    g_assert_cmpint(address->valid_until, >=, now + 8999 * SECOND);
    wh_probe_stop(&probe);
}

static void test_secondary(void)
{
    WhProbe probe;

    if (!wh_world_enter())
        return;
    wh_probe_start(&probe);
    wh_world_ip("addr add 192.0.2.1/24 dev wire0\naddr add 192.0.2.2/24 dev wire0");
    wh_probe_until_there(&probe, "192.0.2.2");
    g_assert_cmphex(wh_probe_find(&probe, "192.0.2.1")->flags, ==, 0);
    g_assert_cmphex(wh_probe_find(&probe, "192.0.2.2")->flags, ==, WH_INTERFACE_ADDRESS_SECONDARY);
    wh_probe_stop(&probe);
}

static void test_own_end_of_a_line(void)
{
    WhProbe probe;

    if (!wh_world_enter())
        return;
    wh_probe_start(&probe);
    wh_world_ip("addr add 192.0.2.1 peer 192.0.2.2 dev wire0");
    wh_probe_until_there(&probe, "192.0.2.1");
    g_assert_null(wh_probe_find(&probe, "192.0.2.2"));
    wh_probe_stop(&probe);
}

static void test_same_address_with_two_prefixes(void)
{
    WhProbe probe;

    if (!wh_world_enter())
        return;
    wh_probe_start(&probe);
    wh_world_ip("addr add 192.0.2.1/24 dev wire0\naddr add 192.0.2.1/32 dev wire0");
    wh_probe_until_there(&probe, "192.0.2.1");
    wh_world_ip("addr del 192.0.2.1/32 dev wire0");
    wh_helper_for_count(&probe.count, 2);
    g_assert_cmpuint(wh_probe_find(&probe, "192.0.2.1")->prefix_length, ==, 24);
    wh_probe_stop(&probe);
}

#define ADD(path, func) g_test_add_func("/address-monitor/linux/address/" path, func)

void wh_address_monitor_tests_add_addresses(void)
{
    ADD("tentative-then-usable", test_tentative_then_usable);
    ADD("optimistic-is-usable-at-once", test_optimistic_is_usable_at_once);
    ADD("duplicate", test_duplicate);
    ADD("deprecated-by-hand", test_deprecated_by_hand);
    ADD("lifetime-ends-by-itself", test_lifetime_ends_by_itself);
    ADD("longer-lifetime-is-no-event", test_longer_lifetime_is_no_event);
    ADD("secondary", test_secondary);
    ADD("own-end-of-a-line", test_own_end_of_a_line);
    ADD("same-address-with-two-prefixes", test_same_address_with_two_prefixes);
}
