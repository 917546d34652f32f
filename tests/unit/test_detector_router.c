/* Behind a router that tells its address: one voice from outside is enough, and rarely asked for.
 */
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

static void test_first_answer_settles_it(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abcw");
    detector_world_set_router(world, "11.1.1.1");
    detector_world_look(world, HOME);
    detector_world_check_open(world, "wa");
    detector_world_answer(world, "w=11.1.1.1");
    detector_world_check_changes(world, "IPv6 no_route, agreed 11.1.1.1");
    detector_world_check_open(world, "");
    detector_world_check_evidence(world, "interface gateway w");
}

static void test_https_may_be_first(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abcw");
    detector_world_set_router(world, "11.1.1.1");
    detector_world_look(world, HOME);
    detector_world_answer(world, "a=11.1.1.1");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    detector_world_check_open(world, "");
}

static void test_word_comes_during_the_round(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abcw");
    detector_world_look(world, HOME);
    detector_world_check_open(world, "ab");
    detector_world_answer(world, "a=11.1.1.1");
    detector_world_check(world, V4, "asking");
    detector_world_set_router(world, "11.1.1.1 watched");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    detector_world_check_open(world, "");
    advance(world, WH_MINUTE);
    g_assert_cmpuint(detector_world_take_asked(world), ==, 2);
}

static void test_dns_joins_a_round(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abcwx");
    detector_world_look(world, HOME);
    detector_world_check_open(world, "ab");
    detector_world_set_router(world, "11.1.1.1 watched");
    detector_world_check_open(world, "abw");
    detector_world_set_router(world, "11.1.1.1 watched");
    detector_world_check_open(world, "abw");
    detector_world_answer(world, "w=11.1.1.1");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    detector_world_check_open(world, "");
}

static void test_without_dns_two_race(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_set_router(world, "11.1.1.1");
    detector_world_look(world, HOME);
    detector_world_check_open(world, "ab");
    detector_world_answer(world, "b=11.1.1.1");
    detector_world_check(world, V4, "agreed 11.1.1.1");
}

static void test_new_word_is_confirmed_at_once(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdwx");
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_check_open(world, "xb");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    detector_world_answer(world, "x=11.1.1.2");
    detector_world_check_changes(world, "agreed 11.1.1.2");
    g_assert_cmpuint(detector_world_take_asked(world), ==, 2);
}

static void test_failed_racer_is_not_replaced(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdwx");
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_answer(world, "x!");
    detector_world_check_open(world, "b");
    detector_world_answer(world, "b!");
    detector_world_check_open(world, "c");
    detector_world_answer(world, "c=11.1.1.2");
    detector_world_check_changes(world, "agreed 11.1.1.2");
}

/* Somebody answers in the place of all DNS servers. */
static void test_intercepted_dns_holds_nothing_up(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdwx");
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_answer(world, "x=11.9.9.9");
    detector_world_check_open(world, "b");
    detector_world_answer(world, "b=11.1.1.2");
    detector_world_check_changes(world, "agreed 11.1.1.2");
    detector_world_set_router(world, "11.1.1.3 watched");
    advance(world, WH_SECOND);
    detector_world_check_open(world, "wc");
}

static void test_liar_is_outvoted(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdefw");
    detector_world_set_router(world, "11.7.7.7 watched");
    detector_world_answer(world, "w=11.1.1.1");
    detector_world_check_open(world, "b");
    detector_world_answer(world, "b=11.1.1.1");
    detector_world_check_changes(world, "");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    const WhObservation *router =
        wh_detector_verdict(detector_world_detector(world), V4)->observations->pdata[1];
    g_assert_cmpint(router->kind, ==, WH_SOURCE_GATEWAY);
    g_assert_true(router->outvoted);
    /* From now on as if it were silent. */
    g_assert_cmpint(next(world), ==, 90 * WH_SECOND);
    detector_world_set_router(world, "11.7.7.7 watched");
    advance(world, 90 * WH_SECOND);
    detector_world_answer_all(world, "11.1.1.1");
    g_assert_cmpint(next(world), ==, 90 * WH_SECOND);
    detector_world_look(world, HOME);
    detector_world_check_open(world, "de");
    detector_world_answer_all(world, "11.1.1.1");
    /* Until it says something else. */
    advance(world, WH_MINUTE);
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_answer(world, "w=11.1.1.2");
    detector_world_check_changes(world, "agreed 11.1.1.2");
    g_assert_cmpint(next(world), ==, 70 * WH_MINUTE);
}

static void test_stale_router_follows(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdefw");
    detector_world_look(world, HOME);
    detector_world_answer(world, "b=11.1.1.2 c=11.1.1.2");
    detector_world_check_changes(world, "agreed 11.1.1.2");
    g_assert_cmpint(next(world), ==, 90 * WH_SECOND);
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_check_open(world, "");
    detector_world_check_changes(world, "");
    g_assert_cmpint(next(world), ==, 70 * WH_MINUTE);
}

