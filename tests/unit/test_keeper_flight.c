#include "tests/unit/test_keeper_world.h"

static void test_newer_address_cancels(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_move(world, A2);
    assert_sent(world, "home=" A1 "; home=" A2);
    g_assert_cmpuint(world_n_open(world), ==, 1);
    world_answer(world, WH_RESULT_CHANGED);
    assert_status(world, "home", "current");
    assert_events(world, "sent:home answered:home:CHANGED");
    assert_sent(world, "");
}

static void test_there_and_back_in_one_turn(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_address(world, WH_FAMILY_IPV4, A2);
    world_move(world, A1);
    assert_sent(world, "home=" A1);
    g_assert_cmpuint(world_n_open(world), ==, 1);
}

/* The cancelled update may have been applied, so that the address before it must be sent again. */
static void test_back_after_cancel(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    world_move(world, A2);
    world_move(world, A1);
    assert_sent(world, "home=" A1 "; home=" A2 "; home=" A1);
    world_answer(world, WH_RESULT_SAME);
    assert_status(world, "home", "current");
    world_advance(world, WH_DAY);
    assert_sent(world, "");
}

static void test_unknown_lets_it_run(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_move(world, NULL);
    g_assert_cmpuint(world_n_open(world), ==, 1);
    assert_status(world, "home", "updating");
    world_answer(world, WH_RESULT_CHANGED);
    assert_status(world, "home", "no_address");
    world_move(world, A1);
    assert_sent(world, "home=" A1);
    assert_status(world, "home", "current");
}

static void test_no_token_lets_it_run(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_move(world, A2);
    world_move(world, A3);
    world_move(world, A4);
    assert_sent(world, "home=" A1 "; home=" A2 "; home=" A3);
    g_assert_cmpuint(world_n_open(world), ==, 1);
    world_answer(world, WH_RESULT_CHANGED);
    assert_events(world, "sent:home answered:home:CHANGED held:home");
    world_advance(world, 5 * WH_MINUTE + WH_MILLISECOND);
    assert_sent(world, "home=" A4);
}

static void test_paused_lets_it_run(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    wh_keeper_set_paused(world->keeper, TRUE);
    world_move(world, A2);
    g_assert_cmpuint(world_n_open(world), ==, 1);
    world_answer(world, WH_RESULT_CHANGED);
    assert_sent(world, "home=" A1);
    assert_status(world, "home", "paused");
}

/* "a" wants both, "b" IPv6 only: a new IPv4 address sends b again too, but takes no token of it. */
static void test_company_of_a_cancelled_one_pays_nothing(void)
{
    g_autoptr(World) world = world_new();
    world->manners.together = TRUE;
    world->manners.max_hosts = 2;
    world_add_account(world, "dns", "deck");
    world_add_host(world, "a", "dns", "46");
    world_add_host(world, "b", "dns", "6");
    world_address(world, WH_FAMILY_IPV4, A1);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    world_move(world, A2);
    world_move(world, A3);
    g_assert_cmpuint(world_n_open(world), ==, 1);
    world_answer(world, WH_RESULT_CHANGED);
    assert_sent(world, "a=" A1 "," B1 " b=" B1 "; a=" A2 "," B1 " b=" B1 "; a=" A3 "," B1 " b=" B1);
    world_address(world, WH_FAMILY_IPV6, B2);
    world_turn(world);
    assert_sent(world, "b=" B2);
    world_answer(world, WH_RESULT_CHANGED);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    assert_sent(world, "b=" B1);
}

static void test_what_never_left_costs_nothing(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    for (guint i = 0; i < 6; i++) {
        world_answer_nothing_left(world);
        assert_status(world, "home", "waiting");
        world_advance(world, 2 * WH_SECOND);
        wh_keeper_network_changed(world->keeper);
        world_turn(world);
        g_assert_cmpuint(world_n_open(world), ==, 1);
    }
    assert_events(world, "waiting:home:NO_ANSWER");
}

