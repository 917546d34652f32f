/* Brings a widget of a form into sight. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scrolls the view that `widget` is in as little as shows all of it, once everything has its place:
 * what was said just now may have made it higher, or put it there. */
void wh_reveal(GtkWidget *widget);

G_END_DECLS
