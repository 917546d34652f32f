/* What the doctor found, as the model tells it. */
#include "tests/unit/test_model_world.h"

#include <string.h>

#define CALM "\"paused\":false,\"notices\":[],\"notice_details\":[]"
#define CGNAT                                                                                      \
    "{\"code\":\"cgnat\",\"weight\":\"warning\",\"family\":\"ipv4\",\"values\":{\"address\":"      \
    "\"100.64.0.1\"},\"sentence\":\"served\",\"step\":\"served\"}"
#define SILENT                                                                                     \
    "{\"code\":\"router_silent\",\"weight\":\"note\",\"values\":{},\"sentence\":\"s\",\"step\":"   \
    "\"t\"}"
#define PORTAL                                                                                     \
    "{\"code\":\"captive_portal\",\"weight\":\"trouble\",\"values\":{},\"sentence\":\"s\","        \
    "\"step\":\"t\"}"
#define NEW                                                                                        \
    "{\"code\":\"brand_new\",\"weight\":\"warning\",\"values\":{\"a\":\"b\"},\"sentence\":\"Of "   \
    "tomorrow.\",\"step\":\"Do it.\"}"

static void test_tells(void)
{
    World world;
    g_autofree char *state = world_state(CALM, "", "", "");
    world_set_up(&world, state);
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 0);
    world_send(&world, "{\"findings\":[" CGNAT "," SILENT "]}");
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 2);
    g_assert_cmpstr(wh_model_finding(world.model, 0), ==, "cgnat");
    g_assert_cmpstr(wh_model_finding_value(world.model, 0, "address"), ==, "100.64.0.1");
    g_assert_cmpstr(wh_model_finding_value(world.model, 0, "other"), ==, "");
    g_assert_false(wh_model_finding_is_note(world.model, 0));
    g_assert_true(wh_model_finding_is_note(world.model, 1));
    g_autofree char *sentence = wh_model_finding_sentence(world.model, 0);
    g_autofree char *step = wh_model_finding_next_step(world.model, 0);
    g_assert_nonnull(strstr(sentence, "100.64.0.1"));
    g_assert_nonnull(strstr(step, "Ask the provider"));
    world_send(&world, "{\"verdicts\":[]}");
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 2);
    world_send(&world, "{\"findings\":[]}");
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 0);
    world_tear_down(&world);
}

/* What this program does not know is told as the service tells it. */
static void test_of_tomorrow(void)
{
    World world;
    g_autofree char *state = world_state(CALM, "", "", "");
    world_set_up(&world, state);
    world_send(&world, "{\"findings\":[" NEW "]}");
    g_autofree char *sentence = wh_model_finding_sentence(world.model, 0);
    g_autofree char *step = wh_model_finding_next_step(world.model, 0);
    g_autofree char *nothing = wh_model_finding_sentence(world.model, 1);
    g_assert_cmpstr(sentence, ==, "Of tomorrow.");
    g_assert_cmpstr(step, ==, "Do it.");
    g_assert_cmpstr(nothing, ==, "");
    world_tear_down(&world);
}

/* Another service may have no doctor. */
static void test_whole_state(void)
{
    World world;
    g_autofree char *state = world_state(CALM, "", "", "");
    world_set_up(&world, state);
    world_send(&world, "{\"findings\":[" CGNAT "]}");
    world_send(&world, state);
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 0);
    world_tear_down(&world);
}

/* The doctor knows better what to do while no address is known, and does not talk in otherwise. */
static void test_next_step(void)
{
    World world;
    g_autofree char *host = world_host("h1", "a.org", "no_address");
    g_autofree char *unknown = world_state(
        CALM, "{\"family\":\"ipv4\",\"reason\":\"silent\",\"sources\":[]}", WORLD_ACCOUNT, host);
    world_set_up(&world, unknown);
    g_assert_true(g_str_has_prefix(wh_model_next_step(world.model), "Check that this computer"));
    world_send(&world, "{\"findings\":[" CGNAT "," SILENT "]}");
    g_assert_true(g_str_has_prefix(wh_model_next_step(world.model), "Check that this computer"));
    world_send(&world, "{\"findings\":[" PORTAL "," CGNAT "]}");
    g_assert_true(g_str_has_prefix(wh_model_next_step(world.model), "Open any web page"));
    world_send(&world, "{\"findings\":[]}");
    g_assert_true(g_str_has_prefix(wh_model_next_step(world.model), "Check that this computer"));
    world_tear_down(&world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/model/findings/tells", test_tells);
    g_test_add_func("/model/findings/of-tomorrow", test_of_tomorrow);
    g_test_add_func("/model/findings/whole-state", test_whole_state);
    g_test_add_func("/model/findings/next-step", test_next_step);
    return g_test_run();
}
