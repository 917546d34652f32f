/* Text as large as the screen wants that a window is on. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhTextScale WhTextScale;

/* GTK scales by whole numbers, screen by screen, and takes the rest from the resolution of text,
 * which it asks of the main screen at its start. This sets it anew when a window moves to a screen
 * that wants another, or when the person chooses another. It is one for all windows: the active one
 * decides, or the only one. In the thread of GTK, after its initialisation. Documentation:
 * GetDpiForWindow, whose answer changes once a window is mostly on the other screen. */
WhTextScale *wh_text_scale_new(void);
void wh_text_scale_free(WhTextScale *scale);

/* The resolution in 1024ths of a dot an inch, as gtk-xft-dpi has it. dpi: what the screen wants;
 * factor: by how much GTK enlarges everything already. */
int wh_text_scale_resolution(guint dpi, int factor);

G_END_DECLS
