#include "service/doctor/checkup.h"

#include "tests/support/fake_clock.h"

#include <string.h>

/* One question that waits for the test's answer. server NULL: that of this computer. */
typedef struct {
    guint64 handle;
    const WhProbePage *page;
    gboolean own;
    WhCheckupPageDone page_done;
    WhCheckupNameDone name_done;
    gpointer data;
} Question;

typedef struct {
    WhCheckupAsker asker;
    WhFakeClock *clock;
    GArray *questions;
    guint64 last_handle;
    guint asked;
    guint done;
    GString *dated;
    WhCheckup *checkup;
} World;

static guint64 add(World *world, Question question)
{
    question.handle = ++world->last_handle;
    world->asked++;
    g_array_append_val(world->questions, question);
    return question.handle;
}

static guint64 ask_page(WhCheckupAsker *asker, const WhProbePage *page, WhCheckupPageDone done,
                        gpointer data)
{
    return add((World *)asker, (Question){.page = page, .page_done = done, .data = data});
}

static guint64 ask_name(WhCheckupAsker *asker, const WhAddress *server, const char *name,
                        WhCheckupNameDone done, gpointer data)
{
    return add((World *)asker, (Question){.own = server == NULL, .name_done = done, .data = data});
}

static void cancel(WhCheckupAsker *asker, guint64 handle)
{
    World *world = (World *)asker;
    for (guint i = world->questions->len; i > 0; i--)
        if (g_array_index(world->questions, Question, i - 1).handle == handle)
            g_array_remove_index(world->questions, i - 1);
}

static void on_done(gpointer data)
{
    ((World *)data)->done++;
}

static void on_dated(const char *page, gint64 date, gint64 at, gpointer data)
{
    g_string_append_printf(((World *)data)->dated, "%s ", page);
}

static void setup(World *world, gconstpointer data)
{
    const WhCheckupListener listener = {on_done, on_dated};
    const char *text = "[a]\nurl=http://a.example/\nbody=well\n"
                       "[b]\nurl=http://b.example/\nbody=well\n"
                       "[c]\nurl=http://c.example/\nbody=well\n"
                       "[d]\nserver=9.9.9.9\nname=d.example\n";
    world->asker = (WhCheckupAsker){ask_page, ask_name, cancel};
    world->clock = wh_fake_clock_new();
    world->questions = g_array_new(FALSE, FALSE, sizeof(Question));
    world->dated = g_string_new(NULL);
    world->checkup = wh_checkup_new(wh_fake_clock_clock(world->clock), &world->asker,
                                    wh_probes_parse(text, strlen(text), NULL), &listener, world);
}

static void teardown(World *world, gconstpointer data)
{
    wh_checkup_free(world->checkup);
    g_assert_cmpuint(world->questions->len, ==, 0);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
    g_array_unref(world->questions);
    g_string_free(world->dated, TRUE);
    wh_fake_clock_free(world->clock);
}

/* page: a body, NULL for silence. */
static void answer(World *world, const char *page, gboolean own, gboolean other)
{
    while (world->questions->len > 0) {
        Question question = g_array_index(world->questions, Question, 0);
        g_array_remove_index(world->questions, 0);
        if (question.page != NULL) {
            const WhCheckupPage said = {page != NULL,
                                        page != NULL ? 200 : 0,
                                        page != NULL ? page : "",
                                        page != NULL ? strlen(page) : 0,
                                        1000,
                                        1001};
            question.page_done(&said, question.data);
        } else {
            question.name_done(question.own ? own : other, question.own ? "192.168.1.1" : "9.9.9.9",
                               question.data);
        }
    }
}

typedef struct {
    const char *name;
    const char *page;
    gboolean own;
    gboolean other;
    WhFactsWeb web;
    WhFactsNames names;
    gboolean worrying;
} Row;

static const Row rows[] = {
    {"free", "all is well", TRUE, TRUE, WH_FACTS_WEB_FREE, WH_FACTS_NAMES_ANSWERED, FALSE},
    {"portal", "sign in", TRUE, TRUE, WH_FACTS_WEB_PORTAL, WH_FACTS_NAMES_ANSWERED, TRUE},
    {"silent", NULL, FALSE, FALSE, WH_FACTS_WEB_SILENT, WH_FACTS_NAMES_SILENT, TRUE},
    {"names-broken", NULL, FALSE, TRUE, WH_FACTS_WEB_SILENT, WH_FACTS_NAMES_BROKEN, TRUE},
    {"own-alone", NULL, TRUE, FALSE, WH_FACTS_WEB_SILENT, WH_FACTS_NAMES_ANSWERED, FALSE},
};

static void test_row(World *world, gconstpointer data)
{
    const Row *row = data;
    g_assert_cmpint(wh_checkup_result(world->checkup).web, ==, WH_FACTS_WEB_NOT_ASKED);
    wh_checkup_set_needed(world->checkup, TRUE);
    g_assert_true(wh_checkup_is_running(world->checkup));
    g_assert_cmpuint(world->questions->len, ==, 4);
    answer(world, row->page, row->own, row->other);
    g_assert_false(wh_checkup_is_running(world->checkup));
    g_assert_cmpuint(world->done, ==, 1);
    WhFactsProbes result = wh_checkup_result(world->checkup);
    g_assert_cmpint(result.web, ==, row->web);
    g_assert_cmpint(result.names, ==, row->names);
    g_assert_cmpint(wh_checkup_is_worrying(world->checkup), ==, row->worrying);
    g_assert_cmpstr(result.name_server, ==, "192.168.1.1");
    g_assert_cmpstr(world->dated->str, ==, row->web == WH_FACTS_WEB_FREE ? "a b " : "");
}

