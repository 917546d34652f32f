/* Behind a router: rounds of questions after an event. */
#include "tests/unit/test_detector_world.h"

#define V4 WH_FAMILY_IPV4
#define HOME "192.168.1.2"

static DetectorWorld *new_asking(const char *operators)
{
    DetectorWorld *world = detector_world_new(operators);
    detector_world_look(world, HOME);
    detector_world_check_changes(world, "IPv6 no_route");
    detector_world_check(world, V4, "asking");
    return world;
}

static void test_two_agree(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcd");
    detector_world_check_open(world, "ab");
    detector_world_answer(world, "a=11.1.1.1");
    detector_world_check_changes(world, "");
    detector_world_check_open(world, "b");
    detector_world_answer(world, "b=11.1.1.1");
    detector_world_check_changes(world, "agreed 11.1.1.1");
    detector_world_check_open(world, "");
    detector_world_check_evidence(world, "interface a b");
}

static void test_next_one_for_a_failed_one(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcd");
    detector_world_answer(world, "a!");
    detector_world_check_open(world, "bc");
    detector_world_answer(world, "b!");
    detector_world_check_open(world, "cd");
    detector_world_answer(world, "d=11.1.1.1 c=11.1.1.1");
    detector_world_check_changes(world, "agreed 11.1.1.1");
    detector_world_check_evidence(world, "interface a b d c");
}

static void test_a_majority_is_asked_again_without_the_outvoted(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcd");
    detector_world_answer(world, "a=11.1.1.2 b=11.1.1.1");
    detector_world_check_open(world, "c");
    detector_world_check_changes(world, "");
    detector_world_answer(world, "c=11.1.1.1");
    detector_world_check_changes(world, "disagreed");
    detector_world_check_evidence(world, "interface a b c");
    wh_fake_clock_advance(detector_world_clock(world), WH_SECOND);
    detector_world_check_open(world, "db");
    detector_world_answer(world, "d=11.1.1.1 b=11.1.1.1");
    detector_world_check_changes(world, "agreed 11.1.1.1");
}

static void test_everybody_says_something_else(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcd");
    detector_world_answer(world, "a=11.1.1.1 b=11.1.1.2 c=11.1.1.3");
    detector_world_check_open(world, "d");
    detector_world_answer(world, "d=11.1.1.4");
    detector_world_check_changes(world, "disagreed");
    g_assert_cmpuint(detector_world_take_asked(world), ==, 4);
}

static void test_silence(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcd");
    detector_world_answer_all(world, NULL);
    detector_world_check_changes(world, "silent");
    g_assert_cmpuint(detector_world_take_asked(world), ==, 4);
}

static void test_one_witness(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abc");
    detector_world_answer(world, "a! b=11.1.1.1 c!");
    detector_world_check_changes(world, "one_witness");
}

static void test_special(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abc");
    detector_world_answer(world, "a=100.64.0.7 b=100.64.0.7");
    detector_world_check_changes(world, "special");
}

static void test_wrong_family_is_a_failure(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abc");
    detector_world_answer(world, "a=2606:4700::1 b=11.1.1.1 c=11.1.1.1");
    detector_world_check_changes(world, "agreed 11.1.1.1");
    const WhVerdict *verdict = wh_detector_verdict(detector_world_detector(world), V4);
    const WhObservation *wrong = verdict->observations->pdata[1];
    g_assert_cmpstr(wrong->source, ==, "a");
    g_assert_false(wrong->ok);
    g_assert_cmpint(wrong->family, ==, V4);
}

static void test_nobody_to_ask(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("");
    detector_world_look(world, HOME);
    detector_world_check(world, V4, "silent");
    detector_world_check_evidence(world, "interface outside");
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), ==, 0);
}

static void test_slow_one_gets_company(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcd");
    detector_world_answer(world, "b=11.1.1.1");
    wh_fake_clock_advance(detector_world_clock(world), 2 * WH_SECOND - 1);
    detector_world_check_open(world, "a");
    wh_fake_clock_advance(detector_world_clock(world), 1);
    detector_world_check_open(world, "ac");
    detector_world_answer(world, "c=11.1.1.1");
    detector_world_check_changes(world, "agreed 11.1.1.1");
    detector_world_check_open(world, "");
}

