#include "platform/fake/permission_fake.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

#define PAUSE "{\"method\":\"org.wayhome.Control.Pause\"}"
#define STATUS "{\"method\":\"org.wayhome.Control.Status\"}"
#define GET_INFO "{\"method\":\"org.varlink.service.GetInfo\"}"

static const WhPeer alice = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1000"};
static const WhPeer bob = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1001"};
static const WhPeer www_data = {.known = TRUE, .pid = 7, .started = 1, .principal = "uid:33"};

static World *owned_world(void)
{
    return world_new_for_all(alice.principal);
}

static gboolean is_answered_well(World *world, GIOStream *stream)
{
    g_autoptr(json_t) reply = world_receive(world, stream);
    g_assert_nonnull(reply);
    return json_object_get(reply, "error") == NULL;
}

/* Who looks is asked about once; who changes something, each time. */
static void test_how_often(void)
{
    g_autoptr(World) world = owned_world();
    wh_fake_permission_set_session(bob.principal, TRUE);
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
    for (guint i = 0; i < 3; i++)
        json_decref(world_call(world, stream, "Status", "{}"));
    json_decref(world_call(world, stream, "ListProviders", "{}"));
    g_assert_cmpuint(wh_fake_permission_questions(), ==, 1);
    for (guint i = 0; i < 3; i++)
        json_decref(world_call(world, stream, "UpdateNow", "{}"));
    g_assert_cmpuint(wh_fake_permission_questions(), ==, 4);
    g_assert_cmpuint(world->looks, ==, 3);

    wh_fake_permission_set_session(bob.principal, FALSE);
    json_decref(world_call(world, stream, "Status", "{}"));
    g_autoptr(GIOStream) later = world_connect_as(world, &bob);
    json_decref(world_refused(world, later, "Status", "{}", "PermissionDenied"));
    wh_fake_permission_set_session(bob.principal, TRUE);
    json_decref(world_call(world, later, "Status", "{}"));
}

/* The next call waits for the answer about the one before, and both are answered in order. */
static void test_order(void)
{
    static const char calls[] = PAUSE "\0" GET_INFO;
    g_autoptr(World) world = owned_world();
    wh_fake_permission_set_silent(TRUE);
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
    world_send_bytes(world, stream, calls, sizeof calls);
    world_settle(world);
    g_assert_cmpuint(wh_fake_permission_waiting(), ==, 1);
    g_assert_false(wh_keeper_is_paused(world->keeper));
    g_autoptr(GIOStream) other = world_connect_as(world, &alice);
    json_decref(world_call(world, other, "Status", "{}"));

    wh_fake_permission_set_silent(FALSE);
    g_assert_true(is_answered_well(world, stream));
    g_assert_true(wh_keeper_is_paused(world->keeper));
    g_autoptr(json_t) info = world_receive(world, stream);
    g_assert_nonnull(json_object_get(json_object_get(info, "parameters"), "vendor"));
}

/* Who goes takes the question along, and what was asked for does not happen. */
static void test_gone(void)
{
    g_autoptr(World) world = owned_world();
    wh_fake_permission_set_silent(TRUE);
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    GIOStream *stream = world_connect_as(world, &bob);
    world_send(world, stream, PAUSE);
    world_settle(world);
    g_assert_cmpuint(wh_fake_permission_waiting(), ==, 1);
    g_io_stream_close(stream, NULL, NULL);
    g_object_unref(stream);
    world_settle(world);
    g_assert_cmpuint(wh_fake_permission_waiting(), ==, 0);
    wh_fake_permission_set_silent(FALSE);
    world_settle(world);
    g_assert_false(wh_keeper_is_paused(world->keeper));
}

/* Who only stops sending is still there, and gets the answer. */
static void test_half_closed(void)
{
    g_autoptr(World) world = owned_world();
    wh_fake_permission_set_silent(TRUE);
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
    world_send(world, stream, PAUSE);
    GSocket *socket = g_socket_connection_get_socket(G_SOCKET_CONNECTION(stream));
    g_assert_true(g_socket_shutdown(socket, FALSE, TRUE, NULL));
    world_settle(world);
    g_assert_cmpuint(wh_fake_permission_waiting(), ==, 1);
    wh_fake_permission_set_silent(FALSE);
    g_assert_true(is_answered_well(world, stream));
    g_assert_null(world_receive(world, stream));
}

static void test_service_ends(void)
{
    g_autoptr(World) world = owned_world();
    wh_fake_permission_set_silent(TRUE);
    g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
    g_autoptr(GIOStream) looking = world_connect_as(world, &bob);
    world_send(world, stream, PAUSE);
    world_send(world, looking, STATUS);
    world_settle(world);
    g_assert_cmpuint(wh_fake_permission_waiting(), ==, 2);
    wh_control_free(g_steal_pointer(&world->control));
    g_assert_cmpuint(wh_fake_permission_waiting(), ==, 0);
    g_assert_null(world_receive(world, stream));
}

