/* What hosts have to be told when the menu changed. The lines before and now are both as
 * wh_dbus_menu_layout_group() gives them for all.
 *
 * Hosts do not fetch the properties of lines that they know: GNOME's asks a layout for types alone,
 * and KDE's takes what is left out as unchanged. So every change of a line is told in full. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether lines came, went, or stand in another order. */
gboolean wh_dbus_menu_difference_is_of_layout(GVariant *before, GVariant *now);

/* (a(ia{sv})a(ias)), floating, as ItemsPropertiesUpdated wants it: the lines of both that differ,
 * with all properties, and the names of those that went. NULL: no line differs. */
GVariant *wh_dbus_menu_difference_of_properties(GVariant *before, GVariant *now);

G_END_DECLS
