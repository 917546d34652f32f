#include "app/notify/announcer.h"

#include "tests/unit/test_announcer_world.h"

#define NEW_ADDRESS "home.example has a new address|203.0.113.10 [Open, Copy address]"

static void test_change(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    stage_assert_screen("");
    stage_happen(stage, 1, "ipv4", "CHANGED", "203.0.113.10");
    stage_settle(stage);
    stage_assert_screen(NEW_ADDRESS);
    g_assert_cmpint(wh_fake_notifier_at(0)->urgency, ==, WH_NOTIFIER_NORMAL);
}

static void test_same_is_no_change(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    stage_happen(stage, 1, "ipv4", "SAME", "203.0.113.10");
    stage_happen(stage, 2, "ipv4", "AUTH", "203.0.113.10");
    stage_settle(stage);
    stage_assert_screen("");
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 0);
}

static void test_both_families_are_one_message(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    stage_happen(stage, 1, "ipv4", "CHANGED", "203.0.113.10");
    stage_happen(stage, 2, "ipv6", "CHANGED", "2001:db8::10");
    stage_settle(stage);
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 1);
    stage_assert_screen("home.example has a new address|203.0.113.10, 2001:db8::10 "
                        "[Open, Copy IPv4 address]");
}

/* The address from before is the one of the last change, not the model's at that time. */
static void test_two_changes(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    stage_happen(stage, 1, "ipv4", "CHANGED", "203.0.113.10");
    stage_settle(stage);
    stage_happen(stage, 2, "ipv4", "CHANGED", "203.0.113.10");
    stage_settle(stage);
    stage_assert_screen("home.example is set right again|203.0.113.10 [Open, Copy address]");
    stage_happen(stage, 3, "ipv4", "CHANGED", "203.0.113.11");
    stage_settle(stage);
    stage_assert_screen("home.example has a new address|203.0.113.11 [Open, Copy address]");
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 3);
}

static void test_first_publication(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    world_send(&stage->world,
               "{\"hosts\":[{\"id\":\"h2\",\"name\":\"nas.example\",\"account\":\"a1\","
               "\"paused\":false,\"records\":[{\"family\":\"ipv4\",\"state\":\"updating\","
               "\"proof\":{\"status\":\"none\",\"witnesses\":[]}}]}]}");
    world_send(&stage->world,
               "{\"hosts\":[{\"id\":\"h2\",\"name\":\"nas.example\",\"account\":\"a1\","
               "\"paused\":false,\"records\":[{\"family\":\"ipv4\",\"state\":\"current\","
               "\"acknowledged\":\"203.0.113.9\",\"proof\":{\"status\":\"proven\",\"at\":1,"
               "\"witnesses\":[]}}]}],\"events\":[{\"id\":5,\"at\":1,\"kind\":\"answered\","
               "\"host\":\"h2\",\"name\":\"nas.example\",\"family\":\"ipv4\","
               "\"address\":\"203.0.113.9\",\"result\":{\"class\":\"CHANGED\"}}]}");
    stage_settle(stage);
    stage_assert_screen("nas.example leads here now|203.0.113.9 · proven by the zone's servers "
                        "[Open, Copy address]");
}

static void settle_loop(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        continue;
}

static void test_actions(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    stage_happen(stage, 1, "ipv4", "CHANGED", "203.0.113.10");
    stage_settle(stage);
    wh_fake_notifier_act("change/h1", "default");
    settle_loop();
    g_assert_cmpstr(stage->acted->str, ==, "open h1;");
    wh_fake_notifier_act("change/h1", "copy");
    settle_loop();
    g_assert_cmpstr(stage->acted->str, ==, "open h1;copy h1 203.0.113.10;");
}

static void test_switched_off(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    g_assert_true(wh_announcer_is_enabled(stage->announcer, WH_RULES_CHANGE));
    wh_announcer_set_enabled(stage->announcer, WH_RULES_CHANGE, FALSE);
    stage_happen(stage, 1, "ipv4", "CHANGED", "203.0.113.10");
    stage_settle(stage);
    stage_assert_screen("");
    stage_stop(stage);
    stage_start(stage);
    g_assert_false(wh_announcer_is_enabled(stage->announcer, WH_RULES_CHANGE));
    g_assert_true(wh_announcer_is_enabled(stage->announcer, WH_RULES_TROUBLE));
}

int main(int argc, char **argv)
{
    g_setenv("TZ", "UTC", TRUE);
    g_test_init(&argc, &argv, NULL);
    STAGE_ADD("/announcer/change", test_change);
    STAGE_ADD("/announcer/same-is-no-change", test_same_is_no_change);
    STAGE_ADD("/announcer/both-families-are-one-message", test_both_families_are_one_message);
    STAGE_ADD("/announcer/two-changes", test_two_changes);
    STAGE_ADD("/announcer/first-publication", test_first_publication);
    STAGE_ADD("/announcer/actions", test_actions);
    STAGE_ADD("/announcer/switched-off", test_switched_off);
    stage_add_changes_tests();
    stage_add_troubles_tests();
    stage_add_history_tests();
    return g_test_run();
}
