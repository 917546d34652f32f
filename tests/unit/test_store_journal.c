#include "tests/unit/test_store_folder.h"

#include <string.h>

typedef struct {
    char *folder;
    WhStore *store;
    WhJournal *journal;
} World;

static void setup(World *world, gconstpointer data)
{
    world->folder = test_store_folder_new();
    world->store = test_store_open(world->folder);
    world->journal = wh_store_journal(world->store);
}

static void teardown(World *world, gconstpointer data)
{
    wh_store_free(world->store);
    test_store_folder_free(world->folder);
}

static void reopen(World *world)
{
    wh_store_free(world->store);
    world->store = test_store_open(world->folder);
    world->journal = wh_store_journal(world->store);
}

static void commit(World *world)
{
    g_assert_true(world->journal->commit(world->journal, TRUE));
}

static void check_address(gboolean has, const WhAddress *address, const char *expected)
{
    g_assert_cmpint(has, ==, expected != NULL);
    if (expected == NULL)
        return;
    char text[WH_ADDRESS_STRLEN];
    g_assert_cmpstr(wh_address_format(address, text), ==, expected);
}

static void test_full_record(World *world, gconstpointer data)
{
    const WhRecordState state = {
        .has_acknowledged = TRUE,
        .acknowledged = test_store_address(WH_FAMILY_IPV6, 1),
        .acknowledged_at = 11,
        .has_intent = TRUE,
        .intent = test_store_address(WH_FAMILY_IPV6, 2),
        .intent_at = 12,
        .retry_at = 13,
        .retry_class = WH_RESULT_RATE,
        .retry_detail = (char *)"slow down",
        .attempts = 14,
        .has_refused = TRUE,
        .refused = test_store_address(WH_FAMILY_IPV6, 3),
        .same_streak = 15,
        .healed_at = 16,
        .proven_at = G_MAXINT64,
    };
    world->journal->begin(world->journal);
    world->journal->put_record(world->journal, "h1", WH_FAMILY_IPV6, &state);
    commit(world);
    reopen(world);
    g_auto(WhRecordState) got = {0};
    g_assert_false(wh_store_record_state(world->store, "h1", WH_FAMILY_IPV4, &got));
    g_assert_false(wh_store_record_state(world->store, "h2", WH_FAMILY_IPV6, &got));
    g_assert_true(wh_store_record_state(world->store, "h1", WH_FAMILY_IPV6, &got));
    check_address(got.has_acknowledged, &got.acknowledged, "2001:db8::1");
    check_address(got.has_intent, &got.intent, "2001:db8::2");
    check_address(got.has_refused, &got.refused, "2001:db8::3");
    g_assert_cmpint(got.acknowledged_at, ==, 11);
    g_assert_cmpint(got.intent_at, ==, 12);
    g_assert_cmpint(got.retry_at, ==, 13);
    g_assert_cmpint(got.retry_class, ==, WH_RESULT_RATE);
    g_assert_cmpstr(got.retry_detail, ==, "slow down");
    g_assert_cmpuint(got.attempts, ==, 14);
    g_assert_cmpuint(got.same_streak, ==, 15);
    g_assert_cmpint(got.healed_at, ==, 16);
    g_assert_cmpint(got.proven_at, ==, G_MAXINT64);
}

static void test_empty_record(World *world, gconstpointer data)
{
    WhRecordState state = {.has_intent = TRUE, .retry_detail = (char *)"x"};
    state.intent = test_store_address(WH_FAMILY_IPV4, 9);
    world->journal->begin(world->journal);
    world->journal->put_record(world->journal, "h1", WH_FAMILY_IPV4, &state);
    commit(world);
    state = (WhRecordState){.retry_class = WH_RESULT_CHANGED};
    world->journal->begin(world->journal);
    world->journal->put_record(world->journal, "h1", WH_FAMILY_IPV4, &state);
    commit(world);
    g_auto(WhRecordState) got = {0};
    g_assert_true(wh_store_record_state(world->store, "h1", WH_FAMILY_IPV4, &got));
    check_address(got.has_acknowledged, &got.acknowledged, NULL);
    check_address(got.has_intent, &got.intent, NULL);
    check_address(got.has_refused, &got.refused, NULL);
    g_assert_null(got.retry_detail);
    g_assert_cmpint(got.retry_class, ==, WH_RESULT_CHANGED);
}

