#include "platform/linux/address_monitor_private.h"
#include "tests/contract/address_monitor_adapter.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/address_monitor_tests.h"
#include "tests/contract/linux/address_monitor_world.h"
#include "tests/contract/monitor_probe.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static gboolean has_news(WhProbe *probe)
{
    struct pollfd descriptor = {.fd = wh_address_monitor_peek_fd(probe->monitor), .events = POLLIN};

    return poll(&descriptor, 1, 0) == 1;
}

/* More than the socket holds is thrown away by the kernel; what is left at the end must be known
 * all the same. */
static void test_overflow(void)
{
    WhProbe probe;
    g_autoptr(GString) flood = g_string_new(NULL);
    int tiny = 1;

    if (!wh_world_enter())
        return;
    wh_world_ip("addr add 192.0.2.1/24 dev wire0");
    wh_probe_start(&probe);
    g_assert_cmpint(setsockopt(wh_address_monitor_peek_fd(probe.monitor), SOL_SOCKET, SO_RCVBUF,
                               &tiny, sizeof tiny),
                    ==, 0);
    for (guint i = 2; i < 200; i++)
        g_string_append_printf(flood, "addr add 192.0.2.%u/24 dev wire0\n", i);
    g_string_append(flood, "addr del 192.0.2.150/24 dev wire0\n"
                           "route add default via 192.0.2.254\n");
    wh_world_ip(flood->str);
    wh_helper_for_count(&probe.count, 1);
    wh_probe_until_route(&probe, 4, wh_world_interface("wire0"), "192.0.2.254");
    g_assert_cmpuint(wh_address_monitor_snapshot(probe.monitor)->addresses->len, ==, 198);
    g_assert_nonnull(wh_probe_find(&probe, "192.0.2.199"));
    g_assert_null(wh_probe_find(&probe, "192.0.2.150"));
    wh_helper_settle();
    g_assert_cmpuint(probe.count, ==, 1);
    wh_probe_stop(&probe);
}

/* Everybody in the namespace with the right may send to the monitor's socket; only the kernel is
 * believed. */
static void test_stranger_is_not_believed(void)
{
    WhProbe probe;
    struct sockaddr_nl target = {0};
    socklen_t length = sizeof target;
    struct {
        struct nlmsghdr header;
        struct ifaddrmsg info;
        struct rtattr attribute;
        guint8 bytes[4];
    } lie = {
        .header = {.nlmsg_len = sizeof lie, .nlmsg_type = RTM_NEWADDR},
        .info = {.ifa_family = AF_INET, .ifa_prefixlen = 24},
        .attribute = {.rta_len = RTA_LENGTH(4), .rta_type = IFA_LOCAL},
        .bytes = {203, 0, 113, 66},
    };
    int fd;

    if (!wh_world_enter())
        return;
    wh_probe_start(&probe);
    lie.info.ifa_index = wh_world_interface("wire0");
    g_assert_cmpint(
        getsockname(wh_address_monitor_peek_fd(probe.monitor), (struct sockaddr *)&target, &length),
        ==, 0);
    target.nl_groups = 0;
    fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    g_assert_cmpint(sendto(fd, &lie, sizeof lie, 0, (struct sockaddr *)&target, sizeof target), ==,
                    sizeof lie);
    close(fd);
    g_assert_true(has_news(&probe));
    wh_helper_settle();
    g_assert_false(has_news(&probe));
    g_assert_cmpuint(probe.count, ==, 0);
    g_assert_null(wh_probe_find(&probe, "203.0.113.66"));
    wh_probe_stop(&probe);
}

/* Whether a word about a route waits. Everything that waits is taken: the kernel also tells late
 * that the new interface has a carrier. */
static gboolean take_route_news(WhProbe *probe)
{
    int fd = wh_address_monitor_peek_fd(probe->monitor);
    struct nlmsghdr header;
    gboolean found = FALSE;

    while (recv(fd, &header, sizeof header, MSG_DONTWAIT) == (ssize_t)sizeof header)
        found |= header.nlmsg_type == RTM_NEWROUTE || header.nlmsg_type == RTM_DELROUTE;
    return found;
}

static void test_other_routes_do_not_wake(void)
{
    WhProbe probe;

    if (!wh_world_enter())
        return;
    wh_world_ip("addr add 192.0.2.1/24 dev wire0\naddr add 2001:db8::1/64 dev wire0 nodad");
    wh_probe_start(&probe);
    wh_helper_settle();
    take_route_news(&probe);
    wh_world_ip("route add 203.0.113.0/24 via 192.0.2.254\n"
                "route del 203.0.113.0/24 via 192.0.2.254\n"
                "-6 route add 2001:db8:77::/48 via 2001:db8::fe");
    g_assert_false(take_route_news(&probe));
    wh_world_ip("route add default via 192.0.2.254");
    g_assert_true(take_route_news(&probe));
    wh_probe_stop(&probe);
}

