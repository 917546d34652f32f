#include "app/notify/announcer.h"

#include "app/notify/announcer_private.h"
#include "platform/fake/fake.h"
#include "tests/unit/test_announcer_world.h"

#include <string.h>

#define SECONDS(n) ((n)*G_TIME_SPAN_SECOND)
#define MINUTES(n) ((n)*G_TIME_SPAN_MINUTE)
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

static void send_account(Stage *stage, const char *more)
{
    g_autofree char *message =
        g_strdup_printf("{\"accounts\":[{\"id\":\"a1\",\"provider\":\"duckdns\",\"label\":\"Duck\","
                        "\"fields\":{},\"secrets\":[],%s}]}",
                        more);

    world_send(&stage->world, message);
}

static void send_halted(Stage *stage)
{
    send_account(stage, "\"halted\":true,\"result\":{\"class\":\"AUTH\"},\"scope\":\"account\"");
}

static void test_needs(Stage *stage, gconstpointer data)
{
    const WhNotifierMessage *message;
    gint64 now;

    stage_start(stage);
    send_halted(stage);
    now = g_get_monotonic_time();
    wh_announcer_look(stage->announcer, now);
    stage_assert_screen("");
    wh_announcer_look(stage->announcer, now + SECONDS(11));
    message = wh_fake_notifier_message(WH_RULES_KEY_NEEDS);
    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, "Duck needs you");
    g_assert_nonnull(strstr(message->body, "refuses"));
    g_assert_cmpint(message->urgency, ==, WH_NOTIFIER_CRITICAL);
    wh_announcer_look(stage->announcer, now + SECONDS(20));
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 1);
    send_account(stage, "\"halted\":false");
    stage_assert_screen("");
    /* And once more later. */
    send_halted(stage);
    wh_announcer_look(stage->announcer, g_get_monotonic_time() + SECONDS(11));
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 2);
}

/* The keyring that the desktop opens while the person signs in is nobody's business. */
static void test_short_need(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_halted(stage);
    send_account(stage, "\"halted\":false");
    wh_announcer_look(stage->announcer, g_get_monotonic_time() + MINUTES(60));
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 0);
}

static void send_host(Stage *stage, const char *state)
{
    g_autofree char *host = world_host("h1", "home.example", state);
    g_autofree char *message = g_strdup_printf("{\"hosts\":[%s]}", host);

    world_send(&stage->world, message);
}

static void test_late_and_well_again(Stage *stage, gconstpointer data)
{
    const WhNotifierMessage *message;

    stage_start(stage);
    send_host(stage, "waiting");
    wh_announcer_look(stage->announcer, g_get_monotonic_time() + MINUTES(14));
    stage_assert_screen("");
    wh_announcer_look(stage->announcer, g_get_monotonic_time() + MINUTES(16));
    message = wh_fake_notifier_message(WH_RULES_KEY_LATE);
    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, "home.example does not have the right address yet");
    send_host(stage, "current");
    stage_assert_screen("home.example is right again|203.0.113.9 [Open]");
    wh_fake_notifier_act(WH_RULES_KEY_LATE, "default");
    settle_loop();
    g_assert_cmpstr(stage->acted->str, ==, "open h1;");
}

/* Nothing is right again about a name that is paused, or gone. */
static void test_late_and_paused(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_host(stage, "waiting");
    wh_announcer_look(stage->announcer, g_get_monotonic_time() + MINUTES(16));
    g_assert_nonnull(wh_fake_notifier_message(WH_RULES_KEY_LATE));
    send_host(stage, "paused");
    stage_assert_screen("");
    send_host(stage, "waiting");
    wh_announcer_look(stage->announcer, g_get_monotonic_time() + MINUTES(16));
    g_assert_nonnull(wh_fake_notifier_message(WH_RULES_KEY_LATE));
    world_send(&stage->world, "{\"removed_hosts\":[\"h1\"]}");
    stage_assert_screen("");
}

static void test_service_away(Stage *stage, gconstpointer data)
{
    const WhNotifierMessage *message;

    stage_start(stage);
    stub_service_hang_up(stage->world.stub);
    world_wait(&stage->world);
    g_assert_false(wh_model_is_ready(stage->world.model));
    wh_announcer_look(stage->announcer, g_get_monotonic_time() + MINUTES(16));
    message = wh_fake_notifier_message(WH_RULES_KEY_LATE);
    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, "Wayhome hears nothing from its service");
    while (!wh_model_is_ready(stage->world.model))
        world_wait(&stage->world);
    message = wh_fake_notifier_message(WH_RULES_KEY_LATE);
    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, "Wayhome hears from its service again");
}

/* Another account of this computer gets no message at each sign-in. */
static void test_not_permitted(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    stub_service_refuse(stage->world.stub, "Watch", "org.varlink.service.PermissionDenied", "{}");
    stub_service_hang_up(stage->world.stub);
    while (wh_link_state(stage->world.link) != WH_LINK_NOT_PERMITTED)
        world_wait(&stage->world);
    wh_announcer_look(stage->announcer, g_get_monotonic_time() + MINUTES(60));
    stage_assert_screen("");
}

static void test_somebody_else_answers(Stage *stage, gconstpointer data)
{
    const WhNotifierMessage *message;

    stage_start(stage);
    wh_fake_local_socket_set_trusted(FALSE);
    stub_service_hang_up(stage->world.stub);
    while (wh_link_state(stage->world.link) != WH_LINK_UNSAFE)
        world_wait(&stage->world);
    wh_announcer_look(stage->announcer, g_get_monotonic_time() + SECONDS(11));
    message = wh_fake_notifier_message(WH_RULES_KEY_NEEDS);
    g_assert_nonnull(message);
    g_assert_cmpint(message->urgency, ==, WH_NOTIFIER_CRITICAL);
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
    STAGE_ADD("/announcer/needs", test_needs);
    STAGE_ADD("/announcer/short-need", test_short_need);
    STAGE_ADD("/announcer/late-and-well-again", test_late_and_well_again);
    STAGE_ADD("/announcer/late-and-paused", test_late_and_paused);
    STAGE_ADD("/announcer/service-away", test_service_away);
    STAGE_ADD("/announcer/not-permitted", test_not_permitted);
    STAGE_ADD("/announcer/somebody-else-answers", test_somebody_else_answers);
    stage_add_history_tests();
    return g_test_run();
}
