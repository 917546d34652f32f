/* Behind a router: polls while an answer stands, retries while none does, and when nobody is asked.
 */
#include "tests/unit/test_detector_world.h"

#define V4 WH_FAMILY_IPV4
#define HOME "192.168.1.2"

static void advance(DetectorWorld *world, gint64 time)
{
    wh_fake_clock_advance(detector_world_clock(world), time);
}

static void check_next(DetectorWorld *world, gint64 time)
{
    g_assert_cmpint(wh_fake_clock_next(detector_world_clock(world)), ==, time);
}

static void test_one_confirms(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    check_next(world, 90 * WH_SECOND);
    advance(world, 90 * WH_SECOND);
    detector_world_check_open(world, "c");
    detector_world_answer(world, "c=11.1.1.1");
    detector_world_check_open(world, "");
    detector_world_check_changes(world, "");
    detector_world_check_evidence(world, "interface a b c");
    check_next(world, 90 * WH_SECOND);
    advance(world, 90 * WH_SECOND);
    detector_world_check_open(world, "d");
}

static void test_polls_are_jittered(void)
{
    g_autoptr(DetectorWorld) early = detector_world_new("abc");
    wh_fake_clock_set_random(detector_world_clock(early), 0);
    detector_world_look(early, HOME);
    detector_world_answer_all(early, "11.1.1.1");
    check_next(early, 81 * WH_SECOND);
    g_autoptr(DetectorWorld) late = detector_world_new("abc");
    wh_fake_clock_set_random(detector_world_clock(late), 0.999);
    detector_world_look(late, HOME);
    detector_world_answer_all(late, "11.1.1.1");
    g_assert_cmpint(wh_fake_clock_next(detector_world_clock(late)), >, 98 * WH_SECOND);
    g_assert_cmpint(wh_fake_clock_next(detector_world_clock(late)), <, 99 * WH_SECOND);
}

static void test_new_address_is_confirmed_at_once(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    advance(world, 90 * WH_SECOND);
    detector_world_answer(world, "c=11.1.1.2");
    detector_world_check_changes(world, "");
    detector_world_check_open(world, "d");
    detector_world_answer(world, "d=11.1.1.2");
    detector_world_check_changes(world, "agreed 11.1.1.2");
    detector_world_check_evidence(world, "interface c d");
}

static void test_a_wrong_voice_changes_nothing(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    advance(world, 90 * WH_SECOND);
    detector_world_answer(world, "c=11.1.1.2 d=11.1.1.1");
    detector_world_check_open(world, "a");
    detector_world_answer(world, "a=11.1.1.1");
    detector_world_check_changes(world, "");
    check_next(world, 90 * WH_SECOND);
}

static void test_failed_poll_asks_the_next(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    advance(world, 90 * WH_SECOND);
    detector_world_answer(world, "c!");
    detector_world_check_open(world, "d");
    detector_world_answer(world, "d=11.1.1.1");
    detector_world_check_changes(world, "");
    check_next(world, 90 * WH_SECOND);
}

static void test_slow_poll_gets_company(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    advance(world, 92 * WH_SECOND);
    detector_world_check_open(world, "cd");
    detector_world_answer(world, "d=11.1.1.1");
    detector_world_check_open(world, "");
    detector_world_check_changes(world, "");
}

static void test_each_operator_rests_ten_minutes(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abc");
    advance(world, 90 * WH_SECOND);
    detector_world_answer(world, "c=11.1.1.1");
    advance(world, 10 * WH_MINUTE - 91 * WH_SECOND);
    detector_world_check_open(world, "");
    advance(world, WH_SECOND);
    detector_world_check_open(world, "a");
    detector_world_answer(world, "a=11.1.1.1");
    g_assert_cmpuint(detector_world_take_asked(world), ==, 2);
}

static void test_an_hour_with_seven_operators(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcdefg");
    for (gint64 end = 0; end < WH_HOUR; end += WH_SECOND) {
        advance(world, WH_SECOND);
        detector_world_answer_all(world, "11.1.1.1");
    }
    guint asked = detector_world_take_asked(world);
    g_assert_cmpuint(asked, >=, 36);
    g_assert_cmpuint(asked, <=, 40);
    detector_world_check_changes(world, "");
    detector_world_check_evidence(world, "interface g a b c d e f");
}

