#include "tests/unit/test_keeper_world.h"

/* What a person sees after one answer, and how it goes on. */
typedef struct {
    WhResultClass result;
    const char *status;
    WhHaltScope scope;
    gint64 wait;
    const char *events;
} Row;

static const Row rows[] = {
    {WH_RESULT_CHANGED, "current", WH_HALT_NOBODY, 0, "sent:home answered:home:CHANGED"},
    {WH_RESULT_SAME, "current", WH_HALT_NOBODY, 0, "sent:home answered:home:SAME"},
    {WH_RESULT_AUTH, "halted", WH_HALT_ACCOUNT, 0, "sent:home answered:home:AUTH halted:home:AUTH"},
    {WH_RESULT_HOST, "halted", WH_HALT_HOST, 0, "sent:home answered:home:HOST halted:home:HOST"},
    {WH_RESULT_PAID, "halted", WH_HALT_ACCOUNT, 0, "sent:home answered:home:PAID halted:home:PAID"},
    {WH_RESULT_AGENT, "halted", WH_HALT_PROVIDER, 0,
     "sent:home answered:home:AGENT halted:home:AGENT"},
    {WH_RESULT_ABUSE, "halted", WH_HALT_HOST, 0, "sent:home answered:home:ABUSE halted:home:ABUSE"},
    {WH_RESULT_BADREQ, "halted", WH_HALT_HOST, 0,
     "sent:home answered:home:BADREQ halted:home:BADREQ"},
    {WH_RESULT_BADIP, "refused", WH_HALT_NOBODY, 0, "sent:home answered:home:BADIP"},
    {WH_RESULT_RATE, "waiting", WH_HALT_NOBODY, 10 * WH_MINUTE,
     "sent:home answered:home:RATE waiting:home:RATE"},
    {WH_RESULT_SERVER, "waiting", WH_HALT_NOBODY, 30 * WH_MINUTE,
     "sent:home answered:home:SERVER waiting:home:SERVER"},
    {WH_RESULT_FAIL, "waiting", WH_HALT_NOBODY, 5 * WH_MINUTE,
     "sent:home answered:home:FAIL waiting:home:FAIL"},
    {WH_RESULT_NO_ANSWER, "waiting", WH_HALT_NOBODY, WH_MINUTE, "sent:home waiting:home:NO_ANSWER"},
    {WH_RESULT_CLOCK, "waiting", WH_HALT_NOBODY, 5 * WH_MINUTE,
     "sent:home answered:home:CLOCK waiting:home:CLOCK"},
};

static gint64 wall(World *world)
{
    return wh_clock_wall(wh_fake_clock_clock(world->fake));
}

/* Sees the same before and after a restart, and sends when the wait is over and not before. */
static void check_row(const Row *row, gboolean restart)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    gint64 until = row->wait == 0 ? 0 : wall(world) + row->wait;
    world_answer(world, row->result);
    assert_events(world, row->events);
    if (restart) {
        world_restart(world);
        world_move(world, A1);
        if (world_n_asked(world) > 0)
            world_testify(world, "none");
    }
    WhRecordView view = world_view(world, "home");
    assert_status(world, "home", row->status);
    g_assert_cmpint(view.scope, ==, row->scope);
    g_assert_cmpint(view.until, ==, until);
    if (!g_str_equal(row->status, "current")) {
        g_assert_cmpint(view.result, ==, row->result);
        g_assert_cmpstr(view.detail, ==, "words");
    }
    g_free(world_sent(world));
    world_advance(world, row->wait > 0 ? row->wait - WH_SECOND : 7 * WH_DAY);
    assert_sent(world, "");
    world_advance(world, WH_SECOND);
    assert_sent(world, row->wait > 0 ? "home=" A1 : "");
}

static void test_rows(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpint(rows[i].result, ==, i);
        g_test_message("%s", wh_result_class_name(rows[i].result));
        check_row(&rows[i], FALSE);
        check_row(&rows[i], TRUE);
    }
}

static void test_halt_leaves_others_alone(void)
{
    g_autoptr(World) world = world_new();
    world_add_account(world, "one", "deck");
    world_add_account(world, "two", "deck");
    world_add_account(world, "else", "noip");
    world_add_host(world, "a", "one", "4");
    world_add_host(world, "b", "two", "4");
    world_add_host(world, "c", "else", "4");
    world_move(world, A1);
    world_answer_at(world, 0, WH_RESULT_AUTH, 0);
    assert_status(world, "a", "halted");
    assert_status(world, "b", "updating");
    world_answer_at(world, 0, WH_RESULT_AGENT, 0);
    assert_status(world, "b", "halted");
    g_assert_cmpint(world_view(world, "a").scope, ==, WH_HALT_PROVIDER);
    world_answer_at(world, 0, WH_RESULT_CHANGED, 0);
    assert_status(world, "c", "current");
    WhHaltScope scope;
    g_assert_null(wh_keeper_account_halt(world->keeper, "else", &scope));
    g_assert_cmpint(wh_keeper_account_halt(world->keeper, "two", &scope)->result, ==,
                    WH_RESULT_AGENT);
    g_assert_cmpint(scope, ==, WH_HALT_PROVIDER);
}

static void test_batch_answers(void)
{
    g_autoptr(World) world = world_new();
    const WhResultClass results[] = {WH_RESULT_HOST, WH_RESULT_CHANGED};
    world->manners.max_hosts = 5;
    world_add_account(world, "dns", "deck");
    world_add_host(world, "a", "dns", "4");
    world_add_host(world, "b", "dns", "4");
    world_add_host(world, "c", "dns", "4");
    world_move(world, A1);
    world_answer_each(world, results, 2);
    assert_status(world, "a", "halted");
    assert_status(world, "b", "current");
    assert_status(world, "c", "waiting");
    g_assert_cmpint(world_view(world, "c").result, ==, WH_RESULT_FAIL);
}

