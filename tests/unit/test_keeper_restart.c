#include "tests/unit/test_keeper_world.h"

/* kill -9 at each step of an update from A1 to A2, then a start with the same address: never a
 * needless update, never a lost one. */

static void restart_at(World *world, const char *address)
{
    world_restart(world);
    world_move(world, address);
}

static void test_nothing_happened(void)
{
    g_autoptr(World) world = world_new_proven();
    restart_at(world, A1);
    assert_status(world, "home", "current");
    world_wait_for_question(world);
    world_testify(world, A1);
    assert_proof(world, "home", "proven");
    world_advance(world, WH_HOUR);
    assert_sent(world, "");
    assert_events(world, "");
}

static void test_before_intent(void)
{
    g_autoptr(World) world = world_new_proven();
    world_address(world, WH_FAMILY_IPV4, A2);
    restart_at(world, A2);
    assert_sent(world, "home=" A2);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
}

static void test_after_intent_applied(void)
{
    g_autoptr(World) world = world_new_proven();
    world_move(world, A2);
    assert_sent(world, "home=" A2);
    restart_at(world, A2);
    assert_status(world, "home", "updating");
    world_testify(world, A2 " silent");
    assert_status(world, "home", "current");
    assert_proof(world, "home", "proven");
    assert_events(world, "proven:home");
    world_advance(world, WH_HOUR);
    assert_sent(world, "");
    restart_at(world, A2);
    world_advance(world, WH_HOUR);
    assert_sent(world, "");
}

static void test_after_intent_not_applied(void)
{
    const char *const words[] = {A1, A2 " " A1, "none", "silent", "noauth", "alias", "nozone"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autoptr(World) world = world_new_proven();
        world_move(world, A2);
        g_free(world_sent(world));
        restart_at(world, A2);
        assert_sent(world, "");
        world_testify(world, words[i]);
        assert_sent(world, "home=" A2);
        world_answer(world, WH_RESULT_SAME);
        assert_status(world, "home", "current");
    }
}

static void test_witnesses_hang(void)
{
    g_autoptr(World) world = world_new_proven();
    world_move(world, A2);
    g_free(world_sent(world));
    restart_at(world, A2);
    world_advance(world, 5 * WH_SECOND - WH_MILLISECOND);
    assert_sent(world, "");
    world_advance(world, WH_MILLISECOND);
    assert_sent(world, "home=" A2);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
}

static void test_after_intent_moved_on(void)
{
    g_autoptr(World) world = world_new_proven();
    world_move(world, A2);
    g_free(world_sent(world));
    restart_at(world, A3);
    assert_sent(world, "home=" A3);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
}

/* The update may have been applied: what was acknowledged before it does not count. */
static void test_after_intent_moved_back(void)
{
    g_autoptr(World) world = world_new_proven();
    world_move(world, A2);
    g_free(world_sent(world));
    restart_at(world, A1);
    assert_sent(world, "home=" A1);
}

static void test_moved_while_asking(void)
{
    g_autoptr(World) world = world_new_proven();
    world_move(world, A2);
    g_free(world_sent(world));
    restart_at(world, A2);
    g_assert_cmpuint(world_n_asked(world), ==, 1);
    world_move(world, NULL);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    world_move(world, A2);
    g_assert_cmpuint(world_n_asked(world), ==, 1);
    assert_sent(world, "");
    world_move(world, A3);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    assert_sent(world, "home=" A3);
}

static void test_unprovable_is_sent_again(void)
{
    g_autoptr(World) world = world_new();
    world->manners.provable = FALSE;
    world_add_account(world, "dns", "proxy");
    world_add_host(world, "home", "dns", "4");
    world_move(world, A1);
    restart_at(world, A1);
    assert_sent(world, "home=" A1 "; home=" A1);
}

static void test_after_answer(void)
{
    g_autoptr(World) world = world_new_proven();
    world_move(world, A2);
    world_answer(world, WH_RESULT_CHANGED);
    g_free(world_sent(world));
    restart_at(world, A2);
    assert_status(world, "home", "current");
    world_advance(world, WH_HOUR);
    assert_sent(world, "");
}

