#include "service/doctor/chart.h"

#include "tests/support/fake_clock.h"

/* log: "+code" begun, "-code" over, "." changed. */
typedef struct {
    WhFakeClock *clock;
    GString *log;
    WhChart *chart;
} World;

static void on_begun(const WhFinding *finding, gpointer data)
{
    g_string_append_printf(((World *)data)->log, "+%s", wh_finding_code_name(finding->code));
}

static void on_over(const WhFinding *finding, gpointer data)
{
    g_string_append_printf(((World *)data)->log, "-%s", wh_finding_code_name(finding->code));
}

static void on_changed(gpointer data)
{
    g_string_append_c(((World *)data)->log, '.');
}

static void setup(World *world, gconstpointer data)
{
    const WhChartListener listener = {on_begun, on_over, on_changed};
    world->clock = wh_fake_clock_new();
    world->log = g_string_new(NULL);
    world->chart = wh_chart_new(wh_fake_clock_clock(world->clock), &listener, world);
}

static void teardown(World *world, gconstpointer data)
{
    wh_chart_free(world->chart);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
    g_string_free(world->log, TRUE);
    wh_fake_clock_free(world->clock);
}

static void free_finding(gpointer data)
{
    wh_finding_free(data);
}

/* Takes findings of these codes; -1 ends. */
static void take(World *world, const char *value, ...)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(free_finding);
    va_list codes;
    va_start(codes, value);
    for (int code = va_arg(codes, int); code >= 0; code = va_arg(codes, int)) {
        WhFinding *finding = wh_finding_new((WhFindingCode)code, WH_FINDING_WARNING);
        wh_finding_set(finding, "address", value);
        g_ptr_array_add(found, finding);
    }
    va_end(codes);
    wh_chart_take(world->chart, found);
}

static void assert_log(World *world, const char *log)
{
    g_assert_cmpstr(world->log->str, ==, log);
    g_string_set_size(world->log, 0);
}

static void assert_told(World *world, guint count)
{
    g_assert_cmpuint(wh_chart_findings(world->chart)->len, ==, count);
}

/* What is certain when it is found is told at once. */
static void test_at_once(World *world, gconstpointer data)
{
    take(world, NULL, WH_FINDING_CLOCK_WRONG, -1);
    assert_log(world, "+clock_wrong.");
    assert_told(world, 1);
    take(world, NULL, WH_FINDING_CLOCK_WRONG, -1);
    assert_log(world, "");
    take(world, NULL, -1);
    assert_log(world, "-clock_wrong.");
    assert_told(world, 0);
}

static void test_settles(World *world, gconstpointer data)
{
    gint64 settling = wh_chart_settling(WH_FINDING_OFFLINE);
    g_assert_cmpint(settling, >=, 10 * WH_SECOND);
    take(world, NULL, WH_FINDING_OFFLINE, -1);
    wh_fake_clock_advance(world->clock, settling - 1);
    assert_log(world, "");
    assert_told(world, 0);
    wh_fake_clock_advance(world->clock, 1);
    assert_log(world, "+offline.");
    assert_told(world, 1);
    take(world, NULL, -1);
    assert_log(world, "-offline.");
}

/* What is gone in between begins anew. */
static void test_flickers(World *world, gconstpointer data)
{
    gint64 settling = wh_chart_settling(WH_FINDING_OFFLINE);
    for (guint i = 0; i < 10; i++) {
        take(world, NULL, WH_FINDING_OFFLINE, -1);
        wh_fake_clock_advance(world->clock, settling / 2 + WH_SECOND);
        take(world, NULL, -1);
        g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
    }
    assert_log(world, "");
}

/* Finding it again meanwhile does not begin anew. */
static void test_lasts(World *world, gconstpointer data)
{
    gint64 settling = wh_chart_settling(WH_FINDING_OFFLINE);
    take(world, NULL, WH_FINDING_OFFLINE, -1);
    wh_fake_clock_advance(world->clock, settling / 2);
    take(world, NULL, WH_FINDING_OFFLINE, WH_FINDING_CLOCK_WRONG, -1);
    assert_log(world, "+clock_wrong.");
    wh_fake_clock_advance(world->clock, settling / 2);
    assert_log(world, "+offline.");
    g_assert_cmpint(((WhFinding *)wh_chart_findings(world->chart)->pdata[0])->code, ==,
                    WH_FINDING_OFFLINE);
}

static void test_says_something_else(World *world, gconstpointer data)
{
    take(world, "1", WH_FINDING_SLEEPS, -1);
    assert_log(world, "+sleeps.");
    take(world, "2", WH_FINDING_SLEEPS, -1);
    assert_log(world, ".");
    const WhFinding *told = wh_chart_findings(world->chart)->pdata[0];
    g_assert_cmpstr(wh_finding_value(told, "address"), ==, "2");
}

static void test_hurry(World *world, gconstpointer data)
{
    take(world, NULL, WH_FINDING_OFFLINE, -1);
    wh_chart_hurry(world->chart);
    assert_log(world, "+offline.");
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
    wh_chart_hurry(world->chart);
    assert_log(world, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add("/chart/" name, World, NULL, setup, function, teardown)
    ADD("at-once", test_at_once);
    ADD("settles", test_settles);
    ADD("flickers", test_flickers);
    ADD("lasts", test_lasts);
    ADD("says-something-else", test_says_something_else);
    ADD("hurry", test_hurry);
    return g_test_run();
}
