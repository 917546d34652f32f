#include "platform/linux/desktop/xembed_menu.h"

typedef struct {
    int id;
    WhXembedMenuFunc chosen;
    gpointer data;
} Choice;

static void choice_free(gpointer data, GClosure *closure)
{
    g_free(data);
}

static void activated(GtkMenuItem *widget, gpointer data)
{
    const Choice choice = *(Choice *)data;

    choice.chosen(choice.id, choice.data);
}

/* The mark is set before anybody listens: setting it counts as an activation. */
static GtkWidget *line_new(const WhTrayMenuItem *item)
{
    GtkWidget *line;

    if (item->id == 0)
        return gtk_separator_menu_item_new();
    if (item->checkable) {
        line = gtk_check_menu_item_new_with_label(item->label);
        gtk_check_menu_item_set_active(GTK_CHECK_MENU_ITEM(line), item->checked);
    } else {
        line = gtk_menu_item_new_with_label(item->label);
    }
    gtk_widget_set_sensitive(line, !item->insensitive);
    return line;
}

GtkWidget *wh_xembed_menu_new(const WhTrayFace *face, WhXembedMenuFunc chosen, gpointer data)
{
    GtkWidget *menu = gtk_menu_new();

    for (guint i = 0; i < face->menu->len; i++) {
        const WhTrayMenuItem *item = &g_array_index(face->menu, WhTrayMenuItem, i);
        GtkWidget *line = line_new(item);
        const Choice choice = {item->id, chosen, data};

        if (item->id != 0)
            g_signal_connect_data(line, "activate", G_CALLBACK(activated),
                                  g_memdup2(&choice, sizeof choice), choice_free, 0);
        gtk_menu_shell_append(GTK_MENU_SHELL(menu), line);
    }
    gtk_widget_show_all(menu);
    return menu;
}
