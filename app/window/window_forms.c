#include "app/window/window_forms.h"

#include "app/window/account_form.h"
#include "app/window/account_list.h"
#include "app/window/add_form.h"
#include "app/window/host_form.h"
#include "app/window/subject.h"

#include <glib/gi18n.h>

static void pass_on(WhWindow *window, const char *account, const char *provider, GHashTable *fields,
                    const char *field, const char *secret)
{
    g_signal_emit_by_name(window, "secret-given", account, provider, fields, field, secret);
}

/* A dialog stands over the window until it is answered, so there is one at a time. */
static gboolean is_busy(WhWindow *window)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();
    for (GList *each = windows; each != NULL; each = each->next)
        if (WH_IS_FORM(each->data) && gtk_widget_get_visible(each->data) &&
            gtk_window_get_transient_for(each->data) == GTK_WINDOW(window)) {
            gtk_window_present(each->data);
            return TRUE;
        }
    return FALSE;
}

static void open_form(WhWindow *window, WhForm *form)
{
    g_signal_connect_object(form, "secret-given", G_CALLBACK(pass_on), window, G_CONNECT_SWAPPED);
    gtk_window_present(GTK_WINDOW(form));
}

void wh_window_forms_add_host(WhWindow *window)
{
    if (is_busy(window))
        return;
    WhForm *form = wh_add_form_new(GTK_WINDOW(window), wh_window_model(window));
    g_signal_connect_object(form, "added", G_CALLBACK(wh_window_show_host), window,
                            G_CONNECT_SWAPPED);
    open_form(window, form);
}

/* What stands in the administrator's files is changed there. */
static gboolean is_declared(WhWindow *window, const char *declared)
{
    if (declared == NULL)
        return FALSE;
    /* Translators: %s is "Set up by the administrator in FILE". */
    g_autofree char *words = g_strdup_printf(_("%s. It is changed there."), declared);
    wh_window_tell(window, words);
    return TRUE;
}

void wh_window_forms_edit_host(WhWindow *window, const char *host)
{
    WhModel *model = wh_window_model(window);
    WhHostItem *item = wh_model_find_host(model, host);
    if (item == NULL || is_busy(window) || is_declared(window, wh_host_item_declared(item)))
        return;
    WhForm *form = wh_host_form_new(GTK_WINDOW(window), model, item);
    wh_subject_follow_host(window, GTK_WIDGET(form), item);
    open_form(window, form);
}

#define ACCOUNT "wh-account-id"

static void remove_account(WhWindow *window, WhForm *form)
{
    const char *id = g_object_get_data(G_OBJECT(form), ACCOUNT);
    g_action_group_activate_action(G_ACTION_GROUP(window), "remove-account",
                                   g_variant_new_string(id));
}

static void tell_no_provider(WhWindow *window)
{
    WhModel *model = wh_window_model(window);
    gboolean fetching = g_list_model_get_n_items(wh_model_providers(model)) == 0;
    wh_model_want_providers(model);
    wh_window_tell(window,
                   fetching ? _("The providers are being fetched. Try again in a moment.")
                            : _("The service does not know the provider of this account any more. "
                                "Put its file back, or ask the person who looks after this "
                                "computer."));
}

void wh_window_forms_edit_account(WhWindow *window, const char *account, gboolean at_secret)
{
    WhModel *model = wh_window_model(window);
    WhAccountItem *item = wh_model_find_account(model, account);
    if (item == NULL || is_busy(window) || is_declared(window, wh_account_item_declared(item)))
        return;
    WhForm *form = wh_account_form_new(GTK_WINDOW(window), model, item, at_secret);
    if (form == NULL) {
        tell_no_provider(window);
        return;
    }
    wh_subject_follow_account(window, GTK_WIDGET(form), item);
    g_object_set_data_full(G_OBJECT(form), ACCOUNT, g_strdup(account), g_free);
    g_signal_connect_object(form, "remove-wanted", G_CALLBACK(remove_account), window,
                            G_CONNECT_SWAPPED);
    open_form(window, form);
}

void wh_window_forms_accounts(WhWindow *window)
{
    GtkWidget *list = wh_account_list_new(GTK_WINDOW(window), wh_window_model(window));
    gtk_window_present(GTK_WINDOW(list));
}