static void test_standing_agreement_stays_while_asking(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcdef");
    wh_fake_clock_advance(detector_world_clock(world), 5 * WH_SECOND);
    detector_world_look(world, HOME);
    detector_world_check_open(world, "cd");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    detector_world_answer(world, "c=11.1.1.9");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    detector_world_answer(world, "d=11.1.1.9");
    detector_world_check_changes(world, "agreed 11.1.1.9");
    detector_world_check_evidence(world, "interface c d");
}

static void test_standing_agreement_ends_in_a_quarrel(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    wh_fake_clock_advance(detector_world_clock(world), 5 * WH_SECOND);
    detector_world_look(world, HOME);
    detector_world_answer(world, "c=11.1.1.8 d=11.1.1.9 a=11.1.1.8");
    detector_world_check_changes(world, "disagreed");
}

static void test_standing_agreement_ends_in_silence(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    wh_fake_clock_advance(detector_world_clock(world), 5 * WH_SECOND);
    detector_world_look(world, HOME);
    detector_world_answer_all(world, NULL);
    detector_world_check_changes(world, "silent");
}

static void test_outvoted_voice_does_not_end_an_agreement(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcde");
    wh_fake_clock_advance(detector_world_clock(world), 5 * WH_SECOND);
    detector_world_look(world, HOME);
    detector_world_answer(world, "c=11.1.1.9 d=11.1.1.1 e=11.1.1.1");
    detector_world_check_changes(world, "");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    detector_world_check_evidence(world, "interface a b c d e");
}

static void test_burst_shares_a_round(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcdef");
    for (guint i = 0; i < 50; i++)
        detector_world_look(world, HOME);
    detector_world_check_open(world, "ab");
    detector_world_answer(world, "a=11.1.1.1 b=11.1.1.1");
    detector_world_check_changes(world, "agreed 11.1.1.1");
    detector_world_check_open(world, "");
    wh_fake_clock_advance(detector_world_clock(world), WH_SECOND - 1);
    detector_world_check_open(world, "");
    wh_fake_clock_advance(detector_world_clock(world), 1);
    detector_world_check_open(world, "cd");
    detector_world_answer(world, "c=11.1.1.1 d=11.1.1.1");
    wh_fake_clock_advance(detector_world_clock(world), WH_MINUTE);
    g_assert_cmpuint(detector_world_take_asked(world), ==, 4);
    detector_world_check_changes(world, "");
}

static void test_what_was_heard_before_the_event_does_not_count(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcdef");
    detector_world_answer(world, "a=11.1.1.1");
    detector_world_look(world, HOME);
    detector_world_answer(world, "b=11.1.1.1");
    wh_fake_clock_advance(detector_world_clock(world), WH_SECOND);
    detector_world_check_open(world, "cd");
    detector_world_answer(world, "c=11.1.1.2 d=11.1.1.2");
    detector_world_check_changes(world, "agreed 11.1.1.1, agreed 11.1.1.2");
    detector_world_check_evidence(world, "interface c d");
}

static void test_event_cuts_an_old_round(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcdefgh");
    wh_fake_clock_advance(detector_world_clock(world), WH_SECOND);
    detector_world_look(world, HOME);
    detector_world_check_open(world, "ab");
    wh_fake_clock_advance(detector_world_clock(world), 2 * WH_SECOND);
    detector_world_check_open(world, "de");
    detector_world_answer(world, "d=11.1.1.1 e=11.1.1.1");
    detector_world_check_changes(world, "agreed 11.1.1.1");
}

