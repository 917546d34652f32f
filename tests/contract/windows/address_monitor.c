#include "platform/windows/address_monitor_private.h"
#include "tests/contract/address_monitor_adapter.h"
#include "tests/contract/helper.h"
#include "tests/contract/monitor_probe.h"
#include "tests/contract/windows/address_monitor_line.h"
#include "tests/contract/windows/address_monitor_notices.h"

#include <string.h>
#include <windows.h>

#define SOON 50 /* milliseconds between two looks */

static guint *interface_number(void)
{
    static guint number;

    return &number;
}

gboolean wh_adapter_begin(void)
{
    *interface_number() = wh_line_begin();
    return *interface_number() != 0;
}

void wh_adapter_end(void)
{
}

guint wh_adapter_interface(void)
{
    return *interface_number();
}

void wh_adapter_address_add(const char *address)
{
    wh_line_ip("addr add %s dev wire0%s", address, strchr(address, ':') != NULL ? " nodad" : "");
}

void wh_adapter_address_remove(const char *address)
{
    wh_line_ip("addr del %s dev wire0", address);
}

/* Wine says 60000 seconds of every address. */
gboolean wh_adapter_has_lifetimes(void)
{
    return FALSE;
}

gboolean wh_adapter_has_routes(guint family)
{
    if (family == 4)
        return TRUE;
    g_test_skip("Wine shows no routes for IPv6");
    return FALSE;
}

/* Wine tells of IPv4 addresses only: one comes and goes, as when a router hands out a new lease. */
void wh_adapter_route_set(guint family, const char *gateway)
{
    if (gateway != NULL)
        wh_line_ip("-%u route replace default via %s dev wire0", family, gateway);
    else
        wh_line_ip("-%u route del default", family);
    wh_line_ip("addr add 203.0.113.1/32 dev wire0");
    wh_line_ip("addr del 203.0.113.1/32 dev wire0");
}

/* Wine tells of an interface's kind by what the kernel calls its hardware, and of a tunnel that is
 * "other". */
guint wh_adapter_vpn_start(void)
{
    g_test_skip("Under Wine no tunnel can be told from other interfaces");
    return 0;
}

void wh_adapter_vpn_stop(void)
{
}

WhAddressMonitor *wh_adapter_monitor_new_refused(WhAddressMonitorFunc changed, gpointer data)
{
    WhAddressMonitor *monitor = wh_address_monitor_new_deaf(changed, data, NULL);

    g_assert_nonnull(monitor);
    return monitor;
}

/* The notifications that Wine accepts never come. */
static void test_looks_where_not_all_is_told(void)
{
    WhProbe probe;

    if (!wh_adapter_begin())
        return;
    wh_probe_start(&probe);
    g_assert_true(wh_address_monitor_is_instant(probe.monitor));
    g_assert_true(wh_address_monitor_polls(probe.monitor));
    wh_address_monitor_set_poll_interval(probe.monitor, SOON);
    wh_adapter_address_add("2001:db8::1/64");
    wh_probe_until_there(&probe, "2001:db8::1");
    wh_line_ip("route add default dev wire0");
    wh_probe_until_route(&probe, 4, wh_adapter_interface(), NULL);
    wh_line_ip("link set dev wire0 down");
    wh_probe_until_gone(&probe, "2001:db8::1");
    wh_line_ip("link set dev wire0 up");
    wh_probe_stop(&probe);
}

static void test_deaf_looks(void)
{
    WhProbe probe = {0};

    if (!wh_adapter_begin())
        return;
    probe.monitor = wh_adapter_monitor_new_refused(wh_probe_changed, &probe);
    wh_address_monitor_set_poll_interval(probe.monitor, SOON);
    wh_adapter_address_add("192.0.2.1/24");
    wh_probe_until_there(&probe, "192.0.2.1");
    wh_helper_for_count(&probe.count, 1);
    wh_probe_stop(&probe);
}

static void test_best_metric(void)
{
    WhProbe probe;

    if (!wh_adapter_begin())
        return;
    wh_adapter_address_add("192.0.2.1/24");
    wh_line_ip("route add default via 192.0.2.253 metric 20");
    wh_line_ip("route add default via 192.0.2.254 metric 10");
    wh_line_ip("route add default via 192.0.2.252 metric 30");
    wh_probe_start(&probe);
    wh_probe_until_route(&probe, 4, wh_adapter_interface(), "192.0.2.254");
    wh_probe_stop(&probe);
}

