/* How the contract tests of tray_icon.h make things happen. */
#pragma once

#include "platform/tray_icon.h"

G_BEGIN_DECLS

/* A desktop of the test's own, without a tray. FALSE: cannot be had here. */
gboolean wh_adapter_begin(void);
void wh_adapter_end(void);

/* Called with each new icon, so that waiting for a tray takes no seconds. */
void wh_adapter_hurry(WhTrayIcon *icon);

/* The tray comes or goes. */
void wh_adapter_tray(gboolean present);

/* What a person does to an icon that is shown. */
void wh_adapter_activate(void);
void wh_adapter_choose(int id);

/* What a person sees of it: the icon's name with "!" behind when it asks for attention, the title
 * and the body with " | " between, and the lines of the menu as "id label" with ", " between:
 * "-" for a separator, "x" before the id of a checked line, "o" before one that is not, and round
 * brackets around an insensitive one. Some desktops neither tell a line that can be checked, and is
 * not, from others, nor know of attention. */
char *wh_adapter_icon(void);
char *wh_adapter_tooltip(void);
char *wh_adapter_menu(void);

gboolean wh_adapter_is_plain(void);

void wh_adapter_add_tests(void);

G_END_DECLS
