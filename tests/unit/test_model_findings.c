/* What the doctor found, as the model tells it. */
#include "platform/fake/sleep_plan_fake.h"
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
#define SLEEPS                                                                                     \
    "{\"code\":\"sleeps\",\"weight\":\"warning\",\"values\":{\"minutes\":\"60\"},\"sentence\":"    \
    "\"s\",\"step\":\"t\"}"
#define RIVAL                                                                                      \
    "{\"code\":\"rival\",\"weight\":\"trouble\",\"values\":{\"name\":\"a.org\"},\"sentence\":"     \
    "\"s\",\"step\":\"t\"}"
#define VPN(name, publish, active)                                                                 \
    "{\"vpn\":\"" name "\",\"publish\":\"" publish "\",\"active\":" active "}"
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

/* What the desktop does is looked at when somebody looks, and when the service comes; it is said
 * once, and where there is a name. */
static void test_session(void)
{
    World world;
    g_autofree char *host = world_host("h1", "a.org", "current");
    g_autofree char *state = world_state(CALM, "", WORLD_ACCOUNT, host);
    world_set_up(&world, state);
    wh_fake_sleep_plan_set_session(&(WhSleepPlan){25, WH_SLEEP_PLAN_BY_DESKTOP});
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 0);
    wh_model_refresh(world.model);
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 1);
    g_assert_cmpstr(wh_model_finding(world.model, 0), ==, "sleeps");
    g_assert_false(wh_model_finding_is_note(world.model, 0));
    g_autofree char *sentence = wh_model_finding_sentence(world.model, 0);
    g_assert_nonnull(strstr(sentence, "after 25 minutes"));
    world_send(&world, "{\"findings\":[" PORTAL "," SILENT "]}");
    g_assert_cmpstr(wh_model_finding(world.model, 0), ==, "captive_portal");
    g_assert_cmpstr(wh_model_finding(world.model, 1), ==, "sleeps");
    g_assert_cmpstr(wh_model_finding(world.model, 2), ==, "router_silent");
    world_send(&world, "{\"findings\":[" SLEEPS "]}");
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 1);
    g_assert_cmpstr(wh_model_finding_value(world.model, 0, "minutes"), ==, "60");
    world_send(&world, "{\"findings\":[]}");
    g_assert_cmpstr(wh_model_finding_value(world.model, 0, "minutes"), ==, "25");
    wh_fake_sleep_plan_set_session(NULL);
    world_send(&world, state);
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 0);
    wh_fake_sleep_plan_set_session(&(WhSleepPlan){25, WH_SLEEP_PLAN_BY_DESKTOP});
    world_send(&world, state);
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 1);
    world_send(&world, "{\"removed_hosts\":[\"h1\"]}");
    g_assert_cmpuint(wh_model_n_findings(world.model), ==, 0);
    world_tear_down(&world);
}

/* Names that are right are not all that is said where something stands in the way. */
static void test_right_but(void)
{
    World world;
    g_autofree char *host = world_host("h1", "a.org", "current");
    g_autofree char *state = world_state(CALM, "", WORLD_ACCOUNT, host);
    world_set_up(&world, state);
    world_send(&world, "{\"findings\":[" SILENT "]}");
    g_assert_null(wh_model_next_step(world.model));
    world_send(&world, "{\"findings\":[" CGNAT "]}");
    g_assert_cmpstr(wh_model_summary(world.model), ==, "a.org is right");
    g_assert_true(g_str_has_prefix(wh_model_next_step(world.model), "Look in the window"));
    world_send(&world, "{\"findings\":[" RIVAL "," CGNAT "]}");
    g_assert_true(g_str_has_prefix(wh_model_next_step(world.model), "Look for another program"));
    world_send(&world, "{\"findings\":[]}");
    g_assert_null(wh_model_next_step(world.model));
    world_tear_down(&world);
}

static void test_vpn_choices(void)
{
    World world;
    g_autofree char *state = world_state(CALM, "", "", "");
    world_set_up(&world, state);
    g_assert_cmpuint(wh_model_n_vpn_choices(world.model), ==, 0);
    world_send(&world,
               "{\"vpns\":[" VPN("wg0", "nothing", "true") "," VPN("wg1", "line", "false") "," VPN(
                   "tun0", "line", "true") "," VPN("tun1", "vpn", "true") "]}");
    g_assert_cmpuint(wh_model_n_vpn_choices(world.model), ==, 2);
    g_assert_cmpstr(wh_model_vpn_choice(world.model, 0), ==, "tun0");
    g_assert_cmpstr(wh_model_vpn_choice(world.model, 1), ==, "tun1");
    g_assert_cmpstr(wh_model_vpn_choice(world.model, 2), ==, "");
    g_autofree char *line = wh_model_vpn_choice_sentence(world.model, 0);
    g_autofree char *vpn = wh_model_vpn_choice_sentence(world.model, 1);
    g_assert_nonnull(strstr(line, "The VPN tun0 is on."));
    g_assert_nonnull(strstr(line, "your own line"));
    g_assert_nonnull(strstr(vpn, "the address of the VPN"));
    world_send(&world, "{\"verdicts\":[]}");
    g_assert_cmpuint(wh_model_n_vpn_choices(world.model), ==, 2);
    world_send(&world, "{\"vpns\":[]}");
    g_assert_cmpuint(wh_model_n_vpn_choices(world.model), ==, 0);
    world_tear_down(&world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/model/findings/tells", test_tells);
    g_test_add_func("/model/findings/of-tomorrow", test_of_tomorrow);
    g_test_add_func("/model/findings/whole-state", test_whole_state);
    g_test_add_func("/model/findings/next-step", test_next_step);
    g_test_add_func("/model/findings/session", test_session);
    g_test_add_func("/model/findings/right-but", test_right_but);
    g_test_add_func("/model/findings/vpn-choices", test_vpn_choices);
    return g_test_run();
}
