#include "service/gateway/gena.h"

#include "tests/support/fake_clock.h"
#include "tests/unit/test_igd_double.h"

#include <string.h>

#define OTHER_SID "uuid:another"

typedef struct {
    TestIgd *router;
    WhFakeClock *fake;
    WhHttp *http;
    WhComplaints *complaints;
    WhGena *gena;
    guint events;
    gboolean free_at_event;
    guint wanted;
} World;

static void hear(gpointer data)
{
    World *world = data;
    world->events++;
    if (world->free_at_event)
        g_clear_pointer(&world->gena, wh_gena_free);
}

static void start(World *world, const TestIgdManners *manners)
{
    WhGatewayRoute route = test_igd_route();
    *world = (World){.router = test_igd_new(), .fake = wh_fake_clock_new()};
    WhClock *clock = wh_fake_clock_clock(world->fake);
    test_igd_behave(world->router, manners);
    world->http = wh_http_new(wh_clock_system(), NULL, "Linux");
    world->complaints = wh_complaints_new(clock);
    g_autofree char *url =
        g_strdup_printf("http://" TEST_IGD_ROUTER ":%u/events", test_igd_port(world->router));
    world->gena = wh_gena_new(clock, world->http, &route, url, world->complaints, hear, world);
}

static void clear(World *world)
{
    wh_gena_free(world->gena);
    wh_complaints_free(world->complaints);
    wh_http_free(world->http);
    wh_fake_clock_free(world->fake);
    test_igd_free(world->router);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(World, clear)

static gboolean has_events(gpointer data)
{
    World *world = data;
    wh_fake_clock_advance(world->fake, 0);
    return world->events >= world->wanted;
}

static void wait_for_events(World *world, guint wanted)
{
    world->wanted = wanted;
    test_igd_wait(has_events, world);
}

static gboolean has_subscriptions(gpointer data)
{
    World *world = data;
    return test_igd_counts(world->router).subscriptions >= world->wanted;
}

static gboolean has_renewals(gpointer data)
{
    World *world = data;
    return test_igd_counts(world->router).renewals >= world->wanted;
}

static gboolean has_timer(gpointer data)
{
    World *world = data;
    return wh_fake_clock_pending(world->fake) > 0;
}

/* The answer has come, and made a timer for what is next. */
static void wait_for_subscription(World *world, guint count)
{
    world->wanted = count;
    test_igd_wait(has_subscriptions, world);
    test_igd_wait(has_timer, world);
}

static guint send_event(World *world, const char *sid, const char *from)
{
    g_autofree char *callback = test_igd_callback(world->router);
    g_autofree char *event = test_igd_event(callback, sid);
    g_autoptr(GSocket) socket = test_igd_knock(callback, from, event, strlen(event));
    return test_igd_hear_out(socket);
}

static void test_subscribes_and_hears(void)
{
    g_auto(World) world = {0};
    start(&world, &(TestIgdManners){0});
    g_assert_false(wh_gena_is_subscribed(world.gena));
    wait_for_events(&world, 1);
    g_assert_true(wh_gena_is_subscribed(world.gena));
    g_assert_cmpuint(send_event(&world, TEST_IGD_SID, TEST_IGD_ROUTER), ==, 200);
    wait_for_events(&world, 2);
}

static void test_first_event_before_the_answer(void)
{
    g_auto(World) world = {0};
    start(&world, &(TestIgdManners){.early = TRUE});
    wait_for_events(&world, 1);
    g_assert_true(wh_gena_is_subscribed(world.gena));
}

static void test_another_subscriptions_event(void)
{
    g_auto(World) world = {0};
    start(&world, &(TestIgdManners){0});
    wait_for_events(&world, 1);
    g_assert_cmpuint(send_event(&world, OTHER_SID, TEST_IGD_ROUTER), ==, 412);
    wh_fake_clock_advance(world.fake, WH_SECOND);
    g_assert_cmpuint(world.events, ==, 1);
}

static void test_event_of_a_stranger(void)
{
    g_auto(World) world = {0};
    start(&world, &(TestIgdManners){0});
    wait_for_events(&world, 1);
    g_assert_cmpuint(send_event(&world, TEST_IGD_SID, "127.0.0.3"), ==, 0);
    g_assert_cmpuint(send_event(&world, TEST_IGD_SID, TEST_IGD_SELF), ==, 0);
    wh_fake_clock_advance(world.fake, WH_SECOND);
    g_assert_cmpuint(world.events, ==, 1);
}

/* The connection of the first event has ended, too. */
static gboolean is_renewed_next(gpointer data)
{
    World *world = data;
    return wh_fake_clock_next(world->fake) == 450 * WH_SECOND;
}

static void test_renewed_in_time(void)
{
    g_auto(World) world = {0};
    start(&world, &(TestIgdManners){.granted = "Second-600"});
    wait_for_events(&world, 1);
    test_igd_wait(is_renewed_next, &world);
    wh_fake_clock_advance(world.fake, 450 * WH_SECOND);
    world.wanted = 1;
    test_igd_wait(has_renewals, &world);
    test_igd_wait(is_renewed_next, &world);
    g_assert_true(wh_gena_is_subscribed(world.gena));
    g_assert_cmpuint(test_igd_counts(world.router).subscriptions, ==, 1);
}

/* The router has begun anew: the old door is gone, and the new one has another path. */
static void test_lost_at_renewal(void)
{
    g_auto(World) world = {0};
    start(&world, &(TestIgdManners){.refuse_renewals = 412});
    wait_for_events(&world, 1);
    g_autofree char *before = test_igd_callback(world.router);
    wh_fake_clock_advance(world.fake, 25 * WH_MINUTE);
    wait_for_events(&world, 2);
    g_autofree char *after = test_igd_callback(world.router);
    g_assert_cmpstr(before, !=, after);
    g_assert_cmpstr(strrchr(before, '/'), !=, strrchr(after, '/'));
    g_assert_cmpuint(test_igd_counts(world.router).subscriptions, ==, 2);
    g_assert_true(wh_gena_is_subscribed(world.gena));
}

static void test_refused(void)
{
    g_auto(World) world = {0};
    start(&world, &(TestIgdManners){.refuse_events = 503});
    gint64 last = 0;
    for (guint i = 1; i <= 4; i++) {
        wait_for_subscription(&world, i);
        g_assert_false(wh_gena_is_subscribed(world.gena));
        gint64 pause = wh_fake_clock_next(world.fake);
        g_assert_cmpint(pause, >, last);
        last = pause;
        wh_fake_clock_advance(world.fake, pause);
    }
    wait_for_subscription(&world, 5);
    test_igd_behave(world.router, &(TestIgdManners){0});
    wh_fake_clock_advance(world.fake, WH_HOUR);
    wait_for_events(&world, 1);
    g_assert_true(wh_gena_is_subscribed(world.gena));
}

/* While there is no subscription there is no door. */
static void test_door_closed_after_refusal(void)
{
    g_auto(World) world = {0};
    start(&world, &(TestIgdManners){.refuse_events = 503});
    wait_for_subscription(&world, 1);
    g_autofree char *callback = test_igd_callback(world.router);
    g_autoptr(GUri) uri = g_uri_parse(callback, G_URI_FLAGS_NONE, NULL);
    g_autoptr(GSocketAddress) to =
        g_inet_socket_address_new_from_string(g_uri_get_host(uri), (guint16)g_uri_get_port(uri));
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
    g_assert_false(g_socket_connect(socket, to, NULL, NULL));
}

static void test_nonsense_instead_of_a_name(void)
{
    static const char *const names[] = {"", "two words"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_auto(World) world = {0};
        start(&world, &(TestIgdManners){.sid = names[i], .early = TRUE});
        wait_for_subscription(&world, 1);
        g_assert_false(wh_gena_is_subscribed(world.gena));
        g_assert_cmpuint(world.events, ==, 0);
    }
}

static void test_freed_in_its_own_call(void)
{
    g_auto(World) world = {0};
    start(&world, &(TestIgdManners){0});
    world.free_at_event = TRUE;
    wait_for_events(&world, 1);
    g_assert_null(world.gena);
    g_assert_cmpuint(wh_fake_clock_pending(world.fake), ==, 0);
}

static void test_freed_while_subscribing(void)
{
    g_auto(World) world = {0};
    start(&world, &(TestIgdManners){0});
    g_clear_pointer(&world.gena, wh_gena_free);
    while (g_main_context_iteration(NULL, FALSE))
        continue;
    wh_fake_clock_advance(world.fake, WH_HOUR);
    g_assert_cmpuint(world.events, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gena/subscribes-and-hears", test_subscribes_and_hears);
    g_test_add_func("/gena/first-event-before-the-answer", test_first_event_before_the_answer);
    g_test_add_func("/gena/another-subscriptions-event", test_another_subscriptions_event);
    g_test_add_func("/gena/event-of-a-stranger", test_event_of_a_stranger);
    g_test_add_func("/gena/renewed-in-time", test_renewed_in_time);
    g_test_add_func("/gena/lost-at-renewal", test_lost_at_renewal);
    g_test_add_func("/gena/refused", test_refused);
    g_test_add_func("/gena/door-closed-after-refusal", test_door_closed_after_refusal);
    g_test_add_func("/gena/nonsense-instead-of-a-name", test_nonsense_instead_of_a_name);
    g_test_add_func("/gena/freed-in-its-own-call", test_freed_in_its_own_call);
    g_test_add_func("/gena/freed-while-subscribing", test_freed_while_subscribing);
    return g_test_run();
}
