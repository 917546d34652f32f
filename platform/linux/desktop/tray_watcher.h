/* Tells org.kde.StatusNotifierWatcher that there is an icon, each time that one starts, and whether
 * some panel shows such icons. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhTrayWatcher WhTrayWatcher;

/* The value of wh_tray_watcher_is_hosted() changed. */
typedef void (*WhTrayWatcherFunc)(gpointer data);

/* The connection has an item at WH_STATUS_NOTIFIER_ITEM_PATH. Free with wh_tray_watcher_free(); no
 * callback comes from within _new(). */
WhTrayWatcher *wh_tray_watcher_new(GDBusConnection *bus, WhTrayWatcherFunc changed, gpointer data);
void wh_tray_watcher_free(WhTrayWatcher *watcher);

/* The watcher took the icon and knows of a panel that shows it. FALSE until that is known. */
gboolean wh_tray_watcher_is_hosted(WhTrayWatcher *watcher);

G_END_DECLS
