#include "tests/unit/test_gateway_world.h"

static void open_way(WayDouble *way)
{
    g_assert_false(way->there);
    *way = (WayDouble){.there = TRUE, .asked = way->asked};
}

static void close_way(WayDouble *way)
{
    g_assert_true(way->there);
    way->there = FALSE;
    way->open = FALSE;
}

static gpointer natpmp_new(gpointer maker, WhClock *clock, const WhGatewayRoute *route,
                           WhComplaints *complaints, WhNatpmpFunc heard, gpointer data)
{
    GatewayWorld *world = maker;
    g_assert_nonnull(complaints);
    open_way(&world->natpmp);
    world->natpmp_heard = heard;
    world->data = data;
    return world;
}

static void natpmp_ask(gpointer natpmp)
{
    WayDouble *way = &((GatewayWorld *)natpmp)->natpmp;
    if (way->open) {
        way->hurried++;
        return;
    }
    way->open = TRUE;
    way->asked++;
}

static void natpmp_free(gpointer natpmp)
{
    close_way(&((GatewayWorld *)natpmp)->natpmp);
}

static gpointer announcements_new(gpointer maker, const WhGatewayRoute *route,
                                  WhComplaints *complaints, WhAnnouncementsFunc heard,
                                  gpointer data)
{
    GatewayWorld *world = maker;
    g_assert_false(world->listening);
    world->listening = TRUE;
    world->announced = heard;
    return world;
}

static const char *announcements_trouble(gpointer announcements)
{
    return ((GatewayWorld *)announcements)->no_listener ? "the port is taken" : NULL;
}

static void announcements_free(gpointer announcements)
{
    ((GatewayWorld *)announcements)->listening = FALSE;
}

static gpointer igd_new(gpointer maker, WhClock *clock, WhHttp *http, const WhGatewayRoute *route,
                        WhIgdFunc heard, gpointer data)
{
    GatewayWorld *world = maker;
    open_way(&world->upnp);
    world->upnp_heard = heard;
    return world;
}

static void igd_ask(gpointer igd)
{
    WayDouble *way = &((GatewayWorld *)igd)->upnp;
    g_assert_false(way->open);
    way->open = TRUE;
    way->asked++;
}

static void igd_count(gpointer igd)
{
    ((GatewayWorld *)igd)->upnp.counted++;
}

static void igd_router_restarted(gpointer igd)
{
    ((GatewayWorld *)igd)->upnp.told_of_restart++;
}

static void igd_free(gpointer igd)
{
    close_way(&((GatewayWorld *)igd)->upnp);
}

static void keep(const WhGatewayReport *report, gpointer data)
{
    GatewayWorld *world = data;
    world->told = *report;
    world->changes++;
    if (world->free_when_told)
        g_clear_pointer(&world->gateway, wh_gateway_free);
}

WhGatewayRoute gateway_world_route(void)
{
    WhGatewayRoute route = {.interface = 2, .name = "home0", .prefix_length = 24};
    g_assert_true(wh_address_parse("192.168.1.1", &route.router));
    g_assert_true(wh_address_parse("192.168.1.2", &route.self));
    return route;
}

void gateway_world_init(GatewayWorld *world)
{
    world->fake = wh_fake_clock_new();
    world->clock = wh_fake_clock_clock(world->fake);
    world->parts = (WhGatewayParts){
        .maker = world,
        .natpmp_new = natpmp_new,
        .natpmp_ask = natpmp_ask,
        .natpmp_free = natpmp_free,
        .announcements_new = announcements_new,
        .announcements_trouble = announcements_trouble,
        .announcements_free = announcements_free,
        .igd_new = igd_new,
        .igd_ask = igd_ask,
        .igd_count = igd_count,
        .igd_router_restarted = igd_router_restarted,
        .igd_free = igd_free,
    };
    world->gateway = wh_gateway_new_from(&world->parts, world->clock, NULL, keep, world);
}

