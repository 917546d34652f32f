#include "tests/unit/test_keeper_world.h"

static gint64 wall(World *world)
{
    return wh_clock_wall(wh_fake_clock_clock(world->fake));
}

static void test_retry_after(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer_at(world, 0, WH_RESULT_RATE, 3 * WH_HOUR);
    g_assert_cmpint(world_view(world, "home").until, ==, wall(world) + 3 * WH_HOUR);
}

/* A new address does not shorten what the provider asked for. */
static void test_new_address_waits_for_the_provider(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_SERVER);
    g_free(world_sent(world));
    world_move(world, A2);
    wh_keeper_update_now(world->keeper, "home");
    wh_keeper_network_changed(world->keeper);
    world_advance(world, 30 * WH_MINUTE - WH_SECOND);
    assert_sent(world, "");
    world_advance(world, WH_SECOND);
    assert_sent(world, "home=" A2);
}

static void test_wait_of_one_family_is_the_hosts(void)
{
    g_autoptr(World) world = world_new();
    world_add_account(world, "dns", "deck");
    world_add_host(world, "home", "dns", "46");
    world_move(world, A1);
    world_answer(world, WH_RESULT_SERVER);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    assert_sent(world, "home=" A1);
    world_advance(world, 30 * WH_MINUTE);
    assert_sent(world, "home=" A1 "; home=" B1);
}

/* Silence over one family says nothing of the other. */
static void test_silence_of_one_family_is_its_own(void)
{
    g_autoptr(World) world = world_new();
    world_add_account(world, "dns", "deck");
    world_add_host(world, "home", "dns", "46");
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    world_answer(world, WH_RESULT_NO_ANSWER);
    world_move(world, A1);
    assert_sent(world, "home=" B1 "; home=" A1);
}

static void test_server_ladder(void)
{
    g_autoptr(World) world = world_new_home();
    gint64 wait = 30 * WH_MINUTE;
    world_move(world, A1);
    for (guint i = 0; i < 9; i++) {
        world_answer(world, WH_RESULT_SERVER);
        g_assert_cmpint(world_view(world, "home").until, ==, wall(world) + wait);
        world_advance(world, wait);
        wait = MIN(2 * wait, 24 * WH_HOUR);
    }
    world_answer(world, WH_RESULT_CHANGED);
    world_move(world, A2);
    world_answer(world, WH_RESULT_SERVER);
    g_assert_cmpint(world_view(world, "home").until, ==, wall(world) + 30 * WH_MINUTE);
}

static void test_fail_ladder(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    for (guint i = 0; i < 3; i++) {
        world_answer(world, WH_RESULT_FAIL);
        assert_status(world, "home", "waiting");
        world_advance(world, 120 * WH_MINUTE);
    }
    world_answer(world, WH_RESULT_FAIL);
    assert_status(world, "home", "halted");
    g_assert_cmpint(world_view(world, "home").scope, ==, WH_HALT_HOST);
}

/* A night without an answer must not use up the tries that another failure has. */
static void test_classes_count_alone(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    for (guint i = 0; i < 9; i++) {
        world_answer(world, WH_RESULT_NO_ANSWER);
        world_advance(world, 2 * WH_HOUR);
    }
    world_answer(world, WH_RESULT_FAIL);
    assert_status(world, "home", "waiting");
    g_assert_cmpint(world_view(world, "home").until, ==, wall(world) + 5 * WH_MINUTE);
}

static void test_network_back(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_NO_ANSWER);
    wh_keeper_network_changed(world->keeper);
    world_turn(world);
    assert_sent(world, "home=" A1 "; home=" A1);
    world_answer(world, WH_RESULT_NO_ANSWER);
    g_assert_cmpint(world_view(world, "home").until, ==, wall(world) + 2 * WH_MINUTE);
    wh_keeper_network_changed(world->keeper);
    wh_keeper_network_changed(world->keeper);
    world_advance(world, 2 * WH_SECOND - WH_MILLISECOND);
    assert_sent(world, "");
    world_advance(world, WH_MILLISECOND);
    assert_sent(world, "home=" A1);
    assert_events(world, "sent:home waiting:home:NO_ANSWER sent:home");
}

