#include "app/window/window.h"

#include "app/window/address_bar.h"
#include "app/window/banner.h"
#include "app/window/blank_page.h"
#include "app/window/column.h"
#include "app/window/finding_list.h"
#include "app/window/growing_list.h"
#include "app/window/host_card.h"
#include "app/window/window_actions.h"
#include "window_resource.h"

#include <glib/gi18n.h>
#include <string.h>

/* "2 minutes ago" is wrong a minute later. */
#define REFRESH_SECONDS 60

/* wanted: the id of a host to go to once it is there. filler: will see whether more cards are to be
 * made. stale: what the cards say may not be so any more. */
struct _WhWindow {
    GtkApplicationWindow parent_instance;
    WhModel *model;
    GtkHeaderBar *header;
    GtkWidget *menu;
    WhBanner *banner;
    GtkStack *pages;
    GtkWidget *welcome;
    WhBlankPage *blank;
    WhFindingList *blank_findings;
    GtkScrolledWindow *scroller;
    GtkContainer *content;
    GtkListBox *hosts;
    WhFindingList *findings;
    WhAddressBar *addresses;
    WhGrowingList *shown;
    char *wanted;
    guint refresher;
    guint filler;
    gboolean stale;
};

G_DEFINE_TYPE(WhWindow, wh_window, GTK_TYPE_APPLICATION_WINDOW)

static gboolean refresh(gpointer data)
{
    WhWindow *self = data;
    wh_model_refresh(self->model);
    return G_SOURCE_CONTINUE;
}

/* Only while somebody can look. */
static void set_refreshing(WhWindow *self, gboolean looking)
{
    if (looking == (self->refresher != 0))
        return;
    if (!looking) {
        g_clear_handle_id(&self->refresher, g_source_remove);
        return;
    }
    wh_model_refresh(self->model);
    if (!wh_model_is_ready(self->model))
        wh_link_retry(wh_model_link(self->model));
    self->refresher = g_timeout_add_seconds(REFRESH_SECONDS, refresh, self);
}

static gboolean is_iconified(GtkWidget *widget)
{
    GdkWindow *window = gtk_widget_get_window(widget);
    return window != NULL && (gdk_window_get_state(window) & GDK_WINDOW_STATE_ICONIFIED) != 0;
}

static void map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wh_window_parent_class)->map(widget);
    set_refreshing(WH_WINDOW(widget), !is_iconified(widget));
}

static void unmap(GtkWidget *widget)
{
    set_refreshing(WH_WINDOW(widget), FALSE);
    GTK_WIDGET_CLASS(wh_window_parent_class)->unmap(widget);
}

static gboolean window_state_event(GtkWidget *widget, GdkEventWindowState *event)
{
    gboolean hidden =
        (event->new_window_state & (GDK_WINDOW_STATE_ICONIFIED | GDK_WINDOW_STATE_WITHDRAWN)) != 0;
    set_refreshing(WH_WINDOW(widget), gtk_widget_get_mapped(widget) && !hidden);
    return GTK_WIDGET_CLASS(wh_window_parent_class)->window_state_event(widget, event);
}

static GtkListBoxRow *find_card(WhWindow *self, const char *host_id)
{
    GtkListBoxRow *row;
    for (int i = 0; (row = gtk_list_box_get_row_at_index(self->hosts, i)) != NULL; i++)
        if (strcmp(wh_host_item_id(wh_host_card_host(WH_HOST_CARD(row))), host_id) == 0)
            return row;
    return NULL;
}

/* Two pages ahead of what is looked at; what has been made asks again. */
static gboolean fill(gpointer data)
{
    WhWindow *self = data;
    GtkAdjustment *place = gtk_scrolled_window_get_vadjustment(self->scroller);
    double ahead = gtk_adjustment_get_value(place) + 3 * gtk_adjustment_get_page_size(place);
    self->filler = 0;
    if (gtk_widget_get_mapped(GTK_WIDGET(self->scroller)) &&
        ahead >= gtk_adjustment_get_upper(place))
        wh_growing_list_grow(self->shown);
    return G_SOURCE_REMOVE;
}

/* Not at once: this is heard in the middle of giving everything its place. */
static void fill_later(WhWindow *self)
{
    if (self->filler == 0 && self->shown != NULL)
        self->filler = g_idle_add(fill, self);
}

