/* What is to leave by one interface is tied to it before anything is sent, and not sent otherwise.
 */
#include "tests/support/fake_clock.h"
#include "tests/unit/test_dns_server.h"
#include "tests/unit/test_http_client.h"
#include "tests/unit/test_http_server.h"

#define UPLINK 7
#define TIMEOUT (10 * WH_SECOND)

/* What the binder was told last, for a function that gets no data of its own. */
static struct {
    guint calls;
    guint interface;
    guint family;
    gboolean socket_is_open;
} bound;

static gboolean bind_well(guint64 socket, guint interface, guint family, GError **error)
{
    bound.calls++;
    bound.interface = interface;
    bound.family = family;
    bound.socket_is_open = (gint)socket >= 0;
    return TRUE;
}

static gboolean bind_badly(guint64 socket, guint interface, guint family, GError **error)
{
    bound.calls++;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such interface.");
    return FALSE;
}

static void reset(void)
{
    bound.calls = bound.interface = bound.family = 0;
    bound.socket_is_open = FALSE;
}

static void get(WhHttp *http, TestServer *server, guint interface, WhHttpFamily family,
                TestOutcome *outcome)
{
    g_autofree char *url = test_server_url(server, "/good");
    g_auto(WhHttpRequest) request = test_request(url);
    request.interface = interface;
    request.family = family;
    test_exchange(http, &request, outcome);
}

static void test_http_is_bound(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) first = {0};
    g_auto(TestOutcome) second = {0};
    g_auto(TestOutcome) usual = {0};
    reset();
    wh_http_set_binder(http, bind_well);
    get(http, server, UPLINK, WH_HTTP_IPV4_ONLY, &first);
    g_assert_cmpuint(first.status, ==, 200);
    g_assert_cmpuint(bound.calls, ==, 1);
    g_assert_cmpuint(bound.interface, ==, UPLINK);
    g_assert_cmpuint(bound.family, ==, 4);
    g_assert_true(bound.socket_is_open);
    /* Its connection is nobody else's, and it takes nobody else's. */
    get(http, server, 0, WH_HTTP_IPV4_ONLY, &usual);
    g_assert_cmpuint(bound.calls, ==, 1);
    g_assert_cmpuint(test_server_connections(server), ==, 2);
    get(http, server, UPLINK, WH_HTTP_IPV4_ONLY, &second);
    g_assert_cmpuint(bound.calls, ==, 2);
    g_assert_cmpuint(test_server_connections(server), ==, 3);
}

static void test_http_is_not_sent_otherwise(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) without = {0};
    g_auto(TestOutcome) any_family = {0};
    g_auto(TestOutcome) refused = {0};
    reset();
    get(http, server, UPLINK, WH_HTTP_IPV4_ONLY, &without);
    g_assert_error(without.error, WH_HTTP_ERROR, WH_HTTP_ERROR_INVALID);
    wh_http_set_binder(http, bind_badly);
    get(http, server, UPLINK, WH_HTTP_ANY_FAMILY, &any_family);
    g_assert_error(any_family.error, WH_HTTP_ERROR, WH_HTTP_ERROR_INVALID);
    g_assert_cmpuint(bound.calls, ==, 0);
    get(http, server, UPLINK, WH_HTTP_IPV4_ONLY, &refused);
    g_assert_nonnull(refused.error);
    g_assert_cmpuint(bound.calls, ==, 1);
    g_assert_cmpuint(test_server_connections(server), ==, 0);
}

typedef struct {
    guint calls;
    guint length;
    GError *error;
} Heard;

static void hear(const guint8 *bytes, gsize length, gint64 sent, const GError *error, gpointer data)
{
    Heard *heard = data;
    heard->calls++;
    heard->length = (guint)length;
    if (error != NULL)
        heard->error = g_error_copy(error);
}

/* Asks over UPLINK. */
static void ask(WhDnsClient *client, TestDnsServer *server, WhDnsTransport transport, Heard *heard)
{
    g_autoptr(GBytes) message = g_bytes_new(test_dns_question(), TEST_QUESTION_SIZE);
    server->address.uplink = UPLINK;
    wh_dns_client_exchange(client, &server->address, message, transport, TIMEOUT, NULL, hear,
                           heard);
}

static void wait_for(const Heard *heard)
{
    gint64 deadline = test_dns_deadline();
    while (heard->calls == 0)
        test_dns_turn(deadline);
}

static void test_dns_is_bound(void)
{
    g_autoptr(WhDnsClient) client = wh_dns_client_new(wh_clock_system());
    TestDnsServer server = {0};
    Heard heard = {0};
    guint8 answer[TEST_QUESTION_SIZE];
    test_dns_server_init(&server);
    reset();
    wh_dns_client_set_binder(client, bind_well);
    ask(client, &server, WH_DNS_UDP_QUICK, &heard);
    g_assert_cmpuint(bound.calls, ==, 1);
    g_assert_cmpuint(bound.interface, ==, UPLINK);
    g_assert_cmpuint(bound.family, ==, 4);
    test_dns_server_receive(&server);
    test_dns_answer(answer, 0x84, 0);
    test_dns_server_reply(&server, answer, sizeof answer);
    wait_for(&heard);
    g_assert_no_error(heard.error);
    test_dns_server_clear(&server);
}

static void check_not_asked(WhBinder binder, WhDnsTransport transport)
{
    g_autoptr(WhDnsClient) client = wh_dns_client_new(wh_clock_system());
    TestDnsServer server = {0};
    Heard heard = {0};
    test_dns_server_init(&server);
    wh_dns_client_set_binder(client, binder);
    ask(client, &server, transport, &heard);
    wait_for(&heard);
    g_assert_nonnull(heard.error);
    g_clear_error(&heard.error);
    g_assert_cmpint(g_socket_condition_check(server.udp, G_IO_IN) & G_IO_IN, ==, 0);
    g_assert_cmpint(g_socket_condition_check(server.listener, G_IO_IN) & G_IO_IN, ==, 0);
    test_dns_server_clear(&server);
}

static void test_dns_is_not_asked_otherwise(void)
{
    check_not_asked(NULL, WH_DNS_UDP_QUICK);
    check_not_asked(NULL, WH_DNS_TCP);
    check_not_asked(bind_badly, WH_DNS_UDP_THEN_TCP);
    check_not_asked(bind_badly, WH_DNS_TCP);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/uplink-ways/http", test_http_is_bound);
    g_test_add_func("/uplink-ways/http-otherwise", test_http_is_not_sent_otherwise);
    g_test_add_func("/uplink-ways/dns", test_dns_is_bound);
    g_test_add_func("/uplink-ways/dns-otherwise", test_dns_is_not_asked_otherwise);
    return g_test_run();
}
