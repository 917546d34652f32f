/* What has the router asked at once, and what nobody wants. */
#include "service/gateway/gateway_alarm.h"
#include "tests/unit/test_gateway_world.h"

#define X "11.22.33.1"
#define Y "11.22.33.2"

static void set_up(GatewayWorld *world, gconstpointer data)
{
    gateway_world_start(world);
}

static void tear_down(GatewayWorld *world, gconstpointer data)
{
    gateway_world_clear(world);
}

static void settle(GatewayWorld *world)
{
    natpmp_says(world, X);
    upnp_says(world, X);
    assert_asked(world, 0, 0);
    pass(world, WH_SECOND);
}

static void test_announcement(GatewayWorld *world, gconstpointer data)
{
    settle(world);
    announce(world, WH_ANNOUNCEMENT_NATPMP);
    assert_asked(world, 1, 0);
    natpmp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "NAT-PMP");
    g_assert_true(world->told.announces);
}

/* Three questions, and none more. */
static void answer_again(GatewayWorld *world, gint64 passed)
{
    pass(world, WH_GATEWAY_ALARM_AGAIN - passed - 1);
    assert_asked(world, 0, 0);
    pass(world, 1);
    assert_asked(world, 1, 0);
    natpmp_says(world, X);
    pass(world, WH_GATEWAY_ALARM_ONCE_MORE - WH_GATEWAY_ALARM_AGAIN - 1);
    assert_asked(world, 0, 0);
    pass(world, 1);
    assert_asked(world, 1, 0);
    natpmp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "NAT-PMP");
    pass(world, WH_GATEWAY_PACE_ANNOUNCING - 1);
    assert_asked(world, 0, 0);
    pass(world, 1);
    assert_asked(world, 1, 0);
}

static void test_gena(GatewayWorld *world, gconstpointer data)
{
    settle(world);
    upnp_event(world);
    assert_asked(world, 1, 0);
    natpmp_says(world, X);
    answer_again(world, 0);
}

static void test_gena_without_natpmp(GatewayWorld *world, gconstpointer data)
{
    natpmp_is(world, WH_NATPMP_SILENT);
    upnp_says(world, X);
    upnp_event(world);
    assert_asked(world, 0, 1);
    upnp_says(world, NULL);
    pass(world, WH_GATEWAY_ALARM_AGAIN);
    assert_asked(world, 0, 1);
    upnp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "UPnP");
}

static void test_burst_shares(GatewayWorld *world, gconstpointer data)
{
    settle(world);
    for (guint i = 0; i < 4; i++)
        announce(world, i % 2 == 0 ? WH_ANNOUNCEMENT_NATPMP : WH_ANNOUNCEMENT_PCP);
    assert_asked(world, 1, 0);
    natpmp_says(world, X);
    g_assert_cmpuint(wh_gateway_facts(world->gateway)->announcements, ==, 4);
    pass(world, WH_GATEWAY_ALARM_SHARED - 1);
    assert_asked(world, 0, 0);
    pass(world, 1);
    assert_asked(world, 1, 0);
    natpmp_says(world, X);
    answer_again(world, WH_GATEWAY_ALARM_SHARED);
}

static void test_flood(GatewayWorld *world, gconstpointer data)
{
    settle(world);
    for (guint i = 0; i < 10000; i++) {
        announce(world, WH_ANNOUNCEMENT_NATPMP);
        if (world->natpmp.open)
            natpmp_says(world, X);
        pass(world, 10 * WH_MILLISECOND);
    }
    g_assert_cmpuint(world->natpmp.asked, >, 90);
    g_assert_cmpuint(world->natpmp.asked, <, 130);
    pass(world, 2 * WH_SECOND);
    g_assert_true(world->natpmp.open);
}

/* The answer that was under way may be older than the event. */
static void test_event_while_asking(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_is_silent(world);
    pass(world, WH_GATEWAY_PACE_POLLED);
    assert_asked(world, 1, 0);
    announce(world, WH_ANNOUNCEMENT_NATPMP);
    assert_asked(world, 0, 0);
    g_assert_cmpuint(world->natpmp.hurried, ==, 1);
    natpmp_says(world, X);
    assert_asked(world, 1, 0);
    natpmp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "NAT-PMP");
    assert_asked(world, 0, 0);
}

static void test_event_while_asking_upnp(GatewayWorld *world, gconstpointer data)
{
    natpmp_is(world, WH_NATPMP_SILENT);
    upnp_event(world);
    assert_asked(world, 1, 0);
    upnp_says(world, X);
    assert_asked(world, 0, 1);
    upnp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "UPnP");
}

