/* Pictures of the icon theme as the system wants them. */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

/* The icon `name` with `size` pixels a side, for DestroyIcon(), or NULL when there is none. folder
 * holds the icons of a copy that is not installed, or is NULL. Only in GTK's thread. */
HICON wh_icon_image_new(const char *name, const char *folder, guint size);

G_END_DECLS
