/* The lines of the menu in the words of com.canonical.dbusmenu.
 *
 * The root has the id 0. Separators have ids of their own there, far above those of the lines. */
#pragma once

#include "platform/common/desktop/tray_face.h"

G_BEGIN_DECLS

/* Whether the root or a line has this id. */
gboolean wh_dbus_menu_layout_has(const WhTrayFace *face, int id);

/* a{sv}, floating: the properties of `id`, which exists; of those only `names`, or all where it is
 * NULL or empty. What a line can be is always said, also where the protocol allows to leave out its
 * usual value: hosts exist that take what is left out as what it was before. */
GVariant *wh_dbus_menu_layout_properties(const WhTrayFace *face, int id, const char *const *names);

/* a(ia{sv}), floating: the properties of every id in `ids` that exists, once; of all when it is
 * empty. */
GVariant *wh_dbus_menu_layout_group(const WhTrayFace *face, const int *ids, gsize count,
                                    const char *const *names);

/* (ia{sv}av), floating: `id`, which exists, with its children where depth is not 0. */
GVariant *wh_dbus_menu_layout_tree(const WhTrayFace *face, int id, int depth,
                                   const char *const *names);

G_END_DECLS
