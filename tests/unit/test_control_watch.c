#include "service/protocol/description.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

/* What a watcher is told next, checked against the interface file. */
static json_t *told(World *world, GIOStream *watcher)
{
    g_autoptr(json_t) reply = world_receive(world, watcher);
    g_assert_true(json_is_true(json_object_get(reply, "continues")));
    json_t *changes = json_object_get(reply, "parameters");
    g_autofree char *member = NULL;
    if (!wh_description_check_output(WH_CONTROL_INTERFACE, "Watch", changes, &member))
        g_error("“%s” is not what the interface file says", member);
    return json_incref(changes);
}

/* A watcher that has been told the state. */
static GIOStream *watch(World *world)
{
    GIOStream *watcher = world_connect(world);
    world_send(world, watcher, "{\"method\":\"org.wayhome.Control.Watch\",\"more\":true}");
    g_autoptr(json_t) first = told(world, watcher);
    g_assert_cmpuint(json_object_size(first), ==, 1);
    g_assert_true(json_is_object(json_object_get(first, "state")));
    return watcher;
}

static gboolean holds(json_t *changes, const char *list, const char *id)
{
    size_t i;
    json_t *element;
    json_array_foreach(json_object_get(changes, list), i, element)
    {
        const char *found = json_is_string(element)
                                ? json_string_value(element)
                                : json_string_value(json_object_get(element, "id"));
        if (g_str_equal(found, id))
            return TRUE;
    }
    return FALSE;
}

static void test_added_and_removed(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autoptr(GIOStream) watcher = watch(world);
    g_autofree char *account = world_add_account(world, stream);
    g_autoptr(json_t) added = told(world, watcher);
    g_assert_true(holds(added, "accounts", account));
    g_assert_null(json_object_get(added, "hosts"));

    g_autofree char *host = world_add_host(world, stream, account, "a.duckdns.org");
    g_autoptr(json_t) host_added = told(world, watcher);
    g_assert_true(holds(host_added, "hosts", host));

    g_autofree char *named = g_strdup_printf("{\"account\":\"%s\"}", account);
    json_decref(world_call(world, stream, "RemoveAccount", named));
    g_autoptr(json_t) removed = told(world, watcher);
    g_assert_true(holds(removed, "removed_accounts", account));
    g_assert_true(holds(removed, "removed_hosts", host));

    wh_control_service_changed(world->control);
    g_autoptr(json_t) after = told(world, watcher);
    g_assert_cmpuint(json_object_size(after), ==, 1);
}

static void test_one_turn_one_message(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *account = world_add_account(world, stream);
    g_autofree char *host = world_add_host(world, stream, account, "a.duckdns.org");
    world_settle(world);
    g_autoptr(GIOStream) watcher = watch(world);
    for (guint i = 0; i < 3; i++) {
        wh_control_host_changed(world->control, account, host);
        wh_control_verdict_changed(world->control, WH_FAMILY_IPV4);
        wh_control_service_changed(world->control);
    }
    g_autoptr(WhEvent) event = wh_event_new(WH_EVENT_STARTED, 5);
    wh_control_event(world->control, event);
    wh_control_event(world->control, event);
    g_autoptr(json_t) changes = told(world, watcher);
    g_assert_cmpuint(json_array_size(json_object_get(changes, "hosts")), ==, 1);
    g_assert_cmpuint(json_array_size(json_object_get(changes, "verdicts")), ==, 1);
    g_assert_cmpuint(json_array_size(json_object_get(changes, "events")), ==, 2);
    g_assert_true(json_is_object(json_object_get(changes, "service")));
    g_assert_null(json_object_get(changes, "accounts"));

    wh_control_host_changed(world->control, account, NULL);
    g_autoptr(json_t) whole = told(world, watcher);
    g_assert_true(holds(whole, "accounts", account));
    g_assert_true(holds(whole, "hosts", host));
    g_assert_null(json_object_get(whole, "events"));
}

