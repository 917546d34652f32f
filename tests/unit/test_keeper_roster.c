#include "tests/unit/test_keeper_world.h"

static const WhAccount *account_at(World *world, guint i)
{
    return g_ptr_array_index(world->accounts, i);
}

/* The account with one field set to `text`, told to the keeper. */
static void set_field(World *world, const char *text)
{
    g_autoptr(WhAccount) account = wh_account_copy(account_at(world, 0));
    g_hash_table_insert(account->fields, g_strdup("server"), g_strdup(text));
    wh_keeper_set_account(world->keeper, account, &world->manners, TRUE);
    world_turn(world);
}

static void set_ready(World *world, gboolean ready)
{
    wh_keeper_set_account(world->keeper, account_at(world, 0), &world->manners, ready);
    world_turn(world);
}

static void test_same_settings_change_nothing(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    g_autoptr(WhAccount) labelled = wh_account_copy(account_at(world, 0));
    g_free(labelled->label);
    labelled->label = g_strdup("My server");
    wh_keeper_set_account(world->keeper, labelled, &world->manners, TRUE);
    wh_keeper_set_host(world->keeper, g_ptr_array_index(world->hosts, 0));
    world_turn(world);
    assert_sent(world, "");
    assert_status(world, "home", "current");
    world_move(world, A2);
    world_answer(world, WH_RESULT_AUTH);
    set_ready(world, TRUE);
    assert_status(world, "home", "halted");
}

static void test_another_server_is_told(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    set_field(world, "ns1.example.org");
    assert_sent(world, "home=" A1);
    world_answer(world, WH_RESULT_CHANGED);
    set_field(world, "ns1.example.org");
    assert_sent(world, "");
}

static void test_settings_end_halts(void)
{
    const WhResultClass results[] = {WH_RESULT_AUTH, WH_RESULT_HOST, WH_RESULT_AGENT,
                                     WH_RESULT_BADIP, WH_RESULT_FAIL};
    for (guint i = 0; i < G_N_ELEMENTS(results); i++) {
        g_autoptr(World) world = world_new_home();
        world_move(world, A1);
        world_answer(world, results[i]);
        g_free(world_sent(world));
        set_field(world, "ns1.example.org");
        assert_sent(world, "home=" A1);
        world_restart(world);
        world_move(world, A1);
        assert_status(world, "home", "updating");
    }
}

static void test_settings_keep_the_providers_wait(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_SERVER);
    g_free(world_sent(world));
    set_field(world, "ns1.example.org");
    assert_sent(world, "");
    assert_status(world, "home", "waiting");
}

/* An answer to the old settings says nothing about the new ones. */
static void test_settings_change_under_way(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    for (guint i = 0; i < 6; i++) {
        g_autofree char *server = g_strdup_printf("ns%u.example.org", i);
        set_field(world, server);
        g_assert_cmpuint(world_n_open(world), ==, 1);
    }
    assert_status(world, "home", "updating");
}

static void test_secret_missing(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    set_ready(world, FALSE);
    assert_status(world, "home", "no_secret");
    world_move(world, A2);
    assert_sent(world, "");
    set_ready(world, TRUE);
    assert_sent(world, "home=" A2);
}

static void test_host_renamed(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    g_autoptr(WhHost) host = wh_host_copy(g_ptr_array_index(world->hosts, 0));
    g_free(host->name);
    host->name = g_strdup("house.example.org");
    wh_keeper_set_host(world->keeper, host);
    world_turn(world);
    assert_sent(world, "home=" A1);
    g_assert_true(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    world_answer(world, WH_RESULT_CHANGED);
    assert_status(world, "home", "current");
}

static void test_host_moved(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    g_autoptr(WhHost) host = wh_host_copy(g_ptr_array_index(world->hosts, 0));
    world_add_account(world, "other", "deck");
    g_free(host->account);
    host->account = g_strdup("other");
    world_move(world, A2);
    g_free(world_sent(world));
    wh_keeper_set_host(world->keeper, host);
    world_turn(world);
    assert_sent(world, "home=" A2);
    g_assert_cmpuint(world_n_open(world), ==, 1);
    wh_keeper_remove_account(world->keeper, "dns");
    world_answer(world, WH_RESULT_CHANGED);
    assert_status(world, "home", "current");
}

static void set_host(World *world, gboolean v4, gboolean v6, gboolean paused)
{
    g_autoptr(WhHost) host = wh_host_copy(g_ptr_array_index(world->hosts, 0));
    host->wants[WH_FAMILY_IPV4] = v4;
    host->wants[WH_FAMILY_IPV6] = v6;
    host->paused = paused;
    wh_keeper_set_host(world->keeper, host);
    world_turn(world);
}

static void test_wants(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    WhRecordView view;
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV6));
    world_address(world, WH_FAMILY_IPV6, B1);
    set_host(world, FALSE, TRUE, FALSE);
    assert_sent(world, "home=" B1);
    g_assert_true(wh_keeper_wants(world->keeper, WH_FAMILY_IPV6));
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    g_assert_false(wh_keeper_view(world->keeper, "home", WH_FAMILY_IPV4, &view));
    world_answer(world, WH_RESULT_CHANGED);
    set_host(world, TRUE, TRUE, FALSE);
    assert_sent(world, "");
    assert_status(world, "home", "current");
}

