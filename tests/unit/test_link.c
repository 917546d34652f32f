#include "app/client/link.h"

#include "platform/socket_watch.h"
#include "service/protocol/names.h"
#include "tests/support/system.h"
#include "tests/unit/test_stub_service.h"

#include <glib/gstdio.h>
#include <string.h>

#define STATE                                                                                      \
    "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"user\",\"started\":1,\"paused\":"      \
    "false,\"instant\":true,\"notices\":[],\"notice_details\":[]" STUB_SECRETS                     \
    "},\"verdicts\":[],\"accounts\":[]"                                                            \
    ",\"hosts\":[]}}"

/* seen: what came, in words. folder/run holds the socket and does not exist at first. */
typedef struct {
    char *folder;
    char *socket;
    StubService *stub;
    WhLink *link;
    GString *seen;
} Fixture;

static void state_changed(WhLink *link, gpointer data)
{
    static const char *const words[] = {"connecting", "up", "away", "unsafe", "denied", "strange"};
    g_string_append_printf(data, "%s;", words[wh_link_state(link)]);
}

static void message_came(WhLink *link, gpointer parameters, gboolean whole, gpointer data)
{
    g_assert_true(json_is_object((json_t *)parameters));
    g_assert_cmpint(wh_link_state(link), ==, WH_LINK_UP);
    g_string_append(data, whole ? "whole;" : "change;");
}

static void set_up(Fixture *fixture, gconstpointer data)
{
    fixture->folder = g_dir_make_tmp("wh-link-XXXXXX", NULL);
    fixture->socket = wh_test_door(fixture->folder, "run/control");
    fixture->seen = g_string_new(NULL);
    fixture->link = wh_link_new(fixture->socket);
    g_signal_connect(fixture->link, "state-changed", G_CALLBACK(state_changed), fixture->seen);
    g_signal_connect(fixture->link, "message", G_CALLBACK(message_came), fixture->seen);
}

static void settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

static void remove_run(Fixture *fixture)
{
    g_autofree char *run = g_path_get_dirname(fixture->socket);
    g_unlink(fixture->socket);
    g_rmdir(run);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    g_assert_finalize_object(g_steal_pointer(&fixture->link));
    g_clear_pointer(&fixture->stub, stub_service_free);
    settle();
    remove_run(fixture);
    g_rmdir(fixture->folder);
    g_string_free(fixture->seen, TRUE);
    g_free(fixture->socket);
    g_free(fixture->folder);
}

static gboolean too_late(gpointer data)
{
    g_error("What the test waits for does not come, but: %s", ((GString *)data)->str);
    return G_SOURCE_REMOVE;
}

static void wait_for(Fixture *fixture, const char *text)
{
    guint deadline = g_timeout_add_seconds(60, too_late, fixture->seen);
    while (strstr(fixture->seen->str, text) == NULL)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
}

static void serve(Fixture *fixture)
{
    fixture->stub = stub_service_new(fixture->socket);
    stub_service_answer(fixture->stub, "Watch", STATE);
}

/* Whether the main context waits for events alone, and not for a time. */
static gboolean has_no_timers(void)
{
    int priority, timeout;
    GPollFD fds[32];
    GMainContext *context = g_main_context_default();
    settle();
    g_assert_true(g_main_context_acquire(context));
    g_main_context_prepare(context, &priority);
    g_main_context_query(context, G_MAXINT, &timeout, fds, G_N_ELEMENTS(fds));
    g_main_context_release(context);
    return timeout == -1;
}

static void test_up(Fixture *fixture, gconstpointer data)
{
    serve(fixture);
    g_assert_cmpint(wh_link_state(fixture->link), ==, WH_LINK_CONNECTING);
    wh_link_start(fixture->link);
    wh_link_start(fixture->link);
    wait_for(fixture, "up;");
    stub_service_send(fixture->stub, "{\"continues\":true,\"parameters\":{\"events\":[]}}");
    wait_for(fixture, "change;");
    g_assert_cmpstr(fixture->seen->str, ==, "whole;up;change;");
    g_assert_cmpstr(wh_link_address(fixture->link), ==, fixture->socket);
    g_assert_null(wh_link_error(fixture->link));
    g_assert_true(has_no_timers());
}

static void test_appears(Fixture *fixture, gconstpointer data)
{
    wh_link_start(fixture->link);
    g_assert_cmpstr(fixture->seen->str, ==, "away;");
    g_assert_error(wh_link_error(fixture->link), WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY);
    g_assert_null(wh_link_address(fixture->link));
    g_assert_false(has_no_timers());
    serve(fixture);
    wait_for(fixture, "up;");
    g_assert_cmpstr(fixture->seen->str, ==, "away;whole;up;");
    g_assert_true(has_no_timers());
}

/* Where the folder is watched, looking for the service ends; it is found all the same. */
static void test_rests(Fixture *fixture, gconstpointer data)
{
    wh_link_set_pauses_ms(fixture->link, 1, 2);
    wh_link_start(fixture->link);
    wait_for(fixture, "away;");
    while (!has_no_timers())
        g_main_context_iteration(NULL, TRUE);
    serve(fixture);
    wait_for(fixture, "up;");
}

