#include "tests/unit/test_igd_world.h"

static void hear(const WhIgdWord *word, gpointer data)
{
    TestIgdWorld *world = data;
    if (word->kind == WH_IGD_EVENT) {
        world->events++;
        if (world->ask_at_event)
            wh_igd_ask(world->igd);
        return;
    }
    world->answers += word->kind == WH_IGD_ANSWERED;
    world->silences += word->kind == WH_IGD_SILENT;
    world->last = *word;
    g_strlcpy(world->model, word->model != NULL ? word->model : "", sizeof world->model);
    if (world->free_at_answer)
        g_clear_pointer(&world->igd, wh_igd_free);
}

void test_igd_world_init(TestIgdWorld *world, const TestIgdManners *manners)
{
    WhAddress group;
    WhGatewayRoute route = test_igd_route();
    *world = (TestIgdWorld){.router = test_igd_new(), .fake = wh_fake_clock_new()};
    test_igd_behave(world->router, manners);
    gboolean parsed = wh_address_parse(TEST_IGD_ROUTER, &group);
    g_assert_true(parsed);
    world->http = wh_http_new(wh_clock_system(), NULL, "Linux");
    world->igd = wh_igd_new_at(wh_fake_clock_clock(world->fake), world->http, &route, &group,
                               test_igd_search_port(world->router), hear, world);
}

void test_igd_world_clear(TestIgdWorld *world)
{
    wh_igd_free(world->igd);
    wh_http_free(world->http);
    wh_fake_clock_free(world->fake);
    test_igd_free(world->router);
}

/* What is due now is called, too. */
static gboolean has_words(gpointer data)
{
    TestIgdWorld *world = data;
    wh_fake_clock_advance(world->fake, 0);
    return world->answers + world->silences >= world->wanted;
}

static gboolean has_events(gpointer data)
{
    TestIgdWorld *world = data;
    wh_fake_clock_advance(world->fake, 0);
    return world->events >= world->wanted_events;
}

void test_igd_world_word(TestIgdWorld *world)
{
    world->wanted = world->answers + world->silences + 1;
    test_igd_wait(has_words, world);
}

void test_igd_world_ask(TestIgdWorld *world)
{
    wh_igd_ask(world->igd);
    test_igd_world_word(world);
}

void test_igd_world_events(TestIgdWorld *world, guint count)
{
    world->wanted_events = count;
    test_igd_wait(has_events, world);
}

void test_igd_world_silence(TestIgdWorld *world, gboolean (*enough)(gpointer data))
{
    guint silences = world->silences;
    wh_igd_ask(world->igd);
    test_igd_wait(enough, world);
    while (g_main_context_iteration(NULL, FALSE))
        continue;
    wh_fake_clock_advance(world->fake, 3 * WH_SECOND);
    world->wanted = silences + world->answers + 1;
    test_igd_wait(has_words, world);
    g_assert_cmpuint(world->silences, ==, silences + 1);
    g_assert_cmpuint(world->answers, ==, 0);
}

void test_igd_world_address(const TestIgdWorld *world, const char *text)
{
    char address[WH_ADDRESS_STRLEN];
    g_assert_cmpint(world->last.kind, ==, WH_IGD_ANSWERED);
    g_assert_true(world->last.has_address);
    g_assert_cmpstr(wh_address_format(&world->last.address, address), ==, text);
}

void test_igd_world_none(const TestIgdWorld *world)
{
    g_assert_cmpint(world->last.kind, ==, WH_IGD_ANSWERED);
    g_assert_false(world->last.has_address);
}
