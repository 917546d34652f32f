#include "app/window/finding_list.h"

#include "app/window/accessible.h"
#include "app/window/finding_row.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

/* told: what the rows say, so that they are only made anew when they say something else. asked: for
 * a check. had_focus: its button, when the check began. frames_left: until the list is scrolled to.
 */
struct _WhFindingList {
    GtkBox parent_instance;
    WhModel *model;
    GtkWidget *spinner;
    GtkWidget *button;
    GtkLabel *calm;
    GtkWidget *rows;
    char *told;
    gboolean on_demand;
    gboolean asked;
    gboolean checking;
    gboolean had_focus;
    guint frames_left;
};

G_DEFINE_TYPE(WhFindingList, wh_finding_list, GTK_TYPE_BOX)

enum { PROP_0, PROP_ON_DEMAND };

static void add_finding(WhFindingList *self, guint index)
{
    g_autofree char *sentence = wh_model_finding_sentence(self->model, index);
    g_autofree char *step = wh_model_finding_next_step(self->model, index);
    const char *vpn = wh_model_finding_value(self->model, index, "vpn");
    GtkWidget *row =
        wh_finding_row_new(wh_model_finding_is_note(self->model, index), sentence, step);
    if (*vpn != '\0') {
        wh_finding_row_add_button(row, _("Use My Own _Line"), "win.publish-line", vpn);
        wh_finding_row_add_button(row, _("Use the _VPN"), "win.publish-vpn", vpn);
    }
    gtk_container_add(GTK_CONTAINER(self->rows), row);
}

static void add_choice(WhFindingList *self, guint index)
{
    g_autofree char *sentence = wh_model_vpn_choice_sentence(self->model, index);
    GtkWidget *row = wh_finding_row_new(TRUE, sentence, "");
    wh_finding_row_add_button(row, _("_Undo This Choice"), "win.publish-nothing",
                              wh_model_vpn_choice(self->model, index));
    gtk_container_add(GTK_CONTAINER(self->rows), row);
}

/* Everything that the rows say, and how. */
static char *tell(WhModel *model)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < wh_model_n_findings(model); i++) {
        g_autofree char *sentence = wh_model_finding_sentence(model, i);
        g_autofree char *step = wh_model_finding_next_step(model, i);
        g_string_append_printf(text, "%d %s\n%s\n", wh_model_finding_is_note(model, i), sentence,
                               step);
    }
    for (guint i = 0; i < wh_model_n_vpn_choices(model); i++) {
        g_autofree char *sentence = wh_model_vpn_choice_sentence(model, i);
        g_string_append_printf(text, "choice %s\n", sentence);
    }
    return g_string_free(text, FALSE);
}

static void destroy(GtkWidget *row, gpointer data)
{
    gtk_widget_destroy(row);
}

/* What was selected to be copied stays so while nothing is another. */
static void show_rows(WhFindingList *self)
{
    g_autofree char *told = tell(self->model);
    if (g_strcmp0(told, self->told) == 0)
        return;
    g_free(self->told);
    self->told = g_steal_pointer(&told);
    gtk_container_foreach(GTK_CONTAINER(self->rows), destroy, NULL);
    for (guint i = 0; i < wh_model_n_findings(self->model); i++)
        add_finding(self, i);
    for (guint i = 0; i < wh_model_n_vpn_choices(self->model); i++)
        add_choice(self, i);
    gtk_widget_set_visible(self->rows, *self->told != '\0');
}

/* Known only while the service says it. */
static void show_calm(WhFindingList *self)
{
    gboolean calm = self->asked && wh_model_n_findings(self->model) == 0;
    const char *words =
        self->checking ? _("Looking at this network…") : _("Nothing is wrong with this network.");
    gtk_widget_set_visible(GTK_WIDGET(self->calm), calm);
    if (g_strcmp0(gtk_label_get_text(self->calm), words) != 0)
        gtk_label_set_text(self->calm, words);
}

static gboolean has_something(WhFindingList *self)
{
    if (self->on_demand && !self->asked)
        return FALSE;
    if (wh_model_n_findings(self->model) > 0 || wh_model_n_vpn_choices(self->model) > 0)
        return !self->on_demand || wh_model_is_ready(self->model);
    return self->asked && wh_model_is_ready(self->model);
}

static void changed(WhFindingList *self)
{
    show_rows(self);
    show_calm(self);
    gtk_widget_set_visible(GTK_WIDGET(self), has_something(self));
}

static void get_property(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    g_value_set_boolean(value, WH_FINDING_LIST(object)->on_demand);
}

static void set_property(GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
    WH_FINDING_LIST(object)->on_demand = g_value_get_boolean(value);
}

