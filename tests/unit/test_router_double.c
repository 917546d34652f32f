#include "tests/unit/test_router_double.h"

#include "service/base/clock.h"

#include <string.h>

#define PATIENCE (60 * WH_SECOND)

static GSocketAddress *loopback(guint16 port)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    return g_inet_socket_address_new(address, port);
}

void test_router_init(TestRouter *router)
{
    g_autoptr(GSocketAddress) address = loopback(0);
    router->peer = NULL;
    router->socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
    g_socket_set_blocking(router->socket, FALSE);
    g_assert_true(g_socket_bind(router->socket, address, FALSE, NULL));
    g_autoptr(GSocketAddress) bound = g_socket_get_local_address(router->socket, NULL);
    router->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
}

void test_router_clear(TestRouter *router)
{
    g_clear_object(&router->socket);
    g_clear_object(&router->peer);
}

WhGatewayRoute test_router_route(void)
{
    WhGatewayRoute route = {.interface = 1, .prefix_length = 8};
    g_assert_true(wh_address_parse("127.0.0.1", &route.router));
    g_assert_true(wh_address_parse("127.0.0.1", &route.self));
    return route;
}

void test_router_wait(gboolean (*condition)(gpointer data), gpointer data)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (!condition(data)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_main_context_iteration(NULL, FALSE);
        g_thread_yield();
    }
}

typedef struct {
    TestRouter *router;
    char bytes[64];
    gssize length;
} Reception;

static gboolean has_received(gpointer data)
{
    Reception *reception = data;
    TestRouter *router = reception->router;
    g_clear_object(&router->peer);
    reception->length = g_socket_receive_from(router->socket, &router->peer, reception->bytes,
                                              sizeof reception->bytes, NULL, NULL);
    return reception->length >= 0;
}

void test_router_receive(TestRouter *router, const char *bytes, gsize length)
{
    Reception reception = {.router = router};
    test_router_wait(has_received, &reception);
    g_assert_cmpint(reception.length, ==, (gssize)length);
    g_assert_true(memcmp(reception.bytes, bytes, length) == 0);
}

guint test_router_drop(TestRouter *router)
{
    Reception reception = {.router = router};
    guint count = 0;
    while (has_received(&reception))
        count++;
    return count;
}

void test_router_reply_to(TestRouter *router, GSocketAddress *peer, const char *bytes, gsize length)
{
    gssize sent = g_socket_send_to(router->socket, peer, bytes, length, NULL, NULL);
    g_assert_cmpint(sent, ==, (gssize)length);
}

void test_router_reply(TestRouter *router, const char *bytes, gsize length)
{
    test_router_reply_to(router, router->peer, bytes, length);
}

static void write32(char *at, guint32 number)
{
    guint32 swapped = GUINT32_TO_BE(number);
    memcpy(at, &swapped, sizeof swapped);
}

void test_natpmp_answer(char answer[TEST_NATPMP_ANSWER_SIZE], guint8 result, guint32 epoch,
                        const char *address)
{
    WhAddress parsed;
    memset(answer, 0, TEST_NATPMP_ANSWER_SIZE);
    answer[1] = (char)0x80;
    answer[3] = (char)result;
    write32(answer + 4, epoch);
    if (address == NULL)
        return;
    g_assert_true(wh_address_parse(address, &parsed));
    memcpy(answer + 8, parsed.bytes, 4);
}

void test_pcp_answer(char answer[TEST_PCP_SIZE], guint8 result, guint32 epoch)
{
    memset(answer, 0, TEST_PCP_SIZE);
    answer[0] = 2;
    answer[1] = (char)0x80;
    answer[3] = (char)result;
    write32(answer + 8, epoch);
}
