#include "app/window/words.h"

#include <glib/gi18n.h>

GtkWidget *wh_words_new(const char *text, const char *style)
{
    GtkLabel *label = GTK_LABEL(gtk_label_new(text));
    gtk_label_set_xalign(label, 0);
    gtk_label_set_line_wrap(label, TRUE);
    gtk_label_set_line_wrap_mode(label, PANGO_WRAP_WORD_CHAR);
    if (style != NULL)
        gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(label)), style);
    gtk_widget_show(GTK_WIDGET(label));
    return GTK_WIDGET(label);
}

void wh_words_set_exact(GtkLabel *label)
{
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    gtk_label_set_attributes(label, attributes);
    pango_attr_list_unref(attributes);
}

static gboolean query_tooltip(GtkLabel *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
    if (!pango_layout_is_ellipsized(gtk_label_get_layout(label)))
        return FALSE;
    gtk_tooltip_set_text(tooltip, gtk_label_get_text(label));
    return TRUE;
}

void wh_words_tell_when_cut(GtkLabel *label)
{
    gtk_widget_set_has_tooltip(GTK_WIDGET(label), TRUE);
    g_signal_connect(label, "query-tooltip", G_CALLBACK(query_tooltip), NULL);
}

char *wh_words_known(const char *sentence, gboolean stale)
{
    return stale ? g_strdup_printf(_("When last heard of: %s"), sentence) : g_strdup(sentence);
}
