#include "app/window/account_list.h"

#include "app/window/accessible.h"
#include "app/window/status_mark.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

#define ACCOUNT "wh-account-id"

static char *describe(WhAccountItem *account)
{
    g_autofree char *provider = NULL;
    g_object_get(account, "provider-name", &provider, NULL);
    const char *sentence = wh_account_item_sentence(account);
    const char *declared = wh_account_item_declared(account);
    if (*sentence != '\0')
        return declared != NULL ? g_strdup_printf("%s · %s", sentence, declared)
                                : g_strdup(sentence);
    if (declared != NULL)
        return g_strdup(declared);
    return g_strcmp0(provider, wh_account_item_label(account)) != 0 ? g_steal_pointer(&provider)
                                                                    : g_strdup("");
}

static GtkWidget *new_row(gpointer item, gpointer data)
{
    WhAccountItem *account = item;
    GtkWidget *row = gtk_list_box_row_new();
    GtkWidget *line = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
    GtkWidget *mark = gtk_image_new();
    g_autofree char *description = describe(account);
    wh_status_mark_set(GTK_IMAGE(mark), wh_account_item_status(account));
    gtk_container_set_border_width(GTK_CONTAINER(line), 12);
    gtk_container_add(GTK_CONTAINER(box),
                      wh_words_new(wh_account_item_label(account), "wh-row-title"));
    if (*description != '\0')
        gtk_container_add(GTK_CONTAINER(box), wh_words_new(description, "dim-label"));
    gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
    gtk_container_add(GTK_CONTAINER(line), mark);
    gtk_container_add(GTK_CONTAINER(line), box);
    gboolean leads_on = wh_account_item_declared(account) == NULL;
    gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(row), leads_on);
    if (leads_on)
        gtk_box_pack_end(GTK_BOX(line),
                         gtk_image_new_from_icon_name("go-next-symbolic", GTK_ICON_SIZE_MENU),
                         FALSE, FALSE, 0);
    gtk_container_add(GTK_CONTAINER(row), line);
    g_autofree char *name = g_strjoin(", ", wh_account_item_label(account),
                                      *description != '\0' ? description : NULL, NULL);
    wh_accessible_set_name(row, name);
    g_object_set_data_full(G_OBJECT(row), ACCOUNT, g_strdup(wh_account_item_id(account)), g_free);
    gtk_widget_show_all(row);
    return row;
}

static void activated(GtkListBox *list, GtkListBoxRow *row, GtkWindow *dialog)
{
    GtkWindow *parent = gtk_window_get_transient_for(dialog);
    g_autofree char *id = g_strdup(g_object_get_data(G_OBJECT(row), ACCOUNT));
    gtk_widget_destroy(GTK_WIDGET(dialog));
    g_action_group_activate_action(G_ACTION_GROUP(parent), "edit-account",
                                   g_variant_new_string(id));
}

static GtkWidget *new_list(GtkWidget *dialog, WhModel *model)
{
    GtkWidget *list = gtk_list_box_new();
    GtkWidget *none =
        wh_words_new(_("There is no account yet. One is set up together with the first "
                       "name."),
                     "wh-nothing");
    gtk_widget_show(none);
    gtk_list_box_set_placeholder(GTK_LIST_BOX(list), none);
    gtk_list_box_set_selection_mode(GTK_LIST_BOX(list), GTK_SELECTION_NONE);
    gtk_list_box_bind_model(GTK_LIST_BOX(list), wh_model_accounts(model), new_row, NULL, NULL);
    wh_accessible_set_name(list, _("Accounts"));
    g_signal_connect_object(list, "row-activated", G_CALLBACK(activated), dialog, 0);
    return list;
}

GtkWidget *wh_account_list_new(GtkWindow *parent, WhModel *model)
{
    GtkWidget *dialog =
        g_object_new(GTK_TYPE_DIALOG, "use-header-bar", TRUE, "title", _("Accounts"),
                     "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE,
                     "default-width", 460, "default-height", 320, NULL);
    g_signal_connect(dialog, "response", G_CALLBACK(gtk_widget_destroy), NULL);
    GtkWidget *scroller = gtk_scrolled_window_new(NULL, NULL);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
                                   GTK_POLICY_AUTOMATIC);
    gtk_container_add(GTK_CONTAINER(scroller), new_list(dialog, model));
    gtk_widget_show_all(scroller);
    GtkWidget *area = gtk_dialog_get_content_area(GTK_DIALOG(dialog));
    gtk_container_set_border_width(GTK_CONTAINER(area), 0);
    gtk_box_pack_start(GTK_BOX(area), scroller, TRUE, TRUE, 0);
    return dialog;
}
