#include "app/window/provider_chooser.h"

#include "app/window/accessible.h"
#include "app/window/container.h"
#include "app/window/links.h"
#include "app/window/words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _WhProviderChooser {
    GtkBox parent_instance;
    WhModel *model;
    GtkEntry *search;
    GtkListBox *list;
    GtkLabel *none;
};

G_DEFINE_TYPE(WhProviderChooser, wh_provider_chooser, GTK_TYPE_BOX)

/* What a row stands for. */
#define ROW_PROVIDER "wh-provider"
#define ROW_ACCOUNT "wh-account"
#define ROW_WORDS "wh-words"

static void finalize(GObject *object)
{
    g_clear_object(&WH_PROVIDER_CHOOSER(object)->model);
    G_OBJECT_CLASS(wh_provider_chooser_parent_class)->finalize(object);
}

static void wh_provider_chooser_class_init(WhProviderChooserClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = finalize;
    g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                 G_TYPE_NONE, 2, WH_TYPE_PROVIDER_ITEM, WH_TYPE_ACCOUNT_ITEM);
}

static GtkWidget *new_line(const char *text, const char *style)
{
    GtkWidget *label = gtk_label_new(text);
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
    wh_words_tell_when_cut(GTK_LABEL(label));
    gtk_style_context_add_class(gtk_widget_get_style_context(label), style);
    return label;
}

static void add_row(WhProviderChooser *self, const char *title, const char *subtitle,
                    WhProviderItem *provider, WhAccountItem *account)
{
    GtkWidget *row = gtk_list_box_row_new();
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
    gtk_container_set_border_width(GTK_CONTAINER(box), 9);
    gtk_container_add(GTK_CONTAINER(box), new_line(title, "wh-row-title"));
    if (*subtitle != '\0')
        gtk_container_add(GTK_CONTAINER(box), new_line(subtitle, "dim-label"));
    gtk_container_add(GTK_CONTAINER(row), box);
    g_autofree char *words = g_strjoin(" ", title, subtitle, wh_provider_item_id(provider), NULL);
    g_autofree char *name = g_strjoin(", ", title, *subtitle != '\0' ? subtitle : NULL, NULL);
    /* The headings that tell the two apart are not read out with a row. */
    g_autofree char *known = g_strdup_printf(_("%s (set up already)"), name);
    wh_accessible_set_name(row, account != NULL ? known : name);
    g_object_set_data_full(G_OBJECT(row), ROW_WORDS, g_utf8_casefold(words, -1), g_free);
    g_object_set_data_full(G_OBJECT(row), ROW_PROVIDER, g_object_ref(provider), g_object_unref);
    if (account != NULL)
        g_object_set_data_full(G_OBJECT(row), ROW_ACCOUNT, g_object_ref(account), g_object_unref);
    gtk_widget_show_all(row);
    gtk_container_add(GTK_CONTAINER(self->list), row);
}

static void add_account_row(WhProviderChooser *self, WhAccountItem *account)
{
    WhProviderItem *provider =
        wh_model_find_provider(self->model, wh_account_item_provider(account));
    if (provider == NULL)
        return;
    const char *label = wh_account_item_label(account);
    const char *at = wh_provider_item_name(provider);
    add_row(self, label, strcmp(label, at) != 0 ? at : "", provider, account);
}

static void add_provider_row(WhProviderChooser *self, WhProviderItem *provider)
{
    g_autofree char *site = wh_links_site(wh_provider_item_home(provider));
    g_autofree char *untested =
        g_strjoin(" · ", _("Not tried yet"), site, NULL); /* site NULL ends it */
    add_row(self, wh_provider_item_name(provider),
            wh_provider_item_is_untested(provider) ? untested
            : site != NULL                         ? site
                                                   : "",
            provider, NULL);
}

static void fill(WhProviderChooser *self)
{
    wh_container_empty(GTK_CONTAINER(self->list));
    GListModel *accounts = wh_model_accounts(self->model);
    for (guint i = 0; i < g_list_model_get_n_items(accounts); i++) {
        g_autoptr(WhAccountItem) account = g_list_model_get_item(accounts, i);
        if (wh_account_item_declared(account) == NULL)
            add_account_row(self, account);
    }
    GListModel *providers = wh_model_providers(self->model);
    gtk_label_set_text(self->none, g_list_model_get_n_items(providers) == 0
                                       ? _("The providers are being fetched…")
                                       : _("No provider is called like that. Many understand the "
                                           "protocol “dyndns2”: search for that."));
    for (guint i = 0; i < g_list_model_get_n_items(providers); i++) {
        g_autoptr(WhProviderItem) provider = g_list_model_get_item(providers, i);
        add_provider_row(self, provider);
    }
}

static gboolean is_account(GtkListBoxRow *row)
{
    return g_object_get_data(G_OBJECT(row), ROW_ACCOUNT) != NULL;
}

