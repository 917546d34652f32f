#include "service/net/dns_client.h"

#include "tests/support/fake_clock.h"
#include "tests/support/system.h"
#include "tests/unit/test_dns_server.h"

#include <string.h>

#define TIMEOUT (10 * WH_SECOND)

typedef struct {
    guint calls;
    GByteArray *bytes;
    gint64 sent;
    GError *error;
} Outcome;

typedef struct {
    WhFakeClock *fake;
    WhDnsClient *client;
    TestDnsServer server;
    Outcome outcome;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
    fixture->fake = wh_fake_clock_new();
    fixture->client = wh_dns_client_new(wh_fake_clock_clock(fixture->fake));
    test_dns_server_init(&fixture->server);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    g_clear_pointer(&fixture->client, wh_dns_client_free);
    g_assert_cmpuint(wh_fake_clock_pending(fixture->fake), ==, 0);
    wh_fake_clock_free(fixture->fake);
    test_dns_server_clear(&fixture->server);
    g_clear_pointer(&fixture->outcome.bytes, g_byte_array_unref);
    g_clear_error(&fixture->outcome.error);
}

static void keep(const guint8 *bytes, gsize length, gint64 sent, const GError *error, gpointer data)
{
    Outcome *outcome = data;
    outcome->calls++;
    outcome->sent = sent;
    g_assert_true((bytes == NULL) != (error == NULL));
    if (error != NULL) {
        outcome->error = g_error_copy(error);
        return;
    }
    outcome->bytes = g_byte_array_new();
    g_byte_array_append(outcome->bytes, bytes, (guint)length);
}

static guint64 exchange(Fixture *fixture, const guint8 *bytes, gsize length,
                        WhDnsTransport transport, WhDnsAccept accept)
{
    g_autoptr(GBytes) message = g_bytes_new(bytes, length);
    guint64 handle = wh_dns_client_exchange(fixture->client, &fixture->server.address, message,
                                            transport, TIMEOUT, accept, keep, &fixture->outcome);
    g_assert_cmpuint(handle, !=, 0);
    g_assert_cmpuint(fixture->outcome.calls, ==, 0);
    return handle;
}

static guint64 ask(Fixture *fixture, WhDnsTransport transport)
{
    return exchange(fixture, test_dns_question(), TEST_QUESTION_SIZE, transport, NULL);
}

static void wait_for_outcome(Fixture *fixture)
{
    gint64 deadline = test_dns_deadline();
    while (fixture->outcome.calls == 0)
        test_dns_turn(deadline);
    g_assert_cmpuint(fixture->outcome.calls, ==, 1);
}

static gboolean nothing_arrives(Fixture *fixture)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
    return (g_socket_condition_check(fixture->server.udp, G_IO_IN) & G_IO_IN) == 0;
}

static void assert_answer(const Fixture *fixture, const guint8 *bytes, gsize length)
{
    g_assert_no_error(fixture->outcome.error);
    g_assert_cmpuint(fixture->outcome.bytes->len, ==, length);
    g_assert_true(memcmp(fixture->outcome.bytes->data, bytes, length) == 0);
}

static void test_udp_answer(Fixture *fixture, gconstpointer data)
{
    guint8 answer[TEST_QUESTION_SIZE];
    test_dns_answer(answer, 0x84, 0);
    gint64 now = wh_clock_wall(wh_fake_clock_clock(fixture->fake));
    ask(fixture, WH_DNS_UDP_THEN_TCP);
    test_dns_server_receive(&fixture->server);
    test_dns_server_reply(&fixture->server, answer, sizeof answer);
    wait_for_outcome(fixture);
    assert_answer(fixture, answer, sizeof answer);
    g_assert_cmpint(fixture->outcome.sent, ==, now);
}