static guint position_of(WhWindow *self, WhHostItem *host)
{
    GListModel *hosts = wh_model_hosts(self->model);
    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        g_autoptr(WhHostItem) each = g_list_model_get_item(hosts, i);
        if (each == host)
            return i;
    }
    return 0;
}

static void go_to_wanted(WhWindow *self)
{
    WhHostItem *host = self->wanted != NULL ? wh_model_find_host(self->model, self->wanted) : NULL;
    if (host == NULL)
        return;
    wh_growing_list_reach(self->shown, position_of(self, host));
    GtkListBoxRow *card = find_card(self, self->wanted);
    if (card == NULL)
        return;
    g_clear_pointer(&self->wanted, g_free);
    gtk_widget_grab_focus(GTK_WIDGET(card));
}

static void show_stale(WhWindow *self)
{
    gboolean stale = !wh_model_is_ready(self->model);
    if (stale == self->stale)
        return;
    self->stale = stale;
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->hosts));
    if (stale)
        gtk_style_context_add_class(style, "wh-stale");
    else
        gtk_style_context_remove_class(style, "wh-stale");
    GtkListBoxRow *row;
    for (int i = 0; (row = gtk_list_box_get_row_at_index(self->hosts, i)) != NULL; i++)
        wh_host_card_set_stale(WH_HOST_CARD(row), stale);
}

static void changed(WhWindow *self)
{
    gboolean known = g_list_model_get_n_items(wh_model_hosts(self->model)) > 0;
    gtk_header_bar_set_subtitle(self->header, wh_model_summary(self->model));
    gtk_stack_set_visible_child(self->pages, known ? GTK_WIDGET(self->scroller) : self->welcome);
    wh_window_actions_update(self);
    show_stale(self);
    go_to_wanted(self);
    fill_later(self);
}

static GtkWidget *new_card(gpointer item, gpointer data)
{
    WhWindow *self = data;
    GtkWidget *card = wh_host_card_new(item);
    wh_host_card_set_stale(WH_HOST_CARD(card), self->stale);
    return card;
}

static void load_style(WhWindow *self)
{
    static const char loaded[] = "wh-window-style";
    GdkScreen *screen = gtk_widget_get_screen(GTK_WIDGET(self));
    if (g_object_get_data(G_OBJECT(screen), loaded) != NULL)
        return;
    GtkCssProvider *provider = gtk_css_provider_new();
    gtk_css_provider_load_from_resource(provider, "/org/wayhome/Wayhome/window/window.css");
    gtk_style_context_add_provider_for_screen(screen, GTK_STYLE_PROVIDER(provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    g_object_set_data_full(G_OBJECT(screen), loaded, provider, g_object_unref);
}

static void dispose(GObject *object)
{
    WhWindow *self = WH_WINDOW(object);
    g_clear_handle_id(&self->refresher, g_source_remove);
    g_clear_handle_id(&self->filler, g_source_remove);
    g_clear_pointer(&self->wanted, g_free);
    g_clear_object(&self->shown);
    g_clear_object(&self->model);
    G_OBJECT_CLASS(wh_window_parent_class)->dispose(object);
}

static void bind_children(GtkWidgetClass *widget_class)
{
    g_type_ensure(WH_TYPE_ADDRESS_BAR);
    g_type_ensure(WH_TYPE_BANNER);
    g_type_ensure(WH_TYPE_BLANK_PAGE);
    g_type_ensure(WH_TYPE_COLUMN);
    g_type_ensure(WH_TYPE_FINDING_LIST);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/wayhome/Wayhome/window/window.ui");
    gtk_widget_class_bind_template_child(widget_class, WhWindow, header);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, menu);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, banner);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, pages);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, welcome);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, blank);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, blank_findings);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, scroller);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, content);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, hosts);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, findings);
    gtk_widget_class_bind_template_child(widget_class, WhWindow, addresses);
}

static void wh_window_class_init(WhWindowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    /* In a static library: what nobody names is not linked. */
    g_resources_register(wh_window_get_resource());
    G_OBJECT_CLASS(klass)->dispose = dispose;
    widget_class->map = map;
    widget_class->unmap = unmap;
    widget_class->window_state_event = window_state_event;
    bind_children(widget_class);
    /* Without a copy of the secret. */
    GType borrowed = G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE;
    GType table = G_TYPE_HASH_TABLE | G_SIGNAL_TYPE_STATIC_SCOPE;
    g_signal_new("secret-given", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                 G_TYPE_NONE, 5, borrowed, borrowed, table, borrowed, borrowed);
}

