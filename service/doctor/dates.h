/* How far this computer's clock is off, by the dates that servers put on their answers. */
#pragma once

#include "service/base/clock.h"

G_BEGIN_DECLS

typedef struct WhDates WhDates;

WhDates *wh_dates_new(void);
void wh_dates_free(WhDates *dates);

/* One answer: the server's name, whether it proved who it is (https), its Date and this computer's
 * clock at that moment, both wall microseconds. TRUE: what is known is another now. */
gboolean wh_dates_take(WhDates *dates, const char *server, gboolean secure, gint64 date,
                       gint64 here);

/* A server was not believed because its certificate is not of this time. TRUE: that is new. */
gboolean wh_dates_take_refusal(WhDates *dates);

/* The clock was set: nothing is known. */
void wh_dates_forget(WhDates *dates);

/* How far the clock is ahead, microseconds. FALSE: not known, because fewer than two servers agree
 * on it, or none of them proved who it is; but where secure connections are refused because of the
 * time, one is enough. */
gboolean wh_dates_off(WhDates *dates, gint64 *off);

/* Whether secure connections were refused because of the time since the last secure answer. */
gboolean wh_dates_refused(WhDates *dates);

/* Whether somebody says that the clock is wrong by more than `tolerance` and it is not known yet:
 * another server should be asked. */
gboolean wh_dates_doubtful(WhDates *dates, gint64 tolerance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDates, wh_dates_free)

G_END_DECLS
