#include "app/window/secret_entry.h"

#include "app/window/accessible.h"
#include "app/window/secret_buffer.h"

#include <glib/gi18n.h>

struct _WhSecretEntry {
    GtkBox parent_instance;
    GtkEntry *entry;
    GtkEntryBuffer *buffer;
    GtkToggleButton *reveal;
};

G_DEFINE_TYPE(WhSecretEntry, wh_secret_entry, GTK_TYPE_BOX)

/* A button, not an icon inside the entry: the keyboard reaches it, and GTK's own warning about Caps
 * Lock keeps its place. */
static void toggled(WhSecretEntry *self)
{
    gboolean shown = gtk_toggle_button_get_active(self->reveal);
    GtkWidget *image = gtk_bin_get_child(GTK_BIN(self->reveal));
    gtk_entry_set_visibility(self->entry, shown);
    gtk_image_set_from_icon_name(GTK_IMAGE(image),
                                 shown ? "view-conceal-symbolic" : "view-reveal-symbolic",
                                 GTK_ICON_SIZE_BUTTON);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->reveal), shown ? _("Hide it") : _("Show it"));
}

static void finalize(GObject *object)
{
    WhSecretEntry *self = WH_SECRET_ENTRY(object);
    wh_secret_buffer_wipe(WH_SECRET_BUFFER(self->buffer));
    g_object_unref(self->buffer);
    G_OBJECT_CLASS(wh_secret_entry_parent_class)->finalize(object);
}

static void wh_secret_entry_class_init(WhSecretEntryClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = finalize;
}

static void wh_secret_entry_init(WhSecretEntry *self)
{
    self->buffer = wh_secret_buffer_new();
    self->entry = GTK_ENTRY(gtk_entry_new_with_buffer(self->buffer));
    gtk_entry_set_visibility(self->entry, FALSE);
    gtk_entry_set_input_purpose(self->entry, GTK_INPUT_PURPOSE_PASSWORD);
    gtk_entry_set_activates_default(self->entry, TRUE);
    self->reveal = GTK_TOGGLE_BUTTON(gtk_toggle_button_new());
    gtk_container_add(GTK_CONTAINER(self->reveal), gtk_image_new());
    g_signal_connect_object(self->reveal, "toggled", G_CALLBACK(toggled), self, G_CONNECT_SWAPPED);
    gtk_box_pack_start(GTK_BOX(self), GTK_WIDGET(self->entry), TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(self), GTK_WIDGET(self->reveal), FALSE, FALSE, 0);
    gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(self)),
                                GTK_STYLE_CLASS_LINKED);
    toggled(self);
    gtk_widget_show_all(GTK_WIDGET(self));
}

GtkWidget *wh_secret_entry_new(const char *label, gboolean kept)
{
    WhSecretEntry *self = g_object_new(WH_TYPE_SECRET_ENTRY, NULL);
    g_autofree char *show = g_strdup_printf(_("Show: %s"), label);
    wh_accessible_set_name(GTK_WIDGET(self->reveal), show);
    wh_secret_entry_set_kept(self, kept);
    return GTK_WIDGET(self);
}

void wh_secret_entry_set_kept(WhSecretEntry *entry, gboolean kept)
{
    gtk_entry_set_placeholder_text(entry->entry, kept ? _("Unchanged") : NULL);
}

GtkWidget *wh_secret_entry_inner(WhSecretEntry *entry)
{
    return GTK_WIDGET(entry->entry);
}

const char *wh_secret_entry_text(WhSecretEntry *entry)
{
    return gtk_entry_buffer_get_text(entry->buffer);
}

void wh_secret_entry_wipe(WhSecretEntry *entry)
{
    wh_secret_buffer_wipe(WH_SECRET_BUFFER(entry->buffer));
    gtk_toggle_button_set_active(entry->reveal, FALSE);
}