static void check_halt(const WhHalt *halt, WhResultClass result, const char *detail, gint64 at)
{
    g_assert_true(halt->halted);
    g_assert_cmpint(halt->result, ==, result);
    g_assert_cmpstr(halt->detail, ==, detail);
    g_assert_cmpint(halt->at, ==, at);
}

static void test_halts(World *world, gconstpointer data)
{
    const WhHalt account = {TRUE, WH_RESULT_AUTH, (char *)"badauth", 1};
    const WhHalt provider = {TRUE, WH_RESULT_AGENT, NULL, 2};
    const WhHalt none = {.result = WH_RESULT_AUTH};
    const WhHostState state = {1.75, 44, {TRUE, WH_RESULT_ABUSE, (char *)"abuse", 3}};
    world->journal->begin(world->journal);
    world->journal->put_account(world->journal, "duckdns", &account);
    world->journal->put_provider(world->journal, "duckdns", &provider);
    world->journal->put_account(world->journal, "other", &none);
    world->journal->put_host(world->journal, "h1", &state);
    commit(world);
    reopen(world);
    g_auto(WhHalt) got_account = {0}, got_provider = {0}, got_none = {.halted = TRUE};
    g_auto(WhHostState) got = {0};
    g_assert_true(wh_store_account_halt(world->store, "duckdns", &got_account));
    check_halt(&got_account, WH_RESULT_AUTH, "badauth", 1);
    g_assert_true(wh_store_provider_halt(world->store, "duckdns", &got_provider));
    check_halt(&got_provider, WH_RESULT_AGENT, NULL, 2);
    g_assert_true(wh_store_account_halt(world->store, "other", &got_none));
    g_assert_false(got_none.halted);
    g_assert_false(wh_store_provider_halt(world->store, "other", &got_none));
    g_assert_true(wh_store_host_state(world->store, "h1", &got));
    check_halt(&got.halt, WH_RESULT_ABUSE, "abuse", 3);
    g_assert_cmpfloat(got.tokens, ==, 1.75);
    g_assert_cmpint(got.tokens_at, ==, 44);
    g_assert_false(wh_store_host_state(world->store, "h2", &got));
}

static void test_bounded_detail(World *world, gconstpointer data)
{
    g_autofree char *big = g_strnfill(100000, 'x');
    /* The cut falls into the middle of a character. */
    memcpy(big + 499, "\xc3\xa9", 2);
    const WhHalt halt = {TRUE, WH_RESULT_AUTH, big, 1};
    const WhHalt wrong = {TRUE, WH_RESULT_AUTH,
                          (char *)"ab\xff"
                                  "cd",
                          1};
    world->journal->begin(world->journal);
    world->journal->put_account(world->journal, "big", &halt);
    world->journal->put_account(world->journal, "wrong", &wrong);
    commit(world);
    g_auto(WhHalt) got = {0}, got_wrong = {0};
    g_assert_true(wh_store_account_halt(world->store, "big", &got));
    g_assert_cmpuint(strlen(got.detail), ==, 499);
    g_assert_true(wh_store_account_halt(world->store, "wrong", &got_wrong));
    g_assert_cmpstr(got_wrong.detail, ==, "ab");
}

static gint64 add_event(World *world, const char *host, gint64 at)
{
    g_autoptr(WhEvent) event = wh_event_new(WH_EVENT_SENT, at);
    event->host = g_strdup(host);
    world->journal->put_event(world->journal, event);
    return event->id;
}