static void test_restarts(Fixture *fixture, gconstpointer data)
{
    serve(fixture);
    wh_link_start(fixture->link);
    wait_for(fixture, "up;");
    stub_service_free(fixture->stub);
    fixture->stub = NULL;
    remove_run(fixture);
    wait_for(fixture, "away;");
    g_assert_error(wh_link_error(fixture->link), WH_CLIENT_ERROR, WH_CLIENT_ERROR_LOST);
    serve(fixture);
    wait_for(fixture, "away;whole;up;");
}

/* The service goes on and only this connection ends, as with a client that was too slow. */
static void test_hangs_up(Fixture *fixture, gconstpointer data)
{
    serve(fixture);
    wh_link_start(fixture->link);
    wait_for(fixture, "up;");
    stub_service_hang_up(fixture->stub);
    wait_for(fixture, "whole;up;away;whole;up;");
}

static void test_denied(Fixture *fixture, gconstpointer data)
{
    serve(fixture);
    stub_service_refuse(fixture->stub, "Watch", WH_VARLINK_ERROR("PermissionDenied"), "{}");
    wh_link_start(fixture->link);
    wait_for(fixture, "denied;");
    g_assert_true(g_str_has_prefix(wh_link_error(fixture->link)->message, "You may not"));
    stub_service_answer(fixture->stub, "Watch", STATE);
    wh_link_retry(fixture->link);
    wait_for(fixture, "denied;whole;up;");
}

static void test_strange(Fixture *fixture, gconstpointer data)
{
    serve(fixture);
    stub_service_refuse(fixture->stub, "Watch", WH_VARLINK_ERROR("MethodNotFound"), "{}");
    wh_link_start(fixture->link);
    wait_for(fixture, "strange;");
    g_assert_nonnull(wh_link_error(fixture->link));
    stub_service_answer(fixture->stub, "Watch", STATE);
    wait_for(fixture, "strange;whole;up;");
}

/* The first answer holds no state. */
static void test_stateless(Fixture *fixture, gconstpointer data)
{
    serve(fixture);
    stub_service_answer(fixture->stub, "Watch", "{\"hosts\":[]}");
    wh_link_start(fixture->link);
    wait_for(fixture, "strange;");
    g_assert_error(wh_link_error(fixture->link), WH_CLIENT_ERROR, WH_CLIENT_ERROR_PROTOCOL);
}

static void test_nonsense(Fixture *fixture, gconstpointer data)
{
    serve(fixture);
    wh_link_start(fixture->link);
    wait_for(fixture, "up;");
    stub_service_send(fixture->stub, "{\"continues\":true,\"parameters\":[[[");
    wait_for(fixture, "up;strange;");
    g_assert_error(wh_link_error(fixture->link), WH_CLIENT_ERROR, WH_CLIENT_ERROR_PROTOCOL);
    wait_for(fixture, "strange;whole;up;");
}

static void drop_link(WhLink *link, gpointer data)
{
    WhLink **held = data;
    g_clear_object(held);
}

/* Who hears of the end of the link may let it go. */
static void test_dropped_inside(Fixture *fixture, gconstpointer data)
{
    serve(fixture);
    WhLink *other = wh_link_new(fixture->socket);
    g_signal_connect(other, "state-changed", G_CALLBACK(drop_link), &other);
    wh_link_start(other);
    guint deadline = g_timeout_add_seconds(60, too_late, fixture->seen);
    while (other != NULL)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
}

typedef struct {
    const char *socket;
    gboolean seen;
} Sight;

static void looked(gpointer data)
{
    Sight *sight = data;
    sight->seen = g_file_test(sight->socket, G_FILE_TEST_EXISTS);
}

static void wait_for_sight(Fixture *fixture, Sight *sight)
{
    guint deadline = g_timeout_add_seconds(60, too_late, fixture->seen);
    while (!sight->seen)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    sight->seen = FALSE;
}

/* No timer takes part: what is seen came from the system. */
static void test_socket_watch(Fixture *fixture, gconstpointer data)
{
    Sight sight = {.socket = fixture->socket};
    const char *const addresses[] = {fixture->socket, NULL};
    WhSocketWatch *watch = wh_socket_watch_new(addresses, looked, &sight);
    g_assert_true(has_no_timers());
    serve(fixture);
    wait_for_sight(fixture, &sight);
    g_clear_pointer(&fixture->stub, stub_service_free);
    remove_run(fixture);
    settle();
    serve(fixture);
    wait_for_sight(fixture, &sight);
    wh_socket_watch_free(watch);
}

static void add(const char *name, void (*test)(Fixture *fixture, gconstpointer data))
{
    g_autofree char *path = g_strconcat("/link/", name, NULL);
    g_test_add(path, Fixture, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("up", test_up);
    add("appears", test_appears);
    add("rests", test_rests);
    add("restarts", test_restarts);
    add("hangs-up", test_hangs_up);
    add("denied", test_denied);
    add("strange", test_strange);
    add("stateless", test_stateless);
    add("nonsense", test_nonsense);
    add("dropped-inside", test_dropped_inside);
    add("socket-watch", test_socket_watch);
    return g_test_run();
}