static void test_silence_leaves_a_doubt(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    world_move(world, A2);
    world_answer(world, WH_RESULT_NO_ANSWER);
    world_move(world, A1);
    assert_sent(world, "home=" A1 "; home=" A2 "; home=" A1);
}

static void test_what_never_left_leaves_no_doubt(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    world_move(world, A2);
    world_answer_nothing_left(world);
    world_move(world, A1);
    assert_sent(world, "home=" A1 "; home=" A2);
    assert_status(world, "home", "current");
}

/* A refusal is clear: what was acknowledged before still holds. */
static void test_refusal_leaves_no_doubt(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    world_move(world, A2);
    world_answer(world, WH_RESULT_RATE);
    world_move(world, A1);
    world_advance(world, WH_DAY);
    assert_sent(world, "home=" A1 "; home=" A2);
    assert_status(world, "home", "current");
}

/* A second attempt that never left takes the doubt of the first not away. */
static void test_doubt_stays(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    world_move(world, A2);
    world_answer(world, WH_RESULT_NO_ANSWER);
    world_advance(world, WH_MINUTE);
    world_answer_nothing_left(world);
    world_move(world, A1);
    assert_sent(world, "home=" A1 "; home=" A2 "; home=" A2 "; home=" A1);
}

static void test_removed_under_way(void)
{
    g_autoptr(World) world = world_new();
    world->manners.max_hosts = 2;
    world_add_account(world, "dns", "deck");
    world_add_host(world, "a", "dns", "4");
    world_add_host(world, "b", "dns", "4");
    world_move(world, A1);
    wh_keeper_remove_host(world->keeper, "a");
    g_assert_cmpuint(world_n_open(world), ==, 1);
    world_answer(world, WH_RESULT_CHANGED);
    assert_status(world, "b", "current");
    assert_events(world, "sent:b answered:b:CHANGED");
    world_move(world, A2);
    wh_keeper_remove_host(world->keeper, "b");
    g_assert_cmpuint(world_n_open(world), ==, 0);
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
}

static void test_account_removed_under_way(void)
{
    g_autoptr(World) world = world_new_home();
    WhRecordView view;
    WhHaltScope scope;
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    world_wait_for_question(world);
    world_move(world, A2);
    wh_keeper_remove_account(world->keeper, "dns");
    g_assert_cmpuint(world_n_open(world), ==, 0);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    g_assert_false(wh_keeper_view(world->keeper, "home", WH_FAMILY_IPV4, &view));
    g_assert_null(wh_keeper_account_halt(world->keeper, "dns", &scope));
    world_move(world, A3);
    wh_keeper_remove_account(world->keeper, "dns");
    wh_keeper_remove_host(world->keeper, "home");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keeper/flight/newer-cancels", test_newer_address_cancels);
    g_test_add_func("/keeper/flight/there-and-back", test_there_and_back_in_one_turn);
    g_test_add_func("/keeper/flight/back-after-cancel", test_back_after_cancel);
    g_test_add_func("/keeper/flight/unknown-lets-run", test_unknown_lets_it_run);
    g_test_add_func("/keeper/flight/no-token-lets-run", test_no_token_lets_it_run);
    g_test_add_func("/keeper/flight/paused-lets-run", test_paused_lets_it_run);
    g_test_add_func("/keeper/flight/company-pays-nothing",
                    test_company_of_a_cancelled_one_pays_nothing);
    g_test_add_func("/keeper/flight/never-left", test_what_never_left_costs_nothing);
    g_test_add_func("/keeper/flight/silence-leaves-doubt", test_silence_leaves_a_doubt);
    g_test_add_func("/keeper/flight/never-left-no-doubt", test_what_never_left_leaves_no_doubt);
    g_test_add_func("/keeper/flight/refusal-no-doubt", test_refusal_leaves_no_doubt);
    g_test_add_func("/keeper/flight/doubt-stays", test_doubt_stays);
    g_test_add_func("/keeper/flight/removed", test_removed_under_way);
    g_test_add_func("/keeper/flight/account-removed", test_account_removed_under_way);
    return g_test_run();
}
