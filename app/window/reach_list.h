/* What to type on another computer to reach this one by its name. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *wh_reach_list_new(const char *name);

G_END_DECLS
