#include "service/providers/rfc2136_answer.h"
#include "tests/unit/test_providers_world.h"
#include "tests/unit/test_update_server.h"

#include <string.h>

#define V4 "192.0.2.7"
#define V6 "2001:db8::7"
#define SECRET "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

typedef struct {
    TestWorld world;
    WhTsigKey *key;
    TestUpdateServer *server;
} Fixture;

static void use_account(Fixture *fixture)
{
    TestWorld *world = &fixture->world;
    test_world_account(world, "rfc2136");
    test_world_field(world, "server", test_update_server_address(fixture->server));
    test_world_field(world, "zone", "dyn.example");
    if (fixture->key == NULL)
        return;
    test_world_field(world, "key-name", "home-key");
    test_world_secret(world, "secret", SECRET);
}

static void set_up(Fixture *fixture, gconstpointer data)
{
    test_world_set_up(&fixture->world, NULL);
    g_autoptr(WhSecret) secret = wh_secret_new(SECRET, -1);
    gboolean with_key = data == NULL;
    gint64 now = wh_clock_wall(wh_fake_clock_clock(fixture->world.fake));
    fixture->key = with_key ? wh_tsig_key_new("home-key", WH_TSIG_HMAC_SHA256, secret, NULL) : NULL;
    fixture->server = test_update_server_new(fixture->key, now);
    use_account(fixture);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    test_world_tear_down(&fixture->world, NULL);
    test_update_server_free(fixture->server);
    wh_tsig_key_free(fixture->key);
}

static void check(Fixture *fixture, const TestUpdateAnswer *answer, WhResultClass result,
                  const char *part)
{
    use_account(fixture);
    test_world_host(&fixture->world, "a.dyn.example", V4, V6);
    test_update_server_answer(fixture->server, answer, 1);
    test_world_send(&fixture->world);
    test_world_wait(&fixture->world);
    test_world_expect(&fixture->world, 0, result, part);
    g_assert_cmpint(fixture->world.sent, !=, 0);
}

static gint64 now(Fixture *fixture)
{
    return wh_clock_wall(wh_fake_clock_clock(fixture->world.fake));
}