static void test_one_halt_is_told_once(void)
{
    g_autoptr(World) world = world_new();
    world->manners.max_hosts = 5;
    world_add_account(world, "dns", "deck");
    world_add_host(world, "a", "dns", "4");
    world_add_host(world, "b", "dns", "4");
    world_move(world, A1);
    world_answer(world, WH_RESULT_AUTH);
    assert_events(world, "sent:a answered:a:AUTH halted:a:AUTH sent:b answered:b:AUTH");
}

static void test_resume(void)
{
    g_autoptr(World) world = world_new();
    world->manners.refill = 0;
    world_add_account(world, "dns", "rfc2136");
    world_add_host(world, "home", "dns", "4");
    world_move(world, A1);
    g_assert_false(wh_keeper_resume(world->keeper, "dns", "home"));
    g_assert_false(wh_keeper_resume(world->keeper, "other", NULL));
    g_assert_false(wh_keeper_resume(world->keeper, "dns", "other"));
    const WhResultClass results[] = {WH_RESULT_AUTH, WH_RESULT_HOST, WH_RESULT_AGENT,
                                     WH_RESULT_BADIP};
    for (guint i = 0; i < G_N_ELEMENTS(results); i++) {
        world_answer(world, results[i]);
        g_free(world_events(world));
        g_assert_true(wh_keeper_resume(world->keeper, "dns", i % 2 == 0 ? "home" : NULL));
        world_turn(world);
        g_assert_cmpuint(world_n_open(world), ==, 1);
        g_autofree char *events = world_events(world);
        g_assert_true(g_str_has_prefix(events, "resumed"));
        world_restart(world);
        world_move(world, A1);
        assert_status(world, "home", "updating");
        world_advance(world, 5 * WH_SECOND);
    }
}

static void test_refused_address(void)
{
    g_autoptr(World) world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_BADIP);
    world_move(world, A2);
    world_answer(world, WH_RESULT_CHANGED);
    world_move(world, A1);
    assert_sent(world, "home=" A1 "; home=" A2 "; home=" A1);
}

/* Nobody knows which of two addresses was refused, so that each is tried alone. */
static void test_refused_pair(void)
{
    g_autoptr(World) world = world_new();
    world->manners.together = TRUE;
    world_add_account(world, "dns", "deck");
    world_add_host(world, "home", "dns", "46");
    world_address(world, WH_FAMILY_IPV4, A1);
    world_address(world, WH_FAMILY_IPV6, B1);
    world_turn(world);
    world_answer(world, WH_RESULT_BADIP);
    assert_sent(world, "home=" A1 "," B1 "; home=" A1 "; home=" B1);
    world_answer(world, WH_RESULT_CHANGED);
    world_answer(world, WH_RESULT_BADIP);
    world_advance(world, WH_DAY);
    assert_sent(world, "");
    assert_status(world, "home", "current");
    world_address(world, WH_FAMILY_IPV4, A2);
    world_address(world, WH_FAMILY_IPV6, B2);
    world_turn(world);
    assert_sent(world, "home=" A2 "," B2);
}

static void test_third_same_halts(void)
{
    g_autoptr(World) world = world_new_home();
    const char *const moves[] = {A1, A2, A3};
    world_move(world, A5);
    world_answer(world, WH_RESULT_SAME);
    world_move(world, A4);
    world_answer(world, WH_RESULT_CHANGED);
    for (guint i = 0; i < 3; i++) {
        world_advance(world, WH_HOUR);
        assert_status(world, "home", "current");
        world_move(world, moves[i]);
        world_answer(world, WH_RESULT_SAME);
    }
    assert_status(world, "home", "halted");
    g_assert_cmpint(world_view(world, "home").result, ==, WH_RESULT_SAME);
    g_assert_true(wh_keeper_resume(world->keeper, "dns", "home"));
    world_move(world, A4);
    world_answer(world, WH_RESULT_SAME);
    assert_status(world, "home", "current");
}

/* After silence, "nothing changed" is just what was hoped for. */
static void test_same_after_silence_is_fine(void)
{
    g_autoptr(World) world = world_new_home();
    const char *const moves[] = {A1, A2, A3, A4};
    for (guint i = 0; i < 4; i++) {
        world_move(world, moves[i]);
        world_answer(world, WH_RESULT_NO_ANSWER);
        world_advance(world, WH_HOUR);
        world_answer(world, WH_RESULT_SAME);
        world_advance(world, WH_HOUR);
        assert_status(world, "home", "current");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keeper/answers/rows", test_rows);
    g_test_add_func("/keeper/answers/halt-scopes", test_halt_leaves_others_alone);
    g_test_add_func("/keeper/answers/batch", test_batch_answers);
    g_test_add_func("/keeper/answers/halt-told-once", test_one_halt_is_told_once);
    g_test_add_func("/keeper/answers/resume", test_resume);
    g_test_add_func("/keeper/answers/refused", test_refused_address);
    g_test_add_func("/keeper/answers/refused-pair", test_refused_pair);
    g_test_add_func("/keeper/answers/third-same", test_third_same_halts);
    g_test_add_func("/keeper/answers/same-after-silence", test_same_after_silence_is_fine);
    return g_test_run();
}
