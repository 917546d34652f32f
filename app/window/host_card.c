#include "app/window/host_card.h"

#include "app/window/accessible.h"
#include "app/window/reach_list.h"
#include "app/window/record_row.h"
#include "app/window/status_mark.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

/* menu: the open one, or NULL. */
struct _WhHostCard {
    GtkListBoxRow parent_instance;
    WhHostItem *host;
    GtkImage *icon;
    GtkLabel *name;
    GtkLabel *account;
    GtkLabel *declared;
    GtkButton *update;
    GtkButton *pause;
    GtkImage *pause_image;
    GtkButton *more;
    GtkBox *records;
    GtkExpander *reach;
    GtkWidget *menu;
    gboolean stale;
};

G_DEFINE_TYPE(WhHostCard, wh_host_card, GTK_TYPE_LIST_BOX_ROW)

static void set_action(GtkButton *button, const char *action, const char *target, const char *what,
                       const char *name)
{
    gtk_actionable_set_action_target(GTK_ACTIONABLE(button), "s", target);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
    /* Translators: what a button does, and for which name. */
    g_autofree char *words = g_strdup_printf(_("%s: %s"), what, name);
    wh_accessible_set_name(GTK_WIDGET(button), words);
}

static void show_actions(WhHostCard *self)
{
    const char *id = wh_host_item_id(self->host);
    const char *name = wh_host_item_display_name(self->host);
    gboolean paused = wh_host_item_is_paused(self->host);
    const char *verb = paused ? _("Resume") : _("Pause");
    set_action(self->update, "win.update-host", id, _("Update now"), name);
    set_action(self->pause, paused ? "win.resume-host" : "win.pause-host", id, verb, name);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->pause), verb);
    gtk_image_set_from_icon_name(self->pause_image,
                                 paused ? "media-playback-start-symbolic"
                                        : "media-playback-pause-symbolic",
                                 GTK_ICON_SIZE_BUTTON);
    g_autofree char *more = g_strdup_printf(_("More for %s"), name);
    wh_accessible_set_name(GTK_WIDGET(self->more), more);
}

static void show_head(WhHostCard *self)
{
    const char *name = wh_host_item_display_name(self->host);
    WhStatus status = self->stale ? WH_STATUS_OFFLINE : wh_host_item_status(self->host);
    g_autofree char *sentence = wh_words_known(wh_host_item_sentence(self->host), self->stale);
    g_autofree char *words = g_strdup_printf(_("%s: %s"), name, sentence);
    gtk_image_set_from_icon_name(self->icon, wh_status_icon(status), GTK_ICON_SIZE_DND);
    wh_status_mark_set_size(self->icon, 2);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->icon), wh_status_mark_word(status));
    wh_accessible_set_name(GTK_WIDGET(self->icon), wh_status_mark_word(status));
    wh_accessible_set_name(GTK_WIDGET(self), words);
    gtk_label_set_text(self->name, name);
    gtk_label_set_text(self->account, wh_host_item_account_label(self->host));
    const char *declared = wh_host_item_declared(self->host);
    gtk_label_set_text(self->declared, declared != NULL ? declared : "");
    gtk_widget_set_visible(GTK_WIDGET(self->declared), declared != NULL);
}

static gboolean same_step(WhRecordItem *one, WhRecordItem *other)
{
    return one != NULL && other != NULL &&
           wh_record_item_remedy(one) == wh_record_item_remedy(other) &&
           g_strcmp0(wh_record_item_next_step(one), wh_record_item_next_step(other)) == 0;
}

static void show_steps(WhHostCard *self)
{
    WhRecordItem *ipv4 = wh_host_item_ipv4(self->host);
    gboolean same = same_step(ipv4, wh_host_item_ipv6(self->host));
    g_autoptr(GList) rows = gtk_container_get_children(GTK_CONTAINER(self->records));
    for (GList *each = rows; each != NULL; each = each->next) {
        wh_record_row_set_told_below(each->data, same && wh_record_row_record(each->data) == ipv4);
        wh_record_row_set_stale(each->data, self->stale);
    }
}

