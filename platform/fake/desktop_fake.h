/* The strings by which tests pull at the fake tray, and what they see of it.
 *
 * They reach the icon that was made last and still lives; with none, pulling does nothing.
 * Callbacks come with the next turn of the main loop, as they would from a real desktop. */
#pragma once

#include "platform/tray_icon.h"

G_BEGIN_DECLS

/* What the desktop does from now on, also with icons made later. The start is
 * WH_TRAY_ICON_LOOKING. */
void wh_fake_tray_icon_set_presence(WhTrayIconPresence presence);

/* A person clicks the icon, or a line of the menu; one that cannot be chosen is not. */
void wh_fake_tray_icon_activate(void);
void wh_fake_tray_icon_choose(int id);

/* What is shown; "" and an empty menu when there is no icon. Valid until it changes. */
const char *wh_fake_tray_icon_name(void);
gboolean wh_fake_tray_icon_attention(void);
const char *wh_fake_tray_icon_title(void);
const char *wh_fake_tray_icon_body(void);
const WhTrayMenuItem *wh_fake_tray_icon_menu(guint *count);

/* The line with this label, NULL when the menu has none. */
const WhTrayMenuItem *wh_fake_tray_icon_line(const char *label);

/* How often the program changed something that a desktop would have to draw anew. */
guint wh_fake_tray_icon_changes(void);

/* Brings back the beginning; icons must be freed before. */
void wh_fake_tray_icon_reset(void);

G_END_DECLS
