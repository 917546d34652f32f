/* The menu as an object on the session bus: com.canonical.dbusmenu, flat. */
#pragma once

#include "platform/common/desktop/tray_face.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WH_DBUS_MENU_PATH "/StatusNotifierItem/Menu"

typedef struct WhDbusMenu WhDbusMenu;

/* id is a line that can be chosen. */
typedef void (*WhDbusMenuFunc)(int id, gpointer data);

/* Reads `face` whenever somebody asks; it stays the caller's and lives longer. NULL when the
 * connection has such an object already. */
WhDbusMenu *wh_dbus_menu_new(GDBusConnection *bus, WhTrayFace *face, WhDbusMenuFunc chosen,
                             gpointer data);
void wh_dbus_menu_free(WhDbusMenu *menu);

/* Tells whoever shows the menu that it is another one now. */
void wh_dbus_menu_changed(WhDbusMenu *menu);

G_END_DECLS