static void test_carrier_nat_needs_two(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdefw");
    detector_world_set_router(world, "100.64.0.9 watched");
    detector_world_check_open(world, "bc");
    detector_world_answer(world, "b=11.5.5.5");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    detector_world_answer(world, "c=11.5.5.5");
    detector_world_check_changes(world, "agreed 11.5.5.5");
    detector_world_check_evidence(world, "interface gateway b c");
    /* The router cannot tell of a change of that. */
    g_assert_cmpint(next(world), ==, 90 * WH_SECOND);
}

static void test_router_without_address_needs_two(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcdefw");
    detector_world_set_router(world, "no_address watched");
    detector_world_check_open(world, "bc");
    detector_world_answer_all(world, NULL);
    detector_world_check_changes(world, "silent");
    advance(world, 2 * WH_SECOND);
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_answer(world, "w=11.1.1.2");
    detector_world_check_changes(world, "agreed 11.1.1.2");
}

static void test_first_word_without_address_is_no_event(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcdw");
    detector_world_set_router(world, "asking");
    detector_world_set_router(world, "100.64.0.9 watched");
    advance(world, WH_SECOND);
    detector_world_check_open(world, "");
    detector_world_set_router(world, "silent");
    advance(world, WH_SECOND);
    detector_world_check_open(world, "");
    detector_world_check(world, V4, "agreed 11.1.1.1");
}

static void test_silence_outside_does_not_end_what_the_router_confirms(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abw");
    detector_world_look(world, HOME);
    detector_world_answer_all(world, NULL);
    detector_world_check_changes(world, "");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    g_assert_cmpint(next(world), ==, 90 * WH_SECOND);
}

static void test_router_alone_is_not_believed(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abw");
    detector_world_set_router(world, "11.1.1.1 watched");
    detector_world_look(world, HOME);
    detector_world_answer_all(world, NULL);
    detector_world_check_changes(world, "IPv6 no_route, silent");
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_answer_all(world, NULL);
    detector_world_check(world, V4, "silent");
}

static void test_dns_alone_is_not_believed(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("awxy");
    detector_world_look(world, HOME);
    detector_world_check_open(world, "aw");
    detector_world_answer(world, "w=11.9.9.9 a!");
    detector_world_check_changes(world, "IPv6 no_route, one_witness");
    g_assert_cmpuint(detector_world_take_asked(world), ==, 2);
}

static void test_dns_polls_a_silent_router(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abwc");
    detector_world_look(world, HOME);
    detector_world_answer(world, "a=11.1.1.1 b=11.1.1.1");
    advance(world, 90 * WH_SECOND);
    detector_world_check_open(world, "w");
    detector_world_answer(world, "w=11.1.1.2");
    detector_world_check_open(world, "c");
    detector_world_answer(world, "c=11.1.1.2");
    detector_world_check_changes(world, "IPv6 no_route, agreed 11.1.1.1, agreed 11.1.1.2");
}

static void test_direct_does_not_need_the_router(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abw");
    detector_world_set_router(world, "11.1.1.1 watched");
    detector_world_look(world, "11.22.33.44");
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_check(world, V4, "direct 11.22.33.44");
    detector_world_check_evidence(world, "interface");
    detector_world_check_open(world, "");
}

static void look_again(DetectorWorld *world)
{
    detector_world_on_change(world, NULL);
    detector_world_look(world, HOME);
}

static void test_callback_may_look(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcw");
    detector_world_on_change(world, look_again);
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_answer(world, "w=11.1.1.2");
    detector_world_check_changes(world, "agreed 11.1.1.2");
    detector_world_answer_all(world, "11.1.1.2");
    detector_world_check(world, V4, "agreed 11.1.1.2");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/detector/router/first", test_first_answer_settles_it);
    g_test_add_func("/detector/router/https-first", test_https_may_be_first);
    g_test_add_func("/detector/router/during", test_word_comes_during_the_round);
    g_test_add_func("/detector/router/joins", test_dns_joins_a_round);
    g_test_add_func("/detector/router/without-dns", test_without_dns_two_race);
    g_test_add_func("/detector/router/new-word", test_new_word_is_confirmed_at_once);
    g_test_add_func("/detector/router/failed-racer", test_failed_racer_is_not_replaced);
    g_test_add_func("/detector/router/intercepted", test_intercepted_dns_holds_nothing_up);
    g_test_add_func("/detector/router/liar", test_liar_is_outvoted);
    g_test_add_func("/detector/router/stale", test_stale_router_follows);
    g_test_add_func("/detector/router/carrier-nat", test_carrier_nat_needs_two);
    g_test_add_func("/detector/router/no-address", test_router_without_address_needs_two);
    g_test_add_func("/detector/router/first-word", test_first_word_without_address_is_no_event);
    g_test_add_func("/detector/router/silence-outside",
                    test_silence_outside_does_not_end_what_the_router_confirms);
    g_test_add_func("/detector/router/alone", test_router_alone_is_not_believed);
    g_test_add_func("/detector/router/dns-alone", test_dns_alone_is_not_believed);
    g_test_add_func("/detector/router/dns-polls", test_dns_polls_a_silent_router);
    g_test_add_func("/detector/router/direct", test_direct_does_not_need_the_router);
    g_test_add_func("/detector/router/callback", test_callback_may_look);
    return g_test_run();
}
