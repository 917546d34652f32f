#include "app/window/about.h"

#include <glib/gi18n.h>

void wh_about_show(GtkWindow *parent)
{
    gtk_show_about_dialog(parent, "program-name", "Wayhome", "logo-icon-name",
                          "org.wayhome.Wayhome", "version", WH_WINDOW_VERSION, "comments",
                          _("Keeps this computer reachable by name."), "website", WH_WINDOW_URL,
                          "website-label", _("Web site"), NULL);
}

void wh_about_show_shortcuts(GtkWindow *parent)
{
    g_autoptr(GtkBuilder) builder =
        gtk_builder_new_from_resource("/org/wayhome/Wayhome/window/shortcuts.ui");
    GtkWindow *window = GTK_WINDOW(gtk_builder_get_object(builder, "shortcuts"));
    gtk_window_set_transient_for(window, parent);
    gtk_window_present(window);
}