static void test_look(GatewayWorld *world, gconstpointer data)
{
    settle(world);
    wh_gateway_look(world->gateway);
    assert_asked(world, 1, 0);
    g_assert_cmpuint(world->upnp.counted, ==, 1);
    wh_gateway_look(world->gateway);
    assert_asked(world, 0, 0);
    g_assert_cmpuint(world->upnp.counted, ==, 1);
    natpmp_says(world, Y);
    assert_asked(world, 1, 0);
    natpmp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "NAT-PMP");
    g_assert_false(world->told.announces);
    pass(world, WH_GATEWAY_PACE_POLLED - 1);
    assert_asked(world, 0, 0);
    pass(world, 1);
    assert_asked(world, 1, 0);
}

/* The first question needs no second one. */
static void test_look_at_once(GatewayWorld *world, gconstpointer data)
{
    wh_gateway_look(world->gateway);
    g_assert_cmpuint(world->natpmp.hurried, ==, 1);
    upnp_is_silent(world);
    natpmp_says(world, X);
    assert_asked(world, 0, 0);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
}

static void test_unwanted(GatewayWorld *world, gconstpointer data)
{
    settle(world);
    wh_gateway_set_wanted(world->gateway, FALSE);
    g_assert_false(world->natpmp.there || world->upnp.there || world->listening);
    pass(world, 0);
    assert_told(world, WH_GATEWAY_ASKING, "-", NULL);
    wh_gateway_look(world->gateway);
    pass(world, WH_DAY);
    assert_asked(world, 0, 0);
    wh_gateway_set_wanted(world->gateway, FALSE);
    wh_gateway_set_wanted(world->gateway, TRUE);
    assert_asked(world, 1, 1);
    natpmp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "NAT-PMP");
}

static void test_route(GatewayWorld *world, gconstpointer data)
{
    WhGatewayRoute route = gateway_world_route();
    settle(world);
    announce(world, WH_ANNOUNCEMENT_NATPMP);
    assert_asked(world, 1, 0);
    wh_gateway_set_route(world->gateway, &route);
    assert_asked(world, 0, 0);
    g_assert_cmpuint(wh_gateway_facts(world->gateway)->announcements, ==, 1);
    g_assert_true(wh_address_parse("192.168.7.1", &route.router));
    wh_gateway_set_route(world->gateway, &route);
    pass(world, 0);
    assert_told(world, WH_GATEWAY_ASKING, "-", NULL);
    g_assert_false(world->told.announces);
    assert_asked(world, 1, 1);
    g_assert_cmpuint(wh_gateway_facts(world->gateway)->announcements, ==, 0);
    wh_gateway_set_route(world->gateway, NULL);
    pass(world, 0);
    assert_told(world, WH_GATEWAY_NONE, "-", NULL);
    g_assert_false(world->natpmp.there || world->upnp.there || world->listening);
    guint before = world->changes;
    wh_gateway_set_route(world->gateway, NULL);
    pass(world, WH_DAY);
    g_assert_cmpuint(world->changes, ==, before);
}

static void test_freed_from_within(GatewayWorld *world, gconstpointer data)
{
    world->free_when_told = TRUE;
    natpmp_says(world, X);
    g_assert_null(world->gateway);
    pass(world, WH_DAY);
    assert_asked(world, 0, 0);
}

static void test_no_listener(void)
{
    GatewayWorld world = {.no_listener = TRUE};
    gateway_world_start(&world);
    g_assert_cmpstr(wh_gateway_facts(world.gateway)->listener_trouble, ==, "the port is taken");
    natpmp_says(&world, X);
    assert_told(&world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
    gateway_world_clear(&world);
}

#define ADD(name, test)                                                                            \
    g_test_add("/gateway-events/" name, GatewayWorld, NULL, set_up, test, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("announcement", test_announcement);
    ADD("gena", test_gena);
    ADD("gena-alone", test_gena_without_natpmp);
    ADD("burst", test_burst_shares);
    ADD("flood", test_flood);
    ADD("while-asking", test_event_while_asking);
    ADD("while-asking-upnp", test_event_while_asking_upnp);
    ADD("look", test_look);
    ADD("look-at-once", test_look_at_once);
    ADD("unwanted", test_unwanted);
    ADD("route", test_route);
    ADD("freed", test_freed_from_within);
    g_test_add_func("/gateway-events/no-listener", test_no_listener);
    return g_test_run();
}
