/* A word when somebody has set the wall clock: a person, or a time server that found it wrong. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhClockWatch WhClockWatch;
typedef void (*WhClockWatchFunc)(gpointer data);

/* `jumped` is called in the main context after the clock was set; several settings in a row may be
 * one call. Slow corrections (adjtime(3)) are none. A call without a jump does no harm: read the
 * clock. Wakes nobody up otherwise (Linux: timerfd_create(2), TFD_TIMER_CANCEL_ON_SET; Windows: the
 * service control manager's SERVICE_CONTROL_TIMECHANGE, or without one WM_TIMECHANGE of a hidden
 * window). NULL with G_IO_ERROR_NOT_SUPPORTED where the system tells nobody. Free with
 * wh_clock_watch_free(). */
WhClockWatch *wh_clock_watch_new(WhClockWatchFunc jumped, gpointer data, GError **error);
void wh_clock_watch_free(WhClockWatch *watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhClockWatch, wh_clock_watch_free)

G_END_DECLS
