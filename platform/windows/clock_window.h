/* A hidden window in a thread of its own that hears when the clock is set (WM_TIMECHANGE): for
 * programs that no service control manager tells. It is top-level, because that is a broadcast, and
 * windows for messages alone hear none. Nobody else is woken up. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WH_CLOCK_WINDOW_CLASS L"WayhomeClock"

typedef struct WhClockWindow WhClockWindow;

/* Tells wh_clock_notice_tell(). NULL: the system has no window for this program. */
WhClockWindow *wh_clock_window_new(void);

/* Waits for the thread. Accepts NULL. */
void wh_clock_window_free(WhClockWindow *window);

G_END_DECLS
