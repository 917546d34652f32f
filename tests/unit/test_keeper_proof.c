#include "tests/unit/test_keeper_world.h"

#define OTHER "203.0.113.99"

static void test_proven(void)
{
    g_autoptr(World) world = world_new_home();
    assert_proof(world, "home", "none");
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    g_free(world_events(world));
    assert_proof(world, "home", "checking");
    g_assert_cmpuint(world_n_asked(world), ==, 1);
    world_testify(world, A1 " " A1 " silent");
    assert_proof(world, "home", "proven");
    assert_events(world, "proven:home");
    const WhProof *proof = world_view(world, "home").proof;
    g_assert_cmpuint(proof->witnesses->len, ==, 3);
    g_assert_cmpuint(proof->ttl, ==, 60);
    world_move(world, A2);
    world_answer(world, WH_RESULT_CHANGED);
    assert_proof(world, "home", "checking");
    world_testify(world, A2);
    assert_events(world, "sent:home answered:home:CHANGED proven:home");
}

static void test_propagation(void)
{
    g_autoptr(World) world = world_new();
    world->manners.propagation = WH_MINUTE;
    world_add_account(world, "dns", "slow");
    world_add_host(world, "home", "dns", "4");
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    wh_keeper_network_changed(world->keeper);
    wh_keeper_update_now(world->keeper, "home");
    world_advance(world, WH_MINUTE - WH_SECOND);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    assert_proof(world, "home", "checking");
    world_advance(world, WH_SECOND);
    g_assert_cmpuint(world_n_asked(world), ==, 1);
}

static void test_lagging_servers(void)
{
    const gint64 waits[] = {250, 500, 1000, 2000, 5000, 10000, 30000, 60000, 120000, 300000};
    g_autoptr(World) world = world_new_acknowledged();
    for (guint i = 0; i < G_N_ELEMENTS(waits); i++) {
        world_testify(world, A1 " " OTHER);
        assert_proof(world, "home", "checking");
        world_advance(world, waits[i] * WH_MILLISECOND - 1);
        g_assert_cmpuint(world_n_asked(world), ==, 0);
        world_advance(world, 1);
        g_assert_cmpuint(world_n_asked(world), ==, 1);
    }
    assert_events(world, "");
    world_testify(world, OTHER);
    assert_proof(world, "home", "differs");
    assert_events(world, "differs:home");
    for (guint i = 0; i < 5; i++) {
        world_wait_for_question(world);
        world_testify(world, OTHER);
    }
    assert_events(world, "");
    assert_sent(world, "");
    world_wait_for_question(world);
    world_testify(world, A1);
    assert_events(world, "proven:home");
}

static void test_lag_ends(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    world_testify(world, "none");
    world_wait_for_question(world);
    world_testify(world, A1);
    assert_events(world, "proven:home");
    assert_proof(world, "home", "proven");
}

static void test_unprovable(void)
{
    const char *const words[] = {"silent", "noauth", "alias", "nozone"};
    const WhUnprovable whys[] = {WH_UNPROVABLE_NO_ANSWER, WH_UNPROVABLE_INTERCEPTED,
                                 WH_UNPROVABLE_ALIASED, WH_UNPROVABLE_NO_ZONE};
    const gint64 waits[] = {2 * WH_SECOND, 10 * WH_SECOND, 60 * WH_SECOND};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autoptr(World) world = world_new_acknowledged();
        for (guint n = 0; n < 3; n++) {
            world_testify(world, words[i]);
            assert_proof(world, "home", "checking");
            world_advance(world, waits[n] - 1);
            g_assert_cmpuint(world_n_asked(world), ==, 0);
            world_advance(world, 1);
        }
        assert_events(world, "");
        world_testify(world, words[i]);
        assert_proof(world, "home", "unprovable");
        g_assert_cmpint(world_view(world, "home").proof->why, ==, whys[i]);
        assert_events(world, "unprovable:home");
        world_advance(world, WH_HOUR);
        g_assert_cmpuint(world_n_asked(world), ==, 0);
        wh_keeper_network_changed(world->keeper);
        world_turn(world);
        world_testify(world, A1);
        assert_events(world, "proven:home");
        assert_sent(world, "");
    }
}

