/* What the window's buttons, menus and keys do. Private to the window. */
#pragma once

#include "app/window/window.h"

G_BEGIN_DECLS

/* Adds the actions to the window and the keys to its application. */
void wh_window_actions_add(WhWindow *window, GtkApplication *app);

/* Those that need the service can be used only while it is there. */
void wh_window_actions_update(WhWindow *window);

G_END_DECLS
