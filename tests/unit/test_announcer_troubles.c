#include "app/notify/announcer_private.h"
#include "platform/fake/fake.h"
#include "tests/unit/test_announcer_world.h"

#include <string.h>

static void settle_loop(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        continue;
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

    stage_start(stage);
    send_halted(stage);
    stage_later(stage, STAGE_SECONDS(9));
    stage_assert_screen("");
    stage_later(stage, STAGE_SECONDS(2));
    message = wh_fake_notifier_message(WH_RULES_KEY_NEEDS);
    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, "Duck needs you");
    g_assert_nonnull(strstr(message->body, "refuses"));
    g_assert_cmpint(message->urgency, ==, WH_NOTIFIER_CRITICAL);
    stage_later(stage, STAGE_SECONDS(9));
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 1);
    send_account(stage, "\"halted\":false");
    stage_assert_screen("");
    /* And once more later. */
    send_halted(stage);
    stage_later(stage, STAGE_SECONDS(11));
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 2);
}

/* The keyring that the desktop opens while the person signs in is nobody's business. */
static void test_short_need(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_halted(stage);
    send_account(stage, "\"halted\":false");
    stage_later(stage, STAGE_MINUTES(60));
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
    stage_later(stage, STAGE_MINUTES(14));
    stage_assert_screen("");
    stage_later(stage, STAGE_MINUTES(16));
    message = wh_fake_notifier_message(WH_RULES_KEY_LATE);
    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, "home.example does not have the right address yet");
    send_host(stage, "current");
    stage_assert_screen("home.example is right again|203.0.113.9 [Open]");
    wh_fake_notifier_act(WH_RULES_KEY_RECOVERY, "default");
    settle_loop();
    g_assert_cmpstr(stage->acted->str, ==, "open h1;");
    /* And late once more: that it was right does not stay beside it. */
    send_host(stage, "waiting");
    stage_later(stage, STAGE_MINUTES(16));
    g_assert_nonnull(wh_fake_notifier_message(WH_RULES_KEY_LATE));
    g_assert_null(wh_fake_notifier_message(WH_RULES_KEY_RECOVERY));
}

/* Nothing is right again about a name that is paused, or gone. */
static void test_late_and_paused(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_host(stage, "waiting");
    stage_later(stage, STAGE_MINUTES(16));
    g_assert_nonnull(wh_fake_notifier_message(WH_RULES_KEY_LATE));
    send_host(stage, "paused");
    stage_assert_screen("");
    send_host(stage, "waiting");
    stage_later(stage, STAGE_MINUTES(16));
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
    stage_later(stage, STAGE_MINUTES(16));
    message = wh_fake_notifier_message(WH_RULES_KEY_LATE);
    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, "Wayhome hears nothing from its service");
    while (!wh_model_is_ready(stage->world.model))
        world_wait(&stage->world);
    message = wh_fake_notifier_message(WH_RULES_KEY_RECOVERY);
    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, "Wayhome hears from its service again");
    g_assert_null(wh_fake_notifier_message(WH_RULES_KEY_LATE));
}

/* Another account of this computer gets no message at each sign-in. */
static void test_not_permitted(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    stub_service_refuse(stage->world.stub, "Watch", "org.varlink.service.PermissionDenied", "{}");
    stub_service_hang_up(stage->world.stub);
    while (wh_link_state(stage->world.link) != WH_LINK_NOT_PERMITTED)
        world_wait(&stage->world);
    stage_later(stage, STAGE_MINUTES(60));
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
    stage_later(stage, STAGE_SECONDS(11));
    message = wh_fake_notifier_message(WH_RULES_KEY_NEEDS);
    g_assert_nonnull(message);
    g_assert_cmpint(message->urgency, ==, WH_NOTIFIER_CRITICAL);
}