static void test_silence_is_retried_with_pauses(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_look(world, HOME);
    static const int pauses[] = {1, 5, 15, 30, 60, 90, 90, 90};
    for (guint i = 0; i < G_N_ELEMENTS(pauses); i++) {
        detector_world_answer_all(world, NULL);
        check_next(world, pauses[i] * WH_SECOND);
        advance(world, pauses[i] * WH_SECOND);
    }
    detector_world_check(world, V4, "silent");
    detector_world_answer_all(world, "11.1.1.1");
    detector_world_check(world, V4, "agreed 11.1.1.1");
}

static void test_pauses_begin_anew_after_an_agreement(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_look(world, HOME);
    for (guint i = 0; i < 3; i++) {
        detector_world_answer_all(world, NULL);
        wh_fake_clock_advance_to_next(detector_world_clock(world));
    }
    detector_world_answer_all(world, "11.1.1.1");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    advance(world, 90 * WH_SECOND);
    wh_fake_clock_advance_to_next(detector_world_clock(world));
    advance(world, 10 * WH_MINUTE);
    detector_world_answer_all(world, NULL);
    detector_world_check(world, V4, "silent");
    check_next(world, 1 * WH_SECOND);
}

static void pause_at_once(DetectorWorld *world)
{
    wh_detector_set_paused(detector_world_detector(world), TRUE);
}

static void test_pause_in_the_middle_is_kept(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_look(world, HOME);
    detector_world_on_change(world, pause_at_once);
    detector_world_answer_all(world, "11.1.1.1");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), ==, 0);
}

static void test_evidence_grows_old(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcdefghijklmn");
    for (guint i = 0; i < 11; i++) {
        advance(world, 90 * WH_SECOND);
        detector_world_answer_all(world, "11.1.1.1");
    }
    detector_world_check_evidence(world, "interface c d e f g h i j k l m");
}

static void test_retries_are_short(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abcdefgh");
    detector_world_look(world, HOME);
    detector_world_answer_all(world, NULL);
    g_assert_cmpuint(detector_world_take_asked(world), ==, 8);
    advance(world, 1 * WH_SECOND);
    detector_world_check_open(world, "ab");
    detector_world_answer_all(world, NULL);
    g_assert_cmpuint(detector_world_take_asked(world), ==, 3);
    advance(world, 5 * WH_SECOND);
    detector_world_check_open(world, "de");
}

static void test_late_retries_let_operators_rest(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abcd");
    detector_world_look(world, HOME);
    detector_world_answer_all(world, "192.168.77.1");
    detector_world_check(world, V4, "special");
    for (guint i = 0; i < 60; i++) {
        advance(world, WH_SECOND);
        detector_world_answer_all(world, "192.168.77.1");
    }
    g_assert_cmpuint(detector_world_take_asked(world), ==, 2 + 3 * 2);
    for (guint i = 0; i < 3600; i++) {
        advance(world, WH_SECOND);
        detector_world_answer_all(world, "192.168.77.1");
    }
    guint asked = detector_world_take_asked(world);
    g_assert_cmpuint(asked, >, 4);
    g_assert_cmpuint(asked, <=, 4 * 6 + 4);
}

static void test_event_does_not_wait_for_the_pause(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_look(world, HOME);
    detector_world_answer_all(world, NULL);
    advance(world, 1 * WH_SECOND);
    detector_world_answer_all(world, NULL);
    check_next(world, 5 * WH_SECOND);
    advance(world, 2 * WH_SECOND);
    detector_world_look(world, HOME);
    detector_world_check_open(world, "ab");
    detector_world_answer_all(world, NULL);
    check_next(world, 1 * WH_SECOND);
}

static void test_unwanted_is_not_asked(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abcd");
    WhDetector *detector = detector_world_detector(world);
    wh_detector_set_wanted(detector, FALSE, TRUE);
    detector_world_look(world, HOME);
    detector_world_check_open(world, "");
    wh_detector_set_wanted(detector, TRUE, TRUE);
    detector_world_check_open(world, "ab");
    wh_detector_set_wanted(detector, TRUE, FALSE);
    detector_world_check_open(world, "ab");
    wh_detector_set_wanted(detector, FALSE, FALSE);
    detector_world_check_open(world, "");
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), ==, 0);
}