/* Whatever covers everything, in any table, wakes; what covers the other half does not. */
static void test_what_wakes(void)
{
    const struct {
        const char *command;
        gboolean wakes;
    } rows[] = {
        {"route add 0.0.0.0/1 via 192.0.2.254", FALSE},
        {"route add 128.0.0.0/1 via 192.0.2.254", TRUE},
        {"route add 196.0.0.0/6 via 192.0.2.254 table 77", TRUE},
        {"route add 192.0.0.0/6 via 192.0.2.254 table 77", FALSE},
        {"route add unreachable 198.41.0.0/24", TRUE},
        {"route add 198.41.1.0/24 via 192.0.2.254", FALSE},
        {"-6 route add 8000::/1 via 2001:db8::fe", FALSE},
        {"-6 route add 2000::/3 via 2001:db8::fe", TRUE},
        {"-6 route add 3000::/4 via 2001:db8::fe", FALSE},
        {"-6 route add default via 2001:db8::fe table 77", TRUE},
        {"-6 route add 2001:503:ba3e::/48 via 2001:db8::fe", TRUE},
    };
    WhProbe probe;

    if (!wh_world_enter())
        return;
    wh_world_ip("addr add 192.0.2.1/24 dev wire0\naddr add 2001:db8::1/64 dev wire0 nodad");
    wh_probe_start(&probe);
    wh_helper_settle();
    take_route_news(&probe);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        wh_world_ip(rows[i].command);
        g_test_message("%s", rows[i].command);
        g_assert_cmpint(take_route_news(&probe), ==, rows[i].wakes);
    }
    wh_world_ip("rule add from 192.0.2.9 table 77");
    g_assert_true(has_news(&probe));
    wh_probe_stop(&probe);
}

static void test_polls_when_refused(void)
{
    WhProbe probe = {0};

    if (!wh_world_enter())
        return;
    probe.monitor = wh_adapter_monitor_new_refused(wh_probe_changed, &probe);
    wh_address_monitor_set_poll_interval(probe.monitor, 10);
    wh_world_ip("addr add 192.0.2.1/24 dev wire0");
    wh_probe_until_there(&probe, "192.0.2.1");
    wh_world_ip("addr del 192.0.2.1/24 dev wire0");
    wh_probe_until_gone(&probe, "192.0.2.1");
    wh_probe_stop(&probe);
}

/* The socket is shut by force, as a kernel that takes a protocol away would. */
static void test_polls_when_the_socket_breaks(void)
{
    WhProbe probe;
    GLogLevelFlags fatal = g_log_set_always_fatal(G_LOG_FATAL_MASK);
    int fds[2];

    if (!wh_world_enter())
        return;
    wh_probe_start(&probe);
    /* A pipe's reading end is no socket: receiving from it fails for good. */
    g_assert_cmpint(pipe(fds), ==, 0);
    g_assert_cmpint(write(fds[1], "x", 1), ==, 1);
    g_assert_cmpint(dup2(fds[0], wh_address_monitor_peek_fd(probe.monitor)), >=, 0);
    wh_world_ip("addr add 192.0.2.1/24 dev wire0");
    wh_probe_until_there(&probe, "192.0.2.1");
    g_assert_false(wh_address_monitor_is_instant(probe.monitor));
    wh_helper_settle();
    wh_probe_stop(&probe);
    close(fds[0]);
    close(fds[1]);
    g_log_set_always_fatal(fatal);
}

/* The kernel has no table of routes there yet and says so with an error. */
static void test_nothing_at_all(void)
{
    WhProbe probe;

    if (!wh_world_enter_empty())
        return;
    wh_probe_start(&probe);
    g_assert_cmpuint(wh_address_monitor_snapshot(probe.monitor)->addresses->len, ==, 0);
    wh_probe_until_route(&probe, 4, 0, NULL);
    wh_probe_until_route(&probe, 6, 0, NULL);
    wh_probe_stop(&probe);
}

#define ADD(path, func) g_test_add_func("/address-monitor/linux/socket/" path, func)

void wh_address_monitor_tests_add_socket(void)
{
    ADD("nothing-at-all", test_nothing_at_all);
    ADD("overflow", test_overflow);
    ADD("stranger-is-not-believed", test_stranger_is_not_believed);
    ADD("other-routes-do-not-wake", test_other_routes_do_not_wake);
    ADD("what-wakes", test_what_wakes);
    ADD("polls-when-refused", test_polls_when_refused);
    ADD("polls-when-the-socket-breaks", test_polls_when_the_socket_breaks);
}
