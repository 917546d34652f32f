/* Records that each have an aim of their own. */
#include "tests/unit/test_keeper_world.h"

static World *new_shared(void)
{
    World *world = world_new();
    world->manners.max_hosts = 9;
    world_add_account(world, "dns", "deck");
    world_add_host(world, "home", "dns", "4");
    world_add_host(world, "nas", "dns", "4");
    return world;
}

static void assert_why(World *world, const char *host, const char *expected)
{
    WhRecordView view = world_view(world, host);
    assert_status(world, host, "no_address");
    g_assert_null(view.desired);
    g_assert_cmpstr(wh_aim_reason_name(view.why), ==, expected);
}

static void test_own_addresses(void)
{
    g_autoptr(World) world = new_shared();
    world_aim(world, "nas", WH_FAMILY_IPV4, A2);
    world_move(world, A1);
    assert_sent(world, "home=" A1 " nas=" A2);
    world_answer(world, WH_RESULT_CHANGED);
    /* The public address is another: the other host's is not. */
    world_move(world, A3);
    assert_sent(world, "home=" A3);
    world_answer(world, WH_RESULT_CHANGED);
    world_aim(world, "nas", WH_FAMILY_IPV4, A4);
    world_turn(world);
    assert_sent(world, "nas=" A4);
}

static void test_nothing_changed(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    world_turn(world);
    g_string_truncate(world->changes, 0);
    wh_keeper_look(world->keeper);
    g_assert_cmpstr(world->changes->str, ==, "");
    g_assert_cmpuint(wh_fake_clock_pending(world->fake), <=, 1);
    world_turn(world);
    assert_sent(world, "");
}

static void test_reasons(void)
{
    for (WhAimReason why = WH_AIM_NO_LAN_ADDRESS; why < WH_N_AIM_REASONS; why++) {
        g_autoptr(World) world = world_new_acknowledged();
        const char *word = wh_aim_reason_name(why);
        world_aim(world, "home", WH_FAMILY_IPV4, word);
        assert_why(world, "home", word);
        g_assert_true(wh_address_equal(world_view(world, "home").acknowledged,
                                       world_view(world, "home").acknowledged));
        world_advance(world, 2 * WH_DAY);
        wh_keeper_update_now(world->keeper, "home");
        world_turn(world);
        assert_sent(world, "");
        g_assert_cmpuint(world_n_asked(world), ==, 0);
        world_aim(world, "home", WH_FAMILY_IPV4, A1);
        assert_status(world, "home", "current");
    }
}

static void test_another_reason_is_told(void)
{
    g_autoptr(World) world = world_new_home();
    world_aim(world, "home", WH_FAMILY_IPV4, "elsewhere");
    world_turn(world);
    g_string_truncate(world->changes, 0);
    world_aim(world, "home", WH_FAMILY_IPV4, "unreachable");
    g_assert_cmpstr(world->changes->str, ==, "dns/home ");
    assert_why(world, "home", "unreachable");
}

static void test_last_is_told(void)
{
    g_autoptr(World) world = world_new_home();
    world->notes_lasts = TRUE;
    world_move(world, A1);
    g_assert_cmpstr(world->lasts->str, ==, "home=- ");
    world_answer(world, WH_RESULT_CHANGED);
    g_string_truncate(world->lasts, 0);
    wh_keeper_look(world->keeper);
    g_assert_cmpstr(world->lasts->str, ==, "home=" A1 " ");
}

static void test_restored_with_last(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    world->notes_lasts = TRUE;
    world_restart(world);
    g_assert_true(g_str_has_suffix(world->lasts->str, "home=" A1 " "));
}

static void test_added_host_is_aimed(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    world_add_host(world, "late", "dns", "4");
    world_turn(world);
    assert_sent(world, "late=" A1);
}

/* The settings of a host decide about its aim: it is asked for with the new ones. */
static void test_edited_host_is_aimed(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    g_autoptr(WhHost) host = wh_host_copy(world->hosts->pdata[0]);
    host->lan = TRUE;
    WhAim aim = {.known = TRUE, .why = WH_AIM_KNOWN};
    g_assert_true(wh_address_parse("192.168.1.5", &aim.address));
    g_hash_table_insert(world->own_aims, g_strdup("home A"), g_memdup2(&aim, sizeof aim));
    wh_keeper_set_host(world->keeper, host);
    world_turn(world);
    assert_sent(world, "home=192.168.1.5");
}

/* A flight with the old machine's address is stopped. */
static void test_edited_in_flight(void)
{
    g_autoptr(World) world = world_new_home();
    g_autoptr(WhHost) host = wh_host_copy(world->hosts->pdata[0]);
    world_move(world, A1);
    assert_sent(world, "home=" A1);
    host->withhold_unreachable = TRUE;
    WhAim aim = {.known = TRUE, .why = WH_AIM_KNOWN};
    g_assert_true(wh_address_parse(A2, &aim.address));
    g_hash_table_insert(world->own_aims, g_strdup("home A"), g_memdup2(&aim, sizeof aim));
    wh_keeper_set_host(world->keeper, host);
    world_turn(world);
    assert_sent(world, "home=" A2);
    g_assert_cmpuint(world_n_open(world), ==, 1);
}

