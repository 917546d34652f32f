#include "platform/fake/permission_fake.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

#define WATCH "{\"method\":\"org.wayhome.Control.Watch\",\"more\":true}"

static const WhPeer root = {
    .known = TRUE, .is_root = TRUE, .pid = 7, .started = 1, .principal = "uid:0"};
static const WhPeer alice = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1000"};
static const WhPeer bob = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1001"};

static const char *text(json_t *object, const char *member)
{
    return json_string_value(json_object_get(object, member));
}

static void expect_service(World *world, GIOStream *stream, const char *owner, const char *caller)
{
    g_autoptr(json_t) answer = world_call(world, stream, "Status", "{}");
    json_t *service = json_object_get(json_object_get(answer, "state"), "service");
    g_assert_cmpstr(text(service, "owner"), ==, owner);
    g_assert_cmpstr(text(service, "caller"), ==, caller);
}

/* Alice and Bob sit at the computer. */
static World *signed_in_world(const char *owner)
{
    World *world = world_new_for_all(owner);
    wh_fake_permission_set_session(alice.principal, TRUE);
    wh_fake_permission_set_session(bob.principal, TRUE);
    wh_fake_permission_set_answer(WH_PERMISSION_CLAIM, WH_PERMISSION_YES);
    return world;
}

static void test_claim(void)
{
    g_autoptr(World) world = signed_in_world(NULL);
    g_autoptr(GIOStream) her = world_connect_as(world, &alice);
    g_autoptr(GIOStream) his = world_connect_as(world, &bob);
    expect_service(world, her, NULL, "observe");
    json_decref(world_call(world, her, "Claim", "{}"));
    expect_service(world, her, WORLD_OWNER_NAME, "owner");
    expect_service(world, his, WORLD_OWNER_NAME, "observe");
    json_decref(world_call(world, her, "Pause", "{}"));

    g_autoptr(json_t) owned = world_refused(world, his, "Claim", "{}", "Owned");
    g_assert_cmpstr(text(owned, "owner"), ==, WORLD_OWNER_NAME);
    json_decref(world_call(world, her, "Claim", "{}"));
}

/* Of two who are asked for a password at the same time, one becomes the owner. */
static void test_claim_at_once(void)
{
    g_autoptr(World) world = signed_in_world(NULL);
    wh_fake_permission_set_silent(TRUE);
    g_autoptr(GIOStream) her = world_connect_as(world, &alice);
    g_autoptr(GIOStream) his = world_connect_as(world, &bob);
    world_send(world, her, "{\"method\":\"org.wayhome.Control.Claim\"}");
    world_settle(world);
    world_send(world, his, "{\"method\":\"org.wayhome.Control.Claim\"}");
    world_settle(world);
    g_assert_cmpuint(wh_fake_permission_waiting(), ==, 2);
    wh_fake_permission_set_silent(FALSE);
    g_autoptr(json_t) first = world_receive(world, her);
    g_assert_null(json_object_get(first, "error"));
    g_autoptr(json_t) second = world_receive(world, his);
    g_assert_cmpstr(text(second, "error"), ==, WH_CONTROL_ERROR("Owned"));
    g_assert_cmpstr(world->owner, ==, alice.principal);
}

static void test_claim_that_cannot_be_saved(void)
{
    g_autoptr(World) world = signed_in_world(NULL);
    world->can_save = FALSE;
    g_autoptr(GIOStream) her = world_connect_as(world, &alice);
    json_decref(world_refused(world, her, "Claim", "{}", "NotSaved"));
    expect_service(world, her, NULL, "observe");
}

/* Root manages, and is no owner. */
static void test_root(void)
{
    g_autoptr(World) world = signed_in_world(NULL);
    g_autoptr(GIOStream) stream = world_connect_as(world, &root);
    expect_service(world, stream, NULL, "manage");
    json_decref(world_refused(world, stream, "Claim", "{}", "NotPossible"));
    json_decref(world_call(world, stream, "SetOwner", "{\"user\":\"alice\"}"));
    expect_service(world, stream, WORLD_OWNER_NAME, "manage");
    json_decref(world_refused(world, stream, "Claim", "{}", "Owned"));
    g_autoptr(json_t) invalid =
        world_refused(world, stream, "SetOwner", "{\"user\":\"mallory\"}", "Invalid");
    g_assert_cmpstr(text(invalid, "field"), ==, "user");
    g_assert_cmpstr(world->owner, ==, alice.principal);
    world->can_save = FALSE;
    json_decref(world_refused(world, stream, "SetOwner", "{}", "NotSaved"));
    world->can_save = TRUE;
    json_decref(world_call(world, stream, "SetOwner", "{\"user\":null}"));
    expect_service(world, stream, NULL, "manage");
}

static json_t *told(World *world, GIOStream *watcher)
{
    g_autoptr(json_t) reply = world_receive(world, watcher);
    g_assert_nonnull(reply);
    return json_incref(json_object_get(reply, "parameters"));
}

static const char *label_in(json_t *holder)
{
    json_t *accounts = json_object_get(holder, "accounts");
    g_assert_cmpuint(json_array_size(accounts), ==, 1);
    return text(json_array_get(accounts, 0), "label");
}