static void test_proxied(void)
{
    g_autoptr(World) world = world_new();
    world->manners.provable = FALSE;
    world_add_account(world, "dns", "proxy");
    world_add_host(world, "home", "dns", "4");
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    assert_proof(world, "home", "unprovable");
    g_assert_cmpint(world_view(world, "home").proof->why, ==, WH_UNPROVABLE_PROXIED);
    assert_events(world, "sent:home answered:home:CHANGED");
    wh_keeper_update_now(world->keeper, NULL);
    world_advance(world, 3 * WH_DAY);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    world_restart(world);
    world_move(world, A1);
    assert_proof(world, "home", "unprovable");
}

static void test_daily(void)
{
    g_autoptr(World) world = world_new_proven();
    wh_fake_clock_set_random(world->fake, 0.5);
    world_advance(world, WH_DAY * 89 / 100);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    world_advance(world, WH_DAY * 2 / 100);
    g_assert_cmpuint(world_n_asked(world), ==, 1);
    assert_proof(world, "home", "proven");
    world_testify(world, A1);
    assert_events(world, "");
    world_advance(world, WH_DAY - WH_SECOND);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    world_advance(world, WH_SECOND);
    g_assert_cmpuint(world_n_asked(world), ==, 1);
}

static void test_network_changed(void)
{
    g_autoptr(World) world = world_new_proven();
    wh_keeper_network_changed(world->keeper);
    world_turn(world);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    wh_keeper_update_now(world->keeper, NULL);
    world_turn(world);
    g_assert_cmpuint(world_n_asked(world), ==, 1);
    world_testify(world, A1);
    world_advance(world, 10 * WH_MINUTE);
    wh_keeper_network_changed(world->keeper);
    world_turn(world);
    g_assert_cmpuint(world_n_asked(world), ==, 1);
    world_testify(world, "silent");
    assert_proof(world, "home", "proven");
}

static void test_address_changes_meanwhile(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    g_assert_cmpuint(world_n_asked(world), ==, 1);
    world_move(world, A2);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    world_answer(world, WH_RESULT_CHANGED);
    world_move(world, NULL);
    world_advance(world, 3 * WH_DAY);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    world_move(world, A2);
    g_assert_cmpuint(world_n_asked(world), ==, 1);
    world_testify(world, A2);
    assert_proof(world, "home", "proven");
}

static void test_many_wait_in_line(void)
{
    g_autoptr(World) world = world_new();
    world->manners.max_hosts = 100;
    world_add_account(world, "dns", "deck");
    for (guint i = 0; i < 100; i++) {
        g_autofree char *id = g_strdup_printf("h%u", i);
        world_add_host(world, id, "dns", "4");
    }
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    guint n = 0;
    for (; world_n_asked(world) > 0; n++) {
        g_assert_cmpuint(world_n_asked(world), <=, 8);
        world_testify(world, A1);
    }
    g_assert_cmpuint(n, ==, 100);
    assert_proof(world, "h99", "proven");
    guint asked = world->questions->len;
    world_advance(world, WH_HOUR);
    wh_keeper_update_now(world->keeper, NULL);
    world_turn(world);
    g_assert_cmpuint(world->questions->len, ==, asked + 8);
    world_move(world, A2);
    g_assert_cmpuint(world->questions->len, ==, asked + 8);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keeper/proof/proven", test_proven);
    g_test_add_func("/keeper/proof/propagation", test_propagation);
    g_test_add_func("/keeper/proof/lagging-servers", test_lagging_servers);
    g_test_add_func("/keeper/proof/lag-ends", test_lag_ends);
    g_test_add_func("/keeper/proof/unprovable", test_unprovable);
    g_test_add_func("/keeper/proof/proxied", test_proxied);
    g_test_add_func("/keeper/proof/daily", test_daily);
    g_test_add_func("/keeper/proof/network-changed", test_network_changed);
    g_test_add_func("/keeper/proof/address-changes", test_address_changes_meanwhile);
    g_test_add_func("/keeper/proof/many", test_many_wait_in_line);
    return g_test_run();
}