static void test_other_datagrams_are_ignored(Fixture *fixture, gconstpointer data)
{
    guint8 answer[TEST_QUESTION_SIZE];
    guint8 other[TEST_QUESTION_SIZE];
    ask(fixture, WH_DNS_UDP_THEN_TCP);
    test_dns_server_receive(&fixture->server);
    test_dns_answer(other, 0x84, 0);
    other[1] ^= 1;
    test_dns_server_reply(&fixture->server, other, sizeof other);
    test_dns_answer(other, 0x84, 0);
    other[13] = 'b';
    test_dns_server_reply(&fixture->server, other, sizeof other);
    test_dns_server_reply(&fixture->server, test_dns_question(), TEST_QUESTION_SIZE);
    test_dns_server_reply(&fixture->server, test_dns_question(), 5);
    test_dns_server_reply(&fixture->server, test_dns_question(), 0);
    test_dns_answer(answer, 0x84, 3);
    answer[13] = 'A';
    test_dns_server_reply(&fixture->server, answer, sizeof answer);
    wait_for_outcome(fixture);
    assert_answer(fixture, answer, sizeof answer);
}

static void test_bare_refusal(Fixture *fixture, gconstpointer data)
{
    static const guint8 refusal[] = {0x12, 0x34, 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    ask(fixture, WH_DNS_UDP_THEN_TCP);
    test_dns_server_receive(&fixture->server);
    test_dns_server_reply(&fixture->server, refusal, sizeof refusal);
    wait_for_outcome(fixture);
    assert_answer(fixture, refusal, sizeof refusal);
}

static gboolean accept_nothing_but_x(const guint8 *bytes, gsize length, gpointer data)
{
    return length == 1 && bytes[0] == 'x';
}

static void test_own_judgement(Fixture *fixture, gconstpointer data)
{
    guint8 answer[TEST_QUESTION_SIZE];
    test_dns_answer(answer, 0x84, 0);
    exchange(fixture, test_dns_question(), TEST_QUESTION_SIZE, WH_DNS_UDP_THEN_TCP,
             accept_nothing_but_x);
    test_dns_server_receive(&fixture->server);
    test_dns_server_reply(&fixture->server, answer, sizeof answer);
    test_dns_server_reply(&fixture->server, (const guint8 *)"x", 1);
    wait_for_outcome(fixture);
    assert_answer(fixture, (const guint8 *)"x", 1);
}

static void test_sent_again_and_given_up(Fixture *fixture, gconstpointer data)
{
    static const gint64 waits[] = {1 * WH_SECOND, 1 * WH_SECOND, 2 * WH_SECOND};
    gint64 start = wh_clock_wall(wh_fake_clock_clock(fixture->fake));
    ask(fixture, WH_DNS_UDP_THEN_TCP);
    test_dns_server_receive(&fixture->server);
    for (guint i = 0; i < G_N_ELEMENTS(waits); i++) {
        wh_fake_clock_advance(fixture->fake, waits[i] - 1);
        g_assert_true(nothing_arrives(fixture));
        wh_fake_clock_advance(fixture->fake, 1);
        test_dns_server_receive(&fixture->server);
    }
    wh_fake_clock_advance(fixture->fake, 6 * WH_SECOND - 1);
    g_assert_true(nothing_arrives(fixture));
    g_assert_cmpuint(fixture->outcome.calls, ==, 0);
    wh_fake_clock_advance(fixture->fake, 1);
    g_assert_cmpuint(fixture->outcome.calls, ==, 1);
    g_assert_error(fixture->outcome.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    g_assert_cmpint(fixture->outcome.sent, ==, start + 4 * WH_SECOND);
}

static void test_quick_is_sent_again_soon(Fixture *fixture, gconstpointer data)
{
    static const gint64 waits[] = {200 * WH_MILLISECOND, 400 * WH_MILLISECOND, 1 * WH_SECOND};
    ask(fixture, WH_DNS_UDP_QUICK);
    test_dns_server_receive(&fixture->server);
    for (guint i = 0; i < G_N_ELEMENTS(waits); i++) {
        wh_fake_clock_advance(fixture->fake, waits[i] - 1);
        g_assert_true(nothing_arrives(fixture));
        wh_fake_clock_advance(fixture->fake, 1);
        test_dns_server_receive(&fixture->server);
    }
    wh_fake_clock_advance(fixture->fake, TIMEOUT);
    g_assert_true(nothing_arrives(fixture));
    g_assert_error(fixture->outcome.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void test_quick_stays_with_udp(Fixture *fixture, gconstpointer data)
{
    guint8 answer[TEST_QUESTION_SIZE];
    test_dns_answer(answer, 0x86, 0);
    ask(fixture, WH_DNS_UDP_QUICK);
    test_dns_server_receive(&fixture->server);
    test_dns_server_reply(&fixture->server, answer, sizeof answer);
    wait_for_outcome(fixture);
    assert_answer(fixture, answer, sizeof answer);
}

static void test_refused_datagram(Fixture *fixture, gconstpointer data)
{
    g_clear_object(&fixture->server.udp);
    ask(fixture, WH_DNS_UDP_THEN_TCP);
    wait_for_outcome(fixture);
    g_assert_error(fixture->outcome.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
    g_assert_nonnull(strstr(fixture->outcome.error->message, "127.0.0.1"));
}

static void test_refused_stream(Fixture *fixture, gconstpointer data)
{
    g_clear_object(&fixture->server.listener);
    ask(fixture, WH_DNS_TCP);
    /* The loopback interface may refuse at once, which is told with the next turn. */
    wh_fake_clock_advance(fixture->fake, 0);
    wait_for_outcome(fixture);
    g_assert_error(fixture->outcome.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void test_truncated_goes_over_tcp(Fixture *fixture, gconstpointer data)
{
    guint8 answer[TEST_QUESTION_SIZE];
    test_dns_answer(answer, 0x86, 0);
    ask(fixture, WH_DNS_UDP_THEN_TCP);
    test_dns_server_receive(&fixture->server);
    test_dns_server_reply(&fixture->server, answer, sizeof answer);
    test_dns_server_accept(&fixture->server);
    test_dns_server_read_question(&fixture->server);
    /* One octet at a time, after a message with another id. */
    guint8 framed[2 * (2 + TEST_QUESTION_SIZE)] = {0, TEST_QUESTION_SIZE};
    test_dns_answer(framed + 2, 0x84, 0);
    framed[2] ^= 1;
    framed[2 + TEST_QUESTION_SIZE + 1] = TEST_QUESTION_SIZE;
    test_dns_answer(framed + 2 + TEST_QUESTION_SIZE + 2, 0x84, 0);
    for (guint i = 0; i < sizeof framed; i++) {
        g_assert_cmpuint(fixture->outcome.calls, ==, 0);
        test_dns_server_write(&fixture->server, framed + i, 1);
        g_main_context_iteration(NULL, FALSE);
    }
    wait_for_outcome(fixture);
    assert_answer(fixture, framed + 2 + TEST_QUESTION_SIZE + 2, TEST_QUESTION_SIZE);
}

static void test_large_goes_over_tcp(Fixture *fixture, gconstpointer data)
{
    g_autofree guint8 *large = g_malloc0(60000);
    g_autofree guint8 *got = g_malloc0(60002);
    memcpy(large, test_dns_question(), TEST_QUESTION_SIZE);
    exchange(fixture, large, 60000, WH_DNS_UDP_THEN_TCP, NULL);
    test_dns_server_accept(&fixture->server);
    test_dns_server_read(&fixture->server, got, 60002);
    g_assert_cmpuint(got[0] << 8 | got[1], ==, 60000);
    g_assert_true(memcmp(got + 2, large, 60000) == 0);
    g_assert_true(nothing_arrives(fixture));
    got[4] |= 0x80;
    test_dns_server_write(&fixture->server, got, 60002);
    wait_for_outcome(fixture);
    assert_answer(fixture, got + 2, 60000);
}

static void test_stream_ends_early(Fixture *fixture, gconstpointer data)
{
    ask(fixture, WH_DNS_TCP);
    test_dns_server_accept(&fixture->server);
    test_dns_server_read_question(&fixture->server);
    test_dns_server_write(&fixture->server, (const guint8 *)"\0\x20\x12", 3);
    g_clear_object(&fixture->server.stream);
    wait_for_outcome(fixture);
    g_assert_error(fixture->outcome.error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

static void test_silent_stream(Fixture *fixture, gconstpointer data)
{
    ask(fixture, WH_DNS_TCP);
    test_dns_server_accept(&fixture->server);
    test_dns_server_read_question(&fixture->server);
    wh_fake_clock_advance(fixture->fake, TIMEOUT - 1);
    g_assert_cmpuint(fixture->outcome.calls, ==, 0);
    wh_fake_clock_advance(fixture->fake, 1);
    g_assert_error(fixture->outcome.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void test_cancel(Fixture *fixture, gconstpointer data)
{
    guint64 handle = ask(fixture, WH_DNS_UDP_THEN_TCP);
    test_dns_server_receive(&fixture->server);
    wh_dns_client_cancel(fixture->client, handle);
    g_assert_error(fixture->outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    wh_dns_client_cancel(fixture->client, handle);
    test_dns_server_reply(&fixture->server, test_dns_question(), TEST_QUESTION_SIZE);
    g_assert_true(nothing_arrives(fixture));
    g_assert_cmpuint(fixture->outcome.calls, ==, 1);
}

static void test_free_under_way(Fixture *fixture, gconstpointer data)
{
    ask(fixture, WH_DNS_UDP_THEN_TCP);
    g_clear_pointer(&fixture->client, wh_dns_client_free);
    g_assert_error(fixture->outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint(fixture->outcome.calls, ==, 1);
}

static void test_server_in_text(Fixture *fixture, gconstpointer data)
{
    WhDnsServer server;
    char text[WH_ADDRESS_STRLEN];
    g_autofree char *zone = NULL;
    guint loopback = wh_test_loopback(&zone);
    g_autofree char *zoned = g_strconcat("fe80::1%", zone, NULL);
    g_assert_true(wh_dns_server_parse(zoned, 53, &server));
    g_assert_cmpstr(wh_address_format(&server.address, text), ==, "fe80::1");
    g_autoptr(GSocketAddress) address = wh_dns_server_socket_address(&server);
    g_assert_cmpuint(g_inet_socket_address_get_scope_id(G_INET_SOCKET_ADDRESS(address)), ==,
                     loopback);
    g_assert_cmpuint(g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(address)), ==, 53);
    g_assert_false(wh_dns_server_parse("fe80::1%nosuch0", 53, &server));
    g_assert_false(wh_dns_server_parse("ns1.example.net", 53, &server));
    g_assert_cmpuint(server.scope, !=, 0);
    g_assert_true(wh_dns_server_parse("127.0.0.1", 53, &server));
    g_assert_cmpuint(server.scope, ==, 0);
}

static void add(const char *path, void (*test)(Fixture *, gconstpointer))
{
    g_test_add(path, Fixture, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("/dns-client/udp-answer", test_udp_answer);
    add("/dns-client/other-datagrams-are-ignored", test_other_datagrams_are_ignored);
    add("/dns-client/bare-refusal", test_bare_refusal);
    add("/dns-client/own-judgement", test_own_judgement);
    add("/dns-client/sent-again-and-given-up", test_sent_again_and_given_up);
    add("/dns-client/quick-again", test_quick_is_sent_again_soon);
    add("/dns-client/quick-stays-with-udp", test_quick_stays_with_udp);
    add("/dns-client/refused-datagram", test_refused_datagram);
    add("/dns-client/refused-stream", test_refused_stream);
    add("/dns-client/truncated-goes-over-tcp", test_truncated_goes_over_tcp);
    add("/dns-client/large-goes-over-tcp", test_large_goes_over_tcp);
    add("/dns-client/stream-ends-early", test_stream_ends_early);
    add("/dns-client/silent-stream", test_silent_stream);
    add("/dns-client/server-in-text", test_server_in_text);
    add("/dns-client/cancel", test_cancel);
    add("/dns-client/free-under-way", test_free_under_way);
    return g_test_run();
}
