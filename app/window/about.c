#include "app/window/about.h"

#include "platform/browser.h"

#include <glib/gi18n.h>

/* GTK's own way of opening the site is the next, where this one fails. */
static gboolean open_site(GtkAboutDialog *dialog, const char *uri)
{
    return wh_browser_open(uri, gtk_get_current_event_time(), NULL);
}

void wh_about_show(GtkWindow *parent)
{
    GtkWidget *dialog = g_object_new(
        GTK_TYPE_ABOUT_DIALOG, "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE,
        "program-name", "Wayhome", "logo-icon-name", "org.wayhome.Wayhome", "version",
        WH_WINDOW_VERSION, "comments", _("Keeps this computer reachable by name."), "website",
        WH_WINDOW_URL, "website-label", _("Web site"), NULL);
    g_signal_connect(dialog, "activate-link", G_CALLBACK(open_site), NULL);
    g_signal_connect(dialog, "response", G_CALLBACK(gtk_widget_destroy), NULL);
    gtk_window_present(GTK_WINDOW(dialog));
}

void wh_about_show_shortcuts(GtkWindow *parent)
{
    g_autoptr(GtkBuilder) builder =
        gtk_builder_new_from_resource("/org/wayhome/Wayhome/window/shortcuts.ui");
    GtkWindow *window = GTK_WINDOW(gtk_builder_get_object(builder, "shortcuts"));
    gtk_window_set_transient_for(window, parent);
    gtk_window_present(window);
}
