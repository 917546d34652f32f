#include "app/window/account_form.h"

#include "app/client/requests.h"
#include "app/window/account_fields.h"
#include "app/window/complaint.h"
#include "app/window/form_row.h"
#include "app/window/one_line.h"
#include "app/window/provider_intro.h"
#include "app/window/words.h"

#include <glib/gi18n.h>
#include <string.h>

/* sent: the values of the account's form as they are once the request is done. label: NULL where
 * the person is shown the account's secrets alone. */
struct _WhAccountForm {
    WhForm parent_instance;
    char *account;
    char *provider;
    GtkEntry *label;
    WhFormRow *label_row;
    char *initial_label;
    WhAccountFields *fields;
    GHashTable *sent;
};

G_DEFINE_TYPE(WhAccountForm, wh_account_form, WH_TYPE_FORM)

static void complain(WhAccountForm *self, const GError *error)
{
    const char *field = wh_requests_invalid_field(error);
    g_autofree char *words = wh_complaint_words(error, field);
    if (field != NULL && wh_account_fields_mark(self->fields, field, words))
        return;
    if (g_strcmp0(field, "label") == 0 && self->label != NULL)
        wh_form_row_set_error(self->label_row, words);
    else
        wh_form_set_error(WH_FORM(self), error->message);
}

static void tell_secrets(WhAccountForm *self)
{
    g_autoptr(GHashTable) secrets = wh_account_fields_secrets(self->fields);
    wh_form_tell_secrets(WH_FORM(self), self->account, self->provider, self->sent, secrets);
}

/* What the service took is told also when the form was closed meanwhile. */
static void was_edited(GObject *link, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhAccountForm) self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = wh_requests_finish(WH_LINK(link), result, &error);
    if (done && wh_form_is_there(WH_FORM(self)))
        tell_secrets(self);
    if (!wh_form_end(WH_FORM(self)))
        return;
    if (done)
        gtk_widget_destroy(GTK_WIDGET(self));
    else
        complain(self, error);
}

/* label NULL: it is not asked for. */
static gboolean check(WhAccountForm *self, const char *label)
{
    if (!wh_account_fields_check(self->fields))
        return FALSE;
    if (label == NULL || *label != '\0')
        return TRUE;
    wh_form_row_set_error(self->label_row, _("Please fill this in."));
    wh_form_row_focus(self->label_row);
    return FALSE;
}

/* Only what is another now than at first: the rest may have been changed elsewhere. */
static void submit(WhForm *form)
{
    WhAccountForm *self = WH_ACCOUNT_FORM(form);
    WhAccountItem *account = wh_model_find_account(wh_form_model(form), self->account);
    g_autofree char *label =
        self->label != NULL ? g_strstrip(g_strdup(gtk_entry_get_text(self->label))) : NULL;
    if (account == NULL || !check(self, label))
        return;
    g_autoptr(GHashTable) changed = wh_account_fields_changed(self->fields, account);
    g_autoptr(GHashTable) secrets = wh_account_fields_secrets(self->fields);
    WhAccountRequest request = {
        .label = g_strcmp0(label, self->initial_label) != 0 ? label : NULL,
        .fields = changed,
        .secrets = g_hash_table_size(secrets) > 0 ? secrets : NULL,
    };
    g_clear_pointer(&self->sent, g_hash_table_unref);
    self->sent = changed != NULL ? g_hash_table_ref(changed) : wh_account_item_fields(account);
    wh_requests_edit_account(wh_form_link(form), self->account, &request, was_edited,
                             wh_form_begin(form));
}

static void finalize(GObject *object)
{
    WhAccountForm *self = WH_ACCOUNT_FORM(object);
    g_free(self->account);
    g_free(self->provider);
    g_free(self->initial_label);
    g_clear_pointer(&self->sent, g_hash_table_unref);
    G_OBJECT_CLASS(wh_account_form_parent_class)->finalize(object);
}

static void wh_account_form_class_init(WhAccountFormClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = finalize;
    WH_FORM_CLASS(klass)->submit = submit;
    g_signal_new("remove-wanted", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                 G_TYPE_NONE, 0);
}

