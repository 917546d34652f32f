#include "tests/unit/test_keeper_world.h"

/* Two families in one request, several hosts in one request, as a record server of one's own takes
 * them. */
static World *world_new_together(guint max_hosts)
{
    World *world = world_new();
    world->manners.together = TRUE;
    world->manners.max_hosts = max_hosts;
    world_add_account(world, "dns", "deck");
    return world;
}

static void test_change_is_sent_once(void)
{
    g_autoptr(World) world = world_new_home();
    world_turn(world);
    assert_sent(world, "");
    assert_status(world, "home", "no_address");
    world_move(world, A1);
    assert_sent(world, "home=" A1);
    assert_status(world, "home", "updating");
    world_answer(world, WH_RESULT_CHANGED);
    assert_status(world, "home", "current");
    assert_events(world, "sent:home answered:home:CHANGED");
    world_move(world, NULL);
    assert_status(world, "home", "no_address");
    world_move(world, A1);
    wh_keeper_update_now(world->keeper, NULL);
    wh_keeper_network_changed(world->keeper);
    world_advance(world, 3 * WH_DAY);
    assert_sent(world, "");
    world_move(world, A2);
    assert_sent(world, "home=" A2);
    g_assert_true(world->n_flushes > 0);
}

static void test_view(void)
{
    g_autoptr(World) world = world_new_home();
    WhRecordView view;
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    world_move(world, A2);
    view = world_view(world, "home");
    g_autofree char *desired = wh_address_to_string(view.desired);
    g_autofree char *acknowledged = wh_address_to_string(view.acknowledged);
    g_assert_cmpstr(desired, ==, A2);
    g_assert_cmpstr(acknowledged, ==, A1);
    g_assert_cmpint(view.acknowledged_at, ==,
                    wh_clock_wall(wh_fake_clock_clock(world->fake)) + WH_SECOND);
    g_assert_nonnull(view.proof);
    g_assert_false(wh_keeper_view(world->keeper, "home", WH_FAMILY_IPV6, &view));
    g_assert_false(wh_keeper_view(world->keeper, "nobody", WH_FAMILY_IPV4, &view));
}

static void test_families_share_a_request(void)
{
    g_autoptr(World) world = world_new_together(1);
    world_add_host(world, "home", "dns", "46");
    world_address(world, WH_FAMILY_IPV4, A1);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    assert_sent(world, "home=" A1 "," B1);
    world_answer(world, WH_RESULT_CHANGED);
    assert_events(world, "sent:home answered:home:CHANGED sent:home answered:home:CHANGED");
    world_move(world, A2);
    assert_sent(world, "home=" A2);
}

/* Both families take one token, so that three changes of both fit. */
static void test_families_share_a_token(void)
{
    g_autoptr(World) world = world_new_together(1);
    const char *const v4[] = {A1, A2, A3};
    const char *const v6[] = {B1, B2, B1};
    world_add_host(world, "home", "dns", "46");
    for (guint i = 0; i < 3; i++) {
        g_autofree char *expected = g_strdup_printf("home=%s,%s", v4[i], v6[i]);
        world_address(world, WH_FAMILY_IPV4, v4[i]);
        world_address(world, WH_FAMILY_IPV6, v6[i]);
        world_turn(world);
        assert_sent(world, expected);
        world_answer(world, WH_RESULT_CHANGED);
    }
    world_move(world, A4);
    assert_sent(world, "");
    assert_status(world, "home", "held");
}

static void test_families_apart(void)
{
    g_autoptr(World) world = world_new();
    world_add_account(world, "dns", "rfc2136");
    world_add_host(world, "home", "dns", "46");
    world_address(world, WH_FAMILY_IPV4, A1);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    assert_sent(world, "home=" A1 "; home=" B1);
}

static void test_batches(void)
{
    g_autoptr(World) world = world_new_together(3);
    world_add_host(world, "a", "dns", "46");
    world_add_host(world, "b", "dns", "4");
    world_add_host(world, "c", "dns", "6");
    world_add_host(world, "d", "dns", "4");
    world_address(world, WH_FAMILY_IPV4, A1);
    world_address(world, WH_FAMILY_IPV6, B1);
    guint n_commits = world->n_commits;
    world_turn(world);
    assert_sent(world, "a=" A1 "," B1 " b=" A1 " d=" A1 "; c=" B1);
    g_assert_cmpuint(world->n_commits, ==, n_commits + 1);
}

