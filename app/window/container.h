/* What GTK's containers lack. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Destroys everything inside. */
void wh_container_empty(GtkContainer *container);

G_END_DECLS