/* One page that is right outweighs another that is not. */
static void test_one_is_genuine(World *world, gconstpointer data)
{
    const WhCheckupPage well = {TRUE, 200, "well", 4, 0, 0};
    const WhCheckupPage odd = {TRUE, 200, "odd", 3, 0, 0};
    wh_checkup_run(world->checkup);
    Question first = g_array_index(world->questions, Question, 0);
    Question second = g_array_index(world->questions, Question, 1);
    g_array_remove_range(world->questions, 0, 2);
    first.page_done(&well, first.data);
    second.page_done(&odd, second.data);
    answer(world, NULL, TRUE, TRUE);
    g_assert_cmpint(wh_checkup_result(world->checkup).web, ==, WH_FACTS_WEB_FREE);
}

/* Nothing is asked while all is well. */
static void test_idle(World *world, gconstpointer data)
{
    wh_fake_clock_advance(world->clock, 7 * WH_DAY);
    wh_checkup_set_needed(world->checkup, FALSE);
    g_assert_cmpuint(world->asked, ==, 0);
    wh_checkup_run(world->checkup);
    answer(world, "well", TRUE, TRUE);
    wh_fake_clock_advance(world->clock, 7 * WH_DAY);
    g_assert_cmpuint(world->asked, ==, 4);
}

/* How many rounds a span has, with the same answer each time. */
static guint rounds_in(World *world, gint64 span, const char *page)
{
    guint before = world->done;
    for (gint64 passed = 0; passed < span; passed += WH_SECOND) {
        wh_fake_clock_advance(world->clock, WH_SECOND);
        answer(world, page, FALSE, FALSE);
    }
    return world->done - before;
}

static void test_pauses_grow(World *world, gconstpointer data)
{
    wh_checkup_set_needed(world->checkup, TRUE);
    answer(world, NULL, FALSE, FALSE);
    g_assert_cmpuint(rounds_in(world, 10 * WH_MINUTE, NULL), <=, 5);
    g_assert_cmpuint(rounds_in(world, 2 * WH_HOUR, NULL), <=, 14);
    wh_checkup_set_needed(world->checkup, FALSE);
    g_assert_cmpuint(rounds_in(world, 2 * WH_HOUR, NULL), ==, 0);
}

/* Somebody is about to sign in. */
static void test_portal_is_watched(World *world, gconstpointer data)
{
    wh_checkup_set_needed(world->checkup, TRUE);
    answer(world, "sign in", TRUE, TRUE);
    rounds_in(world, WH_HOUR, "sign in");
    g_assert_cmpuint(rounds_in(world, 5 * WH_MINUTE, "sign in"), >=, 9);
    rounds_in(world, WH_MINUTE, "well");
    g_assert_cmpint(wh_checkup_result(world->checkup).web, ==, WH_FACTS_WEB_FREE);
}

/* The operators take turns. */
static void test_turns(World *world, gconstpointer data)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < 3; i++) {
        wh_checkup_run(world->checkup);
        for (guint j = 0; j < world->questions->len; j++) {
            const WhProbePage *page = g_array_index(world->questions, Question, j).page;
            if (page != NULL)
                g_hash_table_add(seen, page->id);
        }
        answer(world, "well", TRUE, TRUE);
    }
    g_assert_cmpuint(g_hash_table_size(seen), ==, 3);
}

/* A line that comes and goes does not ask each time, and what was found on it is forgotten. */
static void test_comes_and_goes(World *world, gconstpointer data)
{
    for (guint i = 0; i < 20; i++) {
        wh_checkup_set_needed(world->checkup, TRUE);
        wh_fake_clock_advance(world->clock, WH_SECOND / 4);
        answer(world, NULL, FALSE, FALSE);
        wh_checkup_set_needed(world->checkup, FALSE);
        g_assert_cmpint(wh_checkup_result(world->checkup).web, ==, WH_FACTS_WEB_NOT_ASKED);
    }
    g_assert_cmpuint(world->asked, ==, 4);
}

/* Questions under way are called off, and those who run twice share one round. */
static void test_called_off(World *world, gconstpointer data)
{
    wh_checkup_set_needed(world->checkup, TRUE);
    wh_checkup_run(world->checkup);
    g_assert_cmpuint(world->questions->len, ==, 4);
    wh_checkup_set_needed(world->checkup, FALSE);
    g_assert_cmpuint(world->questions->len, ==, 0);
    g_assert_cmpuint(world->done, ==, 0);
    wh_checkup_run(world->checkup);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/checkup/judges/", rows[i].name, NULL);
        g_test_add(path, World, &rows[i], setup, test_row, teardown);
    }
#define ADD(name, function) g_test_add("/checkup/" name, World, NULL, setup, function, teardown)
    ADD("one-is-genuine", test_one_is_genuine);
    ADD("idle", test_idle);
    ADD("pauses-grow", test_pauses_grow);
    ADD("portal-is-watched", test_portal_is_watched);
    ADD("turns", test_turns);
    ADD("comes-and-goes", test_comes_and_goes);
    ADD("called-off", test_called_off);
    return g_test_run();
}