static void test_families_of_different_hosts_share(void)
{
    g_autoptr(World) world = world_new_together(9);
    world_add_host(world, "a", "dns", "4");
    world_add_host(world, "b", "dns", "6");
    world_address(world, WH_FAMILY_IPV4, A1);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    assert_sent(world, "a=" A1 " b=" B1);
}

static void test_batches_by_family(void)
{
    g_autoptr(World) world = world_new();
    world->manners.max_hosts = 9;
    world_add_account(world, "dns", "deck");
    world_add_host(world, "a", "dns", "46");
    world_add_host(world, "b", "dns", "46");
    world_address(world, WH_FAMILY_IPV4, A1);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    assert_sent(world, "a=" A1 " b=" A1 "; a=" B1 " b=" B1);
}

static void test_company(void)
{
    g_autoptr(World) world = world_new();
    world->manners.together = TRUE;
    world->manners.both_always = TRUE;
    world_add_account(world, "dns", "desec");
    world_add_host(world, "home", "dns", "46");
    world_move(world, A1);
    assert_sent(world, "home=" A1);
    world_answer(world, WH_RESULT_CHANGED);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    assert_sent(world, "home=" A1 "," B1);
    world_answer(world, WH_RESULT_CHANGED);
    world_address(world, WH_FAMILY_IPV6, NULL);
    world_move(world, A2);
    assert_sent(world, "home=" A2 "," B1);
    world_answer(world, WH_RESULT_CHANGED);
    assert_status(world, "home", "current");
}

/* The later of two requests could arrive first, and each would undo the other. */
static void test_company_waits(void)
{
    g_autoptr(World) world = world_new();
    world->manners.together = TRUE;
    world->manners.both_always = TRUE;
    world_add_account(world, "dns", "desec");
    world_add_host(world, "home", "dns", "46");
    world_move(world, A1);
    assert_sent(world, "home=" A1);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    assert_sent(world, "");
    world_answer(world, WH_RESULT_CHANGED);
    assert_sent(world, "home=" A1 "," B1);
}

static void test_tokens_hold_back(void)
{
    g_autoptr(World) world = world_new_home();
    const char *const moves[] = {A1, A2, A3};
    for (guint i = 0; i < 3; i++) {
        world_move(world, moves[i]);
        world_answer(world, WH_RESULT_CHANGED);
    }
    assert_sent(world, "home=" A1 "; home=" A2 "; home=" A3);
    g_free(world_events(world));
    world_move(world, A4);
    assert_events(world, "held:home");
    assert_status(world, "home", "held");
    gint64 now = wh_clock_wall(wh_fake_clock_clock(world->fake));
    g_assert_cmpint(world_view(world, "home").until, ==, now + 5 * WH_MINUTE);
    wh_keeper_update_now(world->keeper, "home");
    world_advance(world, 4 * WH_MINUTE);
    wh_keeper_network_changed(world->keeper);
    world_turn(world);
    assert_events(world, "");
    world_move(world, A5);
    assert_events(world, "held:home");
    world_advance(world, WH_MINUTE - WH_SECOND);
    assert_sent(world, "");
    world_advance(world, WH_SECOND + WH_MILLISECOND);
    assert_sent(world, "home=" A5);
}

static void test_own_server_has_no_gap(void)
{
    g_autoptr(World) world = world_new();
    world->manners.refill = 0;
    world_add_account(world, "dns", "rfc2136");
    world_add_host(world, "home", "dns", "4");
    for (guint i = 0; i < 50; i++) {
        g_autofree char *address = g_strdup_printf("203.0.113.%u", i + 1);
        g_autofree char *expected = g_strconcat("home=", address, NULL);
        world_move(world, address);
        assert_sent(world, expected);
        world_answer(world, WH_RESULT_CHANGED);
    }
}

static void test_hanging_account_delays_nobody(void)
{
    g_autoptr(World) world = world_new();
    world_add_account(world, "slow", "deck");
    world_add_account(world, "good", "deck");
    for (guint i = 0; i < 9; i++) {
        g_autofree char *id = g_strdup_printf("s%u", i);
        world_add_host(world, id, "slow", "4");
    }
    world_add_host(world, "g", "good", "4");
    world_move(world, A1);
    assert_sent(world, "s0=" A1 "; s1=" A1 "; s2=" A1 "; s3=" A1 "; g=" A1);
    assert_status(world, "s8", "updating");
    world_answer_at(world, 4, WH_RESULT_CHANGED, 0);
    assert_status(world, "g", "current");
    world_answer_at(world, 1, WH_RESULT_CHANGED, 0);
    assert_sent(world, "s4=" A1);
    g_assert_cmpuint(world_n_open(world), ==, 4);
}

