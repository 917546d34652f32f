#include "tests/support/fake_clock.h"

#define START_MONOTONIC (1000 * WH_SECOND)
#define START_WALL ((gint64)1767268800 * WH_SECOND) /* 2026-01-01 12:00 UTC */

/* So many timers at one moment mean that one starts itself anew for ever. */
#define MOST_AT_ONCE 100000

typedef struct {
    guint id;
    gint64 due;
    WhTimerFunc func;
    gpointer data;
} Timer;

struct WhFakeClock {
    WhClock clock;
    gint64 monotonic;
    gint64 wall;
    double random;
    guint last_id;
    GArray *timers;
};

static WhFakeClock *fake_of(WhClock *clock)
{
    return (WhFakeClock *)clock;
}

static gint64 fake_monotonic(WhClock *clock)
{
    return fake_of(clock)->monotonic;
}

static gint64 fake_wall(WhClock *clock)
{
    return fake_of(clock)->wall;
}

static double fake_random(WhClock *clock)
{
    return fake_of(clock)->random;
}

static guint fake_add_timer(WhClock *clock, gint64 delay, WhTimerFunc func, gpointer data)
{
    WhFakeClock *fake = fake_of(clock);
    Timer timer = {
        .id = ++fake->last_id, .due = fake->monotonic + MAX(delay, 0), .func = func, .data = data};
    g_array_append_val(fake->timers, timer);
    return timer.id;
}

static void fake_remove_timer(WhClock *clock, guint id)
{
    WhFakeClock *fake = fake_of(clock);
    for (guint i = 0; i < fake->timers->len; i++) {
        if (g_array_index(fake->timers, Timer, i).id == id) {
            g_array_remove_index(fake->timers, i);
            return;
        }
    }
    g_error("timer %u is not pending: it was called, removed, or never added", id);
}

WhFakeClock *wh_fake_clock_new(void)
{
    WhFakeClock *fake = g_new0(WhFakeClock, 1);
    fake->clock = (WhClock){
        .monotonic = fake_monotonic,
        .wall = fake_wall,
        .add_timer = fake_add_timer,
        .remove_timer = fake_remove_timer,
        .random = fake_random,
    };
    fake->monotonic = START_MONOTONIC;
    fake->wall = START_WALL;
    fake->random = 0.5;
    fake->timers = g_array_new(FALSE, FALSE, sizeof(Timer));
    return fake;
}

void wh_fake_clock_free(WhFakeClock *fake)
{
    if (fake == NULL)
        return;
    g_array_unref(fake->timers);
    g_free(fake);
}

WhClock *wh_fake_clock_clock(WhFakeClock *fake)
{
    return &fake->clock;
}

/* Index of the timer that is due first, of equals the one made first; -1: none is pending. */
static int find_first(const WhFakeClock *fake)
{
    int first = -1;
    for (guint i = 0; i < fake->timers->len; i++) {
        gint64 due = g_array_index(fake->timers, Timer, i).due;
        if (first < 0 || due < g_array_index(fake->timers, Timer, first).due)
            first = (int)i;
    }
    return first;
}

static void move_to(WhFakeClock *fake, gint64 monotonic)
{
    fake->wall += monotonic - fake->monotonic;
    fake->monotonic = monotonic;
}

void wh_fake_clock_advance(WhFakeClock *fake, gint64 microseconds)
{
    gint64 end = fake->monotonic + microseconds;
    guint at_once = 0;
    for (int i = find_first(fake); i >= 0; i = find_first(fake)) {
        Timer timer = g_array_index(fake->timers, Timer, i);
        if (timer.due > end)
            break;
        at_once = timer.due > fake->monotonic ? 0 : at_once + 1;
        if (at_once > MOST_AT_ONCE)
            g_error("timers start each other without time going on");
        g_array_remove_index(fake->timers, (guint)i);
        move_to(fake, MAX(timer.due, fake->monotonic));
        timer.func(timer.data);
    }
    move_to(fake, MAX(end, fake->monotonic));
}

gboolean wh_fake_clock_advance_to_next(WhFakeClock *fake)
{
    gint64 next = wh_fake_clock_next(fake);
    if (next < 0)
        return FALSE;
    wh_fake_clock_advance(fake, next);
    return TRUE;
}

void wh_fake_clock_set_wall(WhFakeClock *fake, gint64 wall)
{
    fake->wall = wall;
}

void wh_fake_clock_set_random(WhFakeClock *fake, double random)
{
    fake->random = random;
}

guint wh_fake_clock_pending(WhFakeClock *fake)
{
    return fake->timers->len;
}

gint64 wh_fake_clock_next(WhFakeClock *fake)
{
    int first = find_first(fake);
    if (first < 0)
        return -1;
    return MAX(g_array_index(fake->timers, Timer, first).due - fake->monotonic, 0);
}
