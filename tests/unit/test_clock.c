#include "service/base/clock.h"

/* Far beyond anything that is healthy. */
#define DEADLINE (30 * WH_SECOND)

typedef struct {
    WhClock clock;
    double random;
    guint removed;
} Stub;

static double stub_random(WhClock *clock)
{
    return ((Stub *)clock)->random;
}

static void stub_remove(WhClock *clock, guint id)
{
    ((Stub *)clock)->removed = id;
}

static void count(gpointer data)
{
    ++*(guint *)data;
}

static gboolean give_up(gpointer data)
{
    *(gboolean *)data = TRUE;
    return G_SOURCE_CONTINUE;
}

static void wait_for(const guint *counter, guint value)
{
    gboolean late = FALSE;
    guint deadline = g_timeout_add(DEADLINE / WH_MILLISECOND, give_up, &late);
    while (*counter < value && !late)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    g_assert_cmpuint(*counter, ==, value);
}

static void test_timer_runs_once_and_not_early(void)
{
    WhClock *clock = wh_clock_system();
    guint fired = 0;
    guint never = 0;
    gint64 start = wh_clock_monotonic(clock);
    g_assert_cmpuint(wh_clock_add_timer(clock, 20 * WH_MILLISECOND, count, &fired), !=, 0);
    guint long_one = wh_clock_add_timer(clock, WH_HOUR, count, &never);
    wait_for(&fired, 1);
    g_assert_cmpint(wh_clock_monotonic(clock) - start, >=, 20 * WH_MILLISECOND);
    guint second = 0;
    wh_clock_add_timer(clock, 30 * WH_MILLISECOND, count, &second);
    wait_for(&second, 1);
    g_assert_cmpuint(fired, ==, 1);
    wh_clock_remove_timer(clock, &long_one);
    g_assert_cmpuint(never, ==, 0);
}

static void test_no_delay_waits_for_the_loop(void)
{
    WhClock *clock = wh_clock_system();
    guint fired = 0;
    wh_clock_add_timer(clock, 0, count, &fired);
    wh_clock_add_timer(clock, -5, count, &fired);
    g_assert_cmpuint(fired, ==, 0);
    wait_for(&fired, 2);
}

static void test_removed_timer_stays_silent(void)
{
    WhClock *clock = wh_clock_system();
    guint removed = 0;
    guint fired = 0;
    guint id = wh_clock_add_timer(clock, 1, count, &removed);
    guint idle = wh_clock_add_timer(clock, 0, count, &removed);
    wh_clock_remove_timer(clock, &id);
    wh_clock_remove_timer(clock, &idle);
    g_assert_cmpuint(id, ==, 0);
    wh_clock_add_timer(clock, 10 * WH_MILLISECOND, count, &fired);
    wait_for(&fired, 1);
    g_assert_cmpuint(removed, ==, 0);
}

/* When the loop would next wake up for timers, in milliseconds. */
static int next_wake_up(void)
{
    GMainContext *context = g_main_context_default();
    gint priority = 0;
    gint timeout = -1;
    GPollFD fds[8];
    g_assert_true(g_main_context_acquire(context));
    g_main_context_prepare(context, &priority);
    g_main_context_query(context, G_MAXINT, &timeout, fds, G_N_ELEMENTS(fds));
    g_main_context_release(context);
    return timeout;
}

static void check_never_early(WhClock *clock, gint64 delay)
{
    guint fired = 0;
    gint64 due = wh_clock_monotonic(clock) + delay;
    guint id = wh_clock_add_timer(clock, delay, count, &fired);
    gint64 wake_up = wh_clock_monotonic(clock) + next_wake_up() * WH_MILLISECOND;
    wh_clock_remove_timer(clock, &id);
    g_assert_cmpint(wake_up, >=, due);
}

/* GLib moves coarse timers to a common moment within the second, so every phase of one is tried. */
static void test_long_delays_are_never_early(void)
{
    WhClock *clock = wh_clock_system();
    static const gint64 delays[] = {9999 * WH_MILLISECOND, 10 * WH_SECOND, 90 * WH_SECOND,
                                    90 * WH_SECOND + 1, WH_DAY};
    guint phases = 0;
    for (guint phase = 1; phase <= 24; phase++) {
        for (gsize i = 0; i < G_N_ELEMENTS(delays); i++)
            check_never_early(clock, delays[i]);
        wh_clock_add_timer(clock, 50 * WH_MILLISECOND, count, &phases);
        wait_for(&phases, phase);
    }
}

static void test_absurd_delay_is_kept(void)
{
    WhClock *clock = wh_clock_system();
    guint fired = 0;
    guint id = wh_clock_add_timer(clock, G_MAXINT64, count, &fired);
    guint soon = 0;
    wh_clock_add_timer(clock, WH_MILLISECOND, count, &soon);
    wait_for(&soon, 1);
    g_assert_cmpuint(fired, ==, 0);
    wh_clock_remove_timer(clock, &id);
}

static void test_times(void)
{
    WhClock *clock = wh_clock_system();
    gint64 before = g_get_monotonic_time();
    gint64 monotonic = wh_clock_monotonic(clock);
    g_assert_cmpint(before, <=, monotonic);
    g_assert_cmpint(monotonic, <=, g_get_monotonic_time());
    /* 2020 to 2200: microseconds, not seconds or nanoseconds. */
    g_assert_cmpint(wh_clock_wall(clock), >, (gint64)1577836800 * WH_SECOND);
    g_assert_cmpint(wh_clock_wall(clock), <, (gint64)7258118400 * WH_SECOND);
    for (guint i = 0; i < 100; i++) {
        double random = clock->random(clock);
        g_assert_true(random >= 0 && random < 1);
    }
}

static void test_remove_clears_and_accepts_nothing(void)
{
    Stub stub = {.clock.remove_timer = stub_remove};
    guint id = 0;
    wh_clock_remove_timer(&stub.clock, &id);
    g_assert_cmpuint(stub.removed, ==, 0);
    id = 9;
    wh_clock_remove_timer(&stub.clock, &id);
    g_assert_cmpuint(stub.removed, ==, 9);
    g_assert_cmpuint(id, ==, 0);
}

static void test_jitter(void)
{
    Stub stub = {.clock.random = stub_random};
    g_assert_cmpint(wh_clock_jitter(&stub.clock, 1000, 0.1), ==, 900);
    stub.random = 0.5;
    g_assert_cmpint(wh_clock_jitter(&stub.clock, 1000, 0.1), ==, 1000);
    stub.random = 0.75;
    g_assert_cmpint(wh_clock_jitter(&stub.clock, 1000, 0.1), ==, 1050);
    g_assert_cmpint(wh_clock_jitter(&stub.clock, 1000, 0), ==, 1000);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clock/timer", test_timer_runs_once_and_not_early);
    g_test_add_func("/clock/no-delay", test_no_delay_waits_for_the_loop);
    g_test_add_func("/clock/removed", test_removed_timer_stays_silent);
    g_test_add_func("/clock/never-early", test_long_delays_are_never_early);
    g_test_add_func("/clock/absurd-delay", test_absurd_delay_is_kept);
    g_test_add_func("/clock/times", test_times);
    g_test_add_func("/clock/remove", test_remove_clears_and_accepts_nothing);
    g_test_add_func("/clock/jitter", test_jitter);
    return g_test_run();
}