static void send_hosts(Stage *stage, const char *first, const char *second, const char *third)
{
    g_autofree char *a = world_host("h1", "home.example", first);
    g_autofree char *b = world_host("h2", "nas.example", second);
    g_autofree char *c = world_host("h3", "door.example", third);
    g_autofree char *message = g_strdup_printf("{\"hosts\":[%s,%s,%s]}", a, b, c);

    world_send(&stage->world, message);
}

static void assert_needs(const char *title, WhNotifierUrgency urgency)
{
    const WhNotifierMessage *message = wh_fake_notifier_message(WH_RULES_KEY_NEEDS);

    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, title);
    g_assert_cmpint(message->urgency, ==, urgency);
}

/* What is mended leaves the message, which does not come up again for it. */
static void test_needs_less(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_hosts(stage, "refused", "refused", "refused");
    stage_later(stage, STAGE_SECONDS(11));
    assert_needs("3 things need you", WH_NOTIFIER_CRITICAL);
    send_hosts(stage, "current", "refused", "refused");
    assert_needs("2 things need you", WH_NOTIFIER_NORMAL);
    g_assert_null(strstr(wh_fake_notifier_message(WH_RULES_KEY_NEEDS)->body, "home.example"));
    send_hosts(stage, "current", "current", "refused");
    assert_needs("door.example needs you", WH_NOTIFIER_NORMAL);
    wh_fake_notifier_act(WH_RULES_KEY_NEEDS, "default");
    settle_loop();
    g_assert_cmpstr(stage->acted->str, ==, "open h3;");
    /* Closed by the person: nothing brings it back but news. */
    wh_fake_notifier_close(WH_RULES_KEY_NEEDS);
    stage_later(stage, STAGE_MINUTES(5));
    stage_assert_screen("");
    send_hosts(stage, "refused", "current", "refused");
    stage_later(stage, STAGE_SECONDS(11));
    assert_needs("2 things need you", WH_NOTIFIER_CRITICAL);
    send_hosts(stage, "current", "current", "current");
    stage_assert_screen("");
}

/* That one name is right again leaves what is said about another. */
static void test_one_of_two_is_right_again(Stage *stage, gconstpointer data)
{
    const WhNotifierMessage *message;

    stage_start(stage);
    send_hosts(stage, "waiting", "waiting", "current");
    stage_later(stage, STAGE_MINUTES(16));
    message = wh_fake_notifier_message(WH_RULES_KEY_LATE);
    g_assert_cmpstr(message->title, ==, "2 names do not have the right address yet");
    send_hosts(stage, "current", "waiting", "current");
    message = wh_fake_notifier_message(WH_RULES_KEY_LATE);
    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, "nas.example does not have the right address yet");
    message = wh_fake_notifier_message(WH_RULES_KEY_RECOVERY);
    g_assert_nonnull(message);
    g_assert_cmpstr(message->title, ==, "home.example is right again");
}

/* A name that waited for its account was named by no message: it is news when the account is well
 * and the name is not. */
static void test_name_after_its_account(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_halted(stage);
    send_host(stage, "refused");
    stage_later(stage, STAGE_SECONDS(11));
    assert_needs("Duck needs you", WH_NOTIFIER_CRITICAL);
    send_account(stage, "\"halted\":false");
    assert_needs("home.example needs you", WH_NOTIFIER_CRITICAL);
}

/* The other way round the message names what it is about now. */
static void test_account_after_its_name(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_host(stage, "refused");
    stage_later(stage, STAGE_SECONDS(11));
    assert_needs("home.example needs you", WH_NOTIFIER_CRITICAL);
    send_halted(stage);
    stage_later(stage, STAGE_SECONDS(11));
    assert_needs("Duck needs you", WH_NOTIFIER_CRITICAL);
    send_account(stage, "\"halted\":false");
    assert_needs("home.example needs you", WH_NOTIFIER_NORMAL);
}

