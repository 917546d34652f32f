#include "service/base/clock.h"

/* From here on a wake-up is shared with others of the same second. */
#define COARSE_FROM (10 * WH_SECOND)

/* How much sooner than asked GLib's second-grained timers may fire, to share a wake-up. */
#define COARSE_EARLY (250 * WH_MILLISECOND)

typedef struct {
    WhTimerFunc func;
    gpointer data;
} Timer;

static gboolean fire(gpointer data)
{
    const Timer *timer = data;
    timer->func(timer->data);
    return G_SOURCE_REMOVE;
}

static guint round_up(gint64 delay, gint64 unit)
{
    gint64 count = delay / unit + (delay % unit != 0);
    return (guint)MIN(count, G_MAXINT);
}

static guint system_add_timer(WhClock *clock, gint64 delay, WhTimerFunc func, gpointer data)
{
    Timer *timer = g_new(Timer, 1);
    *timer = (Timer){.func = func, .data = data};
    if (delay <= 0)
        return g_idle_add_full(G_PRIORITY_DEFAULT, fire, timer, g_free);
    if (delay < COARSE_FROM)
        return g_timeout_add_full(G_PRIORITY_DEFAULT, round_up(delay, WH_MILLISECOND), fire, timer,
                                  g_free);
    /* A delay near the largest number would overflow, and nobody waits that long. */
    gint64 never_early = MIN(delay, G_MAXINT64 / 2) + COARSE_EARLY;
    return g_timeout_add_seconds_full(G_PRIORITY_DEFAULT, round_up(never_early, WH_SECOND), fire,
                                      timer, g_free);
}

static void system_remove_timer(WhClock *clock, guint id)
{
    g_source_remove(id);
}

static gint64 system_monotonic(WhClock *clock)
{
    return g_get_monotonic_time();
}

static gint64 system_wall(WhClock *clock)
{
    return g_get_real_time();
}

static double system_random(WhClock *clock)
{
    return g_random_double();
}

WhClock *wh_clock_system(void)
{
    static const WhClock clock = {
        .monotonic = system_monotonic,
        .wall = system_wall,
        .add_timer = system_add_timer,
        .remove_timer = system_remove_timer,
        .random = system_random,
    };
    return (WhClock *)&clock;
}

gint64 wh_clock_monotonic(WhClock *clock)
{
    return clock->monotonic(clock);
}

gint64 wh_clock_wall(WhClock *clock)
{
    return clock->wall(clock);
}

guint wh_clock_add_timer(WhClock *clock, gint64 delay, WhTimerFunc func, gpointer data)
{
    return clock->add_timer(clock, delay, func, data);
}

void wh_clock_remove_timer(WhClock *clock, guint *id)
{
    guint pending = *id;
    *id = 0;
    if (pending != 0)
        clock->remove_timer(clock, pending);
}

gint64 wh_clock_jitter(WhClock *clock, gint64 delay, double fraction)
{
    double swing = 2 * clock->random(clock) - 1;
    return delay + (gint64)((double)delay * fraction * swing);
}
