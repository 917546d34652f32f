/* Time as something that is handed in.
 *
 * Whoever needs the time or a timer takes a WhClock; the service gives the real one, tests a fake
 * one whose hands they move. Callbacks run in the thread of the main context that the clock was
 * made for. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WH_MILLISECOND ((gint64)1000)
#define WH_SECOND ((gint64)1000000)
#define WH_MINUTE (60 * WH_SECOND)
#define WH_HOUR (60 * WH_MINUTE)
#define WH_DAY (24 * WH_HOUR)

typedef void (*WhTimerFunc)(gpointer data);

typedef struct WhClock WhClock;

/* monotonic: microseconds from an arbitrary start, never back; stands still during sleep.
 * wall: microseconds since 1970-01-01 UTC; may jump.
 * add_timer: one shot after `delay` microseconds (0: with the next turn of the loop); returns an id
 * that is never 0. The id is void once the function was called.
 * remove_timer: takes a pending timer back.
 * random: evenly spread in [0, 1), for jitter. */
struct WhClock {
    gint64 (*monotonic)(WhClock *clock);
    gint64 (*wall)(WhClock *clock);
    guint (*add_timer)(WhClock *clock, gint64 delay, WhTimerFunc func, gpointer data);
    void (*remove_timer)(WhClock *clock, guint id);
    double (*random)(WhClock *clock);
};

/* The real clock on the default main context. It lives as long as the program; nobody frees it. */
WhClock *wh_clock_system(void);

/* Shorthands for the members above. wh_clock_remove_timer() also clears *id and accepts 0. */
gint64 wh_clock_monotonic(WhClock *clock);
gint64 wh_clock_wall(WhClock *clock);
guint wh_clock_add_timer(WhClock *clock, gint64 delay, WhTimerFunc func, gpointer data);
void wh_clock_remove_timer(WhClock *clock, guint *id);

/* `delay` changed by up to `fraction` of itself, either way. */
gint64 wh_clock_jitter(WhClock *clock, gint64 delay, double fraction);

G_END_DECLS