/* The table of answers. */
static void test_answers(Fixture *fixture, gconstpointer data)
{
    const gint64 hour_later = now(fixture) + WH_HOUR;
    const struct {
        TestUpdateAnswer answer;
        WhResultClass result;
        const char *part;
    } cases[] = {
        {{WH_DNS_NOERROR, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_CHANGED, "NOERROR"},
        {{WH_DNS_REFUSED, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_AUTH, "let this key change"},
        {{WH_DNS_NOTAUTH, TEST_TSIG_EMPTY, 17, 0}, WH_RESULT_AUTH, "key of this name"},
        {{WH_DNS_NOTAUTH, TEST_TSIG_EMPTY, 16, 0}, WH_RESULT_AUTH, "secret"},
        {{WH_DNS_NOTAUTH, TEST_TSIG_GOOD, 18, hour_later}, WH_RESULT_CLOCK, "the server says"},
        {{WH_DNS_NOTAUTH, TEST_TSIG_EMPTY, 22, 0}, WH_RESULT_AUTH, "22"},
        {{WH_DNS_NOTAUTH, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_HOST, "responsible for the zone"},
        {{WH_DNS_NOTZONE, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_HOST, "NOTZONE"},
        {{WH_DNS_SERVFAIL, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_SERVER, "SERVFAIL"},
        {{WH_DNS_FORMERR, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_BADREQ, "FORMERR"},
        {{WH_DNS_NOTIMP, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_BADREQ, "NOTIMP"},
        {{WH_DNS_NXDOMAIN, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_FAIL, "NXDOMAIN"},
        {{WH_DNS_YXDOMAIN, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_FAIL, "YXDOMAIN"},
        {{WH_DNS_YXRRSET, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_FAIL, "YXRRSET"},
        {{WH_DNS_NXRRSET, TEST_TSIG_GOOD, 0, 0}, WH_RESULT_FAIL, "NXRRSET"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        check(fixture, &cases[i].answer, cases[i].result, cases[i].part);
}

static void test_clocks_are_compared(Fixture *fixture, gconstpointer data)
{
    const gint64 ours = G_GINT64_CONSTANT(1700000000) * WH_SECOND;
    const WhDnsUpdateAnswer answer = {.rcode = WH_DNS_NOTAUTH,
                                      .tsig = WH_TSIG_GOOD,
                                      .tsig_error = 18,
                                      .server_time = ours + WH_HOUR};
    g_autofree char *detail = NULL;
    g_assert_cmpint(wh_rfc2136_answer_judge(&answer, TRUE, "dyn.example", ours, &detail), ==,
                    WH_RESULT_CLOCK);
    g_assert_nonnull(strstr(detail, "this computer says 2023-11-14 22:13:20 UTC"));
    g_assert_nonnull(strstr(detail, "the server says 2023-11-14 23:13:20 UTC"));
}

static void wait_for_message(Fixture *fixture, guint count)
{
    gint64 deadline = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    while (test_update_server_count(fixture->server) < count) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_main_context_iteration(NULL, FALSE);
    }
}

/* What was sent is read with the next turns of the loop; nothing tells that there is no more of it.
 */
static void let_answers_arrive(void)
{
    for (guint i = 0; i < 50; i++)
        g_main_context_iteration(NULL, FALSE);
}

/* Whoever sees a question can answer it first, but not with our signature. */
static void test_forged_answers(Fixture *fixture, gconstpointer data)
{
    static const TestUpdateAnswer forged[] = {
        {.rcode = WH_DNS_NOERROR, .tsig = TEST_TSIG_NONE},
        {.rcode = WH_DNS_NOERROR, .tsig = TEST_TSIG_OTHER_KEY},
        {.rcode = WH_DNS_NOERROR, .tsig = TEST_TSIG_BAD_MAC},
        {.rcode = WH_DNS_NOTZONE, .tsig = TEST_TSIG_BAD_MAC},
        {.rcode = WH_DNS_REFUSED, .tsig = TEST_TSIG_NONE},
        {.rcode = WH_DNS_NOTIMP, .tsig = TEST_TSIG_NONE},
        {.rcode = WH_DNS_SERVFAIL, .tsig = TEST_TSIG_NONE},
        {.rcode = WH_DNS_NOTAUTH, .tsig = TEST_TSIG_NONE},
        {.rcode = WH_DNS_REFUSED, .tsig = TEST_TSIG_EMPTY, .tsig_error = 17},
    };
    static const char *const parts[] = {
        "not signed at all", "with another one", "its signature is wrong",
        "NOTZONE",           "REFUSED",          "NOTIMP",
        "SERVFAIL",          "NOTAUTH",          "its signature is wrong",
    };
    for (guint i = 0; i < G_N_ELEMENTS(forged); i++) {
        guint count = test_update_server_count(fixture->server);
        use_account(fixture);
        test_world_host(&fixture->world, "a.dyn.example", V4, NULL);
        test_update_server_answer(fixture->server, &forged[i], 1);
        test_world_send(&fixture->world);
        wait_for_message(fixture, count + 1);
        let_answers_arrive();
        g_assert_cmpuint(fixture->world.calls, ==, i);
        wh_fake_clock_advance(fixture->world.fake, WH_MINUTE);
        g_assert_cmpuint(fixture->world.calls, ==, i + 1);
        test_world_expect(&fixture->world, 0, WH_RESULT_FAIL, parts[i]);
    }
}

/* The true answer counts, whatever came before it. */
static void test_forged_then_true(Fixture *fixture, gconstpointer data)
{
    static const TestUpdateAnswer answers[] = {
        {.rcode = WH_DNS_NOERROR, .tsig = TEST_TSIG_NONE},
        {.rcode = WH_DNS_NOERROR, .tsig = TEST_TSIG_BAD_MAC},
        {.rcode = WH_DNS_REFUSED, .tsig = TEST_TSIG_NONE},
        {.rcode = WH_DNS_NOTZONE, .tsig = TEST_TSIG_GOOD},
    };
    test_world_host(&fixture->world, "a.dyn.example", V4, NULL);
    test_update_server_answer(fixture->server, answers, G_N_ELEMENTS(answers));
    test_world_send(&fixture->world);
    test_world_wait(&fixture->world);
    test_world_expect(&fixture->world, 0, WH_RESULT_HOST, "NOTZONE");
}

static void test_silence(Fixture *fixture, gconstpointer data)
{
    test_world_host(&fixture->world, "a.dyn.example", V4, NULL);
    test_world_send(&fixture->world);
    wait_for_message(fixture, 1);
    wh_fake_clock_advance(fixture->world.fake, WH_MINUTE);
    test_world_expect(&fixture->world, 0, WH_RESULT_NO_ANSWER, "did not answer");
    g_assert_cmpint(fixture->world.answered, ==, 0);
    g_assert_cmpint(fixture->world.sent, !=, 0);
}

static void test_without_key(Fixture *fixture, gconstpointer data)
{
    static const TestUpdateAnswer fine = {.rcode = WH_DNS_NOERROR};
    static const TestUpdateAnswer refused = {.rcode = WH_DNS_REFUSED};
    check(fixture, &fine, WH_RESULT_CHANGED, NULL);
    check(fixture, &refused, WH_RESULT_AUTH, "without a key");
}

static gboolean holds(GBytes *message, const char *part, gsize length)
{
    gsize size;
    const guint8 *bytes = g_bytes_get_data(message, &size);
    for (gsize i = 0; i + length <= size; i++) {
        if (memcmp(bytes + i, part, length) == 0)
            return TRUE;
    }
    return FALSE;
}

static void test_message(Fixture *fixture, gconstpointer data)
{
    static const TestUpdateAnswer fine = {.rcode = WH_DNS_NOERROR};
    test_world_field(&fixture->world, "ttl", "300");
    test_world_host(&fixture->world, "a.dyn.example", V4, V6);
    test_world_host(&fixture->world, "b.dyn.example", V4, NULL)->ttl = 77;
    test_update_server_answer(fixture->server, &fine, 1);
    test_world_send(&fixture->world);
    test_world_wait(&fixture->world);
    test_world_expect(&fixture->world, 0, WH_RESULT_CHANGED, NULL);
    test_world_expect(&fixture->world, 1, WH_RESULT_CHANGED, NULL);
    g_assert_cmpuint(test_update_server_count(fixture->server), ==, 1);
    g_assert_cmpuint(test_update_server_over_tcp(fixture->server), ==, 0);
    GBytes *message = test_update_server_last(fixture->server);
    /* Type, class, TTL, length and address. */
    g_assert_true(holds(message, "\0\1\0\1\0\0\1\x2c\0\4\xc0\0\2\7", 14));
    g_assert_true(holds(message, "\0\x1c\0\1\0\0\1\x2c\0\x10\x20\1\x0d\xb8", 14));
    g_assert_true(holds(message, "\0\1\0\1\0\0\0\x4d\0\4\xc0\0\2\7", 14));
}

static void test_tcp(Fixture *fixture, gconstpointer data)
{
    static const TestUpdateAnswer fine = {.rcode = WH_DNS_NOERROR};
    test_world_field(&fixture->world, "transport", "tcp");
    test_world_host(&fixture->world, "a.dyn.example", V4, NULL);
    test_update_server_answer(fixture->server, &fine, 1);
    test_world_send(&fixture->world);
    test_world_wait(&fixture->world);
    test_world_expect(&fixture->world, 0, WH_RESULT_CHANGED, NULL);
    g_assert_cmpuint(test_update_server_over_tcp(fixture->server), ==, 1);
}

/* Few messages, each within what DNS can carry, and every host in one of them. */
static void test_many_hosts(Fixture *fixture, gconstpointer data)
{
    static const TestUpdateAnswer fine = {.rcode = WH_DNS_NOERROR};
    g_autofree char *label = g_strnfill(50, 'x');
    for (guint i = 0; i < 500; i++) {
        g_autofree char *name = g_strdup_printf("%s%03u.dyn.example", label, i);
        test_world_host(&fixture->world, name, V4, V6);
    }
    test_world_host(&fixture->world, "elsewhere.example", V4, V6);
    test_world_host(&fixture->world, "nothing.dyn.example", NULL, NULL);
    test_update_server_answer(fixture->server, &fine, 1);
    test_world_send(&fixture->world);
    test_world_wait(&fixture->world);
    for (guint i = 0; i < 500; i++)
        test_world_expect(&fixture->world, i, WH_RESULT_CHANGED, NULL);
    test_world_expect(&fixture->world, 500, WH_RESULT_HOST, "does not belong to the zone");
    test_world_expect(&fixture->world, 501, WH_RESULT_BADREQ, "no address");
    guint messages = test_update_server_over_tcp(fixture->server);
    g_assert_cmpuint(messages, >=, 2);
    g_assert_cmpuint(messages, <=, 5);
    g_assert_cmpuint(test_update_server_count(fixture->server), ==, messages);
}

static void test_server_by_name(Fixture *fixture, gconstpointer data)
{
    static const TestUpdateAnswer fine = {.rcode = WH_DNS_NOERROR};
    g_autofree char *server = g_strdup_printf(
        "localhost:%s", strchr(test_update_server_address(fixture->server), ':') + 1);
    test_world_field(&fixture->world, "server", server);
    test_world_host(&fixture->world, "a.dyn.example", V4, NULL);
    test_update_server_answer(fixture->server, &fine, 1);
    test_world_send(&fixture->world);
    test_world_wait(&fixture->world);
    test_world_expect(&fixture->world, 0, WH_RESULT_CHANGED, NULL);
}

/* The answer is too long for a datagram; only the whole one over TCP is signed. */
static void test_truncated_answer(Fixture *fixture, gconstpointer data)
{
    static const TestUpdateAnswer fine = {.rcode = WH_DNS_NOERROR, .tsig = TEST_TSIG_OVER_TCP};
    test_world_host(&fixture->world, "a.dyn.example", V4, NULL);
    test_update_server_answer(fixture->server, &fine, 1);
    test_world_send(&fixture->world);
    test_world_wait(&fixture->world);
    test_world_expect(&fixture->world, 0, WH_RESULT_CHANGED, NULL);
    g_assert_cmpuint(test_update_server_count(fixture->server), ==, 2);
    g_assert_cmpuint(test_update_server_over_tcp(fixture->server), ==, 1);
}

static GSocket *listen_in_silence(const char *port)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string(
        TEST_SILENT_ADDRESS, (guint)g_ascii_strtoull(port, NULL, 10));
    GSocket *socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);
    g_assert_no_error(error);
    g_assert_true(g_socket_bind(socket, address, FALSE, &error));
    return socket;
}

/* An address that says nothing costs less than all the patience that the last one gets. */
static void test_first_address_is_silent(Fixture *fixture, gconstpointer data)
{
    static const TestUpdateAnswer fine = {.rcode = WH_DNS_NOERROR};
    const char *port = strchr(test_update_server_address(fixture->server), ':') + 1;
    g_autofree char *server = g_strconcat(TEST_TWO_ADDRESSES ":", port, NULL);
    g_autoptr(GSocket) silent = listen_in_silence(port);
    gint64 deadline = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    test_world_field(&fixture->world, "server", server);
    test_world_host(&fixture->world, "a.dyn.example", V4, NULL);
    test_update_server_answer(fixture->server, &fine, 1);
    test_world_send(&fixture->world);
    while (!(g_socket_condition_check(silent, G_IO_IN) & G_IO_IN)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_main_context_iteration(NULL, FALSE);
    }
    wh_fake_clock_advance(fixture->world.fake, 3 * WH_SECOND);
    test_world_wait(&fixture->world);
    test_world_expect(&fixture->world, 0, WH_RESULT_CHANGED, NULL);
}

static void test_wrong_settings(Fixture *fixture, gconstpointer data)
{
    test_world_secret(&fixture->world, "secret", "not base64!");
    test_world_host(&fixture->world, "a.dyn.example", V4, NULL);
    test_world_send(&fixture->world);
    test_world_wait(&fixture->world);
    test_world_expect(&fixture->world, 0, WH_RESULT_BADREQ, "TSIG secret");
    g_assert_null(strstr(((WhOutcome *)fixture->world.outcomes->pdata[0])->detail, "base64!"));
    g_assert_cmpuint(test_update_server_count(fixture->server), ==, 0);
}

static void test_cancel(Fixture *fixture, gconstpointer data)
{
    test_world_host(&fixture->world, "a.dyn.example", V4, NULL);
    wh_providers_cancel(fixture->world.providers, test_world_send(&fixture->world));
    test_world_field(&fixture->world, "server", "localhost");
    wh_providers_cancel(fixture->world.providers, test_world_send(&fixture->world));
    wh_fake_clock_advance(fixture->world.fake, WH_MINUTE);
    g_assert_cmpuint(fixture->world.calls, ==, 0);
    /* One is left for the tear-down to end. */
    use_account(fixture);
    test_world_host(&fixture->world, "a.dyn.example", V4, NULL);
    test_world_send(&fixture->world);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*test)(Fixture *fixture, gconstpointer data);
        gboolean without_key;
    } tests[] = {
        {"/rfc2136-engine/answers", test_answers, FALSE},
        {"/rfc2136-engine/clocks-are-compared", test_clocks_are_compared, FALSE},
        {"/rfc2136-engine/forged-answers", test_forged_answers, FALSE},
        {"/rfc2136-engine/forged-then-true", test_forged_then_true, FALSE},
        {"/rfc2136-engine/silence", test_silence, FALSE},
        {"/rfc2136-engine/without-key", test_without_key, TRUE},
        {"/rfc2136-engine/message", test_message, FALSE},
        {"/rfc2136-engine/tcp", test_tcp, FALSE},
        {"/rfc2136-engine/many-hosts", test_many_hosts, FALSE},
        {"/rfc2136-engine/server-by-name", test_server_by_name, FALSE},
        {"/rfc2136-engine/truncated-answer", test_truncated_answer, FALSE},
        {"/rfc2136-engine/first-address-is-silent", test_first_address_is_silent, FALSE},
        {"/rfc2136-engine/wrong-settings", test_wrong_settings, FALSE},
        {"/rfc2136-engine/cancel", test_cancel, FALSE},
    };
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, Fixture, tests[i].without_key ? "without key" : NULL, set_up,
                   tests[i].test, tear_down);
    return g_test_run();
}
