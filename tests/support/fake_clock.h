/* A clock whose hands a test moves. Time stands still until wh_fake_clock_advance(). */
#pragma once

#include "service/base/clock.h"

G_BEGIN_DECLS

typedef struct WhFakeClock WhFakeClock;

/* Starts at an arbitrary monotonic time and in the year 2026; random is 0.5 (jitter changes
 * nothing). Free with wh_fake_clock_free() after everything that uses it; timers still pending are
 * dropped. */
WhFakeClock *wh_fake_clock_new(void);
void wh_fake_clock_free(WhFakeClock *fake);

/* The clock to hand in, owned by `fake`. */
WhClock *wh_fake_clock_clock(WhFakeClock *fake);

/* Moves both times on by `microseconds` and calls the timers that become due on the way, in order
 * of their time and then of their making, each with the clock showing exactly its time. Timers that
 * those add are called too when they are due. 0 calls what is due now. */
void wh_fake_clock_advance(WhFakeClock *fake, gint64 microseconds);

/* Moves on to the next timer and calls what is due then. FALSE: none is pending. */
gboolean wh_fake_clock_advance_to_next(WhFakeClock *fake);

/* Makes the wall clock jump; the monotonic time and the timers do not notice. */
void wh_fake_clock_set_wall(WhFakeClock *fake, gint64 wall);

/* What wh_clock random answers from now on: [0, 1). */
void wh_fake_clock_set_random(WhFakeClock *fake, double random);

/* How many timers are pending. */
guint wh_fake_clock_pending(WhFakeClock *fake);

/* Microseconds until the next timer, 0 when it is due; -1 when none is pending. */
gint64 wh_fake_clock_next(WhFakeClock *fake);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhFakeClock, wh_fake_clock_free)

G_END_DECLS