static void test_address_reaches_watchers(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) watcher = watch(world);
    world_set_address(world, "203.0.114.9");
    g_autoptr(json_t) changes = told(world, watcher);
    json_t *verdict = json_array_get(json_object_get(changes, "verdicts"), 0);
    g_assert_cmpstr(json_string_value(json_object_get(verdict, "address")), ==, "203.0.114.9");
}

/* Each watcher is told everything once, whenever it came. */
static void test_two_watchers(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) first = watch(world);
    wh_control_service_changed(world->control);
    g_autoptr(GIOStream) second = watch(world);
    g_autoptr(json_t) early = told(world, first);
    g_assert_true(json_is_object(json_object_get(early, "service")));
    wh_control_verdict_changed(world->control, WH_FAMILY_IPV6);
    g_autoptr(json_t) to_first = told(world, first);
    g_autoptr(json_t) to_second = told(world, second);
    g_assert_true(json_equal(to_first, to_second));
    g_assert_null(json_object_get(to_second, "service"));
}

/* A watcher that goes leaves its place; one that does not read is dropped. */
static void test_watchers_go(void)
{
    g_autoptr(World) world = world_new();
    for (guint i = 0; i < 40; i++) {
        GIOStream *watcher = watch(world);
        g_io_stream_close(watcher, NULL, NULL);
        g_object_unref(watcher);
        world_settle(world);
    }
    g_autoptr(GIOStream) deaf = watch(world);
    g_autofree char *words = g_strnfill(100000, 'x');
    g_autoptr(WhEvent) event = wh_event_new(WH_EVENT_STARTED, 5);
    event->detail = g_strdup(words);
    for (guint i = 0; i < 40; i++) {
        wh_control_event(world->control, event);
        world_settle(world);
    }
    guint messages = 0;
    for (json_t *message; (message = world_receive(world, deaf)) != NULL; messages++)
        json_decref(message);
    g_assert_cmpuint(messages, <, 40);
}

static void test_control_goes_first(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) watcher = watch(world);
    wh_control_service_changed(world->control);
    wh_control_free(g_steal_pointer(&world->control));
    g_assert_null(world_receive(world, watcher));
}

/* What was decided for a VPN is told when it is another, and only then. */
static void test_vpns(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autoptr(GIOStream) watcher = watch(world);
    json_decref(world_call(world, stream, "SetVpn", "{\"vpn\":\"wg0\",\"publish\":\"line\"}"));
    g_autoptr(json_t) decided = told(world, watcher);
    json_t *vpn = json_array_get(json_object_get(decided, "vpns"), 0);
    g_assert_cmpstr(json_string_value(json_object_get(vpn, "vpn")), ==, "wg0");
    g_assert_cmpstr(json_string_value(json_object_get(vpn, "publish")), ==, "line");
    g_assert_false(json_is_true(json_object_get(vpn, "active")));

    wh_control_service_changed(world->control);
    g_autoptr(json_t) other = told(world, watcher);
    g_assert_null(json_object_get(other, "vpns"));

    g_strlcpy(world->vpn, "wg0", sizeof world->vpn);
    world_set_address(world, "11.22.33.44");
    g_autoptr(json_t) on = told(world, watcher);
    vpn = json_array_get(json_object_get(on, "vpns"), 0);
    g_assert_true(json_is_true(json_object_get(vpn, "active")));

    /* Who comes later is told the state; what was told stays told. */
    g_autoptr(GIOStream) second = watch(world);
    wh_control_service_changed(world->control);
    g_autoptr(json_t) after = told(world, second);
    g_assert_null(json_object_get(after, "vpns"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control-watch/added-and-removed", test_added_and_removed);
    g_test_add_func("/control-watch/one-turn-one-message", test_one_turn_one_message);
    g_test_add_func("/control-watch/address", test_address_reaches_watchers);
    g_test_add_func("/control-watch/two-watchers", test_two_watchers);
    g_test_add_func("/control-watch/go", test_watchers_go);
    g_test_add_func("/control-watch/control-goes-first", test_control_goes_first);
    g_test_add_func("/control-watch/vpns", test_vpns);
    return g_test_run();
}
