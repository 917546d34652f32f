#include "app/window/finding_list.h"

#include "app/window/accessible.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

/* told: what the rows say, so that they are only made anew when they say something else. */
struct _WhFindingList {
    GtkBox parent_instance;
    WhModel *model;
    GtkWidget *rows;
    char *told;
};

G_DEFINE_TYPE(WhFindingList, wh_finding_list, GTK_TYPE_BOX)

static GtkWidget *new_mark(gboolean is_note)
{
    GtkWidget *mark = gtk_image_new_from_icon_name(
        is_note ? "dialog-information-symbolic" : "dialog-warning-symbolic", GTK_ICON_SIZE_MENU);
    if (!is_note)
        gtk_style_context_add_class(gtk_widget_get_style_context(mark), "wh-attention");
    gtk_widget_set_valign(mark, GTK_ALIGN_START);
    wh_accessible_set_name(mark, is_note ? _("Good to know") : _("Stands in the way"));
    return mark;
}

static GtkWidget *new_text(const char *text, const char *style)
{
    GtkWidget *words = wh_words_new(text, style);
    gtk_label_set_selectable(GTK_LABEL(words), TRUE);
    return words;
}

static GtkWidget *new_button(const char *label, const char *action, const char *target)
{
    GtkWidget *button = gtk_button_new_with_mnemonic(label);
    gtk_actionable_set_action_target_value(GTK_ACTIONABLE(button), g_variant_new_string(target));
    gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
    return button;
}

/* What the person is asked to choose between. */
static GtkWidget *new_vpn_buttons(const char *vpn)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    gtk_widget_set_margin_top(box, 3);
    gtk_container_add(GTK_CONTAINER(box),
                      new_button(_("Use My Own _Line"), "win.publish-line", vpn));
    gtk_container_add(GTK_CONTAINER(box), new_button(_("Use the _VPN"), "win.publish-vpn", vpn));
    return box;
}

/* vpn: "", or the one to choose for. */
static GtkWidget *new_row(gboolean is_note, const char *sentence, const char *step, const char *vpn)
{
    GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
    GtkWidget *texts = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
    gtk_container_add(GTK_CONTAINER(texts), new_text(sentence, NULL));
    if (*step != '\0')
        gtk_container_add(GTK_CONTAINER(texts), new_text(step, "wh-finding-step"));
    if (*vpn != '\0')
        gtk_container_add(GTK_CONTAINER(texts), new_vpn_buttons(vpn));
    gtk_container_add(GTK_CONTAINER(row), new_mark(is_note));
    gtk_container_add(GTK_CONTAINER(row), texts);
    gtk_widget_show_all(row);
    return row;
}

static void add_row(WhFindingList *self, guint index)
{
    g_autofree char *sentence = wh_model_finding_sentence(self->model, index);
    g_autofree char *step = wh_model_finding_next_step(self->model, index);
    gtk_container_add(GTK_CONTAINER(self->rows),
                      new_row(wh_model_finding_is_note(self->model, index), sentence, step,
                              wh_model_finding_value(self->model, index, "vpn")));
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
    return g_string_free(text, FALSE);
}

static void destroy(GtkWidget *row, gpointer data)
{
    gtk_widget_destroy(row);
}

/* What was selected to be copied stays so while nothing is another. */
static void changed(WhFindingList *self)
{
    g_autofree char *told = tell(self->model);
    if (g_strcmp0(told, self->told) == 0)
        return;
    g_free(self->told);
    self->told = g_steal_pointer(&told);
    gtk_container_foreach(GTK_CONTAINER(self->rows), destroy, NULL);
    for (guint i = 0; i < wh_model_n_findings(self->model); i++)
        add_row(self, i);
    gtk_widget_set_visible(GTK_WIDGET(self), *self->told != '\0');
}

static void dispose(GObject *object)
{
    g_clear_object(&WH_FINDING_LIST(object)->model);
    G_OBJECT_CLASS(wh_finding_list_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
    g_free(WH_FINDING_LIST(object)->told);
    G_OBJECT_CLASS(wh_finding_list_parent_class)->finalize(object);
}

static void wh_finding_list_class_init(WhFindingListClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = dispose;
    G_OBJECT_CLASS(klass)->finalize = finalize;
}

static void wh_finding_list_init(WhFindingList *self)
{
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
    gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(self)), "wh-findings");
    gtk_container_add(GTK_CONTAINER(self), wh_words_new(_("Worth knowing"), "wh-heading"));
    self->rows = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
    gtk_style_context_add_class(gtk_widget_get_style_context(self->rows), "wh-finding-rows");
    gtk_widget_show(self->rows);
    gtk_container_add(GTK_CONTAINER(self), self->rows);
    wh_accessible_set_name(self->rows, _("What the doctor found"));
}

void wh_finding_list_set_model(WhFindingList *list, WhModel *model)
{
    list->model = g_object_ref(model);
    g_signal_connect_object(model, "changed", G_CALLBACK(changed), list, G_CONNECT_SWAPPED);
    changed(list);
}
