#include "service/gateway/igd_search.h"

#include "tests/unit/test_igd_world.h"

#include <string.h>

#define ELSEWHERE "http://127.0.0.2:1/x"

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

/* Nothing but the description was asked for. */
static void assert_nothing_followed(TestIgdWorld *world)
{
    TestIgdCounts counts = test_igd_counts(world->router);
    g_assert_cmpuint(counts.addresses + counts.statuses + counts.entries, ==, 0);
    g_assert_cmpuint(counts.subscriptions, ==, 0);
}

static void test_description_elsewhere(void)
{
    static const char *const places[] = {
        ELSEWHERE,
        "http://127.0.0.2:1@127.0.0.3/x",
        "http://127.0.0.1:1@127.0.0.3/x",
        "http://127.0.0.1.example/x",
        "http://router/x",
        "https://127.0.0.1/x",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "http://2130706433/x",
        "http://127.1/x",
        "http://[::ffff:127.0.0.1]/x",
        "/description.xml",
        "http://",
        "",
    };
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        g_auto(TestIgdWorld) world = {0};
        test_igd_world_init(&world, &(TestIgdManners){.location = places[i]});
        test_igd_world_silence(&world, is_searched);
        g_assert_cmpuint(test_igd_counts(world.router).descriptions, ==, 0);
    }
}

static void test_services_elsewhere(void)
{
    static const char *const places[] = {ELSEWHERE, "//127.0.0.2/control",
                                         "http://127.0.0.1@127.0.0.2/", "https://127.0.0.1/"};
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        g_auto(TestIgdWorld) world = {0};
        g_autofree char *description = test_igd_description(places[i], "/events", FALSE);
        test_igd_world_init(&world, &(TestIgdManners){.description = description});
        test_igd_world_silence(&world, is_described);
        assert_nothing_followed(&world);
    }
}

/* Its address is still good. */
static void test_events_elsewhere(void)
{
    g_auto(TestIgdWorld) world = {0};
    g_autofree char *description = test_igd_description("/control", ELSEWHERE, FALSE);
    test_igd_world_init(&world, &(TestIgdManners){.description = description});
    test_igd_world_ask(&world);
    test_igd_world_address(&world, "11.22.33.44");
    test_igd_world_ask(&world);
    g_assert_false(world.last.subscribed);
    g_assert_cmpuint(test_igd_counts(world.router).subscriptions, ==, 0);
}

static void test_redirect(void)
{
    g_auto(TestIgdWorld) world = {0};
    test_igd_world_init(&world, &(TestIgdManners){.redirect = "/control"});
    test_igd_world_silence(&world, is_described);
    assert_nothing_followed(&world);
    g_assert_cmpuint(test_igd_counts(world.router).descriptions, ==, 1);
}

static void test_huge_description(void)
{
    g_auto(TestIgdWorld) world = {0};
    g_autofree char *start = test_igd_description("/control", "/events", FALSE);
    g_autofree char *rest = g_strnfill(1024 * 1024, ' ');
    g_autofree char *description = g_strconcat(start, rest, NULL);
    test_igd_world_init(&world, &(TestIgdManners){.description = description});
    test_igd_world_silence(&world, is_described);
    assert_nothing_followed(&world);
}

static void test_malformed_description(void)
{
    g_autofree char *whole = test_igd_description("/control", "/events", FALSE);
    g_autofree char *half = g_strndup(whole, strlen(whole) / 2);
    const char *const descriptions[] = {"",
                                        "<",
                                        "<root",
                                        "<?xml",
                                        "not at all",
                                        half,
                                        "<service><serviceType>urn:schemas-upnp-org:service:"
                                        "WANIPConnection:1\"><x</serviceType><controlURL>/control"
                                        "</controlURL></service>"};
    for (guint i = 0; i < G_N_ELEMENTS(descriptions); i++) {
        g_auto(TestIgdWorld) world = {0};
        test_igd_world_init(&world, &(TestIgdManners){.description = descriptions[i]});
        test_igd_world_silence(&world, is_described);
        assert_nothing_followed(&world);
    }
}

static void test_model_is_bounded(void)
{
    g_auto(TestIgdWorld) world = {0};
    g_autofree char *long_name = g_strnfill(5000, 'x');
    g_autofree char *usual = test_igd_description("/control", "/events", FALSE);
    g_autofree char *description =
        g_strconcat("<modelName>", long_name, "</modelName>", usual, NULL);
    test_igd_world_init(&world, &(TestIgdManners){.description = description});
    test_igd_world_ask(&world);
    g_assert_cmpuint(strlen(world.model), ==, 64);
}

static void test_model_with_control_characters(void)
{
    g_auto(TestIgdWorld) world = {0};
    g_autofree char *usual = test_igd_description("/control", "/events", FALSE);
    g_autofree char *description = g_strconcat("<modelName>a\033[2J</modelName>", usual, NULL);
    test_igd_world_init(&world, &(TestIgdManners){.description = description});
    test_igd_world_ask(&world);
    g_assert_cmpstr(world.model, ==, "Box");
}

static gboolean has_heard_strangers(gpointer data)
{
    TestIgdWorld *world = data;
    return test_igd_counts(world->router).strangers >= 2000;
}

/* Theirs leads to the router's own description, and is not followed all the same. */
static void test_stranger_answers_search(void)
{
    g_auto(TestIgdWorld) world = {0};
    test_igd_world_init(&world, &(TestIgdManners){.deaf = TRUE, .strangers = 2000});
    test_igd_world_silence(&world, has_heard_strangers);
    g_assert_cmpuint(test_igd_counts(world.router).descriptions, ==, 0);
}

/* More than is read comes after the first question; the router is heard after the second. */
static void test_router_answers_after_a_flood(void)
{
    g_auto(TestIgdWorld) world = {0};
    test_igd_world_init(&world, &(TestIgdManners){.deaf = TRUE, .strangers = 2000});
    wh_igd_ask(world.igd);
    test_igd_wait(has_heard_strangers, &world);
    while (g_main_context_iteration(NULL, FALSE))
        continue;
    test_igd_behave(world.router, &(TestIgdManners){0});
    wh_fake_clock_advance(world.fake, WH_IGD_SEARCH_PATIENCE / 2);
    test_igd_world_word(&world);
    test_igd_world_address(&world, "11.22.33.44");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/igd-hostile/description-elsewhere", test_description_elsewhere);
    g_test_add_func("/igd-hostile/services-elsewhere", test_services_elsewhere);
    g_test_add_func("/igd-hostile/events-elsewhere", test_events_elsewhere);
    g_test_add_func("/igd-hostile/redirect", test_redirect);
    g_test_add_func("/igd-hostile/huge-description", test_huge_description);
    g_test_add_func("/igd-hostile/malformed-description", test_malformed_description);
    g_test_add_func("/igd-hostile/model-is-bounded", test_model_is_bounded);
    g_test_add_func("/igd-hostile/model-with-control-characters",
                    test_model_with_control_characters);
    g_test_add_func("/igd-hostile/stranger-answers-search", test_stranger_answers_search);
    g_test_add_func("/igd-hostile/router-answers-after-a-flood", test_router_answers_after_a_flood);
    return g_test_run();
}
