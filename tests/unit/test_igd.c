#include "tests/unit/test_igd_world.h"

#include <string.h>

static void test_found_and_answers(void)
{
    g_auto(TestIgdWorld) world = {0};
    TestIgdManners manners = {0};
    test_igd_world_init(&world, &manners);
    g_assert_cmpuint(test_igd_counts(world.router).searches, ==, 0);
    test_igd_world_ask(&world);
    test_igd_world_address(&world, "11.22.33.44");
    g_assert_cmpstr(world.model, ==, "Double & Co 9000");
    manners.address = "55.66.77.88";
    test_igd_behave(world.router, &manners);
    test_igd_world_ask(&world);
    test_igd_world_address(&world, "55.66.77.88");
    g_assert_cmpuint(test_igd_counts(world.router).descriptions, ==, 1);
}

static gboolean has_new_address(gpointer data)
{
    TestIgdWorld *world = data;
    char address[WH_ADDRESS_STRLEN];
    return world->last.has_address &&
           g_str_equal(wh_address_format(&world->last.address, address), "55.66.77.88");
}

static void test_events(void)
{
    g_auto(TestIgdWorld) world = {0};
    TestIgdManners manners = {0};
    test_igd_world_init(&world, &manners);
    test_igd_world_ask(&world);
    /* The first one comes by itself, and shows that nothing hides them. */
    test_igd_world_events(&world, 1);
    manners.address = "55.66.77.88";
    test_igd_behave(world.router, &manners);
    g_autofree char *callback = test_igd_callback(world.router);
    g_autofree char *event = test_igd_event(callback, TEST_IGD_SID);
    g_autoptr(GSocket) socket = test_igd_knock(callback, TEST_IGD_ROUTER, event, strlen(event));
    world.ask_at_event = TRUE;
    test_igd_world_events(&world, 2);
    test_igd_wait(has_new_address, &world);
    g_assert_true(g_socket_is_connected(socket));
    g_assert_true(world.last.subscribed);
}

static gboolean has_cancelled(gpointer data)
{
    TestIgdWorld *world = data;
    return test_igd_counts(world->router).cancellations == 1;
}

static void test_unsubscribes_at_the_end(void)
{
    g_auto(TestIgdWorld) world = {0};
    test_igd_world_init(&world, &(TestIgdManners){0});
    test_igd_world_ask(&world);
    test_igd_world_events(&world, 1);
    guint answers = world.answers;
    g_clear_pointer(&world.igd, wh_igd_free);
    test_igd_wait(has_cancelled, &world);
    g_assert_cmpuint(world.answers, ==, answers);
}