static void test_paused_is_not_asked_but_read(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    WhDetector *detector = detector_world_detector(world);
    wh_detector_set_paused(detector, TRUE);
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), ==, 0);
    detector_world_look(world, HOME);
    detector_world_check_open(world, "");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    detector_world_look(world, "11.22.33.44");
    detector_world_check_changes(world, "direct 11.22.33.44");
    detector_world_look(world, HOME);
    detector_world_check_changes(world, "asking");
    advance(world, 5 * WH_SECOND);
    wh_detector_set_paused(detector, FALSE);
    detector_world_check_open(world, "cd");
}

/* Nobody looked meanwhile. */
static void test_what_stood_before_a_pause_is_asked_anew(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    WhDetector *detector = detector_world_detector(world);
    wh_detector_set_paused(detector, TRUE);
    advance(world, WH_SECOND);
    detector_world_check(world, V4, "agreed 11.1.1.1");
    wh_detector_set_paused(detector, FALSE);
    detector_world_check_changes(world, "asking");
    detector_world_check_open(world, "cd");
}

/* Whoever wants the address much later must not get the one of long ago. */
static void test_unwanted_grows_old(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    WhDetector *detector = detector_world_detector(world);
    wh_detector_set_wanted(detector, FALSE, FALSE);
    advance(world, 10 * WH_MINUTE);
    detector_world_look(world, HOME);
    detector_world_check(world, V4, "agreed 11.1.1.1");
    advance(world, 6 * WH_MINUTE);
    detector_world_look(world, HOME);
    detector_world_check_changes(world, "asking");
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), ==, 0);
    wh_detector_set_wanted(detector, TRUE, FALSE);
    detector_world_answer_all(world, "11.1.1.1");
    detector_world_check_changes(world, "agreed 11.1.1.1");
    wh_detector_set_wanted(detector, FALSE, FALSE);
    wh_fake_clock_advance_to_next(detector_world_clock(world));
    detector_world_check_changes(world, "asking");
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), ==, 0);
    g_assert_cmpuint(detector_world_take_asked(world), ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/detector/polls/confirm", test_one_confirms);
    g_test_add_func("/detector/polls/jitter", test_polls_are_jittered);
    g_test_add_func("/detector/polls/new-address", test_new_address_is_confirmed_at_once);
    g_test_add_func("/detector/polls/wrong-voice", test_a_wrong_voice_changes_nothing);
    g_test_add_func("/detector/polls/failed", test_failed_poll_asks_the_next);
    g_test_add_func("/detector/polls/slow", test_slow_poll_gets_company);
    g_test_add_func("/detector/polls/rest", test_each_operator_rests_ten_minutes);
    g_test_add_func("/detector/polls/hour", test_an_hour_with_seven_operators);
    g_test_add_func("/detector/polls/pauses", test_silence_is_retried_with_pauses);
    g_test_add_func("/detector/polls/pauses-anew", test_pauses_begin_anew_after_an_agreement);
    g_test_add_func("/detector/polls/pause-in-the-middle", test_pause_in_the_middle_is_kept);
    g_test_add_func("/detector/polls/evidence-grows-old", test_evidence_grows_old);
    g_test_add_func("/detector/polls/short-retries", test_retries_are_short);
    g_test_add_func("/detector/polls/late-retries", test_late_retries_let_operators_rest);
    g_test_add_func("/detector/polls/event", test_event_does_not_wait_for_the_pause);
    g_test_add_func("/detector/polls/unwanted", test_unwanted_is_not_asked);
    g_test_add_func("/detector/polls/unwanted-grows-old", test_unwanted_grows_old);
    g_test_add_func("/detector/polls/paused", test_paused_is_not_asked_but_read);
    g_test_add_func("/detector/polls/before-a-pause", test_what_stood_before_a_pause_is_asked_anew);
    return g_test_run();
}