/* The answer was not written: as if it never came. */
static void test_answer_not_written(void)
{
    g_autoptr(World) world = world_new_proven();
    world_move(world, A2);
    g_free(world_sent(world));
    world->refuses = TRUE;
    world_answer(world, WH_RESULT_CHANGED);
    world->refuses = FALSE;
    restart_at(world, A2);
    world_testify(world, A2);
    assert_status(world, "home", "current");
    assert_sent(world, "");
}

static void test_paused_recovers_later(void)
{
    g_autoptr(World) world = world_new_proven();
    world_move(world, A2);
    g_free(world_sent(world));
    world_restart(world);
    wh_keeper_set_paused(world->keeper, TRUE);
    world_move(world, A2);
    world_advance(world, WH_HOUR);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    wh_keeper_set_paused(world->keeper, FALSE);
    world_turn(world);
    g_assert_cmpuint(world_n_asked(world), ==, 1);
    world_testify(world, A2);
    assert_sent(world, "");
}

static void test_tokens_survive(void)
{
    g_autoptr(World) world = world_new_home();
    const char *const moves[] = {A1, A2, A3, A4};
    for (guint i = 0; i < 4; i++) {
        world_restart(world);
        world_move(world, moves[i]);
        if (i < 3)
            world_answer(world, WH_RESULT_CHANGED);
    }
    assert_sent(world, "home=" A1 "; home=" A2 "; home=" A3);
    assert_status(world, "home", "held");
}

static void test_attempts_survive(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    for (guint i = 0; i < 3; i++) {
        world_answer(world, WH_RESULT_FAIL);
        world_restart(world);
        world_address(world, WH_FAMILY_IPV4, A1);
        world_advance(world, 2 * WH_HOUR);
    }
    world_answer(world, WH_RESULT_FAIL);
    assert_status(world, "home", "halted");
}

static void test_asks_for_proof_of_many(void)
{
    g_autoptr(World) world = world_new();
    world->manners.refill = 0;
    world->manners.max_hosts = 100;
    world_add_account(world, "dns", "deck");
    for (guint i = 0; i < 30; i++) {
        g_autofree char *id = g_strdup_printf("h%u", i);
        world_add_host(world, id, "dns", "4");
    }
    world_move(world, A1);
    restart_at(world, A1);
    g_assert_cmpuint(world_n_asked(world), ==, 8);
    world_advance(world, 5 * WH_SECOND);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    g_free(world_sent(world));
    world_answer(world, WH_RESULT_CHANGED);
    assert_status(world, "h29", "current");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keeper/restart/nothing-happened", test_nothing_happened);
    g_test_add_func("/keeper/restart/before-intent", test_before_intent);
    g_test_add_func("/keeper/restart/applied", test_after_intent_applied);
    g_test_add_func("/keeper/restart/not-applied", test_after_intent_not_applied);
    g_test_add_func("/keeper/restart/witnesses-hang", test_witnesses_hang);
    g_test_add_func("/keeper/restart/moved-on", test_after_intent_moved_on);
    g_test_add_func("/keeper/restart/moved-back", test_after_intent_moved_back);
    g_test_add_func("/keeper/restart/moved-while-asking", test_moved_while_asking);
    g_test_add_func("/keeper/restart/unprovable", test_unprovable_is_sent_again);
    g_test_add_func("/keeper/restart/after-answer", test_after_answer);
    g_test_add_func("/keeper/restart/answer-not-written", test_answer_not_written);
    g_test_add_func("/keeper/restart/paused", test_paused_recovers_later);
    g_test_add_func("/keeper/restart/tokens", test_tokens_survive);
    g_test_add_func("/keeper/restart/attempts", test_attempts_survive);
    g_test_add_func("/keeper/restart/many", test_asks_for_proof_of_many);
    return g_test_run();
}
