#include "app/window/container.h"

static void destroy(GtkWidget *child, gpointer data)
{
    gtk_widget_destroy(child);
}

void wh_container_empty(GtkContainer *container)
{
    gtk_container_foreach(container, destroy, NULL);
}
