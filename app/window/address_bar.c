#include "app/window/address_bar.h"

#include <glib/gi18n.h>

struct _WhAddressBar {
    GtkBox parent_instance;
    WhModel *model;
    GtkLabel *ipv4;
    GtkLabel *ipv6;
};

G_DEFINE_TYPE(WhAddressBar, wh_address_bar, GTK_TYPE_BOX)

static gboolean anybody_keeps_ipv6(WhModel *model)
{
    GListModel *hosts = wh_model_hosts(model);
    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        g_autoptr(WhHostItem) host = g_list_model_get_item(hosts, i);
        if (wh_host_item_ipv6(host) != NULL)
            return TRUE;
    }
    return FALSE;
}

static void show(GtkLabel *label, const char *format, const char *sentence)
{
    g_autofree char *words = g_strdup_printf("%s %s", format, sentence != NULL ? sentence : "");
    gtk_label_set_text(label, words);
}

static void changed(WhAddressBar *self)
{
    g_autofree char *ipv4 = NULL;
    g_autofree char *ipv6 = NULL;
    g_object_get(self->model, "ipv4-sentence", &ipv4, "ipv6-sentence", &ipv6, NULL);
    /* Without a line both are unknown for the same reason: that is said once. */
    gboolean same = g_strcmp0(ipv4, ipv6) == 0;
    show(self->ipv4, same ? _("Public address:") : _("Public IPv4 address:"), ipv4);
    show(self->ipv6, _("Public IPv6 address:"), ipv6);
    gtk_widget_set_visible(GTK_WIDGET(self->ipv4), ipv4 != NULL && *ipv4 != '\0');
    gtk_widget_set_visible(GTK_WIDGET(self->ipv6), !same && ipv6 != NULL && *ipv6 != '\0' &&
                                                       anybody_keeps_ipv6(self->model));
}

static void dispose(GObject *object)
{
    g_clear_object(&WH_ADDRESS_BAR(object)->model);
    G_OBJECT_CLASS(wh_address_bar_parent_class)->dispose(object);
}

static void wh_address_bar_class_init(WhAddressBarClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = dispose;
}

static GtkLabel *add_label(WhAddressBar *self)
{
    GtkLabel *label = GTK_LABEL(gtk_label_new(NULL));
    gtk_label_set_justify(label, GTK_JUSTIFY_CENTER);
    gtk_label_set_selectable(label, TRUE);
    gtk_label_set_line_wrap(label, TRUE);
    gtk_label_set_line_wrap_mode(label, PANGO_WRAP_WORD_CHAR);
    gtk_container_add(GTK_CONTAINER(self), GTK_WIDGET(label));
    return label;
}

static void wh_address_bar_init(WhAddressBar *self)
{
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(self), 3);
    gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(self)), "wh-addresses");
    self->ipv4 = add_label(self);
    self->ipv6 = add_label(self);
}

void wh_address_bar_set_model(WhAddressBar *bar, WhModel *model)
{
    bar->model = g_object_ref(model);
    g_signal_connect_object(model, "changed", G_CALLBACK(changed), bar, G_CONNECT_SWAPPED);
    changed(bar);
}