static void check_wish_ends_halt(void (*wish)(WhHost *host))
{
    g_autoptr(World) world = world_new_home();
    g_autoptr(WhHost) host = wh_host_copy(world->hosts->pdata[0]);
    world_move(world, A1);
    world_answer(world, WH_RESULT_HOST);
    assert_status(world, "home", "halted");
    wh_keeper_set_host(world->keeper, host);
    assert_status(world, "home", "halted");
    wish(host);
    wh_keeper_set_host(world->keeper, host);
    assert_status(world, "home", "updating");
}

static void wish_lan(WhHost *host)
{
    host->lan = TRUE;
}

static void wish_networks(WhHost *host)
{
    wh_host_set_networks(host, (const char *const[]){"home", NULL});
}

static void test_wishes_end_halts(void)
{
    check_wish_ends_halt(wish_lan);
    check_wish_ends_halt(wish_networks);
}

/* Whose public address nobody needs, nobody asks for. */
static void test_wants(void)
{
    g_autoptr(World) world = world_new();
    world_add_account(world, "dns", "deck");
    world_add_host(world, "home", "dns", "46");
    g_autoptr(WhHost) host = wh_host_copy(world->hosts->pdata[0]);
    g_assert_true(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    g_assert_true(wh_keeper_wants(world->keeper, WH_FAMILY_IPV6));
    host->device = WH_DEVICE_MAC;
    wh_keeper_set_host(world->keeper, host);
    g_assert_true(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV6));
    host->device = WH_DEVICE_THIS;
    host->lan = TRUE;
    wh_keeper_set_host(world->keeper, host);
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV6));
    host->lan = FALSE;
    wh_keeper_set_host(world->keeper, host);
    world_aim(world, "home", WH_FAMILY_IPV4, "elsewhere");
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    g_assert_true(wh_keeper_wants(world->keeper, WH_FAMILY_IPV6));
    world_aim(world, "home", WH_FAMILY_IPV4, "unreachable");
    g_assert_true(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    /* A paused one does not make up for one that has no need. */
    host->paused = TRUE;
    wh_keeper_set_host(world->keeper, host);
    g_autoptr(WhHost) local = wh_host_new("local", "dns", "local.example.org");
    local->wants[WH_FAMILY_IPV4] = TRUE;
    local->lan = TRUE;
    wh_keeper_set_host(world->keeper, local);
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
}

/* One family that nothing is known of does not hold the other. */
static void test_families_are_independent(void)
{
    g_autoptr(World) world = world_new();
    world->manners.together = TRUE;
    world_add_account(world, "dns", "desec");
    world_add_host(world, "cam", "dns", "46");
    world_aim(world, "cam", WH_FAMILY_IPV4, "device_unknown");
    world_aim(world, "cam", WH_FAMILY_IPV6, B1);
    world_turn(world);
    assert_sent(world, "cam=" B1);
    world_answer(world, WH_RESULT_CHANGED);
    world_aim(world, "cam", WH_FAMILY_IPV4, A1);
    world_aim(world, "cam", WH_FAMILY_IPV6, "device_unseen");
    world_turn(world);
    assert_sent(world, "cam=" A1);
}

/* Where a family that is left out would be deleted, what it holds goes along. */
static void test_company_of_withheld(void)
{
    g_autoptr(World) world = world_new();
    world->manners.together = TRUE;
    world->manners.both_always = TRUE;
    world_add_account(world, "dns", "desec");
    world_add_host(world, "home", "dns", "46");
    world_address(world, WH_FAMILY_IPV6, B1);
    world_move(world, A1);
    assert_sent(world, "home=" A1 "," B1);
    world_answer(world, WH_RESULT_CHANGED);
    world_address(world, WH_FAMILY_IPV4, "unreachable");
    world_address(world, WH_FAMILY_IPV6, B2);
    world_turn(world);
    assert_sent(world, "home=" A1 "," B2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keeper/aim/own-addresses", test_own_addresses);
    g_test_add_func("/keeper/aim/nothing-changed", test_nothing_changed);
    g_test_add_func("/keeper/aim/reasons", test_reasons);
    g_test_add_func("/keeper/aim/another-reason", test_another_reason_is_told);
    g_test_add_func("/keeper/aim/last", test_last_is_told);
    g_test_add_func("/keeper/aim/restored", test_restored_with_last);
    g_test_add_func("/keeper/aim/added", test_added_host_is_aimed);
    g_test_add_func("/keeper/aim/edited", test_edited_host_is_aimed);
    g_test_add_func("/keeper/aim/edited-in-flight", test_edited_in_flight);
    g_test_add_func("/keeper/aim/wishes-end-halts", test_wishes_end_halts);
    g_test_add_func("/keeper/aim/wants", test_wants);
    g_test_add_func("/keeper/aim/independent", test_families_are_independent);
    g_test_add_func("/keeper/aim/company", test_company_of_withheld);
    return g_test_run();
}
