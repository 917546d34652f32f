/* What users of this computer try who have no right to it. */
#include "platform/fake/permission_fake.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"
#include "tests/support/system.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

#define CLAIM "{\"method\":\"org.wayhome.Control.Claim\"}"
#define PAUSE "{\"method\":\"org.wayhome.Control.Pause\",\"parameters\":{\"interactive\":true}}"

static const WhPeer root = {
    .known = TRUE, .is_root = TRUE, .pid = 7, .started = 1, .principal = "uid:0"};
static const WhPeer bob = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1001"};
static const WhPeer carol = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1002"};

static World *owned_world(void)
{
    return world_new_for_all("uid:1000");
}

/* Says whose error, or NULL, the next answer is. */
static char *error_of_next(World *world, GIOStream *stream)
{
    g_autoptr(json_t) reply = world_receive(world, stream);
    g_assert_nonnull(reply);
    return g_strdup(json_string_value(json_object_get(reply, "error")));
}

/* That there is an owner lets a session be enough to be told so. The owner goes while the session
 * is looked for: it does not become enough to be the next one. */
static void test_claim_in_a_gap(void)
{
    g_autoptr(World) world = owned_world();
    wh_fake_permission_set_session(bob.principal, TRUE);
    wh_fake_permission_set_silent(TRUE);
    g_autoptr(GIOStream) his = world_connect_as(world, &bob);
    g_autoptr(GIOStream) admin = world_connect_as(world, &root);
    world_send(world, his, CLAIM);
    world_settle(world);
    g_assert_cmpuint(wh_fake_permission_waiting(), ==, 1);
    json_decref(world_call(world, admin, "SetOwner", "{\"user\":null}"));
    wh_fake_permission_set_silent(FALSE);
    g_autofree char *error = error_of_next(world, his);
    g_assert_cmpstr(error, ==, WH_VARLINK_ERROR("PermissionDenied"));
    g_assert_null(world->owner);
    g_assert_cmpuint(wh_fake_permission_questions(), ==, 2);
}

/* A call with as many values as one may have, most of them in a member that nobody knows. */
static char *heavy_call(const char *method, const char *more)
{
    GString *call = g_string_new(NULL);
    g_string_append_printf(call,
                           "{\"method\":\"org.wayhome.Control.%s\",\"more\":%s,\"parameters\":{"
                           "\"interactive\":true,\"host\":\"host-1\",\"unknown\":[{}",
                           method, more);
    for (guint i = 0; i < WH_MESSAGE_MAX_VALUES / 2 - 8; i++)
        g_string_append(call, ",{}");
    g_string_append(call, "]}}");
    return g_string_free(call, FALSE);
}

/* What would take a hundred times the memory of its bytes is not even taken apart. */
static void test_too_many_values(void)
{
    g_autoptr(World) world = owned_world();
    g_autoptr(GString) call = g_string_new("{\"method\":\"org.varlink.service.GetInfo\","
                                           "\"unknown\":[\",\\\",\"");
    while (call->len < WH_MESSAGE_MAX_BYTES - 16)
        g_string_append(call, ",{}");
    g_string_append(call, "]}");
    g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
    world_send(world, stream, call->str);
    g_assert_null(world_receive(world, stream));
    g_autofree char *most = heavy_call("Status", "false");
    g_autoptr(GIOStream) other = world_connect_as(world, &root);
    world_send(world, other, most);
    g_autofree char *error = error_of_next(world, other);
    g_assert_null(error);
}

/* Who waits to be let in, for as long as they like, holds no more memory than they sent. */
static void test_memory_of_those_who_wait(void)
{
    g_autoptr(World) world = owned_world();
    g_autofree char *call = heavy_call("Pause", "false");
    g_autoptr(GPtrArray) streams = g_ptr_array_new_with_free_func(g_object_unref);
    wh_fake_permission_set_silent(TRUE);
    gsize before = wh_test_memory_in_use();
    for (guint i = 0; i < 8; i++) {
        g_ptr_array_add(streams, world_connect_as(world, &bob));
        world_send(world, streams->pdata[i], call);
        world_settle(world);
    }
    g_assert_cmpuint(wh_fake_permission_waiting(), ==, 8);
    g_assert_cmpuint(wh_test_memory_in_use(), <, before + 8 * WH_MESSAGE_MAX_BYTES);

    /* What was asked for is still known. */
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    wh_fake_permission_set_silent(FALSE);
    g_autofree char *error = error_of_next(world, streams->pdata[0]);
    g_assert_cmpstr(error, ==, WH_CONTROL_ERROR("NotFound"));
}

/* Neither does who watches for as long as they like. */
static void test_memory_of_watchers(void)
{
    g_autoptr(World) world = owned_world();
    wh_fake_permission_set_session(bob.principal, TRUE);
    g_autofree char *call = heavy_call("Watch", "true");
    g_autoptr(GPtrArray) streams = g_ptr_array_new_with_free_func(g_object_unref);
    gsize before = wh_test_memory_in_use();
    for (guint i = 0; i < 8; i++) {
        g_ptr_array_add(streams, world_connect_as(world, &bob));
        world_send(world, streams->pdata[i], call);
        g_autofree char *error = error_of_next(world, streams->pdata[i]);
        g_assert_null(error);
    }
    g_assert_cmpuint(wh_test_memory_in_use(), <, before + 8 * WH_MESSAGE_MAX_BYTES);
}

