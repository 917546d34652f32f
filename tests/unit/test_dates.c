#include "service/doctor/dates.h"

#define NOON (1000 * WH_DAY)
#define TOLERANCE (5 * WH_MINUTE)

static gboolean take(WhDates *dates, const char *server, gboolean secure, gint64 off)
{
    return wh_dates_take(dates, server, secure, NOON, NOON + off);
}

static void test_one_is_not_enough(void)
{
    g_autoptr(WhDates) dates = wh_dates_new();
    gint64 off = -1;
    g_assert_false(wh_dates_off(dates, &off));
    g_assert_false(wh_dates_doubtful(dates, TOLERANCE));
    take(dates, "a", TRUE, WH_HOUR);
    take(dates, "a", TRUE, WH_HOUR);
    g_assert_false(wh_dates_off(dates, &off));
    g_assert_cmpint(off, ==, -1);
    g_assert_true(wh_dates_doubtful(dates, TOLERANCE));
}

static void test_two_agree(void)
{
    g_autoptr(WhDates) dates = wh_dates_new();
    gint64 off;
    take(dates, "a", TRUE, WH_HOUR);
    g_assert_true(take(dates, "b", TRUE, WH_HOUR + WH_SECOND));
    g_assert_true(wh_dates_off(dates, &off));
    g_assert_cmpint(off, ==, WH_HOUR + WH_SECOND);
    g_assert_false(wh_dates_doubtful(dates, TOLERANCE));
    g_assert_false(take(dates, "a", TRUE, WH_HOUR + 2 * WH_SECOND));
    g_assert_true(take(dates, "a", TRUE, WH_HOUR + 90 * WH_SECOND));
}

static void test_two_contradict(void)
{
    g_autoptr(WhDates) dates = wh_dates_new();
    gint64 off;
    take(dates, "a", TRUE, WH_HOUR);
    g_assert_false(take(dates, "b", TRUE, 0));
    g_assert_false(wh_dates_off(dates, &off));
    g_assert_true(wh_dates_doubtful(dates, TOLERANCE));
    take(dates, "c", TRUE, WH_SECOND);
    g_assert_true(wh_dates_off(dates, &off));
    g_assert_cmpint(off, ==, WH_SECOND);
}

/* Anybody on the way could have said it. */
static void test_plain_alone(void)
{
    g_autoptr(WhDates) dates = wh_dates_new();
    gint64 off;
    take(dates, "a", FALSE, WH_HOUR);
    take(dates, "b", FALSE, WH_HOUR);
    g_assert_false(wh_dates_off(dates, &off));
    take(dates, "c", TRUE, WH_HOUR);
    g_assert_true(wh_dates_off(dates, &off));
}

static void test_refused(void)
{
    g_autoptr(WhDates) dates = wh_dates_new();
    gint64 off;
    g_assert_true(wh_dates_take_refusal(dates));
    g_assert_false(wh_dates_take_refusal(dates));
    g_assert_false(wh_dates_off(dates, &off));
    g_assert_true(wh_dates_doubtful(dates, TOLERANCE));
    g_assert_true(take(dates, "a", FALSE, -40 * WH_DAY));
    g_assert_true(wh_dates_off(dates, &off));
    g_assert_cmpint(off, ==, -40 * WH_DAY);
    g_assert_true(wh_dates_refused(dates));
    g_assert_true(take(dates, "b", TRUE, 0));
    g_assert_false(wh_dates_refused(dates));
    g_assert_false(wh_dates_off(dates, &off));
}

static void test_forget(void)
{
    g_autoptr(WhDates) dates = wh_dates_new();
    gint64 off;
    take(dates, "a", TRUE, WH_HOUR);
    take(dates, "b", TRUE, WH_HOUR);
    wh_dates_take_refusal(dates);
    wh_dates_forget(dates);
    g_assert_false(wh_dates_off(dates, &off));
    g_assert_false(wh_dates_refused(dates));
    g_assert_false(wh_dates_doubtful(dates, TOLERANCE));
}

/* Old words make room. */
static void test_many(void)
{
    g_autoptr(WhDates) dates = wh_dates_new();
    gint64 off;
    take(dates, "old", TRUE, WH_HOUR);
    for (guint i = 0; i < 1000; i++) {
        g_autofree char *server = g_strdup_printf("server %u", i);
        take(dates, server, TRUE, 0);
    }
    g_assert_true(wh_dates_off(dates, &off));
    g_assert_cmpint(off, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dates/one-is-not-enough", test_one_is_not_enough);
    g_test_add_func("/dates/two-agree", test_two_agree);
    g_test_add_func("/dates/two-contradict", test_two_contradict);
    g_test_add_func("/dates/plain-alone", test_plain_alone);
    g_test_add_func("/dates/refused", test_refused);
    g_test_add_func("/dates/forget", test_forget);
    g_test_add_func("/dates/many", test_many);
    return g_test_run();
}