static void set_heading(GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
    WhProviderChooser *self = data;
    gboolean needed = before == NULL || is_account(before) != is_account(row);
    if (!needed) {
        gtk_list_box_row_set_header(row, gtk_separator_new(GTK_ORIENTATION_HORIZONTAL));
        return;
    }
    gboolean has_accounts = g_list_model_get_n_items(wh_model_accounts(self->model)) > 0;
    GtkWidget *heading = gtk_label_new(is_account(row) ? _("An account that is set up here already")
                                       : has_accounts  ? _("Another account at")
                                                       : _("Provider"));
    gtk_label_set_xalign(GTK_LABEL(heading), 0);
    gtk_style_context_add_class(gtk_widget_get_style_context(heading), "wh-heading");
    gtk_widget_show(heading);
    gtk_list_box_row_set_header(row, heading);
}

static gboolean is_wanted(GtkListBoxRow *row, gpointer data)
{
    WhProviderChooser *self = data;
    g_autofree char *sought = g_utf8_casefold(gtk_entry_get_text(self->search), -1);
    return strstr(g_object_get_data(G_OBJECT(row), ROW_WORDS), g_strstrip(sought)) != NULL;
}

static void choose(WhProviderChooser *self, GtkListBoxRow *row)
{
    g_signal_emit_by_name(self, "chosen", g_object_get_data(G_OBJECT(row), ROW_PROVIDER),
                          g_object_get_data(G_OBJECT(row), ROW_ACCOUNT));
}

static GtkListBoxRow *first_wanted(WhProviderChooser *self)
{
    GtkListBoxRow *row;
    for (int i = 0; (row = gtk_list_box_get_row_at_index(self->list, i)) != NULL; i++)
        if (gtk_widget_get_child_visible(GTK_WIDGET(row)))
            return row;
    return NULL;
}

/* Enter in the search takes what stands first. */
static void search_activated(WhProviderChooser *self)
{
    GtkListBoxRow *row = first_wanted(self);
    if (row != NULL)
        choose(self, row);
}

static gboolean search_key(GtkWidget *widget, GdkEventKey *event, gpointer data)
{
    WhProviderChooser *self = data;
    GtkListBoxRow *row = event->keyval == GDK_KEY_Down ? first_wanted(self) : NULL;
    if (row == NULL)
        return GDK_EVENT_PROPAGATE;
    gtk_widget_grab_focus(GTK_WIDGET(row));
    return GDK_EVENT_STOP;
}

/* The first Escape empties the search, the next one closes the form. */
static void stop_search(WhProviderChooser *self)
{
    if (*gtk_entry_get_text(self->search) != '\0')
        gtk_entry_set_text(self->search, "");
    else
        gtk_dialog_response(GTK_DIALOG(gtk_widget_get_toplevel(GTK_WIDGET(self))),
                            GTK_RESPONSE_CANCEL);
}

static void add_search(WhProviderChooser *self)
{
    self->search = GTK_ENTRY(gtk_search_entry_new());
    gtk_entry_set_placeholder_text(self->search, _("Search for a provider"));
    wh_accessible_set_name(GTK_WIDGET(self->search), _("Search for a provider"));
    g_signal_connect_object(self->search, "changed", G_CALLBACK(gtk_list_box_invalidate_filter),
                            self->list, G_CONNECT_SWAPPED);
    g_signal_connect_object(self->search, "activate", G_CALLBACK(search_activated), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->search, "stop-search", G_CALLBACK(stop_search), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->search, "key-press-event", G_CALLBACK(search_key), self, 0);
    gtk_box_pack_start(GTK_BOX(self), GTK_WIDGET(self->search), FALSE, FALSE, 0);
}

static void wh_provider_chooser_init(WhProviderChooser *self)
{
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(self), 12);
    self->list = GTK_LIST_BOX(gtk_list_box_new());
    gtk_list_box_set_selection_mode(self->list, GTK_SELECTION_NONE);
    wh_accessible_set_name(GTK_WIDGET(self->list), _("Providers"));
    add_search(self);
    GtkWidget *frame = gtk_frame_new(NULL);
    gtk_container_add(GTK_CONTAINER(frame), GTK_WIDGET(self->list));
    gtk_box_pack_start(GTK_BOX(self), frame, FALSE, FALSE, 0);
    self->none = GTK_LABEL(wh_words_new(NULL, "wh-nothing"));
    gtk_container_set_border_width(GTK_CONTAINER(frame), 0);
    gtk_widget_show_all(GTK_WIDGET(self));
    gtk_list_box_set_placeholder(self->list, GTK_WIDGET(self->none));
    g_signal_connect_object(self->list, "row-activated", G_CALLBACK(choose), self,
                            G_CONNECT_SWAPPED);
}

GtkWidget *wh_provider_chooser_new(WhModel *model)
{
    WhProviderChooser *self = g_object_new(WH_TYPE_PROVIDER_CHOOSER, NULL);
    self->model = g_object_ref(model);
    gtk_list_box_set_header_func(self->list, set_heading, self, NULL);
    gtk_list_box_set_filter_func(self->list, is_wanted, self, NULL);
    wh_model_want_providers(model);
    fill(self);
    g_signal_connect_object(wh_model_providers(model), "items-changed", G_CALLBACK(fill), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(wh_model_accounts(model), "items-changed", G_CALLBACK(fill), self,
                            G_CONNECT_SWAPPED);
    return GTK_WIDGET(self);
}

void wh_provider_chooser_focus(WhProviderChooser *chooser)
{
    gtk_widget_grab_focus(GTK_WIDGET(chooser->search));
}
