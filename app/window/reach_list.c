#include "app/window/reach_list.h"

#include "app/window/copy_button.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

static void add(GtkBox *box, const char *where, char *taken)
{
    g_autofree char *typed = taken;
    GtkWidget *row = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
    GtkWidget *line = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    GtkWidget *title = wh_words_new(where, "dim-label");
    GtkWidget *value = wh_words_new(typed, "wh-typed");
    GtkWidget *copy = wh_copy_button_new();
    /* Translators: what is copied, and what it is for: "ssh me@home.example.org". */
    g_autofree char *what = g_strdup_printf(_("Copy “%s” (%s)"), typed, where);
    wh_copy_button_set(WH_COPY_BUTTON(copy), typed, what);
    gtk_style_context_add_class(gtk_widget_get_style_context(title), "wh-caption");
    gtk_label_set_selectable(GTK_LABEL(value), TRUE);
    wh_words_set_exact(GTK_LABEL(value));
    gtk_container_add(GTK_CONTAINER(line), value);
    gtk_container_add(GTK_CONTAINER(line), copy);
    gtk_container_add(GTK_CONTAINER(row), title);
    gtk_container_add(GTK_CONTAINER(row), line);
    gtk_container_add(GTK_CONTAINER(box), row);
}

GtkWidget *wh_reach_list_new(const char *name)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
    gtk_style_context_add_class(gtk_widget_get_style_context(box), "wh-reach");
    add(GTK_BOX(box), _("Remote Desktop from Windows: press Windows+R and type"),
        g_strdup_printf("mstsc /v:%s", name));
    add(GTK_BOX(box), _("Remote Desktop from a phone, a Mac or Linux: as the computer, type"),
        g_strdup(name));
    add(GTK_BOX(box), _("A terminal over SSH"),
        g_strdup_printf("ssh %s@%s", g_get_user_name(), name));
    add(GTK_BOX(box), _("A web site on this computer"), g_strdup_printf("https://%s/", name));
    GtkWidget *note = wh_words_new(_("The service that you want to reach has to run here, and a "
                                     "router has to let it through."),
                                   "dim-label");
    gtk_style_context_add_class(gtk_widget_get_style_context(note), "wh-caption");
    gtk_container_add(GTK_CONTAINER(box), note);
    gtk_widget_show_all(box);
    return box;
}
