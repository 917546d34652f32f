/* Several requests at once: lines before servers, cancelling, connections kept and dropped. */
#include "tests/unit/test_http_client.h"
#include "tests/unit/test_http_server.h"

#include "tests/support/fake_clock.h"

#define PATIENCE (60 * WH_SECOND)

static guint64 send_to(WhHttp *http, TestServer *server, const char *path, TestOutcome *outcome)
{
    g_autofree char *url = test_server_url(server, path);
    g_auto(WhHttpRequest) request = test_request(url);
    return wh_http_send(http, &request, test_outcome_keep, outcome);
}

static void wait_for_requests(TestServer *server, guint count)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (test_server_requests(server) < count) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_main_context_iteration(NULL, FALSE);
        g_thread_yield();
    }
}

static void clear_all(TestOutcome *outcomes, guint count)
{
    for (guint i = 0; i < count; i++)
        test_outcome_clear(&outcomes[i]);
}

static void test_hanging_server_delays_nobody(void)
{
    g_autoptr(TestServer) hanging = test_server_new();
    g_autoptr(TestServer) healthy = test_server_new();
    WhHttp *http = wh_http_new(wh_clock_system(), NULL, "Linux");
    TestOutcome hung[20] = {0};
    TestOutcome good[6] = {0};
    for (guint i = 0; i < G_N_ELEMENTS(hung); i++)
        send_to(http, hanging, "/silent", &hung[i]);
    for (guint i = 0; i < G_N_ELEMENTS(good); i++)
        send_to(http, healthy, "/good", &good[i]);
    for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
        test_outcome_wait(&good[i]);
        g_assert_no_error(good[i].error);
    }
    wait_for_requests(hanging, 4);
    for (guint i = 0; i < G_N_ELEMENTS(hung); i++)
        g_assert_cmpuint(hung[i].calls, ==, 0);
    g_assert_cmpuint(test_server_connections(hanging), ==, 4);
    g_assert_cmpuint(test_server_connections(healthy), <=, 4);
    wh_http_free(http);
    for (guint i = 0; i < G_N_ELEMENTS(hung); i++) {
        g_assert_cmpuint(hung[i].calls, ==, 1);
        g_assert_error(hung[i].error, WH_HTTP_ERROR, WH_HTTP_ERROR_CANCELLED);
    }
    clear_all(hung, G_N_ELEMENTS(hung));
    clear_all(good, G_N_ELEMENTS(good));
}

static void test_cancelled_gives_way(void)
{
    g_autoptr(TestServer) server = test_server_new();
    WhHttp *http = wh_http_new(wh_clock_system(), NULL, "Linux");
    TestOutcome hung[4] = {0};
    guint64 handles[4];
    g_auto(TestOutcome) next = {0};
    g_auto(TestOutcome) waiting = {0};
    for (guint i = 0; i < G_N_ELEMENTS(hung); i++)
        handles[i] = send_to(http, server, "/silent", &hung[i]);
    guint64 dropped = send_to(http, server, "/good", &waiting);
    send_to(http, server, "/good", &next);
    wait_for_requests(server, 4);

    wh_http_cancel(http, dropped);
    g_assert_error(waiting.error, WH_HTTP_ERROR, WH_HTTP_ERROR_CANCELLED);
    g_assert_cmpuint(next.calls, ==, 0);

    wh_http_cancel(http, handles[1]);
    g_assert_error(hung[1].error, WH_HTTP_ERROR, WH_HTTP_ERROR_CANCELLED);
    wh_http_cancel(http, handles[1]);
    wh_http_cancel(http, 12345);
    test_outcome_wait(&next);
    g_assert_no_error(next.error);
    g_assert_cmpuint(hung[0].calls, ==, 0);
    wh_http_free(http);
    g_assert_cmpuint(hung[1].calls, ==, 1);
    g_assert_cmpuint(waiting.calls, ==, 1);
    clear_all(hung, G_N_ELEMENTS(hung));
}

static void test_cancel_before_refusal(void)
{
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(WhHttpRequest) request = test_request("ftp://127.0.0.1/");
    g_auto(TestOutcome) outcome = {0};
    guint64 handle = wh_http_send(http, &request, test_outcome_keep, &outcome);
    wh_http_cancel(http, handle);
    g_assert_error(outcome.error, WH_HTTP_ERROR, WH_HTTP_ERROR_CANCELLED);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_cmpuint(outcome.calls, ==, 1);
}