static void test_thousand_hosts(void)
{
    g_autoptr(World) world = world_new_together(20);
    guint n_items = 0;
    for (guint i = 0; i < 1000; i++) {
        g_autofree char *id = g_strdup_printf("h%u", i);
        world_add_host(world, id, "dns", "46");
    }
    world_address(world, WH_FAMILY_IPV6, B1);
    world_move(world, A1);
    for (guint n = 0; world_n_open(world) > 0; n++) {
        g_assert_cmpuint(n, <, 50);
        g_assert_cmpuint(world_n_open(world), <=, 4);
        world_answer(world, WH_RESULT_CHANGED);
        n_items++;
    }
    g_assert_cmpuint(n_items, ==, 50);
    assert_status(world, "h0", "current");
    assert_status(world, "h999", "current");
    g_assert_cmpuint(world_n_asked(world), ==, 8);
}

static void test_pause(void)
{
    g_autoptr(World) world = world_new_home();
    wh_keeper_set_paused(world->keeper, TRUE);
    g_assert_true(wh_keeper_is_paused(world->keeper));
    world_move(world, A1);
    wh_keeper_update_now(world->keeper, NULL);
    world_turn(world);
    assert_sent(world, "");
    assert_status(world, "home", "paused");
    wh_keeper_set_paused(world->keeper, FALSE);
    world_turn(world);
    assert_sent(world, "home=" A1);
}

static void test_listener(void)
{
    g_autoptr(World) world = world_new_home();
    world_turn(world);
    g_string_truncate(world->changes, 0);
    world_address(world, WH_FAMILY_IPV4, A1);
    g_assert_cmpstr(world->changes->str, ==, "dns/home ");
    world_address(world, WH_FAMILY_IPV4, A1);
    world_address(world, WH_FAMILY_IPV6, B1);
    g_assert_cmpstr(world->changes->str, ==, "dns/home ");
    world_turn(world);
    g_assert_cmpstr(world->changes->str, ==, "dns/home dns/home ");
}

static void test_journal_refuses(void)
{
    g_autoptr(World) world = world_new_home();
    world_turn(world);
    world->refuses = TRUE;
    g_string_truncate(world->changes, 0);
    world_move(world, A1);
    assert_sent(world, "home=" A1);
    g_assert_false(wh_keeper_journal_ok(world->keeper));
    g_assert_nonnull(g_strrstr(world->changes->str, "dns/*"));
    world_answer(world, WH_RESULT_CHANGED);
    assert_status(world, "home", "current");
    world->refuses = FALSE;
    g_string_truncate(world->changes, 0);
    world_move(world, A2);
    g_assert_true(wh_keeper_journal_ok(world->keeper));
    g_assert_nonnull(g_strrstr(world->changes->str, "dns/*"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keeper/send/once", test_change_is_sent_once);
    g_test_add_func("/keeper/send/view", test_view);
    g_test_add_func("/keeper/send/families-share-a-request", test_families_share_a_request);
    g_test_add_func("/keeper/send/families-share-a-token", test_families_share_a_token);
    g_test_add_func("/keeper/send/families-apart", test_families_apart);
    g_test_add_func("/keeper/send/batches", test_batches);
    g_test_add_func("/keeper/send/different-hosts-share", test_families_of_different_hosts_share);
    g_test_add_func("/keeper/send/batches-by-family", test_batches_by_family);
    g_test_add_func("/keeper/send/company", test_company);
    g_test_add_func("/keeper/send/company-waits", test_company_waits);
    g_test_add_func("/keeper/send/tokens-hold-back", test_tokens_hold_back);
    g_test_add_func("/keeper/send/own-server", test_own_server_has_no_gap);
    g_test_add_func("/keeper/send/hanging-account", test_hanging_account_delays_nobody);
    g_test_add_func("/keeper/send/thousand-hosts", test_thousand_hosts);
    g_test_add_func("/keeper/send/pause", test_pause);
    g_test_add_func("/keeper/send/listener", test_listener);
    g_test_add_func("/keeper/send/journal-refuses", test_journal_refuses);
    return g_test_run();
}
