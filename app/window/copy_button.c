#include "app/window/copy_button.h"

#include "app/window/accessible.h"

#include <glib/gi18n.h>

#define SAYS_SO_MS 2000

struct _WhCopyButton {
    GtkButton parent_instance;
    GtkImage *image;
    char *text;
    char *what;
    guint saying;
};

G_DEFINE_TYPE(WhCopyButton, wh_copy_button, GTK_TYPE_BUTTON)

static void show_as(WhCopyButton *self, const char *icon, const char *what)
{
    gtk_image_set_from_icon_name(self->image, icon, GTK_ICON_SIZE_BUTTON);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self), what);
    wh_accessible_set_name(GTK_WIDGET(self), what);
}

static gboolean stop_saying(gpointer data)
{
    WhCopyButton *self = data;
    self->saying = 0;
    show_as(self, "edit-copy-symbolic", self->what);
    return G_SOURCE_REMOVE;
}

static void clicked(GtkButton *button)
{
    WhCopyButton *self = WH_COPY_BUTTON(button);
    if (self->text == NULL)
        return;
    GdkDisplay *display = gtk_widget_get_display(GTK_WIDGET(self));
    gtk_clipboard_set_text(gtk_clipboard_get_for_display(display, GDK_SELECTION_CLIPBOARD),
                           self->text, -1);
    show_as(self, "object-select-symbolic", _("Copied"));
    g_clear_handle_id(&self->saying, g_source_remove);
    self->saying = g_timeout_add(SAYS_SO_MS, stop_saying, self);
}

static void dispose(GObject *object)
{
    WhCopyButton *self = WH_COPY_BUTTON(object);
    g_clear_handle_id(&self->saying, g_source_remove);
    g_clear_pointer(&self->text, g_free);
    g_clear_pointer(&self->what, g_free);
    G_OBJECT_CLASS(wh_copy_button_parent_class)->dispose(object);
}

static void wh_copy_button_class_init(WhCopyButtonClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = dispose;
    GTK_BUTTON_CLASS(klass)->clicked = clicked;
}

static void wh_copy_button_init(WhCopyButton *self)
{
    self->image =
        GTK_IMAGE(gtk_image_new_from_icon_name("edit-copy-symbolic", GTK_ICON_SIZE_BUTTON));
    gtk_widget_show(GTK_WIDGET(self->image));
    gtk_container_add(GTK_CONTAINER(self), GTK_WIDGET(self->image));
    gtk_button_set_relief(GTK_BUTTON(self), GTK_RELIEF_NONE);
    gtk_widget_set_valign(GTK_WIDGET(self), GTK_ALIGN_CENTER);
    gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(self)), "wh-small");
}

GtkWidget *wh_copy_button_new(void)
{
    return g_object_new(WH_TYPE_COPY_BUTTON, "visible", TRUE, NULL);
}

void wh_copy_button_set(WhCopyButton *button, const char *text, const char *what)
{
    if (g_strcmp0(button->text, text) == 0 && g_strcmp0(button->what, what) == 0)
        return;
    g_free(button->text);
    g_free(button->what);
    button->text = g_strdup(text);
    button->what = g_strdup(what);
    g_clear_handle_id(&button->saying, g_source_remove);
    show_as(button, "edit-copy-symbolic", what);
}
