/* The way to the internet leads through a VPN. */
#include "tests/unit/test_detector_world.h"

#define V4 WH_FAMILY_IPV4
#define V6 WH_FAMILY_IPV6
#define HOME "192.168.1.2"
#define TUNNEL "10.8.0.2"

static void advance(DetectorWorld *world, gint64 time)
{
    wh_fake_clock_advance(detector_world_clock(world), time);
}

static void test_undecided_asks_nobody(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    detector_world_set_vpn(world, "tun0", WH_VPN_NOTHING, 0);
    detector_world_look(world, TUNNEL);
    detector_world_check_changes(world, "vpn");
    detector_world_check_open(world, "");
    g_assert_cmpuint(wh_fake_clock_pending(detector_world_clock(world)), ==, 0);
    g_assert_cmpstr(wh_detector_verdict(detector_world_detector(world), V4)->vpn, ==, "tun0");
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_check_open(world, "");
    detector_world_check(world, V4, "vpn");
    advance(world, WH_SECOND);
    detector_world_set_vpn(world, "", WH_VPN_NOTHING, 0);
    detector_world_look(world, HOME);
    detector_world_answer_all(world, "11.1.1.2");
    detector_world_check_changes(world, "asking, agreed 11.1.1.2");
}

/* The address of its far end is taken by nobody's choice, not even when it is public. */
static void test_undecided_takes_no_public_address(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("ab");
    detector_world_set_vpn(world, "tun0", WH_VPN_NOTHING, 0);
    detector_world_set_inside(world, V6, "2606:4700::1");
    detector_world_look(world, "11.22.33.44");
    detector_world_check_changes(world, "vpn, IPv6 vpn");
}

static void test_line_is_asked_past_it(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    advance(world, 5 * WH_SECOND);
    detector_world_set_vpn(world, "tun0", WH_VPN_LINE, 7);
    detector_world_look(world, HOME);
    detector_world_check_open(world, "cd");
    detector_world_answer(world, "c=11.1.1.1 d=11.1.1.1");
    detector_world_check(world, V4, "agreed 11.1.1.1");
    g_assert_cmpstr(wh_detector_verdict(detector_world_detector(world), V4)->vpn, ==, "tun0");
    /* The router is on that line. */
    detector_world_set_router(world, "11.1.1.2 watched");
    advance(world, WH_SECOND);
    detector_world_answer_all(world, "11.1.1.2");
    detector_world_check(world, V4, "agreed 11.1.1.2");
}

static void test_vpn_is_asked_as_any_other(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    detector_world_set_router(world, "11.1.1.1 watched");
    advance(world, 5 * WH_SECOND);
    detector_world_set_vpn(world, "tun0", WH_VPN_VPN, 0);
    detector_world_look(world, TUNNEL);
    detector_world_check_changes(world, "asking");
    detector_world_check_open(world, "cd");
    /* The router does not know that address. */
    detector_world_answer(world, "c=11.8.8.8 d=11.8.8.8");
    detector_world_check_changes(world, "agreed 11.8.8.8");
    detector_world_check_evidence(world, "interface c d");
    g_assert_cmpint(wh_fake_clock_next(detector_world_clock(world)), ==, 90 * WH_SECOND);
    detector_world_set_router(world, "11.1.1.2 watched");
    detector_world_check_open(world, "");
    advance(world, 5 * WH_SECOND);
    detector_world_set_vpn(world, "", WH_VPN_NOTHING, 0);
    detector_world_look(world, HOME);
    detector_world_check_changes(world, "asking");
    detector_world_answer_all(world, "11.1.1.2");
    detector_world_check_changes(world, "agreed 11.1.1.2");
}

static void test_round_of_the_line_is_cut(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abcdef");
    detector_world_look(world, HOME);
    detector_world_check_open(world, "ab");
    detector_world_answer(world, "a=11.1.1.1");
    detector_world_set_vpn(world, "tun0", WH_VPN_VPN, 0);
    detector_world_look(world, TUNNEL);
    detector_world_check_open(world, "");
    advance(world, WH_SECOND);
    detector_world_check_open(world, "cd");
    detector_world_answer(world, "c=11.8.8.8 d=11.8.8.8");
    detector_world_check(world, V4, "agreed 11.8.8.8");
}

static void test_another_vpn_is_told(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("ab");
    detector_world_set_vpn(world, "tun0", WH_VPN_NOTHING, 0);
    detector_world_look(world, TUNNEL);
    detector_world_check_changes(world, "vpn, IPv6 no_route");
    detector_world_set_vpn(world, "wg0", WH_VPN_NOTHING, 0);
    detector_world_look(world, TUNNEL);
    detector_world_check_changes(world, "vpn");
    detector_world_look(world, TUNNEL);
    detector_world_check_changes(world, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/detector/vpn/undecided", test_undecided_asks_nobody);
    g_test_add_func("/detector/vpn/undecided-public", test_undecided_takes_no_public_address);
    g_test_add_func("/detector/vpn/line", test_line_is_asked_past_it);
    g_test_add_func("/detector/vpn/vpn", test_vpn_is_asked_as_any_other);
    g_test_add_func("/detector/vpn/cut", test_round_of_the_line_is_cut);
    g_test_add_func("/detector/vpn/another", test_another_vpn_is_told);
    return g_test_run();
}
