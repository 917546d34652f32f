#include "app/window/links.h"

#include "platform/browser.h"

#include <string.h>

static gboolean is_safe(const char *uri)
{
    return uri != NULL && g_ascii_strncasecmp(uri, "https://", strlen("https://")) == 0;
}

/* Where no browser can be started, the address itself is shown for copying. */
static void opened(GtkLinkButton *button)
{
    const char *uri = gtk_link_button_get_uri(button);
    if (!wh_browser_open(uri, gtk_get_current_event_time(), NULL))
        gtk_button_set_label(GTK_BUTTON(button), uri);
}

static gboolean activate_link(GtkLinkButton *button)
{
    opened(button);
    return GDK_EVENT_STOP;
}

GtkWidget *wh_links_button(const char *text, const char *uri)
{
    if (!is_safe(uri))
        return NULL;
    GtkWidget *button = gtk_link_button_new_with_label(uri, text);
    gtk_button_set_use_underline(GTK_BUTTON(button), TRUE);
    GtkWidget *label = gtk_bin_get_child(GTK_BIN(button));
    gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_line_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_style_context_add_class(gtk_widget_get_style_context(button), "wh-link");
    gtk_widget_set_halign(button, GTK_ALIGN_START);
    g_signal_connect(button, "activate-link", G_CALLBACK(activate_link), NULL);
    gtk_widget_show(button);
    return button;
}

char *wh_links_site(const char *uri)
{
    g_autoptr(GUri) parsed = uri != NULL ? g_uri_parse(uri, G_URI_FLAGS_NONE, NULL) : NULL;
    return parsed != NULL ? g_strdup(g_uri_get_host(parsed)) : NULL;
}