static void send_notices(Stage *stage, const char *codes, const char *details)
{
    g_autofree char *message = g_strdup_printf(
        "{\"service\":{\"version\":\"1\",\"scope\":\"user\",\"started\":1,\"monitoring\":true,"
        "\"paused\":false,\"notices\":[%s],\"notice_details\":[%s],"
        "\"secrets\":{\"kept_in\":\"keyring\",\"keyring\":\"locked\",\"writer\":\"service\","
        "\"file_allowed\":false}}}",
        codes, details);

    world_send(&stage->world, message);
}

/* Each with the service's own sentence, whether or not there is a button for it. */
static void test_service_needs(Stage *stage, gconstpointer data)
{
    static const char *const codes[] = {"store_set_aside",     "store_unwritable",
                                        "store_in_memory",     "keyring_unwritable",
                                        "secrets_unavailable", "provider_files"};

    stage_start(stage);
    for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
        g_autofree char *code = g_strdup_printf("\"%s\"", codes[i]);

        send_notices(stage, code, "\"Something is wrong on the disk.\"");
        stage_later(stage, STAGE_SECONDS(11));
        stage_assert_screen("Wayhome needs you|Something is wrong on the disk. [Open]");
        send_notices(stage, "", "");
        stage_assert_screen("");
    }
}

/* The keyring's ten seconds run, whatever else comes and goes meanwhile. */
static void test_keyring_beside_a_halt(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_notices(stage, "\"keyring_locked\"", "\"wayhomectl knows.\"");
    stage_later(stage, STAGE_SECONDS(6));
    send_halted(stage);
    stage_later(stage, STAGE_SECONDS(6));
    assert_needs("Wayhome needs you", WH_NOTIFIER_CRITICAL);
    g_assert_cmpstr(
        wh_fake_notifier_message(WH_RULES_KEY_NEEDS)->body, ==,
        "The keyring is locked\nUnlock the keyring, where passwords and tokens are kept");
    stage_later(stage, STAGE_SECONDS(6));
    assert_needs("2 things need you", WH_NOTIFIER_CRITICAL);
}

/* An account that lacks nothing but the keyring is no second thing. */
static void test_keyring_is_one_thing(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_notices(stage, "\"keyring_locked\"", "\"wayhomectl knows.\"");
    world_send(&stage->world,
               "{\"accounts\":[{\"id\":\"a1\",\"provider\":\"duckdns\",\"label\":\"Duck\","
               "\"fields\":{},\"secrets\":[{\"field\":\"token\",\"state\":\"locked\"}],"
               "\"halted\":false}]}");
    send_host(stage, "no_secret");
    stage_later(stage, STAGE_SECONDS(11));
    assert_needs("Wayhome needs you", WH_NOTIFIER_CRITICAL);
}

void stage_add_troubles_tests(void)
{
    STAGE_ADD("/announcer/troubles/needs", test_needs);
    STAGE_ADD("/announcer/troubles/needs-less", test_needs_less);
    STAGE_ADD("/announcer/troubles/short-need", test_short_need);
    STAGE_ADD("/announcer/troubles/name-after-its-account", test_name_after_its_account);
    STAGE_ADD("/announcer/troubles/account-after-its-name", test_account_after_its_name);
    STAGE_ADD("/announcer/troubles/service-needs", test_service_needs);
    STAGE_ADD("/announcer/troubles/keyring-beside-a-halt", test_keyring_beside_a_halt);
    STAGE_ADD("/announcer/troubles/keyring-is-one-thing", test_keyring_is_one_thing);
    STAGE_ADD("/announcer/troubles/late-and-well-again", test_late_and_well_again);
    STAGE_ADD("/announcer/troubles/one-of-two-is-right-again", test_one_of_two_is_right_again);
    STAGE_ADD("/announcer/troubles/late-and-paused", test_late_and_paused);
    STAGE_ADD("/announcer/troubles/service-away", test_service_away);
    STAGE_ADD("/announcer/troubles/not-permitted", test_not_permitted);
    STAGE_ADD("/announcer/troubles/somebody-else-answers", test_somebody_else_answers);
}