/* Rows stay for as long as their records do, so that what is selected in them stays too. */
static void show_records(WhHostCard *self)
{
    WhRecordItem *records[] = {wh_host_item_ipv4(self->host), wh_host_item_ipv6(self->host)};
    g_autoptr(GList) rows = gtk_container_get_children(GTK_CONTAINER(self->records));
    for (GList *each = rows; each != NULL; each = each->next) {
        WhRecordItem *shown = wh_record_row_record(each->data);
        if (shown != records[0] && shown != records[1])
            gtk_widget_destroy(each->data);
        for (guint i = 0; i < G_N_ELEMENTS(records); i++)
            if (shown == records[i])
                records[i] = NULL;
    }
    for (guint i = 0; i < G_N_ELEMENTS(records); i++) {
        if (records[i] == NULL)
            continue;
        GtkWidget *row = wh_record_row_new(self->host, records[i]);
        g_signal_connect_object(records[i], "notify", G_CALLBACK(show_steps), self,
                                G_CONNECT_SWAPPED);
        gtk_container_add(GTK_CONTAINER(self->records), row);
        gtk_box_reorder_child(self->records, row, (int)i);
    }
}

static void show(WhHostCard *self)
{
    show_head(self);
    show_actions(self);
    show_records(self);
    show_steps(self);
}

/* Made when it is first looked into, and anew when the name has changed meanwhile. */
static void expanded(WhHostCard *self)
{
    GtkWidget *old = gtk_bin_get_child(GTK_BIN(self->reach));
    if (!gtk_expander_get_expanded(self->reach))
        return;
    if (old != NULL)
        gtk_widget_destroy(old);
    gtk_container_add(GTK_CONTAINER(self->reach), wh_reach_list_new(wh_host_item_name(self->host)));
}

static void renamed(WhHostCard *self)
{
    expanded(self);
}

static void append(GMenu *menu, const char *label, const char *action, const char *target)
{
    g_autoptr(GMenuItem) item = g_menu_item_new(label, NULL);
    g_menu_item_set_action_and_target(item, action, "s", target);
    g_menu_append_item(menu, item);
}

static GMenuModel *new_menu(WhHostCard *self)
{
    const char *id = wh_host_item_id(self->host);
    const char *account = wh_host_item_account(self->host);
    gboolean paused = wh_host_item_is_paused(self->host);
    GMenu *menu = g_menu_new();
    g_autoptr(GMenu) first = g_menu_new();
    g_autoptr(GMenu) second = g_menu_new();
    append(first, _("_Update Now"), "win.update-host", id);
    append(first, paused ? _("_Resume") : _("_Pause"),
           paused ? "win.resume-host" : "win.pause-host", id);
    g_menu_append_section(menu, NULL, G_MENU_MODEL(first));
    /* What an administrator's file says is changed there. */
    if (wh_host_item_declared(self->host) != NULL)
        return G_MENU_MODEL(menu);
    append(second, _("_Edit…"), "win.edit-host", id);
    append(second, _("_Account…"), "win.edit-account", account);
    append(second, _("Re_move…"), "win.remove-host", id);
    g_menu_append_section(menu, NULL, G_MENU_MODEL(second));
    return G_MENU_MODEL(menu);
}

static gboolean destroy_later(gpointer menu)
{
    gtk_widget_destroy(menu);
    return G_SOURCE_REMOVE;
}

/* The menu's action still has to run. */
static void menu_closed(GtkWidget *menu)
{
    g_idle_add_full(G_PRIORITY_DEFAULT_IDLE, destroy_later, g_object_ref(menu), g_object_unref);
}

/* Before the card leaves its list: what a menu does when it goes would bring the list back to a
 * card that is no more. */
