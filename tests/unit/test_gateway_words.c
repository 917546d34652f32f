/* Whose word counts, and what is reported. */
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

static void test_first_address_counts(GatewayWorld *world, gconstpointer data)
{
    upnp_says(world, X);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "UPnP");
    natpmp_says(world, X);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
    g_assert_cmpint(world->told.at, ==, wh_clock_monotonic(world->clock));
    g_assert_false(world->told.announces);
    pass(world, WH_GATEWAY_PACE_POLLED);
    assert_asked(world, 1, 0);
}

static void test_special_address(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, "100.64.0.10");
    assert_told(world, WH_GATEWAY_ADDRESS, "100.64.0.10", "NAT-PMP");
}

static void test_none_waits_for_the_other(GatewayWorld *world, gconstpointer data)
{
    guint before = world->changes;
    natpmp_says(world, NULL);
    g_assert_cmpuint(world->changes, ==, before);
    assert_told(world, WH_GATEWAY_ASKING, "-", NULL);
    upnp_says(world, X);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "UPnP");
    /* UPnP is the one to ask from now on. */
    pass(world, WH_GATEWAY_PACE_POLLED);
    assert_asked(world, 0, 1);
    upnp_says(world, NULL);
    assert_asked(world, 1, 0);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "UPnP");
    natpmp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "NAT-PMP");
}

static void test_none(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, NULL);
    upnp_says(world, NULL);
    assert_told(world, WH_GATEWAY_NO_ADDRESS, "-", "NAT-PMP");
    pass(world, WH_GATEWAY_PACE_POLLED);
    assert_asked(world, 1, 0);
    natpmp_says(world, NULL);
    assert_asked(world, 0, 1);
    upnp_says(world, X);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "UPnP");
}

static void test_only_upnp(GatewayWorld *world, gconstpointer data)
{
    natpmp_is(world, WH_NATPMP_SILENT);
    assert_told(world, WH_GATEWAY_ASKING, "-", NULL);
    upnp_says(world, X);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "UPnP");
    pass(world, WH_GATEWAY_PACE_POLLED);
    assert_asked(world, 0, 1);
    upnp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "UPnP");
    announce(world, WH_ANNOUNCEMENT_NATPMP);
    assert_asked(world, 1, 1);
}

static void test_silent(GatewayWorld *world, gconstpointer data)
{
    upnp_is_silent(world);
    natpmp_is(world, WH_NATPMP_SILENT);
    assert_told(world, WH_GATEWAY_SILENT, "-", NULL);
    g_assert_cmpint(world->told.at, ==, 0);
}

static void test_pcp_only(GatewayWorld *world, gconstpointer data)
{
    upnp_is_silent(world);
    natpmp_is(world, WH_NATPMP_PCP_ONLY);
    assert_told(world, WH_GATEWAY_SILENT, "-", NULL);
    g_assert_cmpint(world->told.at, ==, wh_clock_monotonic(world->clock));
    g_assert_true(wh_gateway_facts(world->gateway)->pcp);
    g_assert_false(wh_gateway_facts(world->gateway)->nat_pmp);
    /* An event is told of, although there is no address. */
    pass(world, WH_MINUTE);
    announce(world, WH_ANNOUNCEMENT_PCP);
    assert_asked(world, 1, 1);
    guint before = world->changes;
    natpmp_is(world, WH_NATPMP_PCP_ONLY);
    upnp_is_silent(world);
    g_assert_cmpuint(world->changes, >, before);
    g_assert_true(world->told.announces);
    g_assert_cmpint(world->told.at, ==, wh_clock_monotonic(world->clock));
}

/* The cheaper one is asked once more, and what was said last counts. */
static void test_contradiction(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
    assert_asked(world, 1, 0);
    natpmp_says(world, X);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
    assert_asked(world, 0, 0);
}

static void test_contradiction_that_was_right(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_says(world, Y);
    natpmp_says(world, Y);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "NAT-PMP");
}

static void test_contradiction_and_silence(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_says(world, Y);
    natpmp_is(world, WH_NATPMP_SILENT);
    assert_told(world, WH_GATEWAY_ADDRESS, Y, "UPnP");
}

static void test_last_word_counts(GatewayWorld *world, gconstpointer data)
{
    upnp_says(world, Y);
    natpmp_says(world, X);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
    assert_asked(world, 0, 0);
}

/* The count of port mappings is news, and comes without having been asked for; the address with it
 * is the one from before. */
static void test_unasked_answer(GatewayWorld *world, gconstpointer data)
{
    natpmp_says(world, X);
    upnp_says(world, X);
    pass(world, 5 * WH_SECOND);
    guint before = world->changes;
    upnp_says(world, Y);
    g_assert_cmpuint(world->changes, ==, before + 1);
    assert_told(world, WH_GATEWAY_ADDRESS, X, "NAT-PMP");
    assert_asked(world, 0, 0);
    pass(world, WH_GATEWAY_PACE_POLLED - 5 * WH_SECOND);
    assert_asked(world, 1, 0);
}

static void test_facts(GatewayWorld *world, gconstpointer data)
{
    const WhGatewayFacts *facts = wh_gateway_facts(world->gateway);
    g_assert_cmpint(facts->mappings_here, ==, -1);
    g_assert_cmpstr(facts->model, ==, NULL);
    g_assert_false(facts->nat_pmp || facts->upnp || facts->event_ever_seen || facts->subscribed);
    natpmp_says(world, X);
    upnp_says(world, X);
    announce(world, WH_ANNOUNCEMENT_PCP);
    g_assert_true(facts->nat_pmp && facts->upnp && facts->pcp);
    g_assert_true(facts->event_ever_seen && facts->subscribed);
    g_assert_cmpuint(facts->announcements, ==, 1);
    g_assert_cmpstr(facts->model, ==, "Box");
    g_assert_cmpint(facts->mappings_here, ==, 3);
    g_assert_cmpstr(facts->listener_trouble, ==, NULL);
}

#define ADD(name, test)                                                                            \
    g_test_add("/gateway-words/" name, GatewayWorld, NULL, set_up, test, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("first", test_first_address_counts);
    ADD("special", test_special_address);
    ADD("none-waits", test_none_waits_for_the_other);
    ADD("none", test_none);
    ADD("only-upnp", test_only_upnp);
    ADD("silent", test_silent);
    ADD("pcp-only", test_pcp_only);
    ADD("contradiction", test_contradiction);
    ADD("contradiction-right", test_contradiction_that_was_right);
    ADD("contradiction-silence", test_contradiction_and_silence);
    ADD("last", test_last_word_counts);
    ADD("unasked", test_unasked_answer);
    ADD("facts", test_facts);
    return g_test_run();
}
