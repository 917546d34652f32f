/* What tests need to know of the tray icon here. */
#pragma once

#include "platform/tray_icon.h"

G_BEGIN_DECLS

/* How long, in milliseconds, a panel may take to start or to come back before an older kind of tray
 * is tried, and how long that one may take. Takes effect at once, when called right after _new().
 */
void wh_tray_icon_set_patience(WhTrayIcon *icon, guint panel, guint old_tray);

G_END_DECLS
