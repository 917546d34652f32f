#include "app/window/finding_row.h"

#include "app/window/accessible.h"
#include "app/window/status_mark.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

#define TEXTS "wh-texts"
#define BUTTONS "wh-buttons"

static GtkWidget *new_mark(gboolean is_note)
{
    GtkWidget *mark = gtk_image_new_from_icon_name(
        is_note ? "dialog-information-symbolic" : "dialog-warning-symbolic", GTK_ICON_SIZE_MENU);
    if (!is_note)
        gtk_style_context_add_class(gtk_widget_get_style_context(mark), "wh-attention");
    gtk_widget_set_valign(mark, GTK_ALIGN_START);
    wh_status_mark_set_size(GTK_IMAGE(mark), 1);
    wh_accessible_set_name(mark, is_note ? _("Good to know") : _("Stands in the way"));
    return mark;
}

static GtkWidget *new_text(const char *text, const char *style)
{
    GtkWidget *words = wh_words_new(text, style);
    gtk_label_set_selectable(GTK_LABEL(words), TRUE);
    wh_words_set_exact(GTK_LABEL(words));
    return words;
}

GtkWidget *wh_finding_row_new(gboolean is_note, const char *sentence, const char *step)
{
    GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
    GtkWidget *texts = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
    gtk_container_add(GTK_CONTAINER(texts), new_text(sentence, NULL));
    if (*step != '\0')
        gtk_container_add(GTK_CONTAINER(texts), new_text(step, "wh-finding-step"));
    gtk_container_add(GTK_CONTAINER(row), new_mark(is_note));
    gtk_box_pack_start(GTK_BOX(row), texts, TRUE, TRUE, 0);
    g_object_set_data(G_OBJECT(row), TEXTS, texts);
    gtk_widget_show_all(row);
    return row;
}

static GtkContainer *buttons_of(GtkWidget *row)
{
    GtkWidget *buttons = g_object_get_data(G_OBJECT(row), BUTTONS);
    if (buttons != NULL)
        return GTK_CONTAINER(buttons);
    buttons = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    gtk_widget_set_halign(buttons, GTK_ALIGN_START);
    gtk_widget_set_margin_top(buttons, 3);
    gtk_widget_show(buttons);
    gtk_container_add(GTK_CONTAINER(g_object_get_data(G_OBJECT(row), TEXTS)), buttons);
    g_object_set_data(G_OBJECT(row), BUTTONS, buttons);
    return GTK_CONTAINER(buttons);
}

/* In a narrow window, or with large letters, its words take several lines. */
GtkWidget *wh_finding_row_new_button(const char *label, const char *action)
{
    GtkWidget *button = gtk_button_new_with_mnemonic(label);
    GtkLabel *words = GTK_LABEL(gtk_bin_get_child(GTK_BIN(button)));
    gtk_label_set_line_wrap(words, TRUE);
    gtk_label_set_justify(words, GTK_JUSTIFY_CENTER);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
    gtk_widget_show(button);
    return button;
}

void wh_finding_row_add_button(GtkWidget *row, const char *label, const char *action,
                               const char *target)
{
    GtkWidget *button = wh_finding_row_new_button(label, NULL);
    gtk_actionable_set_action_target_value(GTK_ACTIONABLE(button), g_variant_new_string(target));
    gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
    gtk_container_add(buttons_of(row), button);
}