static void dispose(GObject *object)
{
    WhFindingList *self = WH_FINDING_LIST(object);
    g_clear_object(&self->model);
    G_OBJECT_CLASS(wh_finding_list_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
    g_free(WH_FINDING_LIST(object)->told);
    G_OBJECT_CLASS(wh_finding_list_parent_class)->finalize(object);
}

static void wh_finding_list_class_init(WhFindingListClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->dispose = dispose;
    object_class->finalize = finalize;
    g_object_class_install_property(
        object_class, PROP_ON_DEMAND,
        g_param_spec_boolean("on-demand", NULL, NULL, FALSE,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static GtkWidget *new_header(WhFindingList *self)
{
    GtkWidget *header = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 9);
    self->spinner = gtk_spinner_new();
    self->button = wh_finding_row_new_button(_("Check A_gain"), "win.check");
    gtk_widget_set_valign(self->button, GTK_ALIGN_CENTER);
    gtk_widget_set_tooltip_text(self->button,
                                _("Ask the router, the internet and this computer again"));
    wh_accessible_set_name(self->spinner, _("Please wait"));
    gtk_style_context_add_class(gtk_widget_get_style_context(header), "wh-finding-header");
    gtk_box_pack_start(GTK_BOX(header), wh_words_new(_("Worth knowing"), "wh-strip-title"), TRUE,
                       TRUE, 0);
    gtk_box_pack_end(GTK_BOX(header), self->button, FALSE, FALSE, 0);
    gtk_box_pack_end(GTK_BOX(header), self->spinner, FALSE, FALSE, 0);
    gtk_widget_show(header);
    return header;
}

static void wh_finding_list_init(WhFindingList *self)
{
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
    gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(self)), "wh-findings");
    gtk_container_add(GTK_CONTAINER(self), new_header(self));
    self->calm = GTK_LABEL(wh_words_new(NULL, "wh-finding-calm"));
    atk_object_set_role(gtk_widget_get_accessible(GTK_WIDGET(self->calm)), ATK_ROLE_NOTIFICATION);
    gtk_container_add(GTK_CONTAINER(self), GTK_WIDGET(self->calm));
    self->rows = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
    gtk_style_context_add_class(gtk_widget_get_style_context(self->rows), "wh-finding-rows");
    gtk_container_add(GTK_CONTAINER(self), self->rows);
    wh_accessible_set_name(self->rows, _("What the doctor found"));
}

void wh_finding_list_set_model(WhFindingList *list, WhModel *model)
{
    list->model = g_object_ref(model);
    g_signal_connect_object(model, "changed", G_CALLBACK(changed), list, G_CONNECT_SWAPPED);
    changed(list);
}

static void scroll_there(WhFindingList *self)
{
    GtkWidget *scroller = gtk_widget_get_ancestor(GTK_WIDGET(self), GTK_TYPE_SCROLLED_WINDOW);
    GtkWidget *content = scroller != NULL ? gtk_bin_get_child(GTK_BIN(scroller)) : NULL;
    int y;
    if (content == NULL ||
        !gtk_widget_translate_coordinates(GTK_WIDGET(self), content, 0, 0, NULL, &y))
        return;
    GtkAdjustment *place = gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scroller));
    double top = gtk_adjustment_get_value(place) + y;
    gtk_adjustment_clamp_page(place, top, top + gtk_widget_get_allocated_height(GTK_WIDGET(self)));
}

/* It has its place once a frame was laid out. */
static gboolean frame_began(GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
    WhFindingList *self = WH_FINDING_LIST(widget);
    if (--self->frames_left > 0)
        return G_SOURCE_CONTINUE;
    scroll_there(self);
    return G_SOURCE_REMOVE;
}

/* Whoever asked by the menu sees that something happens, and what came of it. */
static void scroll_soon(WhFindingList *self)
{
    if (self->frames_left == 0)
        gtk_widget_add_tick_callback(GTK_WIDGET(self), frame_began, NULL, NULL);
    self->frames_left = 2;
}

/* What cannot be used loses the focus; it comes back unless somebody went elsewhere. */
static void give_focus_back(WhFindingList *self)
{
    GtkWidget *window = gtk_widget_get_toplevel(GTK_WIDGET(self));
    if (self->had_focus && GTK_IS_WINDOW(window) &&
        gtk_window_get_focus(GTK_WINDOW(window)) == NULL)
        gtk_widget_grab_focus(self->button);
}

void wh_finding_list_set_checking(WhFindingList *list, gboolean checking)
{
    list->checking = checking;
    list->asked = TRUE;
    gtk_widget_set_visible(list->spinner, checking);
    g_object_set(list->spinner, "active", checking, NULL);
    changed(list);
    if (checking)
        list->had_focus = gtk_widget_is_focus(list->button);
    else
        give_focus_back(list);
    if (!list->had_focus && gtk_widget_get_mapped(GTK_WIDGET(list)))
        scroll_soon(list);
}
