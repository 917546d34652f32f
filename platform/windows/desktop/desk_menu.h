/* The menu of the tray icon, drawn by the system. */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

/* Opens a menu of these lines (WhTrayMenuItem) near a place on the screen, and returns when it is
 * closed: the id of the line that was chosen, or 0. */
int wh_desk_menu_run(HWND window, const GArray *items, int x, int y);

G_END_DECLS
