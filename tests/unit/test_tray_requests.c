#include "app/tray/tray_requests.h"
#include "tests/unit/test_tray.h"

typedef struct {
    World world;
    WhTrayRequests *requests;
    guint failures;
} Stage;

static void failed(const char *message, gpointer data)
{
    Stage *stage = data;

    g_assert_cmpstr(message, !=, "");
    stage->failures++;
}

static void set_up(Stage *stage, gconstpointer data)
{
    g_autofree char *state = world_state(TRAY_SERVICE, "", "", "");

    world_set_up(&stage->world, state);
    stub_service_answer(stage->world.stub, "UpdateNow", "{}");
    stub_service_answer(stage->world.stub, "Pause", "{}");
    stage->requests = wh_tray_requests_new(stage->world.link, failed, stage);
}

static void tear_down(Stage *stage, gconstpointer data)
{
    g_clear_pointer(&stage->requests, wh_tray_requests_free);
    world_tear_down(&stage->world);
}

static void until_answered(Stage *stage)
{
    while (wh_tray_requests_is_busy(stage->requests))
        g_main_context_iteration(NULL, TRUE);
}

/* A thousand clicks are one question, and one of each kind. */
static void test_once_at_a_time(Stage *stage, gconstpointer data)
{
    g_assert_true(wh_tray_requests_ask(stage->requests, WH_TRAY_UPDATE_NOW));
    for (guint i = 0; i < 1000; i++)
        g_assert_false(wh_tray_requests_ask(stage->requests, WH_TRAY_UPDATE_NOW));
    g_assert_true(wh_tray_requests_ask(stage->requests, WH_TRAY_PAUSE));
    g_assert_false(wh_tray_requests_ask(stage->requests, WH_TRAY_PAUSE));
    until_answered(stage);
    g_assert_nonnull(stub_service_called(stage->world.stub, "UpdateNow"));
    g_assert_nonnull(stub_service_called(stage->world.stub, "Pause"));
    g_assert_cmpuint(stage->failures, ==, 0);
    g_assert_true(wh_tray_requests_ask(stage->requests, WH_TRAY_UPDATE_NOW));
    until_answered(stage);
}

static void test_failure(Stage *stage, gconstpointer data)
{
    stub_service_refuse(stage->world.stub, "Resume", "org.varlink.service.PermissionDenied", "{}");
    g_assert_true(wh_tray_requests_ask(stage->requests, WH_TRAY_RESUME));
    until_answered(stage);
    g_assert_cmpuint(stage->failures, ==, 1);
    g_assert_true(wh_tray_requests_ask(stage->requests, WH_TRAY_RESUME));
    until_answered(stage);
    g_assert_cmpuint(stage->failures, ==, 2);
}

static void test_freed_while_asking(Stage *stage, gconstpointer data)
{
    stub_service_refuse(stage->world.stub, "Resume", "org.varlink.service.PermissionDenied", "{}");
    g_assert_true(wh_tray_requests_ask(stage->requests, WH_TRAY_RESUME));
    g_clear_pointer(&stage->requests, wh_tray_requests_free);
    while (stub_service_called(stage->world.stub, "Resume") == NULL)
        g_main_context_iteration(NULL, TRUE);
    while (g_main_context_iteration(NULL, FALSE))
        continue;
    g_assert_cmpuint(stage->failures, ==, 0);
}

#define ADD(name, function) g_test_add(name, Stage, NULL, set_up, function, tear_down)

void tray_add_requests_tests(void)
{
    ADD("/tray/requests/once-at-a-time", test_once_at_a_time);
    ADD("/tray/requests/failure", test_failure);
    ADD("/tray/requests/freed-while-asking", test_freed_while_asking);
}