void gateway_world_start(GatewayWorld *world)
{
    WhGatewayRoute route = gateway_world_route();
    gateway_world_init(world);
    wh_gateway_set_route(world->gateway, &route);
    wh_gateway_set_wanted(world->gateway, TRUE);
    pass(world, 0);
    assert_asked(world, 1, 1);
    assert_told(world, WH_GATEWAY_ASKING, "-", NULL);
}

void gateway_world_clear(GatewayWorld *world)
{
    wh_gateway_free(world->gateway);
    g_assert_cmpuint(wh_fake_clock_pending(world->fake), ==, 0);
    g_assert_false(world->natpmp.there || world->upnp.there || world->listening);
    wh_fake_clock_free(world->fake);
}

static void natpmp_hears(GatewayWorld *world, const WhNatpmpWord *word)
{
    g_assert_true(world->natpmp.open);
    world->natpmp.open = FALSE;
    world->natpmp_heard(word, world->data);
    pass(world, 0);
}

static WhNatpmpWord natpmp_word(const char *address)
{
    WhNatpmpWord word = {.outcome = address != NULL ? WH_NATPMP_ADDRESS : WH_NATPMP_NO_ADDRESS};
    g_assert_true(address == NULL || wh_address_parse(address, &word.address));
    return word;
}

void natpmp_says(GatewayWorld *world, const char *address)
{
    WhNatpmpWord word = natpmp_word(address);
    natpmp_hears(world, &word);
}

void natpmp_restarted(GatewayWorld *world, const char *address)
{
    WhNatpmpWord word = natpmp_word(address);
    word.restarted = TRUE;
    natpmp_hears(world, &word);
}

void natpmp_is(GatewayWorld *world, WhNatpmpOutcome outcome)
{
    WhNatpmpWord word = {.outcome = outcome};
    natpmp_hears(world, &word);
}

static void upnp_hears(GatewayWorld *world, const WhIgdWord *word)
{
    world->upnp_heard(word, world->data);
    pass(world, 0);
}

void upnp_says(GatewayWorld *world, const char *address)
{
    WhIgdWord word = {
        .kind = WH_IGD_ANSWERED, .subscribed = TRUE, .model = "Box", .mappings_here = 3};
    word.has_address = address != NULL;
    g_assert_true(address == NULL || wh_address_parse(address, &word.address));
    world->upnp.open = FALSE;
    upnp_hears(world, &word);
}

void upnp_is_silent(GatewayWorld *world)
{
    WhIgdWord word = {.kind = WH_IGD_SILENT, .mappings_here = -1};
    g_assert_true(world->upnp.open);
    world->upnp.open = FALSE;
    upnp_hears(world, &word);
}

void upnp_event(GatewayWorld *world)
{
    WhIgdWord word = {.kind = WH_IGD_EVENT, .subscribed = TRUE, .mappings_here = 3};
    upnp_hears(world, &word);
}

void announce(GatewayWorld *world, WhAnnouncementKind kind)
{
    world->announced(kind, world->data);
    pass(world, 0);
}

void pass(GatewayWorld *world, gint64 time)
{
    wh_fake_clock_advance(world->fake, time);
}

void assert_asked(GatewayWorld *world, guint natpmp, guint upnp)
{
    g_assert_cmpuint(world->natpmp.asked, ==, natpmp);
    g_assert_cmpuint(world->upnp.asked, ==, upnp);
    world->natpmp.asked = 0;
    world->upnp.asked = 0;
}

void assert_told(GatewayWorld *world, WhGatewayState state, const char *address, const char *method)
{
    char text[WH_ADDRESS_STRLEN] = "-";
    const WhGatewayReport *report = wh_gateway_report(world->gateway);
    g_assert_cmpint(world->told.state, ==, state);
    if (world->told.state == WH_GATEWAY_ADDRESS)
        wh_address_format(&world->told.address, text);
    g_assert_cmpstr(text, ==, address);
    g_assert_cmpstr(world->told.method, ==, method);
    gboolean answers = state == WH_GATEWAY_ADDRESS || state == WH_GATEWAY_NO_ADDRESS;
    g_assert_cmpint(world->told.watched, ==, answers);
    g_assert_cmpint(report->state, ==, state);
}