/* Only who may look is told what there is not. */
static void test_unknown_method(void)
{
    g_autoptr(World) world = owned_world();
    g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
    json_decref(world_refused(world, stream, "Explode", "{}", "PermissionDenied"));
    wh_fake_permission_set_session(bob.principal, TRUE);
    json_decref(world_refused(world, stream, "Explode", "{}", "MethodNotFound"));
    g_autoptr(GIOStream) owner = world_connect_as(world, &alice);
    json_decref(world_refused(world, owner, "Explode", "{}", "MethodNotFound"));
}

/* A call that wants no answer is let in, or not, all the same. */
static void test_oneway(void)
{
    static const char call[] = "{\"method\":\"org.wayhome.Control.Pause\",\"oneway\":true}";
    g_autoptr(World) world = owned_world();
    g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
    world_send(world, stream, call);
    world_send(world, stream, GET_INFO);
    g_assert_true(is_answered_well(world, stream));
    g_assert_false(wh_keeper_is_paused(world->keeper));
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    world_send(world, stream, call);
    world_send(world, stream, GET_INFO);
    g_assert_true(is_answered_well(world, stream));
    g_assert_true(wh_keeper_is_paused(world->keeper));
}

static GLogWriterOutput collect(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                gpointer data)
{
    for (gsize i = 0; level == G_LOG_LEVEL_MESSAGE && i < n_fields; i++)
        if (strcmp(fields[i].key, "MESSAGE") == 0)
            g_ptr_array_add(data, g_strdup(fields[i].value));
    return G_LOG_WRITER_HANDLED;
}

/* The call is refused; `lines` lines are in the log by then, and the last one names both. */
static void refuse(World *world, const WhPeer *peer, const char *method, GPtrArray *log,
                   guint lines, const char *named)
{
    g_autoptr(GIOStream) stream = world_connect_as(world, peer);
    json_decref(world_refused(world, stream, method, "{}", "PermissionDenied"));
    g_assert_cmpuint(log->len, ==, lines);
    const char *last = log->pdata[lines - 1];
    g_assert_nonnull(strstr(last, named));
    g_assert_null(strstr(last, "Explode"));
}

/* Run in a process of its own: a log writer is set once. */
static void test_log(void)
{
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
        g_test_trap_assert_passed();
        return;
    }
    g_autoptr(GPtrArray) log = g_ptr_array_new_with_free_func(g_free);
    g_log_set_writer_func(collect, log, NULL);
    g_autoptr(World) world = owned_world();
    refuse(world, &bob, "Pause", log, 1,
           "uid:1001 (process 7) may not call " WH_CONTROL_METHOD("Pause"));
    refuse(world, &bob, "Resume", log, 1, "Pause");
    refuse(world, &www_data, "Status", log, 2, "uid:33");
    wh_fake_clock_advance(world->clock, WH_MINUTE);
    refuse(world, &bob, "Explode", log, 3, "uid:1001");

    /* A question for a password refuses nothing. */
    wh_fake_clock_advance(world->clock, WH_MINUTE);
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_CHALLENGE);
    g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
    json_decref(world_refused(world, stream, "Pause", "{}", "InteractionNeeded"));
    g_assert_cmpuint(log->len, ==, 3);
}

/* However many there are, the log and the memory stay small. */
static void test_log_of_many(void)
{
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
        g_test_trap_assert_passed();
        return;
    }
    g_autoptr(GPtrArray) log = g_ptr_array_new_with_free_func(g_free);
    g_log_set_writer_func(collect, log, NULL);
    g_autoptr(World) world = owned_world();
    for (guint i = 0; i < 100; i++) {
        WhPeer peer = www_data;
        g_snprintf(peer.principal, sizeof peer.principal, "uid:%u", 100 + i);
        g_autoptr(GIOStream) stream = world_connect_as(world, &peer);
        json_decref(world_refused(world, stream, "Status", "{}", "PermissionDenied"));
    }
    g_assert_cmpuint(log->len, ==, 64);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control-admission/how-often", test_how_often);
    g_test_add_func("/control-admission/order", test_order);
    g_test_add_func("/control-admission/gone", test_gone);
    g_test_add_func("/control-admission/half-closed", test_half_closed);
    g_test_add_func("/control-admission/service-ends", test_service_ends);
    g_test_add_func("/control-admission/unknown-method", test_unknown_method);
    g_test_add_func("/control-admission/oneway", test_oneway);
    g_test_add_func("/control-admission/log", test_log);
    g_test_add_func("/control-admission/log-of-many", test_log_of_many);
    return g_test_run();
}
