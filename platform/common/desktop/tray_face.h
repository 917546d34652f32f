/* What the tray icon shows at present: read by whoever draws it, over D-Bus or by GTK. */
#pragma once

#include "platform/tray_icon.h"

G_BEGIN_DECLS

/* Every text is set; an empty one stands for none. */
typedef struct {
    char *id;
    char *icon_folder;
    char *icon;
    gboolean attention;
    char *title;
    char *body;
    GArray *menu; /* of WhTrayMenuItem; owns the labels */
} WhTrayFace;

WhTrayFace *wh_tray_face_new(const char *id, const char *icon_folder);
void wh_tray_face_free(WhTrayFace *face);

/* Each copies what it is given, and returns whether that differs from what was shown. */
gboolean wh_tray_face_set_icon(WhTrayFace *face, const char *name, gboolean attention);
gboolean wh_tray_face_set_tooltip(WhTrayFace *face, const char *title, const char *body);
gboolean wh_tray_face_set_menu(WhTrayFace *face, const WhTrayMenuItem *items, guint count);

/* Whether a person can choose `id` now: a line of the menu that is neither a separator nor
 * insensitive. A desktop may tell of a click on a line that is gone meanwhile. */
gboolean wh_tray_face_can_choose(WhTrayFace *face, int id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhTrayFace, wh_tray_face_free)

G_END_DECLS