static void test_events_do_not_starve_a_slow_line(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcdefgh");
    detector_world_look(world, HOME);
    wh_fake_clock_advance(detector_world_clock(world), 3 * WH_SECOND);
    detector_world_check_open(world, "de");
    for (guint i = 0; i < 8; i++) {
        detector_world_look(world, HOME);
        wh_fake_clock_advance(detector_world_clock(world), WH_SECOND / 2);
    }
    detector_world_answer(world, "d=11.1.1.1 e=11.1.1.1");
    detector_world_check_changes(world, "agreed 11.1.1.1");
    detector_world_check_open(world, "");
    wh_fake_clock_advance(detector_world_clock(world), WH_MILLISECOND);
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), >, 0);
}

static void test_flapping_line_does_not_ask_without_end(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcdefgh");
    for (guint i = 0; i < 600; i++) {
        wh_fake_clock_advance(detector_world_clock(world), WH_SECOND);
        detector_world_look(world, HOME);
        detector_world_answer_all(world, "11.1.1.1");
    }
    g_assert_cmpuint(detector_world_take_asked(world), <=, 2 * (10 + 20 + 1));
    detector_world_check_changes(world, "");
}

static void test_changes_pay_for_their_events(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcdefgh");
    for (guint i = 2; i < 60; i++) {
        wh_fake_clock_advance(detector_world_clock(world), WH_SECOND);
        detector_world_look(world, HOME);
        g_autofree char *address = g_strdup_printf("11.1.1.%u", i);
        g_autofree char *verdict = g_strconcat("agreed ", address, NULL);
        detector_world_answer_all(world, address);
        detector_world_check_changes(world, verdict);
    }
}

static void test_late_answers_of_cancelled_questions(void)
{
    g_autoptr(DetectorWorld) world = new_asking("abcd");
    detector_world_set_cancel_at_once(world, FALSE);
    detector_world_look(world, NULL);
    detector_world_check_open(world, "");
    detector_world_flush(world);
    detector_world_check(world, V4, "no_route");
    wh_fake_clock_advance(detector_world_clock(world), WH_SECOND);
    /* The world is freed with questions open; their answers come after the detector is gone. */
    detector_world_look(world, HOME);
    detector_world_check_open(world, "cd");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/detector/rounds/agree", test_two_agree);
    g_test_add_func("/detector/rounds/failed", test_next_one_for_a_failed_one);
    g_test_add_func("/detector/rounds/majority",
                    test_a_majority_is_asked_again_without_the_outvoted);
    g_test_add_func("/detector/rounds/all-differ", test_everybody_says_something_else);
    g_test_add_func("/detector/rounds/silence", test_silence);
    g_test_add_func("/detector/rounds/one-witness", test_one_witness);
    g_test_add_func("/detector/rounds/special", test_special);
    g_test_add_func("/detector/rounds/wrong-family", test_wrong_family_is_a_failure);
    g_test_add_func("/detector/rounds/nobody", test_nobody_to_ask);
    g_test_add_func("/detector/rounds/slow", test_slow_one_gets_company);
    g_test_add_func("/detector/rounds/standing", test_standing_agreement_stays_while_asking);
    g_test_add_func("/detector/rounds/standing-quarrel", test_standing_agreement_ends_in_a_quarrel);
    g_test_add_func("/detector/rounds/standing-silence", test_standing_agreement_ends_in_silence);
    g_test_add_func("/detector/rounds/outvoted", test_outvoted_voice_does_not_end_an_agreement);
    g_test_add_func("/detector/rounds/burst", test_burst_shares_a_round);
    g_test_add_func("/detector/rounds/before-the-event",
                    test_what_was_heard_before_the_event_does_not_count);
    g_test_add_func("/detector/rounds/cut", test_event_cuts_an_old_round);
    g_test_add_func("/detector/rounds/starve", test_events_do_not_starve_a_slow_line);
    g_test_add_func("/detector/rounds/flapping", test_flapping_line_does_not_ask_without_end);
    g_test_add_func("/detector/rounds/changes-pay", test_changes_pay_for_their_events);
    g_test_add_func("/detector/rounds/late-answers", test_late_answers_of_cancelled_questions);
    return g_test_run();
}