static void test_event(World *world, gconstpointer data)
{
    g_autoptr(WhEvent) event = wh_event_new(WH_EVENT_ANSWERED, 77);
    event->host = g_strdup("h1");
    event->host_name = g_strdup("a.example.org");
    event->has_family = event->has_address = event->has_result = TRUE;
    event->family = WH_FAMILY_IPV6;
    event->address = test_store_address(WH_FAMILY_IPV6, 5);
    event->result = WH_RESULT_SAME;
    event->detail = g_strdup("nochg");
    world->journal->begin(world->journal);
    world->journal->put_event(world->journal, event);
    gint64 second = add_event(world, NULL, 78);
    commit(world);
    g_assert_cmpint(event->id, >, 0);
    g_assert_cmpint(second, >, event->id);
    reopen(world);
    g_autoptr(GPtrArray) events = wh_store_history(world->store, NULL, 0, 10);
    g_assert_cmpuint(events->len, ==, 2);
    const WhEvent *bare = events->pdata[0], *full = events->pdata[1];
    g_assert_cmpint(bare->id, ==, second);
    g_assert_true(!bare->has_family && !bare->has_address && !bare->has_result);
    g_assert_true(bare->host == NULL && bare->host_name == NULL && bare->detail == NULL);
    g_assert_cmpint(full->id, ==, event->id);
    g_assert_cmpint(full->at, ==, 77);
    g_assert_cmpint(full->kind, ==, WH_EVENT_ANSWERED);
    g_assert_cmpstr(full->host, ==, "h1");
    g_assert_cmpstr(full->host_name, ==, "a.example.org");
    g_assert_true(full->has_family && full->family == WH_FAMILY_IPV6);
    check_address(full->has_address, &full->address, "2001:db8::5");
    g_assert_true(full->has_result && full->result == WH_RESULT_SAME);
    g_assert_cmpstr(full->detail, ==, "nochg");
}

static void check_history(World *world, const char *host, gint64 before, guint limit,
                          const char *expected)
{
    g_autoptr(GPtrArray) events = wh_store_history(world->store, host, before, limit);
    g_autoptr(GString) times = g_string_new(NULL);
    for (guint i = 0; i < events->len; i++)
        g_string_append_printf(times, "%d ", (int)((WhEvent *)events->pdata[i])->at);
    g_assert_cmpstr(times->str, ==, expected);
}

static void test_pages(World *world, gconstpointer data)
{
    gint64 ids[7];
    world->journal->begin(world->journal);
    for (guint i = 1; i < G_N_ELEMENTS(ids); i++)
        ids[i] = add_event(world, i % 2 == 0 ? "even" : "odd", i);
    commit(world);
    check_history(world, NULL, 0, 100, "6 5 4 3 2 1 ");
    check_history(world, NULL, 0, 2, "6 5 ");
    check_history(world, NULL, ids[5], 2, "4 3 ");
    check_history(world, "even", 0, 100, "6 4 2 ");
    check_history(world, "odd", ids[5], 100, "3 1 ");
    check_history(world, "nobody", 0, 100, "");
    check_history(world, NULL, ids[1], 100, "");
    check_history(world, NULL, 0, 0, "");
}

static void test_history_is_bounded(World *world, gconstpointer data)
{
    world->journal->begin(world->journal);
    for (int i = 1; i <= 20700; i++)
        add_event(world, NULL, i);
    commit(world);
    g_autoptr(GPtrArray) newest = wh_store_history(world->store, NULL, 0, G_MAXUINT);
    g_assert_cmpuint(newest->len, ==, 1000);
    g_assert_cmpint(((WhEvent *)newest->pdata[0])->at, ==, 20700);
    gint64 first = ((WhEvent *)newest->pdata[0])->id - 20699;
    check_history(world, NULL, first + 702, 10, "702 701 ");
    reopen(world);
    world->journal->begin(world->journal);
    g_assert_cmpint(add_event(world, NULL, 1), ==, first + 20700);
    commit(world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, func) g_test_add("/store/journal/" path, World, NULL, setup, func, teardown)
    ADD("full-record", test_full_record);
    ADD("empty-record", test_empty_record);
    ADD("halts", test_halts);
    ADD("bounded-detail", test_bounded_detail);
    ADD("event", test_event);
    ADD("pages", test_pages);
    ADD("history-is-bounded", test_history_is_bounded);
    return g_test_run();
}
