/* The icon for desktops whose tray is older than D-Bus: a small window that the tray embeds. */
#pragma once

#include "platform/common/desktop/tray_face.h"

G_BEGIN_DECLS

typedef struct WhXembedIcon WhXembedIcon;

typedef struct {
    void (*activated)(gpointer data);        /* main or middle button */
    void (*chosen)(int id, gpointer data);   /* a line of the menu that can be chosen */
    void (*embedded_changed)(gpointer data); /* see wh_xembed_icon_is_embedded() */
} WhXembedIconCallbacks;

/* NULL where the display embeds nothing: none at all, or one that is not X. Reads `face` whenever
 * it needs to; it stays the caller's and lives longer. */
WhXembedIcon *wh_xembed_icon_new(WhTrayFace *face, const WhXembedIconCallbacks *callbacks,
                                 gpointer data);
void wh_xembed_icon_free(WhXembedIcon *icon);

/* Whether a tray shows it. Another one may come at any time. */
gboolean wh_xembed_icon_is_embedded(WhXembedIcon *icon);

/* Shows what the face says now. An open menu stays as it is. */
void wh_xembed_icon_update(WhXembedIcon *icon);

G_END_DECLS
