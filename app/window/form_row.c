#include "app/window/form_row.h"

#include "app/window/accessible.h"
#include "app/window/reveal.h"
#include "app/window/status_mark.h"
#include "app/window/words.h"

struct _WhFormRow {
    GtkBox parent_instance;
    GtkWidget *control;
    GtkLabel *hint;
    GtkWidget *trouble;
    GtkLabel *error;
};

G_DEFINE_TYPE(WhFormRow, wh_form_row, GTK_TYPE_BOX)

static void describe(WhFormRow *self)
{
    gboolean wrong = gtk_widget_get_visible(self->trouble);
    g_autofree char *text = wrong ? g_strjoin(" ", gtk_label_get_text(self->error),
                                              gtk_label_get_text(self->hint), NULL)
                                  : g_strdup(gtk_label_get_text(self->hint));
    wh_accessible_set_description(self->control, text);
}

static void wh_form_row_class_init(WhFormRowClass *klass)
{
}

static void wh_form_row_init(WhFormRow *self)
{
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(self), 6);
    self->hint = GTK_LABEL(wh_words_new(NULL, "dim-label"));
    gtk_widget_hide(GTK_WIDGET(self->hint));
    self->error = GTK_LABEL(wh_words_new(NULL, "wh-error-text"));
    self->trouble = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    GtkWidget *mark = gtk_image_new();
    wh_status_mark_set(GTK_IMAGE(mark), WH_STATUS_ATTENTION);
    gtk_widget_set_valign(mark, GTK_ALIGN_START);
    gtk_widget_show(mark);
    gtk_container_add(GTK_CONTAINER(self->trouble), mark);
    gtk_container_add(GTK_CONTAINER(self->trouble), GTK_WIDGET(self->error));
    gtk_box_pack_end(GTK_BOX(self), GTK_WIDGET(self->hint), FALSE, FALSE, 0);
    gtk_box_pack_end(GTK_BOX(self), self->trouble, FALSE, FALSE, 0);
}

static void typed(WhFormRow *self)
{
    wh_form_row_set_error(self, NULL);
}

GtkWidget *wh_form_row_new(const char *label, gboolean mnemonic, GtkWidget *control,
                           GtkWidget *around)
{
    WhFormRow *self = g_object_new(WH_TYPE_FORM_ROW, "visible", TRUE, NULL);
    GtkLabel *title = GTK_LABEL(wh_words_new(NULL, "wh-form-label"));
    if (mnemonic)
        gtk_label_set_text_with_mnemonic(title, label);
    else
        gtk_label_set_text(title, label);
    gtk_label_set_mnemonic_widget(title, control);
    self->control = control;
    gtk_box_pack_start(GTK_BOX(self), GTK_WIDGET(title), FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(self), around != NULL ? around : control, FALSE, FALSE, 0);
    if (GTK_IS_EDITABLE(control) || GTK_IS_COMBO_BOX(control))
        g_signal_connect_object(control, "changed", G_CALLBACK(typed), self, G_CONNECT_SWAPPED);
    return GTK_WIDGET(self);
}

void wh_form_row_set_hint(WhFormRow *row, const char *hint)
{
    gtk_label_set_text(row->hint, hint != NULL ? hint : "");
    gtk_widget_set_visible(GTK_WIDGET(row->hint), hint != NULL && *hint != '\0');
    describe(row);
}

void wh_form_row_set_error(WhFormRow *row, const char *error)
{
    if (error == NULL && !gtk_widget_get_visible(row->trouble))
        return;
    GtkStyleContext *style = gtk_widget_get_style_context(row->control);
    gtk_label_set_text(row->error, error != NULL ? error : "");
    gtk_widget_set_visible(row->trouble, error != NULL);
    if (error != NULL)
        gtk_style_context_add_class(style, GTK_STYLE_CLASS_ERROR);
    else
        gtk_style_context_remove_class(style, GTK_STYLE_CLASS_ERROR);
    describe(row);
}

void wh_form_row_focus(WhFormRow *row)
{
    gtk_widget_grab_focus(row->control);
    wh_reveal(GTK_WIDGET(row));
}