static void test_host_paused(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    set_host(world, TRUE, FALSE, TRUE);
    world_move(world, A2);
    assert_sent(world, "");
    assert_status(world, "home", "paused");
    set_host(world, TRUE, FALSE, FALSE);
    assert_sent(world, "home=" A2);
}

/* Pausing and unpausing is no look into what went wrong; another wish is. */
static void test_host_edit_ends_its_halt(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_HOST);
    g_free(world_sent(world));
    set_host(world, TRUE, FALSE, TRUE);
    set_host(world, TRUE, FALSE, FALSE);
    assert_status(world, "home", "halted");
    set_host(world, TRUE, TRUE, FALSE);
    assert_sent(world, "home=" A1);
}

static void take(World *world, const char *text, WhResultClass result)
{
    g_autoptr(WhOutcome) outcome = wh_outcome_new(result, "words");
    WhAddress address;
    g_assert_true(wh_address_parse(text, &address));
    wh_keeper_take_result(world->keeper, "home", WH_FAMILY_IPV4, &address, outcome);
    wh_keeper_take_result(world->keeper, "nobody", WH_FAMILY_IPV4, &address, outcome);
    world_turn(world);
}

static void test_tested(void)
{
    g_autoptr(World) world = world_new_home();
    wh_keeper_set_paused(world->keeper, TRUE);
    world_move(world, A1);
    take(world, A1, WH_RESULT_CHANGED);
    wh_keeper_set_paused(world->keeper, FALSE);
    world_turn(world);
    assert_sent(world, "");
    assert_events(world, "answered:home:CHANGED");
    for (guint i = 0; i < 5; i++)
        take(world, A1, WH_RESULT_SAME);
    assert_status(world, "home", "current");
    world_restart(world);
    world_move(world, A1);
    assert_sent(world, "");
    world_move(world, A2);
    assert_status(world, "home", "held");
}

static void test_tested_and_failed(void)
{
    g_autoptr(World) world = world_new_acknowledged();
    take(world, A1, WH_RESULT_AUTH);
    assert_status(world, "home", "halted");
    assert_events(world, "answered:home:AUTH halted:home:AUTH");
}

static void test_tested_under_way(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    take(world, A1, WH_RESULT_CHANGED);
    assert_status(world, "home", "updating");
    world_answer(world, WH_RESULT_SAME);
    assert_status(world, "home", "current");
    assert_sent(world, "home=" A1);
}

static void test_status_words(void)
{
    for (guint i = 0; i < WH_N_RECORD_STATUSES; i++) {
        g_assert_nonnull(wh_record_status_name((WhRecordStatus)i));
        for (guint j = 0; j < i; j++)
            g_assert_cmpstr(wh_record_status_name((WhRecordStatus)i), !=,
                            wh_record_status_name((WhRecordStatus)j));
    }
    wh_keeper_free(NULL);
}

/* Nobody asks outside operators for an address that no record may be sent with. */
static void test_wants_nothing_while_stopped(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_AUTH);
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    world_restart(world);
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    wh_keeper_resume(world->keeper, "dns", "home");
    g_assert_true(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    set_host(world, TRUE, FALSE, TRUE);
    g_assert_false(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
    world_add_host(world, "cam", "dns", "4");
    g_assert_true(wh_keeper_wants(world->keeper, WH_FAMILY_IPV4));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keeper/roster/same-settings", test_same_settings_change_nothing);
    g_test_add_func("/keeper/roster/another-server", test_another_server_is_told);
    g_test_add_func("/keeper/roster/settings-end-halts", test_settings_end_halts);
    g_test_add_func("/keeper/roster/settings-keep-waits", test_settings_keep_the_providers_wait);
    g_test_add_func("/keeper/roster/settings-under-way", test_settings_change_under_way);
    g_test_add_func("/keeper/roster/secret-missing", test_secret_missing);
    g_test_add_func("/keeper/roster/host-renamed", test_host_renamed);
    g_test_add_func("/keeper/roster/host-moved", test_host_moved);
    g_test_add_func("/keeper/roster/wants", test_wants);
    g_test_add_func("/keeper/roster/stopped", test_wants_nothing_while_stopped);
    g_test_add_func("/keeper/roster/host-paused", test_host_paused);
    g_test_add_func("/keeper/roster/host-edit", test_host_edit_ends_its_halt);
    g_test_add_func("/keeper/roster/tested", test_tested);
    g_test_add_func("/keeper/roster/tested-and-failed", test_tested_and_failed);
    g_test_add_func("/keeper/roster/tested-under-way", test_tested_under_way);
    g_test_add_func("/keeper/roster/status-words", test_status_words);
    return g_test_run();
}