static void test_no_address(void)
{
    static const TestIgdManners none[] = {
        {.address = "0.0.0.0"},
        {.address = ""},
        {.status = "Disconnected"},
        {.fault = TRUE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(none); i++) {
        g_auto(TestIgdWorld) world = {0};
        test_igd_world_init(&world, &none[i]);
        test_igd_world_ask(&world);
        test_igd_world_none(&world);
    }
}

/* Whether it is one is not decided here. */
static void test_special_address(void)
{
    g_auto(TestIgdWorld) world = {0};
    test_igd_world_init(&world, &(TestIgdManners){.address = "100.64.0.10"});
    test_igd_world_ask(&world);
    test_igd_world_address(&world, "100.64.0.10");
}

static void test_nonsense_is_no_answer(void)
{
    /* The last one names two. */
    static const char *const nonsense[] = {
        "11.22.33",        "::1",
        "11.22.33.44.55",  "<b>1.2.3.4</b>",
        "1.2.3.4 5.6.7.8", "1.2.3.4</NewExternalIPAddress><NewExternalIPAddress>5.6.7.8"};
    for (guint i = 0; i < G_N_ELEMENTS(nonsense); i++) {
        g_auto(TestIgdWorld) world = {0};
        test_igd_world_init(&world, &(TestIgdManners){.address = nonsense[i]});
        test_igd_world_ask(&world);
        g_assert_cmpint(world.last.kind, ==, WH_IGD_SILENT);
    }
}

static void test_second_service(void)
{
    g_auto(TestIgdWorld) world = {0};
    g_autofree char *two = test_igd_description("/control", "/events", TRUE);
    test_igd_world_init(&world, &(TestIgdManners){.description = two,
                                                  .address = "0.0.0.0",
                                                  .second_address = "55.66.77.88"});
    test_igd_world_ask(&world);
    test_igd_world_address(&world, "55.66.77.88");
    test_igd_world_ask(&world);
    test_igd_world_address(&world, "55.66.77.88");
    /* The first one was asked once, and the second one from then on. */
    g_assert_cmpuint(test_igd_counts(world.router).addresses, ==, 3);
}

/* Two services without an address are no reason to go from one to the other for ever. */
static void test_no_service_has_one(void)
{
    g_auto(TestIgdWorld) world = {0};
    g_autofree char *two = test_igd_description("/control", "/events", TRUE);
    test_igd_world_init(
        &world,
        &(TestIgdManners){.description = two, .address = "0.0.0.0", .second_address = "0.0.0.0"});
    for (guint i = 0; i < 10; i++) {
        test_igd_world_ask(&world);
        test_igd_world_none(&world);
    }
    g_assert_cmpuint(test_igd_counts(world.router).addresses, ==, 20);
    g_assert_cmpuint(test_igd_counts(world.router).subscriptions, ==, 1);
    g_assert_cmpuint(test_igd_counts(world.router).cancellations, ==, 0);
}

static void test_not_found(void)
{
    g_auto(TestIgdWorld) world = {0};
    TestIgdManners manners = {.deaf = TRUE};
    test_igd_world_init(&world, &manners);
    wh_igd_ask(world.igd);
    wh_fake_clock_advance(world.fake, 3 * WH_SECOND);
    g_assert_cmpuint(world.silences, ==, 1);
    /* It is not searched for again so soon. */
    manners.deaf = FALSE;
    test_igd_behave(world.router, &manners);
    test_igd_world_ask(&world);
    g_assert_cmpuint(world.silences, ==, 2);
    wh_fake_clock_advance(world.fake, WH_IGD_SEARCH_PAUSE);
    test_igd_world_ask(&world);
    test_igd_world_address(&world, "11.22.33.44");
}

static void test_searched_for_again_after_it_moved(void)
{
    g_auto(TestIgdWorld) world = {0};
    test_igd_world_init(&world, &(TestIgdManners){.address = "11.22.33.44"});
    test_igd_world_ask(&world);
    test_igd_move(world.router);
    test_igd_world_ask(&world);
    g_assert_cmpuint(world.silences, ==, 1);
    wh_fake_clock_advance(world.fake, WH_IGD_SEARCH_PAUSE);
    test_igd_world_ask(&world);
    test_igd_world_address(&world, "11.22.33.44");
    test_igd_move(world.router);
    wh_fake_clock_advance(world.fake, WH_IGD_SEARCH_PAUSE);
    test_igd_world_ask(&world);
    test_igd_world_address(&world, "11.22.33.44");
    g_assert_cmpuint(world.silences, ==, 1);
}

static void test_asked_while_asked(void)
{
    g_auto(TestIgdWorld) world = {0};
    test_igd_world_init(&world, &(TestIgdManners){.address = "11.22.33.44"});
    test_igd_world_ask(&world);
    wh_igd_ask(world.igd);
    wh_igd_ask(world.igd);
    wh_igd_ask(world.igd);
    test_igd_world_word(&world);
    test_igd_world_word(&world);
    g_assert_cmpuint(test_igd_counts(world.router).addresses, ==, 3);
}

static gboolean has_count(gpointer data)
{
    TestIgdWorld *world = data;
    return world->last.mappings_here >= 0;
}

static void test_mappings(void)
{
    g_auto(TestIgdWorld) world = {0};
    test_igd_world_init(&world, &(TestIgdManners){.mappings = 3});
    test_igd_world_ask(&world);
    g_assert_cmpint(world.last.mappings_here, ==, -1);
    test_igd_wait(has_count, &world);
    g_assert_cmpint(world.last.mappings_here, ==, 3);
    test_igd_world_address(&world, "11.22.33.44");
    guint entries = test_igd_counts(world.router).entries;
    test_igd_world_ask(&world);
    g_assert_cmpint(world.last.mappings_here, ==, 3);
    g_assert_cmpuint(test_igd_counts(world.router).entries, ==, entries);
    world.last.mappings_here = -1;
    test_igd_behave(world.router, &(TestIgdManners){.mappings = 0});
    wh_igd_count(world.igd);
    test_igd_wait(has_count, &world);
    g_assert_cmpint(world.last.mappings_here, ==, 0);
}

static void test_list_without_end(void)
{
    g_auto(TestIgdWorld) world = {0};
    test_igd_world_init(&world, &(TestIgdManners){.mappings = 100000});
    test_igd_world_ask(&world);
    test_igd_wait(has_count, &world);
    g_assert_cmpint(world.last.mappings_here, ==, 50);
    g_assert_cmpuint(test_igd_counts(world.router).entries, ==, 100);
}

static void test_freed_in_its_own_call(void)
{
    g_auto(TestIgdWorld) world = {0};
    test_igd_world_init(&world, &(TestIgdManners){0});
    world.free_at_answer = TRUE;
    test_igd_world_ask(&world);
    g_assert_null(world.igd);
}

static gboolean is_searched(gpointer data)
{
    TestIgdWorld *world = data;
    return test_igd_counts(world->router).searches >= 1;
}

static gboolean is_described(gpointer data)
{
    TestIgdWorld *world = data;
    return test_igd_counts(world->router).descriptions >= 1;
}

static gboolean is_asked(gpointer data)
{
    TestIgdWorld *world = data;
    return test_igd_counts(world->router).addresses >= 1;
}

/* In the middle of everything: no call comes afterwards, and the sanitizers see what is left. */
static void test_freed_at_any_time(void)
{
    gboolean (*const moments[])(gpointer) = {is_searched, is_described, is_asked};
    for (guint i = 0; i < G_N_ELEMENTS(moments); i++) {
        g_auto(TestIgdWorld) world = {0};
        test_igd_world_init(&world, &(TestIgdManners){0});
        wh_igd_ask(world.igd);
        test_igd_wait(moments[i], &world);
        guint heard = world.answers;
        g_clear_pointer(&world.igd, wh_igd_free);
        while (g_main_context_iteration(NULL, FALSE))
            continue;
        wh_fake_clock_advance(world.fake, WH_HOUR);
        g_assert_cmpuint(world.answers, ==, heard);
        g_assert_cmpuint(wh_fake_clock_pending(world.fake), ==, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/igd/found-and-answers", test_found_and_answers);
    g_test_add_func("/igd/events", test_events);
    g_test_add_func("/igd/unsubscribes-at-the-end", test_unsubscribes_at_the_end);
    g_test_add_func("/igd/no-address", test_no_address);
    g_test_add_func("/igd/special-address", test_special_address);
    g_test_add_func("/igd/nonsense-is-no-answer", test_nonsense_is_no_answer);
    g_test_add_func("/igd/second-service", test_second_service);
    g_test_add_func("/igd/no-service-has-one", test_no_service_has_one);
    g_test_add_func("/igd/not-found", test_not_found);
    g_test_add_func("/igd/searched-for-again-after-it-moved",
                    test_searched_for_again_after_it_moved);
    g_test_add_func("/igd/asked-while-asked", test_asked_while_asked);
    g_test_add_func("/igd/mappings", test_mappings);
    g_test_add_func("/igd/list-without-end", test_list_without_end);
    g_test_add_func("/igd/freed-in-its-own-call", test_freed_in_its_own_call);
    g_test_add_func("/igd/freed-at-any-time", test_freed_at_any_time);
    return g_test_run();
}
