#include "tests/contract/linux/neighbours_pair.h"

#include "platform/neighbours.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/address_monitor_world.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <gio/gnetworking.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OTHER "2001:db8:1::2"
#define NAMES_PORT 5353

typedef struct {
    int here;
    int there;
} Pair;

static Pair *pair(void)
{
    static Pair the_pair = {-1, -1};

    return &the_pair;
}

static int namespace_open(void)
{
    int fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);

    g_assert_cmpint(fd, >=, 0);
    return fd;
}

void wh_pair_visit(void)
{
    g_assert_cmpint(setns(pair()->there, CLONE_NEWNET), ==, 0);
}

void wh_pair_return(void)
{
    g_assert_cmpint(setns(pair()->here, CLONE_NEWNET), ==, 0);
}

static void cable_lay(void)
{
    g_autofree char *move =
        g_strdup_printf("link set wire0 netns /proc/%d/fd/%d", getpid(), pair()->here);

    wh_world_ip(move);
    wh_world_ip("addr add 192.0.2.2/24 dev wire1\n"
                "addr add 2001:db8:1::2/64 dev wire1 nodad\n"
                "link set lo up\n"
                "link set wire1 up");
    wh_pair_return();
    wh_world_ip("addr add 192.0.2.1/24 dev wire0\n"
                "addr add 2001:db8:1::1/64 dev wire0 nodad\n"
                "link set lo up\n"
                "link set wire0 up");
    wh_world_until_running("wire0");
}

gboolean wh_pair_begin(void)
{
    if (!wh_world_enter_empty())
        return FALSE;
    pair()->here = namespace_open();
    g_assert_cmpint(unshare(CLONE_NEWNET), ==, 0);
    pair()->there = namespace_open();
    if (system("ip link add wire1 type veth peer name wire0 2>/dev/null") != 0) {
        g_test_skip("The kernel has no virtual cables (veth)");
        wh_pair_end();
        return FALSE;
    }
    cable_lay();
    return TRUE;
}

void wh_pair_end(void)
{
    close(pair()->here);
    close(pair()->there);
    *pair() = (Pair){-1, -1};
}