static void wh_account_form_init(WhAccountForm *self)
{
}

static void remove_clicked(WhAccountForm *self)
{
    g_signal_emit_by_name(self, "remove-wanted");
    gtk_widget_destroy(GTK_WIDGET(self));
}

static void add_label(WhAccountForm *self, WhAccountItem *account)
{
    self->label = GTK_ENTRY(gtk_entry_new());
    self->initial_label = g_strdup(wh_account_item_given_label(account));
    wh_one_line_keep(self->label);
    gtk_entry_set_text(self->label, self->initial_label);
    gtk_entry_set_activates_default(self->label, TRUE);
    gtk_widget_show(GTK_WIDGET(self->label));
    self->label_row = WH_FORM_ROW(
        wh_form_row_new(_("_What to call this account"), TRUE, GTK_WIDGET(self->label), NULL));
    gtk_container_add(GTK_CONTAINER(wh_form_content(WH_FORM(self))), GTK_WIDGET(self->label_row));
}

static void add_everything(WhAccountForm *self, WhAccountItem *account, WhProviderItem *provider)
{
    add_label(self, account);
    self->fields = WH_ACCOUNT_FIELDS(wh_account_fields_new(provider, account));
    gtk_container_add(GTK_CONTAINER(wh_form_content(WH_FORM(self))), GTK_WIDGET(self->fields));
}

/* Who may only look is not told whose account it is. */
static void add_secrets(WhAccountForm *self, WhAccountItem *account, WhProviderItem *provider)
{
    GtkContainer *content = GTK_CONTAINER(wh_form_content(WH_FORM(self)));
    const char *owner = wh_model_owner(wh_form_model(WH_FORM(self)));
    g_autofree char *words =
        *owner != '\0'
            ? g_strdup_printf(_("The other settings of this account are shown to %s only."), owner)
            : g_strdup(_("The other settings of this account are shown only to the person who "
                         "manages Wayhome."));
    self->fields = WH_ACCOUNT_FIELDS(wh_account_fields_new_secrets(provider, account));
    gtk_container_add(content, GTK_WIDGET(self->fields));
    gtk_container_add(content, wh_words_new(words, "dim-label"));
}

static void add_remove(WhAccountForm *self)
{
    GtkWidget *button = gtk_button_new_with_mnemonic(_("_Remove Account…"));
    gtk_style_context_add_class(gtk_widget_get_style_context(button),
                                GTK_STYLE_CLASS_DESTRUCTIVE_ACTION);
    gtk_widget_set_halign(button, GTK_ALIGN_START);
    g_signal_connect_object(button, "clicked", G_CALLBACK(remove_clicked), self, G_CONNECT_SWAPPED);
    gtk_widget_show(button);
    gtk_container_add(GTK_CONTAINER(wh_form_content(WH_FORM(self))), button);
}

WhForm *wh_account_form_new(GtkWindow *parent, WhModel *model, WhAccountItem *account,
                            gboolean at_secret)
{
    WhProviderItem *provider = wh_model_find_provider(model, wh_account_item_provider(account));
    if (provider == NULL)
        return NULL;
    WhAccountForm *self = g_object_new(WH_TYPE_ACCOUNT_FORM, "use-header-bar", TRUE, NULL);
    wh_form_set_up(WH_FORM(self), parent, model, _("Edit Account"), _("_Save"));
    self->account = g_strdup(wh_account_item_id(account));
    self->provider = g_strdup(wh_provider_item_id(provider));
    GtkContainer *content = GTK_CONTAINER(wh_form_content(WH_FORM(self)));
    gtk_container_add(content, wh_provider_intro_new(provider, FALSE));
    if (wh_model_caller(model) == WH_CALLER_OBSERVE)
        add_secrets(self, account, provider);
    else
        add_everything(self, account, provider);
    GtkWidget *link = wh_provider_intro_token_link(provider);
    if (link != NULL)
        gtk_container_add(content, link);
    add_remove(self);
    if (at_secret)
        wh_account_fields_focus(self->fields, TRUE);
    return WH_FORM(self);
}
