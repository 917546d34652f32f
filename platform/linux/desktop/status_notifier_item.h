/* The icon as an object on the session bus: org.kde.StatusNotifierItem.
 *
 * It exists from _new() to _free(); whether somebody shows it is the watcher's business. */
#pragma once

#include "platform/common/desktop/tray_face.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WH_STATUS_NOTIFIER_ITEM_PATH "/StatusNotifierItem"

typedef struct WhStatusNotifierItem WhStatusNotifierItem;

typedef void (*WhStatusNotifierItemFunc)(gpointer data);

/* Reads `face` whenever somebody asks; it stays the caller's and lives longer. `activated` is
 * called for the main and the middle button. NULL when the connection has such an object already.
 */
WhStatusNotifierItem *wh_status_notifier_item_new(GDBusConnection *bus, const WhTrayFace *face,
                                                  WhStatusNotifierItemFunc activated,
                                                  gpointer data);
void wh_status_notifier_item_free(WhStatusNotifierItem *item);

/* Tell whoever shows the icon that the icon, or the title and the tooltip, are others now. */
void wh_status_notifier_item_icon_changed(WhStatusNotifierItem *item);
void wh_status_notifier_item_tooltip_changed(WhStatusNotifierItem *item);

G_END_DECLS