static void close_menu(WhHostCard *self)
{
    GtkWidget *menu = self->menu;
    g_clear_weak_pointer(&self->menu);
    if (menu != NULL)
        gtk_widget_destroy(menu);
}

/* Made when it is wanted: there may be hundreds of cards. */
static void keep_menu(WhHostCard *self, GtkWidget *menu, const char *closed)
{
    close_menu(self);
    g_set_weak_pointer(&self->menu, menu);
    g_signal_connect(menu, closed, G_CALLBACK(menu_closed), NULL);
}

static void open_menu(WhHostCard *self)
{
    g_autoptr(GMenuModel) model = new_menu(self);
    GtkWidget *popover = gtk_popover_new_from_model(GTK_WIDGET(self->more), model);
    keep_menu(self, popover, "closed");
    gtk_popover_popup(GTK_POPOVER(popover));
}

static gboolean popup_menu(GtkWidget *widget)
{
    open_menu(WH_HOST_CARD(widget));
    return TRUE;
}

static void dispose(GObject *object)
{
    close_menu(WH_HOST_CARD(object));
    g_clear_object(&WH_HOST_CARD(object)->host);
    G_OBJECT_CLASS(wh_host_card_parent_class)->dispose(object);
}

static void wh_host_card_class_init(WhHostCardClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    G_OBJECT_CLASS(klass)->dispose = dispose;
    widget_class->popup_menu = popup_menu;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/wayhome/Wayhome/window/host_card.ui");
    gtk_widget_class_bind_template_child(widget_class, WhHostCard, icon);
    gtk_widget_class_bind_template_child(widget_class, WhHostCard, name);
    gtk_widget_class_bind_template_child(widget_class, WhHostCard, account);
    gtk_widget_class_bind_template_child(widget_class, WhHostCard, declared);
    gtk_widget_class_bind_template_child(widget_class, WhHostCard, update);
    gtk_widget_class_bind_template_child(widget_class, WhHostCard, pause);
    gtk_widget_class_bind_template_child(widget_class, WhHostCard, pause_image);
    gtk_widget_class_bind_template_child(widget_class, WhHostCard, more);
    gtk_widget_class_bind_template_child(widget_class, WhHostCard, records);
    gtk_widget_class_bind_template_child(widget_class, WhHostCard, reach);
}

static void wh_host_card_init(WhHostCard *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    wh_words_set_exact(self->name);
    wh_words_set_exact(self->declared);
    wh_words_tell_when_cut(self->name);
    wh_words_tell_when_cut(self->account);
    g_signal_connect_object(self->more, "clicked", G_CALLBACK(open_menu), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(self->reach, "notify::expanded", G_CALLBACK(expanded), self,
                            G_CONNECT_SWAPPED);
}

GtkWidget *wh_host_card_new(WhHostItem *host)
{
    WhHostCard *self = g_object_new(WH_TYPE_HOST_CARD, NULL);
    self->host = g_object_ref(host);
    g_signal_connect_object(host, "notify", G_CALLBACK(show), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(host, "notify::name", G_CALLBACK(renamed), self, G_CONNECT_SWAPPED);
    show(self);
    return GTK_WIDGET(self);
}

WhHostItem *wh_host_card_host(WhHostCard *card)
{
    return card->host;
}

/* No popover: it would go away when the button of the mouse is let go. */
void wh_host_card_open_menu_at(WhHostCard *card, const GdkEvent *event)
{
    g_autoptr(GMenuModel) model = new_menu(card);
    GtkWidget *menu = gtk_menu_new_from_model(model);
    keep_menu(card, menu, "selection-done");
    gtk_menu_attach_to_widget(GTK_MENU(menu), GTK_WIDGET(card), NULL);
    gtk_menu_popup_at_pointer(GTK_MENU(menu), event);
}

void wh_host_card_set_stale(WhHostCard *card, gboolean stale)
{
    if (card->stale == stale)
        return;
    card->stale = stale;
    show(card);
}
