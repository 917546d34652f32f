/* What the program is, and which keys it knows. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wh_about_show(GtkWindow *parent);
void wh_about_show_shortcuts(GtkWindow *parent);

G_END_DECLS
