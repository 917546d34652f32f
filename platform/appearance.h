/* What the desktop wants programs to look like, where GTK does not know of it by itself. Only
 * Windows: Linux desktops tell GTK. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Before GTK is initialised. id: the application id, by which the taskbar keeps the program's
 * windows together. */
void wh_appearance_prepare(const char *id);

typedef struct WhAppearance WhAppearance;

/* After GTK is initialised: dark or light, high contrast, animations, the font and its size
 * follow the person's settings, and the screen, from now on. Free with wh_appearance_free(). */
WhAppearance *wh_appearance_new(void);
void wh_appearance_free(WhAppearance *appearance);

G_END_DECLS
