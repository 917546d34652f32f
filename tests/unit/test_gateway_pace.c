/* When the router is asked without cause. */
#include "tests/unit/test_gateway_world.h"

#define X "11.22.33.1"

static void set_up(GatewayWorld *world, gconstpointer data)
{
    gateway_world_start(world);
}

static void tear_down(GatewayWorld *world, gconstpointer data)
{
    gateway_world_clear(world);
}

/* Nothing is asked before `wait` is over, and then NAT-PMP and UPnP that often. */
static void assert_asks_after(GatewayWorld *world, gint64 wait, guint natpmp, guint upnp)
{
    pass(world, wait - 1);
    assert_asked(world, 0, 0);
    pass(world, 1);
    assert_asked(world, natpmp, upnp);
}

static void test_polled(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_is_silent(world);
    for (guint i = 0; i < 5; i++) {
        assert_asks_after(world, WH_GATEWAY_PACE_POLLED, 1, 0);
        natpmp_says(world, X);
        g_assert_cmpint(world->told.at, ==, wh_clock_monotonic(world->clock));
    }
}

/* Only what was found without cause could have been announced: an event of this computer's own may
 * have come first. */
static void test_unheard(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_is_silent(world);
    wh_gateway_look(world->gateway);
    natpmp_says(world, "11.22.33.2");
    pass(world, WH_GATEWAY_PACE_POLLED);
    natpmp_says(world, "11.22.33.2");
    g_assert_false(wh_gateway_facts(world->gateway)->change_unheard);
    pass(world, WH_GATEWAY_PACE_POLLED);
    natpmp_says(world, X);
    g_assert_true(wh_gateway_facts(world->gateway)->change_unheard);
    wh_gateway_set_wanted(world->gateway, FALSE);
    g_assert_false(wh_gateway_facts(world->gateway)->change_unheard);
}

static void test_announcing(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_says(world, X);
    upnp_event(world);
    g_assert_true(world->told.announces);
    for (guint i = 0; i < 3; i++) {
        natpmp_says(world, X);
        pass(world, WH_SECOND);
    }
    assert_asked(world, 3, 0);
    for (guint i = 0; i < 5; i++) {
        pass(world, WH_GATEWAY_PACE_ANNOUNCING);
        assert_asked(world, 1, 0);
        natpmp_says(world, X);
    }
}

/* A router whose events get lost is asked as one without. */
static void test_announces_no_more(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_is_silent(world);
    upnp_event(world);
    for (guint i = 0; i < 3; i++) {
        natpmp_says(world, X);
        pass(world, WH_SECOND);
    }
    g_assert_true(wh_gateway_report(world->gateway)->announces);
    pass(world, WH_GATEWAY_PACE_ANNOUNCING);
    natpmp_says(world, "11.22.33.2");
    g_assert_false(wh_gateway_report(world->gateway)->announces);
    assert_asked(world, 4, 0);
    pass(world, WH_GATEWAY_PACE_POLLED);
    natpmp_says(world, "11.22.33.2");
    assert_asked(world, 1, 0);
    upnp_event(world);
    g_assert_false(wh_gateway_report(world->gateway)->announces);
}

static void test_announces_late(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_is_silent(world);
    pass(world, WH_GATEWAY_PACE_POLLED);
    natpmp_says(world, "11.22.33.2");
    pass(world, WH_SECOND);
    announce(world, WH_ANNOUNCEMENT_NATPMP);
    g_assert_true(wh_gateway_report(world->gateway)->announces);
    g_assert_false(wh_gateway_facts(world->gateway)->change_unheard);
}

static void test_silent(GatewayWorld *world, gconstpointer data)
{
    natpmp_is(world, WH_NATPMP_SILENT);
    upnp_is_silent(world);
    for (guint i = 0; i < 3; i++) {
        assert_asks_after(world, WH_GATEWAY_PACE_SILENT, 1, 1);
        natpmp_is(world, WH_NATPMP_SILENT);
        upnp_is_silent(world);
    }
    assert_asks_after(world, WH_GATEWAY_PACE_SILENT, 1, 1);
    natpmp_says(world, X);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
}

