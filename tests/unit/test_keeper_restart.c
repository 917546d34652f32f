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

static World *new_inseparable(void)
{
    World *world = world_new();
    world->manners.together = TRUE;
    world->manners.both_always = TRUE;
    world->manners.refill = 0;
    world_add_account(world, "dns", "duck");
    world_add_host(world, "home", "dns", "46");
    world_address(world, WH_FAMILY_IPV6, B1);
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    return world;
}

/* What is not known again yet goes along with what is, whatever became of its own update. */
static void test_goes_along_unknown(void)
{
    g_autoptr(World) world = new_inseparable();
    world_address(world, WH_FAMILY_IPV6, B2);
    world_turn(world);
    g_free(world_sent(world));
    restart_at(world, A2);
    assert_sent(world, "home=" A2 "," B1);
    world_answer(world, WH_RESULT_CHANGED);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    assert_sent(world, "");
    assert_status(world, "home", "current");
}

/* The answer to the company is the answer to the question as well. */
static void test_goes_along_while_asking(void)
{
    g_autoptr(World) world = new_inseparable();
    world_address(world, WH_FAMILY_IPV6, B2);
    world_turn(world);
    g_free(world_sent(world));
    world_restart(world);
    world_address(world, WH_FAMILY_IPV6, B2);
    world_turn(world);
    g_assert_cmpuint(world_n_asked(world), ==, 1);
    world_move(world, A2);
    assert_sent(world, "home=" A2 "," B2);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    world_answer(world, WH_RESULT_CHANGED);
    world_wait_for_question(world);
    world_testify(world, A2);
    world_wait_for_question(world);
    world_testify(world, B2);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    assert_proof(world, "home", "proven");
}

/* Servers that are asked while an update may change the answer say nothing. */
static void test_asks_after_its_company(void)
{
    g_autoptr(World) world = world_new();
    world->manners.together = TRUE;
    world->manners.both_always = TRUE;
    world_add_account(world, "dns", "duck");
    world_add_host(world, "home", "dns", "46");
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    restart_at(world, A1);
    assert_sent(world, "home=" B1 "; home=" A1);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    world_answer(world, WH_RESULT_CHANGED);
    g_assert_cmpuint(world_n_asked(world), ==, 2);
}

/* A test that set the record while its own update was in doubt settles the matter. */
static void test_tested_while_paused(void)
{
    g_autoptr(World) world = world_new_home();
    g_autoptr(WhOutcome) changed = wh_outcome_new(WH_RESULT_CHANGED, NULL);
    WhAddress address;
    world_move(world, A1);
    world_answer(world, WH_RESULT_SERVER);
    world_restart(world);
    wh_keeper_set_paused(world->keeper, TRUE);
    world_move(world, A1);
    g_assert_true(wh_address_parse(A1, &address));
    wh_keeper_take_result(world->keeper, "home", WH_FAMILY_IPV4, &address, changed);
    wh_keeper_set_paused(world->keeper, FALSE);
    assert_status(world, "home", "current");
    world_wait_for_question(world);
    world_testify(world, A1);
    assert_proof(world, "home", "proven");
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
    g_test_add_func("/keeper/restart/goes-along-unknown", test_goes_along_unknown);
    g_test_add_func("/keeper/restart/goes-along-asking", test_goes_along_while_asking);
    g_test_add_func("/keeper/restart/asks-after-company", test_asks_after_its_company);
    g_test_add_func("/keeper/restart/tested", test_tested_while_paused);
    g_test_add_func("/keeper/restart/tokens", test_tokens_survive);
    g_test_add_func("/keeper/restart/attempts", test_attempts_survive);
    g_test_add_func("/keeper/restart/many", test_asks_for_proof_of_many);
    return g_test_run();
}
