#include "app/window/strip.h"

#include "app/window/accessible.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

#define KEY "wh-key"
#define FIRST "wh-first"
#define SECOND "wh-second"
#define BUTTON "wh-button"

static GtkWidget *add_label(GtkWidget *box, const char *style)
{
    GtkWidget *label = wh_words_new(NULL, style);
    gtk_container_add(GTK_CONTAINER(box), label);
    return label;
}

GtkWidget *wh_strip_new(const char *key)
{
    GtkWidget *strip = gtk_info_bar_new();
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
    GtkWidget *button = gtk_button_new();
    gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
    gtk_container_add(GTK_CONTAINER(gtk_info_bar_get_content_area(GTK_INFO_BAR(strip))), box);
    gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
    gtk_container_add(GTK_CONTAINER(gtk_info_bar_get_action_area(GTK_INFO_BAR(strip))), button);
    g_object_set_data_full(G_OBJECT(strip), KEY, g_strdup(key), g_free);
    g_object_set_data(G_OBJECT(strip), FIRST, add_label(box, "wh-strip-title"));
    g_object_set_data(G_OBJECT(strip), SECOND, add_label(box, "wh-strip-step"));
    g_object_set_data(G_OBJECT(strip), BUTTON, button);
    gtk_widget_show_all(strip);
    gtk_widget_hide(button);
    return strip;
}

const char *wh_strip_key(GtkWidget *strip)
{
    return g_object_get_data(G_OBJECT(strip), KEY);
}

void wh_strip_set_words(GtkWidget *strip, GtkMessageType type, const char *first,
                        const char *second)
{
    GtkLabel *below = g_object_get_data(G_OBJECT(strip), SECOND);
    gtk_info_bar_set_message_type(GTK_INFO_BAR(strip), type);
    gtk_label_set_text(g_object_get_data(G_OBJECT(strip), FIRST), first);
    gtk_label_set_text(below, second != NULL ? second : "");
    gtk_widget_set_visible(GTK_WIDGET(below), second != NULL && *second != '\0');
}

/* GTK names it in no way. */
static void name_close_button(GtkWidget *widget, gpointer data)
{
    if (GTK_IS_BUTTON(widget) &&
        gtk_style_context_has_class(gtk_widget_get_style_context(widget), "close"))
        wh_accessible_set_name(widget, _("Close"));
    else if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), name_close_button, data);
}

void wh_strip_set_closable(GtkWidget *strip)
{
    gtk_info_bar_set_show_close_button(GTK_INFO_BAR(strip), TRUE);
    gtk_container_forall(GTK_CONTAINER(strip), name_close_button, NULL);
}

GtkButton *wh_strip_button(GtkWidget *strip)
{
    return g_object_get_data(G_OBJECT(strip), BUTTON);
}
