/* What a screen reader says of a widget. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The name is what it is ("Copy the IPv4 address of home.example.org"), the description what more
 * there is to know; NULL takes it away. */
void wh_accessible_set_name(GtkWidget *widget, const char *name);
void wh_accessible_set_description(GtkWidget *widget, const char *description);

G_END_DECLS
