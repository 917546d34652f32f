#include "tests/contract/clock_watch_adapter.h"

#include "platform/linux/clock_watch_private.h"
#include "tests/contract/helper.h"

#include <errno.h>
#include <gio/gio.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define MOST_TIMERS 8

/* Timers of our own: what is written to one cancels it, as setting the clock does. `late`: how many
 * more of the next settings find that the clock was set meanwhile. `expires`: what is written lets
 * a timer run out instead. */
typedef struct {
    int timers[MOST_TIMERS];
    guint count;
    guint settings;
    guint late;
    gboolean expires;
    gboolean absent;
    gboolean broken;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

static int fake_create(int clock, int flags)
{
    g_assert_cmpint(clock, ==, CLOCK_REALTIME);
    g_assert_cmpint(flags, ==, TFD_CLOEXEC | TFD_NONBLOCK);
    if (world()->absent) {
        errno = EINVAL;
        return -1;
    }
    g_assert_cmpuint(world()->count, <, MOST_TIMERS);
    return world()->timers[world()->count++] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

static int fake_set(int fd, int flags, const struct itimerspec *value, struct itimerspec *before)
{
    g_assert_cmpint(flags, ==, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET);
    g_assert_cmpint(value->it_value.tv_sec, >, time(NULL));
    world()->settings++;
    if (world()->broken) {
        errno = EIO;
        return -1;
    }
    if (world()->late == 0)
        return 0;
    world()->late--;
    errno = ECANCELED;
    return -1;
}

static ssize_t fake_read(int fd, void *buffer, size_t size)
{
    ssize_t got = read(fd, buffer, size);

    if (got < 0 || world()->expires)
        return got;
    errno = ECANCELED;
    return -1;
}

static const WhClockCalls fake_calls = {fake_create, fake_set, fake_read};

WhClockWatch *wh_adapter_watch_new(WhClockWatchFunc jumped, gpointer data, GError **error)
{
    return wh_clock_watch_new_under(&fake_calls, jumped, data, error);
}

/* The watches closed some of them, and then nobody reads what is written. */
void wh_adapter_jump(void)
{
    const guint64 one = 1;

    for (guint i = 0; i < world()->count; i++)
        (void)!write(world()->timers[i], &one, sizeof one);
}

gboolean wh_adapter_nobody(void)
{
    world()->absent = TRUE;
    return TRUE;
}

void wh_adapter_end(void)
{
    *world() = (World){0};
}

static void count(gpointer data)
{
    ++*(guint *)data;
}

static void test_timer_runs_again(void)
{
    guint calls = 0;
    WhClockWatch *watch = wh_adapter_watch_new(count, &calls, NULL);

    g_assert_cmpuint(world()->settings, ==, 1);
    wh_adapter_jump();
    wh_helper_for_count(&calls, 1);
    g_assert_cmpuint(world()->settings, ==, 2);
    wh_clock_watch_free(watch);
    wh_adapter_end();
}

static void test_running_out_is_no_jump(void)
{
    guint calls = 0;
    WhClockWatch *watch = wh_adapter_watch_new(count, &calls, NULL);

    world()->expires = TRUE;
    wh_adapter_jump();
    wh_helper_settle();
    g_assert_cmpuint(world()->settings, ==, 2);
    g_assert_cmpuint(calls, ==, 0);
    wh_clock_watch_free(watch);
    wh_adapter_end();
}

/* The reading of the timer was too early to see it. */
static void test_jump_before_the_next_setting(void)
{
    guint calls = 0;
    WhClockWatch *watch = wh_adapter_watch_new(count, &calls, NULL);

    world()->expires = TRUE;
    world()->late = 1;
    wh_adapter_jump();
    wh_helper_for_count(&calls, 1);
    world()->expires = FALSE;
    wh_adapter_jump();
    wh_helper_for_count(&calls, 2);
    wh_clock_watch_free(watch);
    wh_adapter_end();
}

/* A warning is what is wanted here. */
static void test_a_timer_that_breaks(void)
{
    GLogLevelFlags fatal = g_log_set_always_fatal(G_LOG_FATAL_MASK);
    guint calls = 0;
    WhClockWatch *watch = wh_adapter_watch_new(count, &calls, NULL);

    world()->broken = TRUE;
    wh_adapter_jump();
    wh_helper_for_count(&calls, 1);
    wh_adapter_jump();
    wh_helper_settle();
    g_assert_cmpuint(calls, ==, 1);
    wh_clock_watch_free(watch);
    wh_adapter_end();
    g_log_set_always_fatal(fatal);
}

/* The kernel's own timer takes these settings, and says nothing while nobody sets the clock. */
static void test_the_real_one_is_silent(void)
{
    guint calls = 0;
    g_autoptr(GError) error = NULL;
    WhClockWatch *watch = wh_clock_watch_new(count, &calls, &error);

    g_assert_no_error(error);
    wh_helper_settle();
    g_assert_cmpuint(calls, ==, 0);
    wh_clock_watch_free(watch);
}

#define ADD(path, func) g_test_add_func("/clock-watch/linux/" path, func)

void wh_adapter_add_tests(void)
{
    ADD("timer-runs-again", test_timer_runs_again);
    ADD("running-out-is-no-jump", test_running_out_is_no_jump);
    ADD("jump-before-the-next-setting", test_jump_before_the_next_setting);
    ADD("a-timer-that-breaks", test_a_timer_that_breaks);
    ADD("the-real-one-is-silent", test_the_real_one_is_silent);
}
