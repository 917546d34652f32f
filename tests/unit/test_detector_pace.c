/* Behind a router that tells its address: when the outside is asked, and how much. */
#include "tests/unit/test_detector_world.h"

#define V4 WH_FAMILY_IPV4
#define HOME "192.168.1.2"

static void advance(DetectorWorld *world, gint64 time)
{
    wh_fake_clock_advance(detector_world_clock(world), time);
}

static gint64 next(DetectorWorld *world)
{
    return wh_fake_clock_next(detector_world_clock(world));
}

static void test_watched_is_rarely_checked(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdwx");
    for (gint64 end = 0; end < 24 * WH_HOUR; end += WH_MINUTE) {
        advance(world, WH_MINUTE);
        detector_world_answer_all(world, "11.1.1.1");
        detector_world_set_router(world, "11.1.1.1 watched");
    }
    guint asked = detector_world_take_asked(world);
    g_assert_cmpuint(asked, >=, 18);
    g_assert_cmpuint(asked, <=, 24);
    detector_world_check_changes(world, "");
    detector_world_check(world, V4, "agreed 11.1.1.1");
}

static void test_unwatched_is_polled(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdwx");
    detector_world_set_router(world, "11.1.1.1");
    advance(world, WH_SECOND);
    g_assert_cmpuint(detector_world_take_asked(world), ==, 1);
    detector_world_answer_all(world, "11.1.1.1");
    g_assert_cmpint(next(world), ==, 90 * WH_SECOND);
    detector_world_set_router(world, "11.1.1.1 watched");
    g_assert_cmpint(next(world), ==, 70 * WH_MINUTE);
    detector_world_set_router(world, "silent");
    g_assert_cmpint(next(world), ==, 90 * WH_SECOND);
    detector_world_check_open(world, "");
    detector_world_check_evidence(world, "interface gateway b");
}

static void test_event_without_news_asks_one(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdwx");
    detector_world_look(world, HOME);
    g_assert_cmpuint(detector_world_take_asked(world), ==, 1);
    detector_world_answer_all(world, "11.1.1.1");
    detector_world_check_changes(world, "");
    g_assert_cmpuint(detector_world_take_asked(world), ==, 0);
    /* Again at once: that was just said, and is made up for in one question. */
    for (guint i = 0; i < 4; i++) {
        advance(world, WH_SECOND);
        detector_world_look(world, HOME);
    }
    g_assert_cmpuint(detector_world_take_asked(world), ==, 0);
    advance(world, WH_SECOND);
    g_assert_cmpuint(detector_world_take_asked(world), ==, 1);
    detector_world_answer_all(world, "11.1.1.1");
    g_assert_cmpint(next(world), ==, 70 * WH_MINUTE);
}

static void test_flapping_link_does_not_ask_without_end(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdwx");
    for (guint i = 0; i < 600; i++) {
        advance(world, WH_SECOND);
        detector_world_look(world, i % 2 == 0 ? NULL : HOME);
        detector_world_answer_all(world, "11.1.1.1");
    }
    g_assert_cmpuint(detector_world_take_asked(world), <=, 2 * (10 + 20 + 1));
}

/* Its word alone changes to and fro; outside it is always the first. */
static void test_flapping_word_does_not_ask_without_end(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdefwx");
    for (guint i = 0; i < 600; i++) {
        advance(world, WH_SECOND);
        detector_world_set_router(world, i % 2 == 0 ? "11.7.7.7 watched" : "11.1.1.1 watched");
        detector_world_answer_all(world, "11.1.1.1");
    }
    detector_world_check_changes(world, "");
    g_assert_cmpuint(detector_world_take_asked(world), <=, 2 * (10 + 20 + 1));
}

/* The line itself changes to and fro every second; every change is true. */
static void test_flapping_line_does_not_ask_without_end(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdefwx");
    for (guint i = 0; i < 600; i++) {
        const char *now = i % 2 == 0 ? "11.1.1.2" : "11.1.1.1";
        g_autofree char *says = g_strconcat(now, " watched", NULL);
        advance(world, WH_SECOND);
        detector_world_set_router(world, says);
        detector_world_answer_all(world, now);
        if (i == 0)
            detector_world_check_changes(world, "agreed 11.1.1.2");
    }
    g_assert_cmpuint(detector_world_take_asked(world), <=, 2 * (10 + 20 + 2));
    /* And then it rests: what is right is found, without another event. */
    advance(world, 2 * WH_MINUTE);
    detector_world_answer_all(world, "11.1.1.1");
    advance(world, 2 * WH_MINUTE);
    detector_world_answer_all(world, "11.1.1.1");
    detector_world_check(world, V4, "agreed 11.1.1.1");
}

static void test_changes_are_not_delayed(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdefwx");
    for (guint i = 2; i < 60; i++) {
        g_autofree char *address = g_strdup_printf("11.1.1.%u", i);
        g_autofree char *says = g_strconcat(address, " watched", NULL);
        g_autofree char *verdict = g_strconcat("agreed ", address, NULL);
        advance(world, WH_SECOND);
        detector_world_set_router(world, says);
        detector_world_answer_all(world, address);
        detector_world_check_changes(world, verdict);
    }
}

/* Of a question that was overtaken, too. */
static void test_each_rests_ten_minutes(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("aw");
    detector_world_set_router(world, "11.1.1.1");
    detector_world_look(world, HOME);
    detector_world_answer(world, "w=11.1.1.1");
    detector_world_take_asked(world);
    advance(world, 10 * WH_MINUTE - WH_SECOND);
    g_assert_cmpuint(detector_world_take_asked(world), ==, 0);
    advance(world, WH_SECOND);
    g_assert_cmpuint(detector_world_take_asked(world), ==, 1);
    detector_world_answer_all(world, "11.1.1.1");
}

static void test_nothing_is_asked_unless_somebody_wants_it(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abw");
    WhDetector *detector = detector_world_detector(world);
    wh_detector_set_wanted(detector, FALSE, FALSE);
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_check_open(world, "");
    wh_detector_set_wanted(detector, TRUE, FALSE);
    detector_world_check_open(world, "wb");
    wh_detector_set_paused(detector, TRUE);
    detector_world_set_router(world, "11.1.1.3 watched");
    detector_world_check_open(world, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/detector/pace/rare", test_watched_is_rarely_checked);
    g_test_add_func("/detector/pace/unwatched", test_unwatched_is_polled);
    g_test_add_func("/detector/pace/event-without-news", test_event_without_news_asks_one);
    g_test_add_func("/detector/pace/flapping-link", test_flapping_link_does_not_ask_without_end);
    g_test_add_func("/detector/pace/flapping-word", test_flapping_word_does_not_ask_without_end);
    g_test_add_func("/detector/pace/flapping-line", test_flapping_line_does_not_ask_without_end);
    g_test_add_func("/detector/pace/not-delayed", test_changes_are_not_delayed);
    g_test_add_func("/detector/pace/rest", test_each_rests_ten_minutes);
    g_test_add_func("/detector/pace/unwanted", test_nothing_is_asked_unless_somebody_wants_it);
    return g_test_run();
}