/* Who becomes the owner is told what only the owner is told; who was it begins anew. */
static void test_watchers(void)
{
    g_autoptr(World) world = signed_in_world(bob.principal);
    g_autoptr(GIOStream) his = world_connect_as(world, &bob);
    g_autofree char *account = world_add_account(world, his);
    g_autofree char *edit = g_strdup_printf("{\"account\":\"%s\",\"label\":\"At home\"}", account);
    json_decref(world_call(world, his, "EditAccount", edit));

    g_autoptr(GIOStream) his_watch = world_connect_as(world, &bob);
    world_send(world, his_watch, WATCH);
    g_autoptr(json_t) to_him = told(world, his_watch);
    g_assert_cmpstr(label_in(json_object_get(to_him, "state")), ==, "At home");
    g_autoptr(GIOStream) her_watch = world_connect_as(world, &alice);
    world_send(world, her_watch, WATCH);
    g_autoptr(json_t) to_her = told(world, her_watch);
    g_assert_cmpstr(label_in(json_object_get(to_her, "state")), ==, "");

    g_autoptr(GIOStream) admin = world_connect_as(world, &root);
    json_decref(world_call(world, admin, "SetOwner", "{\"user\":\"alice\"}"));
    g_autoptr(json_t) news = told(world, her_watch);
    g_assert_cmpstr(text(json_object_get(news, "service"), "caller"), ==, "owner");
    g_assert_cmpstr(label_in(news), ==, "At home");
    g_assert_null(world_receive(world, his_watch));
    g_assert_null(world_receive(world, his));
    g_autoptr(GIOStream) again = world_connect_as(world, &bob);
    expect_service(world, again, WORLD_OWNER_NAME, "observe");
}

/* A watcher that is there before is told the owner, and stays what it is. */
static void test_watchers_of_claim(void)
{
    g_autoptr(World) world = signed_in_world(NULL);
    g_autoptr(GIOStream) his_watch = world_connect_as(world, &bob);
    world_send(world, his_watch, WATCH);
    json_decref(told(world, his_watch));
    g_autoptr(GIOStream) her = world_connect_as(world, &alice);
    json_decref(world_call(world, her, "Claim", "{}"));
    g_autoptr(json_t) news = told(world, his_watch);
    json_t *service = json_object_get(news, "service");
    g_assert_cmpstr(text(service, "owner"), ==, WORLD_OWNER_NAME);
    g_assert_cmpstr(text(service, "caller"), ==, "observe");
}

/* The service ends while a user is looked up. */
static void test_control_goes_first(void)
{
    g_autoptr(World) world = signed_in_world(NULL);
    g_autoptr(GIOStream) admin = world_connect_as(world, &root);
    world_send(world, admin,
               "{\"method\":\"org.wayhome.Control.SetOwner\","
               "\"parameters\":{\"user\":\"mallory\"}}");
    while (world->setting == 0)
        g_main_context_iteration(NULL, TRUE);
    wh_control_free(g_steal_pointer(&world->control));
    g_assert_null(world_receive(world, admin));
    world_settle(world);
}

static void expect_not_possible(World *world, GIOStream *stream, const char *method,
                                const char *parameters)
{
    g_autoptr(json_t) why = world_refused(world, stream, method, parameters, "NotPossible");
    g_assert_cmpuint(strlen(text(why, "reason")), >, 30);
}

static void test_own_service(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    expect_not_possible(world, stream, "Claim", "{}");
    expect_not_possible(world, stream, "SetOwner", "{}");
    expect_not_possible(world, stream, "KeepUnattended", "{\"enabled\":true}");
    expect_service(world, stream, NULL, "manage");
}

static void test_keep_unattended_and_reload(void)
{
    g_autoptr(World) world = signed_in_world(alice.principal);
    g_autoptr(GIOStream) stream = world_connect_as(world, &alice);
    json_decref(world_call(world, stream, "KeepUnattended", "{\"enabled\":true}"));
    g_assert_true(world->unattended);
    world->can_save = FALSE;
    json_decref(world_refused(world, stream, "KeepUnattended", "{\"enabled\":false}", "NotSaved"));
    json_decref(world_call(world, stream, "Reload", "{}"));
    g_assert_cmpuint(world->reloads, ==, 1);
}

static void test_keeps(void)
{
    g_autoptr(World) world = world_new_for_all(alice.principal);
    g_autoptr(GIOStream) her = world_connect_as(world, &alice);
    g_autofree char *account = world_add_account(world, her);
    g_free(world_add_host(world, her, account, "a.duckdns.org"));
    g_autoptr(GIOStream) his = world_connect_as(world, &bob);
    g_autoptr(json_t) answer = world_call(
        world, his, "Keeps",
        "{\"names\":[\"A.DuckDNS.org.\",\"b.duckdns.org\",\"\",\"no name\",\"192.0.2.1\"]}");
    json_t *kept = json_object_get(answer, "kept");
    g_assert_cmpuint(json_array_size(kept), ==, 1);
    g_assert_cmpstr(json_string_value(json_array_get(kept, 0)), ==, "A.DuckDNS.org.");
    g_assert_cmpuint(wh_fake_permission_questions(), ==, 0);

    g_autoptr(GString) many = g_string_new("{\"names\":[\"a.b\"");
    for (guint i = 0; i < 2000; i++)
        g_string_append(many, ",\"a.b\"");
    g_string_append(many, "]}");
    json_decref(world_refused(world, his, "Keeps", many->str, "Invalid"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control-owner/claim", test_claim);
    g_test_add_func("/control-owner/claim-at-once", test_claim_at_once);
    g_test_add_func("/control-owner/claim-not-saved", test_claim_that_cannot_be_saved);
    g_test_add_func("/control-owner/root", test_root);
    g_test_add_func("/control-owner/watchers", test_watchers);
    g_test_add_func("/control-owner/watchers-of-claim", test_watchers_of_claim);
    g_test_add_func("/control-owner/control-goes-first", test_control_goes_first);
    g_test_add_func("/control-owner/own-service", test_own_service);
    g_test_add_func("/control-owner/unattended-and-reload", test_keep_unattended_and_reload);
    g_test_add_func("/control-owner/keeps", test_keeps);
    return g_test_run();
}