/* Which card the keys are for is shown once somebody uses them. */
static void show_focus(WhWindow *self)
{
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self));
    if (gtk_window_get_focus_visible(GTK_WINDOW(self)))
        gtk_style_context_add_class(style, "wh-keyboard");
    else
        gtk_style_context_remove_class(style, "wh-keyboard");
}

/* A list's rows hear no buttons themselves. */
static gboolean list_pressed(GtkWidget *list, GdkEvent *event, gpointer data)
{
    double y;
    if (!gdk_event_triggers_context_menu(event) || !gdk_event_get_coords(event, NULL, &y))
        return GDK_EVENT_PROPAGATE;
    GtkListBoxRow *row = gtk_list_box_get_row_at_y(GTK_LIST_BOX(list), (int)y);
    if (row == NULL)
        return GDK_EVENT_PROPAGATE;
    wh_host_card_open_menu_at(WH_HOST_CARD(row), event);
    return GDK_EVENT_STOP;
}

static void add_menu_action(WhWindow *self)
{
    g_autoptr(GPropertyAction) action = g_property_action_new("menu", self->menu, "active");
    g_action_map_add_action(G_ACTION_MAP(self), G_ACTION(action));
}

static void wh_window_init(WhWindow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    load_style(self);
    add_menu_action(self);
    g_signal_connect(self->hosts, "button-press-event", G_CALLBACK(list_pressed), NULL);
    g_signal_connect(self, "notify::focus-visible", G_CALLBACK(show_focus), NULL);
    gtk_window_set_focus_visible(GTK_WINDOW(self), FALSE);
    /* What has the focus is scrolled to. */
    GtkAdjustment *place = gtk_scrolled_window_get_vadjustment(self->scroller);
    gtk_list_box_set_adjustment(self->hosts, place);
    gtk_container_set_focus_vadjustment(self->content, place);
}

GtkWidget *wh_window_new(GtkApplication *app, WhModel *model)
{
    WhWindow *self = g_object_new(WH_TYPE_WINDOW, "application", app, NULL);
    self->model = g_object_ref(model);
    wh_window_actions_add(self, app);
    wh_banner_set_model(self->banner, model);
    wh_blank_page_set_model(self->blank, model);
    wh_finding_list_set_model(self->blank_findings, model);
    wh_finding_list_set_model(self->findings, model);
    wh_address_bar_set_model(self->addresses, model);
    self->shown = wh_growing_list_new(wh_model_hosts(model));
    gtk_list_box_bind_model(self->hosts, G_LIST_MODEL(self->shown), new_card, self, NULL);
    GtkAdjustment *place = gtk_scrolled_window_get_vadjustment(self->scroller);
    g_signal_connect_object(place, "changed", G_CALLBACK(fill_later), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(place, "value-changed", G_CALLBACK(fill_later), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(model, "changed", G_CALLBACK(changed), self, G_CONNECT_SWAPPED);
    changed(self);
    return GTK_WIDGET(self);
}

void wh_window_show_host(WhWindow *window, const char *host_id)
{
    g_free(window->wanted);
    window->wanted = g_strdup(host_id);
    go_to_wanted(window);
}

void wh_window_add_host(WhWindow *window)
{
    g_action_group_activate_action(G_ACTION_GROUP(window), "add-host", NULL);
}

void wh_window_set_copy_need(WhWindow *window, WhKeyringCopyNeed need)
{
    wh_banner_set_copy_need(window->banner, need);
}

void wh_window_tell(WhWindow *window, const char *words)
{
    wh_banner_tell(window->banner, words);
}

void wh_window_say(WhWindow *window, const char *words)
{
    wh_banner_say(window->banner, words);
}

void wh_window_set_checking(WhWindow *window, gboolean checking)
{
    wh_finding_list_set_checking(window->findings, checking);
    wh_finding_list_set_checking(window->blank_findings, checking);
}

WhModel *wh_window_model(WhWindow *window)
{
    return window->model;
}
