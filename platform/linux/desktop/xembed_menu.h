/* The lines of the tray's menu as a menu of GTK. */
#pragma once

#include "platform/common/desktop/tray_face.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* id is a line that could be chosen when the menu was made. */
typedef void (*WhXembedMenuFunc)(int id, gpointer data);

/* A new menu, floating as widgets are, of what `face` says now. */
GtkWidget *wh_xembed_menu_new(const WhTrayFace *face, WhXembedMenuFunc chosen, gpointer data);

G_END_DECLS
