#include "platform/uplink.h"

#include "tests/contract/linux/address_monitor_world.h"
#include "tests/contract/linux/vpn_world.h"
#include "tests/contract/uplink_adapter.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ETHERNET_HEADER 14
#define TARGET_PORT 9

typedef struct {
    int tunnel;
    int line;
} World;

static World *world(void)
{
    static World the_world = {-1, -1};

    return &the_world;
}

static gboolean begin(void (*take)(void))
{
    if (!wh_vpn_world_enter())
        return FALSE;
    world()->tunnel = wh_vpn_world_open_tunnel();
    if (world()->tunnel < 0)
        return FALSE;
    world()->line = wh_vpn_world_listen_to_line();
    take();
    return TRUE;
}

gboolean wh_adapter_begin(guint family)
{
    return begin(wh_vpn_world_take_by_default);
}

void wh_adapter_end(void)
{
    close(world()->line);
    wh_vpn_world_close_tunnel(world()->tunnel);
}

guint wh_adapter_line(void)
{
    return wh_world_interface("wire0");
}

guint wh_adapter_nobody(void)
{
    return 4711;
}

guint64 wh_adapter_socket_new(guint family, gboolean stream)
{
    int descriptor = socket(family == 4 ? AF_INET : AF_INET6,
                            (stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    g_assert_cmpint(descriptor, >=, 0);
    return (guint64)descriptor;
}

void wh_adapter_socket_close(guint64 socket)
{
    close((int)socket);
}

static void connect_to_target(int descriptor, guint family)
{
    struct sockaddr_in ipv4 = {.sin_family = AF_INET, .sin_port = g_htons(TARGET_PORT)};
    struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6, .sin6_port = g_htons(TARGET_PORT)};
    int result;

    inet_pton(AF_INET, WH_VPN_WORLD_TARGET, &ipv4.sin_addr);
    inet_pton(AF_INET6, WH_VPN_WORLD_TARGET_IPV6, &ipv6.sin6_addr);
    result = family == 4 ? connect(descriptor, (struct sockaddr *)&ipv4, sizeof ipv4)
                         : connect(descriptor, (struct sockaddr *)&ipv6, sizeof ipv6);
    g_assert_true(result == 0 || errno == EINPROGRESS);
}

WhSent wh_adapter_send(guint64 socket, guint family, gboolean stream)
{
    gint64 deadline = g_get_monotonic_time() + 30 * G_USEC_PER_SEC;

    connect_to_target((int)socket, family);
    if (!stream)
        g_assert_cmpint(send((int)socket, "x", 1, 0), ==, 1);
    for (;;) {
        if (wh_vpn_world_was_sent(world()->line, family, ETHERNET_HEADER))
            return WH_SENT_OVER_LINE;
        if (wh_vpn_world_was_sent(world()->tunnel, family, 0))
            return WH_SENT_OVER_VPN;
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_thread_yield();
    }
}

static void check_all(void)
{
    for (guint i = 0; i < 4; i++) {
        guint family = i < 2 ? 4 : 6;
        gboolean stream = i % 2 == 1;
        guint64 bound = wh_adapter_socket_new(family, stream);
        guint64 other = wh_adapter_socket_new(family, stream);

        g_assert_true(wh_uplink_bind(bound, wh_adapter_line(), family, NULL));
        g_assert_cmpint(wh_adapter_send(other, family, stream), ==, WH_SENT_OVER_VPN);
        g_assert_cmpint(wh_adapter_send(bound, family, stream), ==, WH_SENT_OVER_LINE);
        wh_adapter_socket_close(bound);
        wh_adapter_socket_close(other);
    }
}

static void way_check(void (*take)(void))
{
    if (!begin(take))
        return;
    check_all();
    wh_adapter_end();
}

static void test_past_halves(void)
{
    way_check(wh_vpn_world_take_by_halves);
}

static void test_past_rules(void)
{
    way_check(wh_vpn_world_take_by_rules);
}

/* As the service: it has no capabilities at all. */
static void capabilities_drop(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};

    g_assert_cmpint(syscall(SYS_capset, &header, none), ==, 0);
}

/* What a thread gives away is gone for itself alone. */
static gpointer unprivileged_run(gpointer data)
{
    g_autoptr(GError) error = NULL;
    guint64 twice = wh_adapter_socket_new(4, TRUE);

    capabilities_drop();
    check_all();
    g_assert_true(wh_uplink_bind(twice, wh_adapter_line(), 4, NULL));
    g_assert_false(wh_uplink_bind(twice, wh_world_interface("vpn0"), 4, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_cmpint(wh_adapter_send(twice, 4, TRUE), ==, WH_SENT_OVER_LINE);
    wh_adapter_socket_close(twice);
    return NULL;
}

static void test_without_privileges(void)
{
    if (!begin(wh_vpn_world_take_by_default))
        return;
    g_thread_join(g_thread_new("unprivileged", unprivileged_run, NULL));
    wh_adapter_end();
}

/* Rather nowhere than by the usual way. */
static void test_line_without_a_route(void)
{
    struct sockaddr_in target = {.sin_family = AF_INET, .sin_port = g_htons(TARGET_PORT)};
    guint64 socket;

    if (!begin(wh_vpn_world_take_by_default))
        return;
    wh_world_ip("link set wire0 down");
    socket = wh_adapter_socket_new(4, TRUE);
    g_assert_true(wh_uplink_bind(socket, wh_adapter_line(), 4, NULL));
    inet_pton(AF_INET, WH_VPN_WORLD_TARGET, &target.sin_addr);
    g_assert_cmpint(connect((int)socket, (struct sockaddr *)&target, sizeof target), ==, -1);
    g_assert_true(errno == ENETUNREACH || errno == ENETDOWN || errno == EHOSTUNREACH);
    g_assert_false(wh_vpn_world_was_sent(world()->tunnel, 4, 0));
    wh_adapter_socket_close(socket);
    wh_adapter_end();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/uplink/linux/past-halves", test_past_halves);
    g_test_add_func("/uplink/linux/past-rules", test_past_rules);
    g_test_add_func("/uplink/linux/without-privileges", test_without_privileges);
    g_test_add_func("/uplink/linux/line-without-a-route", test_line_without_a_route);
}
