#include "app/notify/announcer_memory.h"
#include "app/notify/announcer_private.h"
#include "tests/unit/test_announcer_world.h"

#include <string.h>

static gint64 seen(Stage *stage)
{
    WhAnnouncerMemory *memory = wh_announcer_memory_new(stage->path);
    gint64 id = wh_announcer_memory_seen(memory);

    wh_announcer_memory_free(memory);
    return id;
}

static void put_seen(Stage *stage, gint64 id)
{
    WhAnnouncerMemory *memory = wh_announcer_memory_new(stage->path);

    wh_announcer_memory_set_seen(memory, id);
    wh_announcer_memory_save(memory);
    wh_announcer_memory_free(memory);
}

/* Two changes, ids 7 and 9. */
static void set_two_changes(Stage *stage)
{
    g_autofree char *newer = stage_event(9, "ipv4", "CHANGED", "203.0.113.10");
    g_autofree char *older = stage_event(7, "ipv4", "CHANGED", "203.0.113.11");
    g_autofree char *events = g_strjoin(",", newer, older, NULL);

    stage_set_history(stage, events);
}

/* Who was never here has not been away. */
static void test_first_time(Stage *stage, gconstpointer data)
{
    set_two_changes(stage);
    stage_start(stage);
    stage_assert_screen("");
    g_assert_cmpint(seen(stage), ==, 9);
}

/* What happened between this start and the first answer is as good as seen live. */
static void test_first_time_and_just_now(Stage *stage, gconstpointer data)
{
    g_autofree char *event = g_strdup_printf(
        "{\"id\":9,\"at\":%" G_GINT64_FORMAT ",\"kind\":\"answered\",\"host\":\"h1\","
        "\"name\":\"home.example\",\"family\":\"ipv4\",\"address\":\"203.0.113.10\","
        "\"result\":{\"class\":\"CHANGED\"}}",
        g_get_real_time() + G_TIME_SPAN_HOUR);
    g_autofree char *old = stage_event(7, "ipv6", "CHANGED", "2001:db8::9");
    g_autofree char *events = g_strjoin(",", event, old, NULL);

    stage_set_history(stage, events);
    stage_start(stage);
    stage_assert_screen("home.example has a new address|203.0.113.10 [Open, Copy address]");
}

static void test_first_time_without_history(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    stage_assert_screen("");
    g_assert_cmpint(seen(stage), ==, 0);
}

static void test_summary(Stage *stage, gconstpointer data)
{
    set_two_changes(stage);
    put_seen(stage, 6);
    stage_start(stage);
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 1);
    g_assert_cmpstr(wh_fake_notifier_at(0)->title, ==, "While you were away, home.example changed");
    g_assert_true(g_str_has_prefix(wh_fake_notifier_at(0)->body, "203.0.113.10 since "));
    g_assert_nonnull(strstr(wh_fake_notifier_at(0)->body, "it changed 2 times"));
    g_assert_cmpint(wh_fake_notifier_at(0)->urgency, ==, WH_NOTIFIER_LOW);
    g_assert_cmpint(seen(stage), ==, 9);
    /* Once. */
    stage_stop(stage);
    stage_start(stage);
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 1);
}

static void test_live_is_seen(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    stage_happen(stage, 9, "ipv4", "CHANGED", "203.0.113.10");
    stage_settle(stage);
    g_assert_cmpint(seen(stage), ==, 9);
    set_two_changes(stage);
    stage_stop(stage);
    stage_start(stage);
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 1);
}

/* As people read it, not as DNS has it. */
static void test_summary_of_letters_beyond_ascii(Stage *stage, gconstpointer data)
{
    g_autofree char *host = world_host("h1", "xn--mnchen-3ya.example", "current");
    g_autofree char *message = g_strdup_printf("{\"hosts\":[%s]}", host);

    world_send(&stage->world, message);
    set_two_changes(stage);
    put_seen(stage, 6);
    stage_start(stage);
    g_assert_cmpstr(wh_fake_notifier_at(0)->title, ==,
                    "While you were away, münchen.example changed");
}

