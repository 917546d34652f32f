/* What the interface decides by itself. */
#include "tests/unit/test_detector_world.h"

#define V4 WH_FAMILY_IPV4
#define V6 WH_FAMILY_IPV6

static void test_nothing_before_the_first_look(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_set_inside(world, V4, "11.22.33.44");
    wh_detector_set_paused(detector_world_detector(world), TRUE);
    wh_detector_set_paused(detector_world_detector(world), FALSE);
    detector_world_check(world, V4, "asking");
    detector_world_check(world, V6, "asking");
    detector_world_check_open(world, "");
    detector_world_check_changes(world, "");
}

static void test_direct_at_once_and_without_questions(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_look(world, "192.168.1.2 11.22.33.44");
    detector_world_check_changes(world, "direct 11.22.33.44, IPv6 no_route");
    detector_world_look(world, "192.168.1.2 11.22.33.45");
    detector_world_check_changes(world, "direct 11.22.33.45");
    detector_world_look(world, "192.168.1.2 11.22.33.45");
    detector_world_check_changes(world, "");
    g_assert_cmpuint(detector_world_take_asked(world), ==, 0);
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), ==, 0);
    detector_world_check_evidence(world, "interface interface");
}

static void test_first_reached_is_kept(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_look(world, "11.22.33.44");
    gint64 at = wh_detector_verdict(detector_world_detector(world), V4)->at;
    wh_fake_clock_advance(detector_world_clock(world), WH_HOUR);
    detector_world_look(world, "11.22.33.44");
    g_assert_cmpint(wh_detector_verdict(detector_world_detector(world), V4)->at, ==, at);
    detector_world_look(world, "11.22.33.45");
    g_assert_cmpint(wh_detector_verdict(detector_world_detector(world), V4)->at, ==, at + WH_HOUR);
}

static void test_preferred_address_first(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_look(world, "11.22.33.1 11.22.33.2* 11.22.33.3*");
    detector_world_check(world, V4, "direct 11.22.33.2");
    detector_world_look(world, "11.22.33.2 11.22.33.3*");
    detector_world_check(world, V4, "direct 11.22.33.3");
    detector_world_look(world, "192.168.1.2* 11.22.33.3");
    detector_world_check(world, V4, "direct 11.22.33.3");
}

static void test_equals_do_not_take_turns(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_look(world, "11.22.33.1 11.22.33.2");
    detector_world_check_changes(world, "direct 11.22.33.1, IPv6 no_route");
    detector_world_look(world, "11.22.33.2 11.22.33.3 11.22.33.1");
    detector_world_check_changes(world, "");
    detector_world_look(world, "11.22.33.2 11.22.33.3");
    detector_world_check_changes(world, "direct 11.22.33.2");
    detector_world_look(world, "11.22.33.2 11.22.33.1*");
    detector_world_check_changes(world, "direct 11.22.33.1");
}

static void test_ipv6_never_asks(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    wh_detector_set_wanted(detector_world_detector(world), TRUE, TRUE);
    detector_world_set_inside(world, V6, "fd00::1");
    detector_world_look(world, NULL);
    detector_world_check_changes(world, "no_route, IPv6 no_address");
    detector_world_set_inside(world, V6, "fd00::1 2606:4700::1");
    detector_world_look(world, NULL);
    detector_world_check_changes(world, "IPv6 direct 2606:4700::1");
    detector_world_set_inside(world, V6, "");
    detector_world_look(world, NULL);
    detector_world_check_changes(world, "IPv6 no_address");
    g_assert_cmpuint(detector_world_take_asked(world), ==, 0);
}

static void test_no_route_at_once(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_look(world, "192.168.1.2");
    detector_world_check_open(world, "ab");
    detector_world_look(world, NULL);
    detector_world_check_open(world, "");
    detector_world_check_changes(world, "IPv6 no_route, no_route");
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), ==, 0);
    wh_fake_clock_advance(detector_world_clock(world), 5 * WH_SECOND);
    detector_world_look(world, "192.168.1.2");
    detector_world_check_changes(world, "asking");
    detector_world_check_open(world, "ca");
}

static void test_route_without_address(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_look(world, "");
    detector_world_check(world, V4, "no_address");
    detector_world_check_open(world, "");
}

static void test_agreement_ends_when_the_line_becomes_direct(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abc");
    detector_world_look(world, "11.22.33.44");
    detector_world_check_changes(world, "direct 11.22.33.44");
    detector_world_check_evidence(world, "interface");
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), ==, 0);
    detector_world_look(world, "192.168.1.2");
    detector_world_check_changes(world, "asking");
}

static void pause(DetectorWorld *world)
{
    wh_detector_set_paused(detector_world_detector(world), TRUE);
}

static void look_again(DetectorWorld *world)
{
    detector_world_on_change(world, NULL);
    detector_world_look(world, "11.22.33.55");
}

static void test_callback_may_call_back(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abc");
    detector_world_on_change(world, pause);
    detector_world_look(world, "192.168.1.2");
    detector_world_check_open(world, "");
    detector_world_on_change(world, look_again);
    detector_world_look(world, "11.22.33.44");
    detector_world_check(world, V4, "direct 11.22.33.55");
    detector_world_check_changes(world, "IPv6 no_route, direct 11.22.33.44, direct 11.22.33.55");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/detector/inside/before", test_nothing_before_the_first_look);
    g_test_add_func("/detector/inside/direct", test_direct_at_once_and_without_questions);
    g_test_add_func("/detector/inside/first-reached", test_first_reached_is_kept);
    g_test_add_func("/detector/inside/preferred", test_preferred_address_first);
    g_test_add_func("/detector/inside/no-turns", test_equals_do_not_take_turns);
    g_test_add_func("/detector/inside/ipv6", test_ipv6_never_asks);
    g_test_add_func("/detector/inside/no-route", test_no_route_at_once);
    g_test_add_func("/detector/inside/no-address", test_route_without_address);
    g_test_add_func("/detector/inside/becomes-direct",
                    test_agreement_ends_when_the_line_becomes_direct);
    g_test_add_func("/detector/inside/callback", test_callback_may_call_back);
    return g_test_run();
}
