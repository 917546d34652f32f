/* The whole way from an update to a real socket and back. */
#include "tests/unit/test_http_server.h"
#include "tests/unit/test_providers_world.h"

#include <string.h>

static void ask(TestWorld *world, TestServer *server, const char *path, WhResultClass result,
                const char *part)
{
    g_autofree char *url = test_server_url(server, path);
    test_world_account(world, "dyndns2");
    test_world_field(world, "url", url);
    test_world_field(world, "user", "me");
    test_world_secret(world, "password", "geheim");
    test_world_host(world, "a.example", "192.0.2.1", NULL);
    test_world_send(world);
    test_world_wait(world);
    test_world_expect(world, 0, result, part);
}

static void test_answers(TestWorld *world, gconstpointer data)
{
    g_autoptr(TestServer) server = test_server_new();
    ask(world, server, "/good", WH_RESULT_CHANGED, "good 192.0.2.1");
    g_assert_cmpint(world->sent, !=, 0);
    g_assert_cmpint(world->answered, >=, world->sent);
    g_autofree char *request = test_server_last_request(server);
    g_assert_nonnull(strstr(request, "GET /good?hostname=a.example&myip=192.0.2.1 HTTP/1.1"));
    g_assert_nonnull(strstr(request, "Authorization: Basic bWU6Z2VoZWlt"));
    g_assert_nonnull(strstr(request, "User-Agent: "));
    ask(world, server, "/empty", WH_RESULT_FAIL, "empty");
    ask(world, server, "/big", WH_RESULT_FAIL, "xxx");
    ask(world, server, "/redirect", WH_RESULT_FAIL, "sends us on");
    ask(world, server, "/garbage", WH_RESULT_NO_ANSWER, NULL);
    ask(world, server, "/reset", WH_RESULT_NO_ANSWER, NULL);
    ask(world, server, "/retry-seconds", WH_RESULT_RATE, "HTTP 429");
    g_assert_cmpint(((WhOutcome *)world->outcomes->pdata[0])->retry_after, ==, 120 * WH_SECOND);
}

/* A server that says nothing is given up when asked to. */
static void test_cancel(TestWorld *world, gconstpointer data)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autofree char *url = test_server_url(server, "/silent");
    test_world_field(world, "url", url);
    test_world_field(world, "user", "me");
    test_world_secret(world, "password", "geheim");
    test_world_host(world, "a.example", "192.0.2.1", "2001:db8::1");
    guint64 handle = test_world_send(world);
    gint64 deadline = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    while (test_server_requests(server) < 2) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_main_context_iteration(NULL, FALSE);
    }
    wh_providers_cancel(world->providers, handle);
    g_assert_cmpuint(world->calls, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/providers-http/answers", TestWorld, "real clock", test_world_set_up, test_answers,
               test_world_tear_down);
    g_test_add("/providers-http/cancel", TestWorld, "real clock", test_world_set_up, test_cancel,
               test_world_tear_down);
    return g_test_run();
}