/* A name that was removed meanwhile is none of the person's any more. */
static void test_removed_name(Stage *stage, gconstpointer data)
{
    set_two_changes(stage);
    put_seen(stage, 6);
    world_send(&stage->world, "{\"removed_hosts\":[\"h1\"]}");
    stage_start(stage);
    stage_assert_screen("");
    g_assert_cmpint(seen(stage), ==, 9);
}

/* The service began a new history: ids from before mean nothing. */
static void test_other_history(Stage *stage, gconstpointer data)
{
    set_two_changes(stage);
    put_seen(stage, 1000);
    stage_start(stage);
    stage_assert_screen("");
    g_assert_cmpint(seen(stage), ==, 9);
    stage_happen(stage, 10, "ipv4", "CHANGED", "203.0.113.12");
    stage_settle(stage);
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 1);
}

/* What is asked for and what came meanwhile are one thing. */
static void test_meanwhile(Stage *stage, gconstpointer data)
{
    set_two_changes(stage);
    put_seen(stage, 8);
    stage_begin(stage);
    g_assert_true(wh_announcer_is_asking(stage->announcer));
    stage_happen(stage, 9, "ipv4", "CHANGED", "203.0.113.10");
    stage_settle(stage);
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 1);
    g_assert_cmpint(seen(stage), ==, 9);
}

/* What happened while the service restarted is told as if one had been there. */
static void test_missed(Stage *stage, gconstpointer data)
{
    put_seen(stage, 6);
    stage_start(stage);
    stage_assert_screen("");
    set_two_changes(stage);
    stub_service_hang_up(stage->world.stub);
    world_wait(&stage->world);
    while (!wh_model_is_ready(stage->world.model))
        world_wait(&stage->world);
    stage_settle(stage);
    stage_assert_screen("home.example has a new address|203.0.113.10 [Open, Copy address]");
    g_assert_cmpint(seen(stage), ==, 9);
}

static void test_refused(Stage *stage, gconstpointer data)
{
    stub_service_refuse(stage->world.stub, "History", "org.varlink.service.PermissionDenied", "{}");
    stage_start(stage);
    stage_happen(stage, 9, "ipv4", "CHANGED", "203.0.113.10");
    stage_settle(stage);
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 1);
}

static void test_freed_while_asking(Stage *stage, gconstpointer data)
{
    stage_begin(stage);
    g_assert_true(wh_announcer_is_asking(stage->announcer));
    stage_stop(stage);
    while (g_main_context_iteration(NULL, FALSE))
        continue;
    stage_assert_screen("");
}

static void test_damaged_file(Stage *stage, gconstpointer data)
{
    g_file_set_contents(stage->path, "\xff\xfe[[", -1, NULL);
    set_two_changes(stage);
    stage_start(stage);
    stage_assert_screen("");
    g_assert_cmpint(seen(stage), ==, 9);
}

void stage_add_history_tests(void)
{
    STAGE_ADD("/announcer/history/first-time", test_first_time);
    STAGE_ADD("/announcer/history/first-time-and-just-now", test_first_time_and_just_now);
    STAGE_ADD("/announcer/history/first-time-without-history", test_first_time_without_history);
    STAGE_ADD("/announcer/history/summary", test_summary);
    STAGE_ADD("/announcer/history/summary-of-letters-beyond-ascii",
              test_summary_of_letters_beyond_ascii);
    STAGE_ADD("/announcer/history/live-is-seen", test_live_is_seen);
    STAGE_ADD("/announcer/history/removed-name", test_removed_name);
    STAGE_ADD("/announcer/history/other-history", test_other_history);
    STAGE_ADD("/announcer/history/meanwhile", test_meanwhile);
    STAGE_ADD("/announcer/history/missed", test_missed);
    STAGE_ADD("/announcer/history/refused", test_refused);
    STAGE_ADD("/announcer/history/freed-while-asking", test_freed_while_asking);
    STAGE_ADD("/announcer/history/damaged-file", test_damaged_file);
}
