#include "tests/unit/test_dns_server.h"

#include <string.h>

#define PATIENCE (60 * WH_SECOND)

const guint8 *test_dns_question(void)
{
    return (const guint8 *)"\x12\x34\1\0\0\1\0\0\0\0\0\0\1a\0\0\1\0\1";
}

void test_dns_answer(guint8 answer[TEST_QUESTION_SIZE], guint8 high, guint8 low)
{
    memcpy(answer, test_dns_question(), TEST_QUESTION_SIZE);
    answer[2] = high;
    answer[3] = low;
}

static GSocket *bind_socket(GSocketType type, GSocketProtocol protocol, guint16 port)
{
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new(loopback, port);
    g_autoptr(GSocket) socket = g_socket_new(G_SOCKET_FAMILY_IPV4, type, protocol, NULL);
    g_socket_set_blocking(socket, FALSE);
    return g_socket_bind(socket, address, type == G_SOCKET_TYPE_STREAM, NULL)
               ? g_steal_pointer(&socket)
               : NULL;
}

static guint16 port_of(GSocket *socket)
{
    g_autoptr(GSocketAddress) address = g_socket_get_local_address(socket, NULL);
    return g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(address));
}

void test_dns_server_init(TestDnsServer *server)
{
    /* The port of one kind may be taken in the other. */
    for (guint i = 0; i < 50 && server->udp == NULL; i++) {
        server->listener = bind_socket(G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, 0);
        server->udp =
            bind_socket(G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, port_of(server->listener));
        if (server->udp == NULL)
            g_clear_object(&server->listener);
    }
    g_assert_nonnull(server->udp);
    g_assert_true(g_socket_listen(server->listener, NULL));
    server->address.port = port_of(server->listener);
    g_assert_true(wh_address_parse("127.0.0.1", &server->address.address));
}

void test_dns_server_clear(TestDnsServer *server)
{
    g_clear_object(&server->udp);
    g_clear_object(&server->listener);
    g_clear_object(&server->stream);
    g_clear_object(&server->peer);
}

gint64 test_dns_deadline(void)
{
    return g_get_monotonic_time() + PATIENCE;
}

void test_dns_turn(gint64 deadline)
{
    g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    g_main_context_iteration(NULL, FALSE);
    g_thread_yield();
}

void test_dns_server_receive(TestDnsServer *server)
{
    char bytes[1024];
    gssize length = -1;
    gint64 deadline = test_dns_deadline();
    while (length < 0) {
        g_clear_object(&server->peer);
        length = g_socket_receive_from(server->udp, &server->peer, bytes, sizeof bytes, NULL, NULL);
        test_dns_turn(deadline);
    }
    g_assert_cmpint(length, ==, TEST_QUESTION_SIZE);
    g_assert_true(memcmp(bytes, test_dns_question(), TEST_QUESTION_SIZE) == 0);
}

void test_dns_server_reply(TestDnsServer *server, const guint8 *bytes, gsize length)
{
    gssize sent =
        g_socket_send_to(server->udp, server->peer, (const char *)bytes, length, NULL, NULL);
    g_assert_cmpint(sent, ==, (gssize)length);
}

void test_dns_server_accept(TestDnsServer *server)
{
    gint64 deadline = test_dns_deadline();
    while ((server->stream = g_socket_accept(server->listener, NULL, NULL)) == NULL)
        test_dns_turn(deadline);
    g_socket_set_blocking(server->stream, FALSE);
}

void test_dns_server_read(TestDnsServer *server, guint8 *bytes, gsize length)
{
    gsize got = 0;
    gint64 deadline = test_dns_deadline();
    while (got < length) {
        gssize count =
            g_socket_receive(server->stream, (char *)bytes + got, length - got, NULL, NULL);
        g_assert_cmpint(count, !=, 0);
        got += count > 0 ? (gsize)count : 0;
        test_dns_turn(deadline);
    }
}

void test_dns_server_write(TestDnsServer *server, const guint8 *bytes, gsize length)
{
    gsize put = 0;
    gint64 deadline = test_dns_deadline();
    while (put < length) {
        gssize count =
            g_socket_send(server->stream, (const char *)bytes + put, length - put, NULL, NULL);
        put += count > 0 ? (gsize)count : 0;
        if (put < length)
            test_dns_turn(deadline);
    }
}

void test_dns_server_read_question(TestDnsServer *server)
{
    guint8 framed[2 + TEST_QUESTION_SIZE];
    test_dns_server_read(server, framed, sizeof framed);
    g_assert_cmpuint(framed[0], ==, 0);
    g_assert_cmpuint(framed[1], ==, TEST_QUESTION_SIZE);
    g_assert_true(memcmp(framed + 2, test_dns_question(), TEST_QUESTION_SIZE) == 0);
}