static void test_connections_are_kept(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    for (guint i = 0; i < 3; i++) {
        g_auto(TestOutcome) outcome = {0};
        send_to(http, server, "/good", &outcome);
        test_outcome_wait(&outcome);
        g_assert_no_error(outcome.error);
    }
    g_assert_cmpuint(test_server_connections(server), ==, 1);

    g_autofree char *url = test_server_url(server, "/good");
    g_auto(WhHttpRequest) request = test_request(url);
    g_auto(TestOutcome) fresh = {0};
    request.fresh_connection = TRUE;
    test_exchange(http, &request, &fresh);
    g_assert_no_error(fresh.error);
    g_assert_cmpuint(test_server_connections(server), ==, 2);
}

static void test_forget_connections(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) before = {0};
    g_auto(TestOutcome) running = {0};
    g_auto(TestOutcome) after = {0};
    send_to(http, server, "/good", &before);
    test_outcome_wait(&before);
    /* A request under way goes on. */
    send_to(http, server, "/good", &running);
    wh_http_forget_connections(http);
    test_outcome_wait(&running);
    g_assert_no_error(running.error);
    g_assert_cmpuint(test_server_connections(server), ==, 1);
    send_to(http, server, "/good", &after);
    test_outcome_wait(&after);
    g_assert_no_error(after.error);
    g_assert_cmpuint(test_server_connections(server), ==, 2);
}

/* Moves the fake clock to whatever is due, but never as far as the idle time. */
static void wait_with(WhFakeClock *fake, TestOutcome *outcome)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (outcome->calls == 0) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        wh_fake_clock_advance(fake, WH_MILLISECOND);
        g_main_context_iteration(NULL, FALSE);
        g_thread_yield();
    }
}

static void test_idle_connections_are_closed(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhFakeClock) fake = wh_fake_clock_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_fake_clock_clock(fake), NULL, "Linux");
    g_auto(TestOutcome) first = {0};
    g_auto(TestOutcome) second = {0};
    send_to(http, server, "/good", &first);
    wait_with(fake, &first);
    g_assert_no_error(first.error);
    wh_fake_clock_advance(fake, WH_MINUTE);
    g_assert_cmpuint(wh_fake_clock_pending(fake), ==, 0);
    send_to(http, server, "/good", &second);
    wait_with(fake, &second);
    g_assert_no_error(second.error);
    g_assert_cmpuint(test_server_connections(server), ==, 2);
}

typedef struct {
    WhHttp *http;
    TestServer *server;
    TestOutcome *next;
    guint calls;
} Chain;

static void send_next(const WhHttpResponse *response, const GError *error, gpointer data)
{
    Chain *chain = data;
    chain->calls++;
    send_to(chain->http, chain->server, "/good", chain->next);
}

static void free_http(const WhHttpResponse *response, const GError *error, gpointer data)
{
    Chain *chain = data;
    chain->calls++;
    g_clear_pointer(&chain->http, wh_http_free);
}

static void test_done_may_do_anything(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_auto(TestOutcome) next = {0};
    Chain chain = {.server = server, .next = &next};
    chain.http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_autofree char *url = test_server_url(server, "/good");
    g_auto(WhHttpRequest) request = test_request(url);
    wh_http_send(chain.http, &request, send_next, &chain);
    test_outcome_wait(&next);
    g_assert_no_error(next.error);

    g_auto(TestOutcome) cancelled = {0};
    send_to(chain.http, server, "/silent", &cancelled);
    wh_http_send(chain.http, &request, free_http, &chain);
    test_outcome_wait(&cancelled);
    g_assert_error(cancelled.error, WH_HTTP_ERROR, WH_HTTP_ERROR_CANCELLED);
    g_assert_null(chain.http);
    g_assert_cmpuint(chain.calls, ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http/hanging-server-delays-nobody", test_hanging_server_delays_nobody);
    g_test_add_func("/http/cancelled-gives-way", test_cancelled_gives_way);
    g_test_add_func("/http/cancel-before-refusal", test_cancel_before_refusal);
    g_test_add_func("/http/connections-are-kept", test_connections_are_kept);
    g_test_add_func("/http/forget-connections", test_forget_connections);
    g_test_add_func("/http/idle-connections-are-closed", test_idle_connections_are_closed);
    g_test_add_func("/http/done-may-do-anything", test_done_may_do_anything);
    return g_test_run();
}
