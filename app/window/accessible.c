#include "app/window/accessible.h"

void wh_accessible_set_name(GtkWidget *widget, const char *name)
{
    AtkObject *accessible = gtk_widget_get_accessible(widget);
    if (g_strcmp0(atk_object_get_name(accessible), name) != 0)
        atk_object_set_name(accessible, name != NULL ? name : "");
}

void wh_accessible_set_description(GtkWidget *widget, const char *description)
{
    atk_object_set_description(gtk_widget_get_accessible(widget),
                               description != NULL ? description : "");
}