static void test_clock_set(void)
{
    const WhResultClass others[] = {WH_RESULT_NO_ANSWER, WH_RESULT_SERVER, WH_RESULT_RATE};
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_CLOCK);
    wh_keeper_clock_set(world->keeper);
    world_turn(world);
    assert_sent(world, "home=" A1 "; home=" A1);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(World) other = world_new_home();
        world_move(other, A1);
        world_answer(other, others[i]);
        wh_keeper_clock_set(other->keeper);
        world_turn(other);
        assert_sent(other, "home=" A1);
    }
}

static void test_update_now(void)
{
    const WhResultClass ours[] = {WH_RESULT_NO_ANSWER, WH_RESULT_FAIL, WH_RESULT_CLOCK};
    const WhResultClass theirs[] = {WH_RESULT_SERVER, WH_RESULT_RATE, WH_RESULT_BADIP,
                                    WH_RESULT_AUTH};
    for (guint i = 0; i < G_N_ELEMENTS(ours); i++) {
        g_autoptr(World) world = world_new_home();
        world_move(world, A1);
        world_answer(world, ours[i]);
        wh_keeper_update_now(world->keeper, i % 2 == 0 ? "home" : NULL);
        world_turn(world);
        assert_sent(world, "home=" A1 "; home=" A1);
    }
    for (guint i = 0; i < G_N_ELEMENTS(theirs); i++) {
        g_autoptr(World) world = world_new_home();
        world_move(world, A1);
        world_answer(world, theirs[i]);
        wh_keeper_update_now(world->keeper, "home");
        wh_keeper_update_now(world->keeper, "nobody");
        world_turn(world);
        assert_sent(world, "home=" A1);
    }
}

static void test_clock_set_back(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_SERVER);
    g_free(world_sent(world));
    wh_fake_clock_set_wall(world->fake, wall(world) - 3000 * WH_DAY);
    g_assert_cmpint(world_view(world, "home").until, ==, wall(world) + 30 * WH_MINUTE);
    world_advance(world, 30 * WH_MINUTE - WH_SECOND);
    assert_sent(world, "");
    world_advance(world, WH_SECOND);
    assert_sent(world, "home=" A1);
}

/* The clock was far ahead when the wait began, and right after the restart. */
static void test_clock_was_wrong(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_NO_ANSWER);
    wh_fake_clock_set_wall(world->fake, wall(world) - 3000 * WH_DAY);
    world_restart(world);
    g_free(world_sent(world));
    world_address(world, WH_FAMILY_IPV4, A2);
    world_turn(world);
    assert_sent(world, "home=" A2);
    world_answer(world, WH_RESULT_SERVER);
    wh_fake_clock_set_wall(world->fake, wall(world) - 3000 * WH_DAY);
    world_restart(world);
    world_move(world, A1);
    g_assert_cmpint(world_view(world, "home").until, ==, wall(world) + 7 * WH_DAY + WH_HOUR);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keeper/waits/retry-after", test_retry_after);
    g_test_add_func("/keeper/waits/new-address-waits", test_new_address_waits_for_the_provider);
    g_test_add_func("/keeper/waits/wait-is-the-hosts", test_wait_of_one_family_is_the_hosts);
    g_test_add_func("/keeper/waits/silence-is-its-own", test_silence_of_one_family_is_its_own);
    g_test_add_func("/keeper/waits/server-ladder", test_server_ladder);
    g_test_add_func("/keeper/waits/fail-ladder", test_fail_ladder);
    g_test_add_func("/keeper/waits/classes-count-alone", test_classes_count_alone);
    g_test_add_func("/keeper/waits/network-back", test_network_back);
    g_test_add_func("/keeper/waits/clock-set", test_clock_set);
    g_test_add_func("/keeper/waits/update-now", test_update_now);
    g_test_add_func("/keeper/waits/clock-set-back", test_clock_set_back);
    g_test_add_func("/keeper/waits/clock-was-wrong", test_clock_was_wrong);
    return g_test_run();
}
