#include "app/window/host_form.h"

#include "app/client/requests.h"
#include "app/window/complaint.h"
#include "app/window/form_row.h"
#include "app/window/host_fields.h"

#include <glib/gi18n.h>

struct _WhHostForm {
    WhForm parent_instance;
    char *host;
    char *initial_account;
    WhHostFields *fields;
    GtkComboBoxText *account;
    WhFormRow *account_row;
};

G_DEFINE_TYPE(WhHostForm, wh_host_form, WH_TYPE_FORM)

static void complain(WhHostForm *self, const GError *error)
{
    const char *field = wh_requests_invalid_field(error);
    g_autofree char *words = wh_complaint_words(error, field);
    if (field != NULL && wh_host_fields_mark(self->fields, field, words))
        return;
    if (g_strcmp0(field, "account") == 0)
        wh_form_row_set_error(self->account_row, words);
    else
        wh_form_set_error(WH_FORM(self), error->message);
}

static void was_edited(GObject *link, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhHostForm) self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = wh_requests_finish(WH_LINK(link), result, &error);
    if (!wh_form_end(WH_FORM(self)))
        return;
    if (done)
        gtk_widget_destroy(GTK_WIDGET(self));
    else
        complain(self, error);
}

static gboolean wanted(gboolean changed, gboolean typed, WhRecordItem *now)
{
    return changed ? typed : now != NULL;
}

/* Only what is another now than at first: the rest may have been changed elsewhere. */
static void submit(WhForm *form)
{
    WhHostForm *self = WH_HOST_FORM(form);
    WhHostItem *host = wh_model_find_host(wh_form_model(form), self->host);
    if (host == NULL || !wh_host_fields_check(self->fields))
        return;
    g_autofree char *name = wh_host_fields_name(self->fields);
    const char *account = gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->account));
    gboolean ipv4 = wh_host_fields_changed_ipv4(self->fields);
    gboolean ipv6 = wh_host_fields_changed_ipv6(self->fields);
    WhHostRequest request = {
        .account = g_strcmp0(account, self->initial_account) != 0 ? account : NULL,
        .name = wh_host_fields_renamed(self->fields) ? name : NULL,
        .wants_set = ipv4 || ipv6,
        .ipv4 = wanted(ipv4, wh_host_fields_ipv4(self->fields), wh_host_item_ipv4(host)),
        .ipv6 = wanted(ipv6, wh_host_fields_ipv6(self->fields), wh_host_item_ipv6(host)),
    };
    wh_requests_edit_host(wh_form_link(form), self->host, &request, was_edited,
                          wh_form_begin(form));
}

static void finalize(GObject *object)
{
    g_free(WH_HOST_FORM(object)->host);
    g_free(WH_HOST_FORM(object)->initial_account);
    G_OBJECT_CLASS(wh_host_form_parent_class)->finalize(object);
}

static void wh_host_form_class_init(WhHostFormClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = finalize;
    WH_FORM_CLASS(klass)->submit = submit;
}

static void wh_host_form_init(WhHostForm *self)
{
}

static void account_chosen(WhHostForm *self)
{
    WhModel *model = wh_form_model(WH_FORM(self));
    const char *id = gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->account));
    WhAccountItem *account = id != NULL ? wh_model_find_account(model, id) : NULL;
    WhProviderItem *provider =
        account != NULL ? wh_model_find_provider(model, wh_account_item_provider(account)) : NULL;
    wh_host_fields_set_suffix(self->fields,
                              provider != NULL ? wh_provider_item_name_suffix(provider) : NULL);
}

static void add_accounts(WhHostForm *self, const char *present)
{
    self->account = GTK_COMBO_BOX_TEXT(gtk_combo_box_text_new());
    GListModel *accounts = wh_model_accounts(wh_form_model(WH_FORM(self)));
    for (guint i = 0; i < g_list_model_get_n_items(accounts); i++) {
        g_autoptr(WhAccountItem) account = g_list_model_get_item(accounts, i);
        if (wh_account_item_declared(account) == NULL)
            gtk_combo_box_text_append(self->account, wh_account_item_id(account),
                                      wh_account_item_label(account));
    }
    gtk_widget_show(GTK_WIDGET(self->account));
    self->account_row =
        WH_FORM_ROW(wh_form_row_new(_("A_ccount"), TRUE, GTK_WIDGET(self->account), NULL));
    gtk_container_add(GTK_CONTAINER(wh_form_content(WH_FORM(self))), GTK_WIDGET(self->account_row));
    g_signal_connect_object(self->account, "changed", G_CALLBACK(account_chosen), self,
                            G_CONNECT_SWAPPED);
    gtk_combo_box_set_active_id(GTK_COMBO_BOX(self->account), present);
}

WhForm *wh_host_form_new(GtkWindow *parent, WhModel *model, WhHostItem *host)
{
    WhHostForm *self = g_object_new(WH_TYPE_HOST_FORM, "use-header-bar", TRUE, NULL);
    wh_form_set_up(WH_FORM(self), parent, model, _("Edit Name"), _("_Save"));
    self->host = g_strdup(wh_host_item_id(host));
    self->initial_account = g_strdup(wh_host_item_account(host));
    self->fields = WH_HOST_FIELDS(wh_host_fields_new());
    wh_host_fields_set(self->fields, wh_host_item_name(host), wh_host_item_ipv4(host) != NULL,
                       wh_host_item_ipv6(host) != NULL);
    gtk_container_add(GTK_CONTAINER(wh_form_content(WH_FORM(self))), GTK_WIDGET(self->fields));
    add_accounts(self, wh_host_item_account(host));
    wh_host_fields_focus(self->fields);
    return WH_FORM(self);
}
