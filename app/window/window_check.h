/* Has the doctor look again, for the window: once at a time, and seen while it goes on. Private to
 * the window. */
#pragma once

#include "app/window/window.h"

G_BEGIN_DECLS

/* What goes wrong is told at the top of the window; what is found comes with the model. */
void wh_window_check_begin(WhWindow *window);

/* For 10 seconds at most, or for as long as somebody is asked for a password. */
gboolean wh_window_check_is_under_way(WhWindow *window);

G_END_DECLS