/* Two halves are closer than everything. */
static void test_halves(void)
{
    WhProbe probe;

    if (!wh_adapter_begin())
        return;
    wh_adapter_address_add("192.0.2.1/24");
    wh_line_ip("route add default via 192.0.2.254 metric 10");
    wh_line_ip("route add 0.0.0.0/1 via 192.0.2.252 metric 20");
    wh_line_ip("route add 128.0.0.0/1 via 192.0.2.253 metric 20");
    wh_probe_start(&probe);
    wh_probe_until_route(&probe, 4, wh_adapter_interface(), "192.0.2.253");
    wh_line_ip("route del 128.0.0.0/1");
    wh_address_monitor_refresh(probe.monitor);
    wh_probe_until_route(&probe, 4, wh_adapter_interface(), "192.0.2.254");
    wh_probe_stop(&probe);
}

/* Each change is told, not only the first one. */
static void test_told_again_and_again(void)
{
    WhProbe probe;
    gint64 slowest = 0;

    if (!wh_adapter_begin())
        return;
    wh_probe_start(&probe);
    for (guint i = 1; i <= 10; i++) {
        wh_line_ip("addr add 198.51.100.%u/24 dev wire0", i);
        gint64 start = g_get_monotonic_time();
        wh_helper_for_count(&probe.count, i);
        slowest = MAX(slowest, g_get_monotonic_time() - start);
    }
    g_test_message("The slowest of ten changes was told after %d ms", (gint)(slowest / 1000));
    wh_probe_stop(&probe);
}

/* The system hands out the lowest number that is free, four from one to the next: many at once fill
 * the gaps, and their highest grows with each handle that is kept. (Wine counts none.) */
static guint handles(void)
{
    HANDLE events[128];
    guint highest = 0;

    for (guint i = 0; i < G_N_ELEMENTS(events); i++) {
        events[i] = CreateEventW(NULL, TRUE, FALSE, NULL);
        g_assert_nonnull(events[i]);
        highest = MAX(highest, GPOINTER_TO_UINT(events[i]) / 4);
    }
    for (guint i = 0; i < G_N_ELEMENTS(events); i++)
        CloseHandle(events[i]);
    return highest;
}

/* With requests under way, and with answers that nobody has heard yet. */
static void test_nothing_left_after_free(void)
{
    guint before = 0;

    if (!wh_adapter_begin())
        return;
    for (guint i = 0; i < 50; i++) {
        WhProbe probe;

        if (i == 5)
            before = handles();
        wh_probe_start(&probe);
        if (i % 10 == 0)
            wh_line_ip("addr add 198.51.100.%u/24 dev wire0", i + 1);
        wh_probe_stop(&probe);
        wh_helper_settle();
        g_assert_cmpuint(probe.count, ==, 0);
    }
    g_assert_cmpuint(handles(), <=, before + 20);
}

/* What is asked of the system when it starts is refused first, as before its service runs. */
static void test_refused_at_first(void)
{
    WhProbe probe;

    wh_notices_begin();
    wh_probe_start(&probe);
    g_assert_true(wh_address_monitor_polls(probe.monitor));
    wh_address_monitor_refresh(probe.monitor);
    g_assert_true(wh_address_monitor_polls(probe.monitor));
    wh_notices_grant();
    wh_address_monitor_refresh(probe.monitor);
    g_assert_false(wh_address_monitor_polls(probe.monitor));
    wh_address_monitor_refresh(probe.monitor);
    g_assert_cmpuint(wh_notices_count(), ==, 3);
    wh_probe_stop(&probe);
    g_assert_cmpuint(wh_notices_count(), ==, 0);
    wh_notices_end();
}

#define ADD(path, func) g_test_add_func("/address-monitor/windows/" path, func)

void wh_adapter_add_tests(void)
{
    ADD("looks-where-not-all-is-told", test_looks_where_not_all_is_told);
    ADD("deaf-looks", test_deaf_looks);
    ADD("refused-at-first", test_refused_at_first);
    ADD("best-metric", test_best_metric);
    ADD("halves", test_halves);
    ADD("told-again-and-again", test_told_again_and_again);
    ADD("nothing-left-after-free", test_nothing_left_after_free);
}
