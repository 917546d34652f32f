#include "app/client/client.h"
#include "platform/fake/fake.h"
#include "platform/paths.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"
#include "tests/unit/test_stub_service.h"

#include <string.h>

#define PROVIDERS "{\"providers\":[]}"

/* What a reply said, in one line, for each reply. */
static void record(json_t *parameters, gboolean continues, const char *error_name,
                   const GError *error, gpointer data)
{
    GString *seen = data;
    if (error_name != NULL)
        g_string_append_printf(seen, "refused %s;", strrchr(error_name, '.') + 1);
    else if (error != NULL)
        g_string_append_printf(seen, "error %d;", error->code);
    else
        g_string_append_printf(seen, "%s %" G_GSIZE_FORMAT ";", continues ? "more" : "last",
                               json_object_size(parameters));
}

static gboolean too_late(gpointer data)
{
    g_error("What the test waits for does not come");
    return G_SOURCE_REMOVE;
}

static void wait_for(GString *seen, const char *text)
{
    guint deadline = g_timeout_add_seconds(30, too_late, NULL);
    while (strstr(seen->str, text) == NULL)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
}

static void settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

static void test_away(void)
{
    g_autoptr(GError) error = NULL;
    wh_fake_reset();
    g_assert_null(wh_client_new("/nowhere", &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY);
    g_clear_error(&error);
    g_assert_null(wh_client_new(NULL, &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY);
}

static void test_unsafe(void)
{
    wh_fake_reset();
    G_GNUC_UNUSED g_autoptr(StubService) stub = stub_service_new("/here");
    wh_fake_local_socket_set_trusted(FALSE);
    g_autoptr(GError) error = NULL;
    g_assert_null(wh_client_new("/here", &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_UNSAFE);
}

static void test_search(void)
{
    wh_fake_reset();
    g_autofree char *user = wh_paths_control_address(WH_PATHS_USER);
    g_autofree char *system = wh_paths_control_address(WH_PATHS_SYSTEM);
    G_GNUC_UNUSED g_autoptr(StubService) own = stub_service_new(user);
    g_autoptr(WhClient) first = wh_client_new(NULL, NULL);
    g_assert_cmpstr(wh_client_address(first), ==, user);
    G_GNUC_UNUSED g_autoptr(StubService) whole = stub_service_new(system);
    g_autoptr(WhClient) second = wh_client_new(NULL, NULL);
    g_assert_cmpstr(wh_client_address(second), ==, system);
    settle();
}

/* Only in the place of the computer's service, and only where there is an own one. */
static void test_instead(void)
{
    wh_fake_reset();
    g_autofree char *user = wh_paths_control_address(WH_PATHS_USER);
    g_autofree char *system = wh_paths_control_address(WH_PATHS_SYSTEM);
    G_GNUC_UNUSED g_autoptr(StubService) whole = stub_service_new(system);
    g_autoptr(WhClient) refused = wh_client_new(NULL, NULL);
    g_assert_null(wh_client_new_instead(refused));
    G_GNUC_UNUSED g_autoptr(StubService) own = stub_service_new(user);
    g_autoptr(WhClient) instead = wh_client_new_instead(refused);
    g_assert_cmpstr(wh_client_address(instead), ==, user);
    g_assert_null(wh_client_new_instead(instead));
    settle();
}

static void test_sync(void)
{
    wh_fake_reset();
    g_autoptr(StubService) stub = stub_service_new("/here");
    stub_service_answer(stub, "ListProviders", PROVIDERS);
    stub_service_refuse(stub, "Pause", WH_CONTROL_ERROR("NotFound"),
                        "{\"what\":\"host\",\"id\":\"x\"}");
    g_autoptr(WhClient) client = wh_client_new("/here", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) answer =
        wh_client_call_sync(client, "ListProviders", NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(json_is_array(json_object_get(answer, "providers")));

    g_autofree char *error_name = NULL;
    g_autoptr(json_t) error_parameters = NULL;
    g_autoptr(json_t) parameters = json_pack("{s:s}", "host", "x");
    g_assert_null(
        wh_client_call_sync(client, "Pause", parameters, &error_name, &error_parameters, &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_REFUSED);
    g_assert_cmpstr(error_name, ==, WH_CONTROL_ERROR("NotFound"));
    g_assert_cmpstr(json_string_value(json_object_get(error_parameters, "id")), ==, "x");
    g_assert_true(json_equal(stub_service_called(stub, "Pause"), parameters));
}

static void test_order(void)
{
    wh_fake_reset();
    g_autoptr(StubService) stub = stub_service_new("/here");
    stub_service_answer(stub, "ListProviders", PROVIDERS);
    stub_service_answer(stub, "RemoveHost", "{}");
    g_autoptr(WhClient) client = wh_client_new("/here", NULL);
    g_autoptr(GString) seen = g_string_new(NULL);
    wh_client_call(client, "RemoveHost", NULL, FALSE, record, seen);
    wh_client_call(client, "ListProviders", NULL, FALSE, record, seen);
    wh_client_call(client, "Explode", NULL, FALSE, record, seen);
    wait_for(seen, "refused");
    g_assert_cmpstr(seen->str, ==, "last 0;last 1;refused MethodNotFound;");
}

static void test_stream(void)
{
    wh_fake_reset();
    g_autoptr(StubService) stub = stub_service_new("/here");
    stub_service_answer(stub, "Watch", "{}");
    WhClient *client = wh_client_new("/here", NULL);
    g_autoptr(GString) seen = g_string_new(NULL);
    wh_client_call(client, "Watch", NULL, TRUE, record, seen);
    wait_for(seen, "more 0;");
    stub_service_send(stub, "{\"parameters\":{\"hosts\":[]},\"continues\":true}");
    wait_for(seen, "more 1;");
    stub_service_hang_up(stub);
    wait_for(seen, "error");
    g_autofree char *lost = g_strdup_printf("more 0;more 1;error %d;", WH_CLIENT_ERROR_LOST);
    g_assert_cmpstr(seen->str, ==, lost);

    /* What is asked afterwards is told so as well, but not while asking. */
    g_string_truncate(seen, 0);
    wh_client_call(client, "Status", NULL, FALSE, record, seen);
    g_assert_cmpstr(seen->str, ==, "");
    wait_for(seen, "error");
    wh_client_free(client);
    settle();
}

static void test_freed_while_waiting(void)
{
    wh_fake_reset();
    g_autoptr(StubService) stub = stub_service_new("/here");
    stub_service_answer(stub, "ListProviders", PROVIDERS);
    WhClient *client = wh_client_new("/here", NULL);
    g_autoptr(GString) seen = g_string_new(NULL);
    wh_client_call(client, "ListProviders", NULL, FALSE, record, seen);
    wh_client_free(client);
    settle();
    g_assert_cmpstr(seen->str, ==, "");
}

static void expect_protocol_error(const char *garbage)
{
    wh_fake_reset();
    g_autoptr(StubService) stub = stub_service_new("/here");
    stub_service_answer(stub, "Watch", "{}");
    g_autoptr(WhClient) client = wh_client_new("/here", NULL);
    g_autoptr(GString) seen = g_string_new(NULL);
    wh_client_call(client, "Watch", NULL, TRUE, record, seen);
    wait_for(seen, "more");
    stub_service_send(stub, garbage);
    wait_for(seen, "error");
    g_autofree char *expected = g_strdup_printf("more 0;error %d;", WH_CLIENT_ERROR_PROTOCOL);
    g_assert_cmpstr(seen->str, ==, expected);
}

static void test_garbage(void)
{
    expect_protocol_error("garbage");
    expect_protocol_error("[]");
    expect_protocol_error("{\"error\":1}");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/client/away", test_away);
    g_test_add_func("/client/unsafe", test_unsafe);
    g_test_add_func("/client/search", test_search);
    g_test_add_func("/client/instead", test_instead);
    g_test_add_func("/client/sync", test_sync);
    g_test_add_func("/client/order", test_order);
    g_test_add_func("/client/stream", test_stream);
    g_test_add_func("/client/freed-while-waiting", test_freed_while_waiting);
    g_test_add_func("/client/garbage", test_garbage);
    return g_test_run();
}