static void expect_dialogs(World *world, GIOStream *stream, guint dialogs, const char *error)
{
    world_send(world, stream, PAUSE);
    g_autofree char *got = error_of_next(world, stream);
    g_assert_cmpstr(got, ==, error);
    g_assert_cmpuint(wh_fake_permission_dialogs(), ==, dialogs);
}

/* One dialog at a time for each user, however many connections they have. */
static void test_dialogs_at_once(void)
{
    g_autoptr(World) world = owned_world();
    g_autoptr(GPtrArray) streams = g_ptr_array_new_with_free_func(g_object_unref);
    wh_fake_permission_set_silent(TRUE);
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_CHALLENGE);
    wh_fake_permission_set_password(WH_PERMISSION_YES);
    for (guint i = 0; i < 16; i++) {
        g_ptr_array_add(streams, world_connect_as(world, &bob));
        world_send(world, streams->pdata[i], PAUSE);
        world_settle(world);
    }
    g_assert_cmpuint(wh_fake_permission_waiting(), ==, 16);
    g_assert_cmpuint(wh_fake_permission_dialogs(), ==, 1);
    g_autoptr(GIOStream) hers = world_connect_as(world, &carol);
    world_send(world, hers, PAUSE);
    world_settle(world);
    g_assert_cmpuint(wh_fake_permission_dialogs(), ==, 2);

    wh_fake_permission_set_silent(FALSE);
    g_autofree char *first = error_of_next(world, streams->pdata[0]);
    g_assert_null(first);
    g_autofree char *second = error_of_next(world, streams->pdata[1]);
    g_assert_cmpstr(second, ==, WH_CONTROL_ERROR("InteractionNeeded"));
    g_autofree char *her_own = error_of_next(world, hers);
    g_assert_null(her_own);
}

/* Three that came to nothing, then none for a minute; a password that was given begins anew. */
static void test_dialogs_one_after_the_other(void)
{
    g_autoptr(World) world = owned_world();
    g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_CHALLENGE);
    wh_fake_permission_set_password(WH_PERMISSION_NO);
    expect_dialogs(world, stream, 1, WH_VARLINK_ERROR("PermissionDenied"));
    expect_dialogs(world, stream, 2, WH_VARLINK_ERROR("PermissionDenied"));
    wh_fake_permission_set_password(WH_PERMISSION_YES);
    expect_dialogs(world, stream, 3, NULL);
    wh_fake_permission_set_password(WH_PERMISSION_NO);
    for (guint i = 0; i < 3; i++)
        expect_dialogs(world, stream, 4 + i, WH_VARLINK_ERROR("PermissionDenied"));
    for (guint i = 0; i < 3; i++)
        expect_dialogs(world, stream, 6, WH_CONTROL_ERROR("InteractionNeeded"));
    wh_fake_clock_advance(world->clock, WH_MINUTE);
    expect_dialogs(world, stream, 7, WH_VARLINK_ERROR("PermissionDenied"));
}

/* Dialogs that appear and go with the connections that wanted them. */
static void test_dialogs_that_flash(void)
{
    g_autoptr(World) world = owned_world();
    wh_fake_permission_set_silent(TRUE);
    for (guint i = 0; i < 20; i++) {
        g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
        world_send(world, stream, PAUSE);
        world_settle(world);
        g_assert_cmpuint(wh_fake_permission_waiting(), ==, 1);
        g_io_stream_close(stream, NULL, NULL);
        world_settle(world);
        g_assert_cmpuint(wh_fake_permission_waiting(), ==, 0);
    }
    g_assert_cmpuint(wh_fake_permission_dialogs(), ==, 3);
    wh_fake_clock_advance(world->clock, WH_MINUTE);
    g_autoptr(GIOStream) stream = world_connect_as(world, &bob);
    world_send(world, stream, PAUSE);
    world_settle(world);
    g_assert_cmpuint(wh_fake_permission_dialogs(), ==, 4);
}

static void test_dialogs_of_many(void)
{
    g_autoptr(World) world = owned_world();
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_CHALLENGE);
    for (guint i = 0; i < 100; i++) {
        WhPeer peer = bob;
        g_snprintf(peer.principal, sizeof peer.principal, "uid:%u", 100000 + i);
        g_autoptr(GIOStream) stream = world_connect_as(world, &peer);
        expect_dialogs(world, stream, MIN(i + 1, 64), WH_CONTROL_ERROR("InteractionNeeded"));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control-attacks/claim-in-a-gap", test_claim_in_a_gap);
    g_test_add_func("/control-attacks/memory-of-those-who-wait", test_memory_of_those_who_wait);
    g_test_add_func("/control-attacks/memory-of-watchers", test_memory_of_watchers);
    g_test_add_func("/control-attacks/too-many-values", test_too_many_values);
    g_test_add_func("/control-attacks/dialogs-at-once", test_dialogs_at_once);
    g_test_add_func("/control-attacks/dialogs-one-after-the-other",
                    test_dialogs_one_after_the_other);
    g_test_add_func("/control-attacks/dialogs-that-flash", test_dialogs_that_flash);
    g_test_add_func("/control-attacks/dialogs-of-many", test_dialogs_of_many);
    return g_test_run();
}
