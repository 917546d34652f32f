/* This computer goes out another way: what was heard before is no evidence. */
#include "tests/unit/test_detector_world.h"

#define V4 WH_FAMILY_IPV4
#define HOME "192.168.1.2"
#define CAFE "10.4.0.2"

static void advance(DetectorWorld *world, gint64 time)
{
    wh_fake_clock_advance(detector_world_clock(world), time);
}

static void test_agreement_ends(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_settled("abcd");
    advance(world, 5 * WH_SECOND);
    detector_world_set_way(world, 2);
    detector_world_look(world, CAFE);
    detector_world_check_changes(world, "asking");
    detector_world_answer_all(world, "11.9.9.9");
    detector_world_check_changes(world, "agreed 11.9.9.9");
    advance(world, 5 * WH_SECOND);
    detector_world_look(world, CAFE);
    detector_world_check_changes(world, "");
}

/* An answer that left by the old way is older than the new one. */
static void test_round_is_cut(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abcdef");
    detector_world_look(world, HOME);
    detector_world_answer(world, "a=11.1.1.1");
    detector_world_set_way(world, 2);
    detector_world_look(world, CAFE);
    detector_world_check_open(world, "");
    advance(world, WH_SECOND);
    detector_world_check_open(world, "cd");
    detector_world_answer(world, "c=11.9.9.9 d=11.9.9.9");
    detector_world_check(world, V4, "agreed 11.9.9.9");
}

/* Its next question would leave by the VPN. */
static void test_round_is_cut_when_the_line_needs_another_uplink(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new("abcdef");
    detector_world_look(world, HOME);
    detector_world_check_open(world, "ab");
    detector_world_set_vpn(world, "tun0", WH_VPN_LINE, 7);
    detector_world_look(world, HOME);
    detector_world_check_open(world, "");
    advance(world, WH_SECOND);
    detector_world_answer_all(world, "11.1.1.1");
    detector_world_check(world, V4, "agreed 11.1.1.1");
}

/* Two networks whose routers have the same address on the inside. */
static void test_forgotten_when_told(void)
{
    g_autoptr(DetectorWorld) world = detector_world_new_watched("abcd");
    wh_detector_forget(detector_world_detector(world));
    detector_world_look(world, HOME);
    detector_world_check_changes(world, "asking");
    detector_world_answer_all(world, "11.9.9.9");
    detector_world_check_changes(world, "agreed 11.9.9.9");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/detector/way/agreement", test_agreement_ends);
    g_test_add_func("/detector/way/cut", test_round_is_cut);
    g_test_add_func("/detector/way/uplink", test_round_is_cut_when_the_line_needs_another_uplink);
    g_test_add_func("/detector/way/forgotten", test_forgotten_when_told);
    return g_test_run();
}
