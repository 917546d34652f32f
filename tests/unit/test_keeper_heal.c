#include "tests/unit/test_keeper_world.h"

#define OTHER "203.0.113.99"

static void test_heal(void)
{
    g_autoptr(World) world = world_new_proven();
    world_wait_for_question(world);
    world_testify(world, OTHER " " OTHER " silent");
    assert_proof(world, "home", "proven");
    world_advance(world, WH_MINUTE - 1);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    world_advance(world, 1);
    assert_sent(world, "");
    world_testify(world, OTHER);
    assert_sent(world, "home=" A1);
    assert_events(world, "healed:home");
    world_answer(world, WH_RESULT_CHANGED);
    world_testify(world, A1);
    assert_events(world, "sent:home answered:home:CHANGED proven:home");
    assert_status(world, "home", "current");
    world_advance(world, WH_HOUR);
    assert_sent(world, "");
}

static void test_heal_once_a_day(void)
{
    g_autoptr(World) world = world_new_proven();
    world_wait_for_question(world);
    world_testify(world, "none");
    world_wait_for_question(world);
    world_testify(world, "none");
    assert_sent(world, "home=" A1);
    world_answer(world, WH_RESULT_CHANGED);
    world_testify(world, A1);
    g_free(world_events(world));
    for (guint i = 0; i < 24; i++) {
        wh_keeper_network_changed(world->keeper);
        world_advance(world, 3 * WH_SECOND);
        if (world_n_asked(world) > 0)
            world_testify(world, OTHER);
        world_advance(world, 50 * WH_MINUTE);
        assert_sent(world, "");
    }
    assert_proof(world, "home", "differs");
    assert_events(world, "differs:home");
    for (guint i = 0; i < 9 && world_n_open(world) == 0; i++) {
        world_wait_for_question(world);
        world_testify(world, OTHER);
    }
    assert_sent(world, "home=" A1);
    assert_events(world, "healed:home");
}

static void test_doubtful_evidence(void)
{
    const char *const words[] = {A1 " " OTHER, OTHER " none", OTHER " noauth", OTHER " alias",
                                 OTHER " " A2};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autoptr(World) world = world_new_proven();
        world_wait_for_question(world);
        world_testify(world, words[i]);
        world_wait_for_question(world);
        world_testify(world, words[i]);
        wh_keeper_update_now(world->keeper, NULL);
        world_advance(world, WH_HOUR);
        assert_sent(world, "");
        assert_proof(world, "home", "differs");
        assert_events(world, "differs:home");
    }
}

static void test_second_look_disagrees(void)
{
    g_autoptr(World) world = world_new_proven();
    world_wait_for_question(world);
    world_testify(world, OTHER);
    world_wait_for_question(world);
    world_testify(world, A1);
    world_wait_for_question(world);
    world_testify(world, OTHER);
    world_wait_for_question(world);
    world_testify(world, OTHER " " A1);
    assert_sent(world, "");
    assert_proof(world, "home", "differs");
}

/* What was never proven may be as the servers say for a reason. */
static void test_never_proven_is_not_healed(void)
{
    g_autoptr(World) world = world_new_proven();
    world_move(world, A2);
    world_answer(world, WH_RESULT_CHANGED);
    g_free(world_sent(world));
    for (guint i = 0; i < 40; i++) {
        world_wait_for_question(world);
        world_testify(world, OTHER);
    }
    assert_sent(world, "");
    assert_events(world, "sent:home answered:home:CHANGED differs:home");
    wh_keeper_update_now(world->keeper, "home");
    world_turn(world);
    assert_sent(world, "home=" A2);
    assert_events(world, "healed:home");
}

static void test_no_healing_without_token(void)
{
    g_autoptr(World) world = world_new_home();
    const char *const moves[] = {A1, A2, A3};
    for (guint i = 0; i < 3; i++) {
        world_move(world, moves[i]);
        world_answer(world, WH_RESULT_CHANGED);
    }
    world_testify(world, A3);
    g_free(world_sent(world));
    wh_keeper_update_now(world->keeper, NULL);
    world_turn(world);
    world_testify(world, OTHER);
    world_advance(world, WH_SECOND);
    assert_proof(world, "home", "differs");
    wh_keeper_update_now(world->keeper, NULL);
    world_turn(world);
    assert_sent(world, "");
    world_advance(world, 5 * WH_MINUTE);
    assert_sent(world, "");
    wh_keeper_update_now(world->keeper, NULL);
    world_turn(world);
    assert_sent(world, "home=" A3);
}

static void test_no_healing_while_paused(void)
{
    g_autoptr(World) world = world_new_proven();
    wh_keeper_set_paused(world->keeper, TRUE);
    for (guint i = 0; i < 3; i++) {
        world_wait_for_question(world);
        world_testify(world, OTHER);
    }
    wh_keeper_set_paused(world->keeper, FALSE);
    world_turn(world);
    assert_sent(world, "");
    assert_proof(world, "home", "differs");
}

static void test_healing_waits_and_survives(void)
{
    g_autoptr(World) world = world_new_proven();
    world_wait_for_question(world);
    world_testify(world, OTHER);
    world_wait_for_question(world);
    world_testify(world, OTHER);
    assert_sent(world, "home=" A1);
    world_answer(world, WH_RESULT_RATE);
    world_advance(world, 10 * WH_MINUTE);
    assert_sent(world, "home=" A1);
    assert_events(world, "healed:home sent:home answered:home:RATE waiting:home:RATE");
    world_restart(world);
    world_move(world, A1);
    world_testify(world, OTHER);
    assert_sent(world, "home=" A1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keeper/heal/second-look-agrees", test_heal);
    g_test_add_func("/keeper/heal/once-a-day", test_heal_once_a_day);
    g_test_add_func("/keeper/heal/doubtful", test_doubtful_evidence);
    g_test_add_func("/keeper/heal/second-look", test_second_look_disagrees);
    g_test_add_func("/keeper/heal/never-proven", test_never_proven_is_not_healed);
    g_test_add_func("/keeper/heal/no-token", test_no_healing_without_token);
    g_test_add_func("/keeper/heal/paused", test_no_healing_while_paused);
    g_test_add_func("/keeper/heal/waits", test_healing_waits_and_survives);
    return g_test_run();
}