static void lose(GatewayWorld *world)
{
    natpmp_is(world, WH_NATPMP_SILENT);
    if (world->upnp.open)
        upnp_is_silent(world);
}

/* Three questions without an answer, then two minutes of trying, then rarely. */
static void test_falls_silent(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_is_silent(world);
    pass(world, WH_GATEWAY_PACE_POLLED);
    assert_asked(world, 1, 0);
    for (guint i = 0; i < 2; i++) {
        lose(world);
        assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
        assert_asks_after(world, WH_GATEWAY_PACE_HURRY, 1, 1);
    }
    lose(world);
    assert_told(world, WH_GATEWAY_SILENT, "-", NULL);
    for (gint64 waited = 0; waited < WH_GATEWAY_HURRY_LASTS; waited += WH_GATEWAY_PACE_HURRY) {
        assert_asks_after(world, WH_GATEWAY_PACE_HURRY, 1, 1);
        lose(world);
    }
    assert_asks_after(world, WH_GATEWAY_PACE_SILENT, 1, 1);
    lose(world);
    announce(world, WH_ANNOUNCEMENT_NATPMP);
    assert_asked(world, 1, 1);
    natpmp_says(world, X);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
}

static void test_comes_back(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_is_silent(world);
    pass(world, WH_GATEWAY_PACE_POLLED);
    lose(world);
    pass(world, WH_GATEWAY_PACE_HURRY);
    assert_asked(world, 2, 1);
    natpmp_says(world, X);
    upnp_is_silent(world);
    assert_asks_after(world, WH_GATEWAY_PACE_POLLED, 1, 0);
    /* What was lost before does not count any more. */
    for (guint i = 0; i < 2; i++) {
        lose(world);
        assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
        pass(world, WH_GATEWAY_PACE_HURRY);
    }
    lose(world);
    assert_told(world, WH_GATEWAY_SILENT, "-", NULL);
}

static void assert_hurries(GatewayWorld *world, gboolean also_upnp)
{
    for (gint64 waited = 0; waited < WH_GATEWAY_HURRY_LASTS; waited += WH_GATEWAY_PACE_HURRY) {
        pass(world, WH_GATEWAY_PACE_HURRY);
        assert_asked(world, 1, 0);
        natpmp_says(world, also_upnp ? NULL : X);
        if (also_upnp) {
            assert_asked(world, 0, 1);
            upnp_says(world, NULL);
        }
    }
    assert_asks_after(world, WH_GATEWAY_PACE_POLLED, 1, 0);
}

static void test_restarted(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_is_silent(world);
    pass(world, WH_GATEWAY_PACE_POLLED);
    assert_asked(world, 1, 0);
    natpmp_restarted(world, X);
    g_assert_cmpuint(world->upnp.told_of_restart, ==, 1);
    assert_hurries(world, FALSE);
}

static void test_lost_address(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_says(world, X);
    pass(world, WH_GATEWAY_PACE_POLLED);
    natpmp_says(world, NULL);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
    assert_asked(world, 1, 1);
    upnp_says(world, NULL);
    assert_told(world, WH_GATEWAY_NO_ADDRESS, "-", "NAT-PMP");
    assert_hurries(world, TRUE);
}

#define ADD(name, test)                                                                            \
    g_test_add("/gateway-pace/" name, GatewayWorld, NULL, set_up, test, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("polled", test_polled);
    ADD("unheard", test_unheard);
    ADD("announcing", test_announcing);
    ADD("announces-no-more", test_announces_no_more);
    ADD("announces-late", test_announces_late);
    ADD("silent", test_silent);
    ADD("falls-silent", test_falls_silent);
    ADD("comes-back", test_comes_back);
    ADD("restarted", test_restarted);
    ADD("lost-address", test_lost_address);
    return g_test_run();
}