/* Whether the table has the other machine's address, with its hardware address. */
static gboolean is_there(gpointer data)
{
    g_autoptr(GArray) neighbours = wh_neighbours_read(NULL);
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(data);
    gsize length = g_inet_address_get_native_size(address);

    for (guint i = 0; i < neighbours->len; i++) {
        if (memcmp(g_array_index(neighbours, WhNeighbour, i).bytes,
                   g_inet_address_to_bytes(address), length) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean tick(gpointer data)
{
    return G_SOURCE_CONTINUE;
}

static void until_there(const char *address)
{
    guint timer = g_timeout_add(5, tick, NULL);

    wh_helper_until(is_there, (gpointer)address);
    g_source_remove(timer);
}

static void test_probe(void)
{
    const guint8 there[4] = {192, 0, 2, 2};
    const guint8 there6[16] = {0x20, 0x01, 0x0d, 0xb8, 0, 1, [15] = 2};
    const guint8 nobody[4] = {192, 0, 2, 77};
    g_autoptr(GError) error = NULL;
    guint wire;

    if (!wh_pair_begin())
        return;
    wire = wh_world_interface("wire0");
    g_assert_true(wh_neighbours_probe(wire, 4, nobody, &error));
    g_assert_no_error(error);
    g_assert_true(wh_neighbours_probe(wire, 4, there, &error));
    g_assert_no_error(error);
    g_assert_true(wh_neighbours_probe(wire, 6, there6, &error));
    g_assert_no_error(error);
    until_there("192.0.2.2");
    until_there(OTHER);
    g_assert_false(is_there((gpointer) "192.0.2.77"));
    wh_pair_end();
}

/* Twice: the second time the other machine still knows this one, and does not ask for it. */
static void test_echo(void)
{
    g_autoptr(GError) error = NULL;

    if (!wh_pair_begin())
        return;
    if (!wh_world_set("ipv4/ping_group_range", "0 2147483647")) {
        g_test_skip("Echo requests without privileges cannot be allowed here");
        wh_pair_end();
        return;
    }
    for (guint i = 0; i < 2; i++) {
        wh_neighbours_call(wh_world_interface("wire0"), &error);
        g_assert_no_error(error);
        until_there(OTHER);
        wh_world_ip("-6 neigh flush dev wire0");
        g_assert_false(is_there((gpointer)OTHER));
    }
    wh_pair_end();
}

static void group_join(GSocket *socket)
{
    struct ipv6_mreq membership = {.ipv6mr_interface = wh_world_interface("wire1")};

    g_assert_cmpint(inet_pton(AF_INET6, "ff02::fb", &membership.ipv6mr_multiaddr), ==, 1);
    g_assert_cmpint(setsockopt(g_socket_get_fd(socket), IPPROTO_IPV6, IPV6_JOIN_GROUP, &membership,
                               sizeof membership),
                    ==, 0);
}

static GSocket *responder_new(void)
{
    g_autoptr(GInetAddress) any = g_inet_address_new_any(G_SOCKET_FAMILY_IPV6);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new(any, NAMES_PORT);
    g_autoptr(GError) error = NULL;
    GSocket *socket;

    wh_pair_visit();
    socket =
        g_socket_new(G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);
    g_assert_no_error(error);
    g_socket_bind(socket, address, TRUE, &error);
    g_assert_no_error(error);
    group_join(socket);
    wh_pair_return();
    return socket;
}

/* As printers, phones and other computers that announce what they offer: the question is a whole
 * DNS message with one question, and whoever asked is answered. */
static gboolean respond(GSocket *socket, GIOCondition condition, gpointer data)
{
    g_autoptr(GSocketAddress) who = NULL;
    g_autoptr(GError) error = NULL;
    char question[512];
    gssize length = g_socket_receive_from(socket, &who, question, sizeof question, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpint(length, ==, 12 + 30 + 4);
    g_assert_cmpint(question[5], ==, 1);
    g_assert_cmpstr(question + 12, ==, "\x09_services\x07_dns-sd\x04_udp\x05local");
    g_assert_cmpint(g_socket_send_to(socket, who, "x", 1, NULL, &error), ==, 1);
    g_assert_no_error(error);
    ++*(guint *)data;
    return G_SOURCE_CONTINUE;
}

/* A new namespace lets nobody send echo requests without privileges. */
static void test_names(void)
{
    g_autoptr(GSocket) responder = NULL;
    g_autoptr(GSource) source = NULL;
    g_autoptr(GError) error = NULL;
    guint questions = 0;

    if (!wh_pair_begin())
        return;
    responder = responder_new();
    source = g_socket_create_source(responder, G_IO_IN, NULL);
    g_source_set_callback(source, G_SOURCE_FUNC(respond), &questions, NULL);
    g_source_attach(source, NULL);
    for (guint i = 0; i < 2; i++) {
        wh_neighbours_call(wh_world_interface("wire0"), &error);
        g_assert_no_error(error);
        wh_helper_for_count(&questions, i + 1);
        until_there(OTHER);
        wh_world_ip("-6 neigh flush dev wire0");
    }
    g_source_destroy(source);
    wh_pair_end();
}

static void test_nothing_to_call_from(void)
{
    g_autoptr(GError) error = NULL;

    if (!wh_world_enter())
        return;
    wh_world_ip("addr add 192.0.2.1/24 dev wire0\n"
                "addr add fd00::1/64 dev wire0 nodad");
    g_assert_false(wh_neighbours_call(wh_world_interface("wire0"), &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

#define ADD_PAIR(path, func) g_test_add_func("/neighbours/linux/" path, func)

void wh_pair_add_tests(void)
{
    ADD_PAIR("probe", test_probe);
    ADD_PAIR("echo", test_echo);
    ADD_PAIR("names", test_names);
    ADD_PAIR("nothing-to-call-from", test_nothing_to_call_from);
}
