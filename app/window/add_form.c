#include "app/window/add_form.h"

#include "app/client/requests.h"
#include "app/window/accessible.h"
#include "app/window/account_fields.h"
#include "app/window/complaint.h"
#include "app/window/container.h"
#include "app/window/host_fields.h"
#include "app/window/provider_chooser.h"
#include "app/window/provider_intro.h"
#include "app/window/test_strip.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

/* account: the id of the one that was chosen or that this form made already. made: it was made
 * here, so what is typed now still belongs to it, and it goes when no name comes of it. doubtful:
 * nobody knows whether it has got the name. second: takes the rest of a double click. */
struct _WhAddForm {
    WhForm parent_instance;
    GtkStack *pages;
    WhProviderChooser *chooser;
    GtkBox *answers;
    GtkWidget *back;
    WhProviderItem *provider;
    WhAccountFields *account_fields;
    WhHostFields *host_fields;
    WhTestStrip *test;
    char *account;
    gboolean made;
    gboolean doubtful;
    GtkGesture *second;
    guint32 chosen_at;
};

G_DEFINE_TYPE(WhAddForm, wh_add_form, WH_TYPE_FORM)

static void add_host(WhAddForm *self);

/* Where the error belongs, or below everything. */
static void complain(WhAddForm *self, const GError *error)
{
    const char *field = wh_requests_invalid_field(error);
    g_autofree char *words = wh_complaint_words(error, field);
    if (field != NULL && self->account_fields != NULL &&
        wh_account_fields_mark(self->account_fields, field, words))
        return;
    if (field != NULL && wh_host_fields_mark(self->host_fields, field, words))
        return;
    wh_form_set_error(WH_FORM(self), error->message);
}

static gboolean is_lost(const GError *error)
{
    return g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_LOST);
}

/* The service may have heard it before the connection ended. */
static void complain_of_adding(WhAddForm *self, const GError *error)
{
    if (is_lost(error))
        wh_form_set_error(WH_FORM(self), _("It is not known whether it was added, because the "
                                           "service stopped answering. Look at the list of names, "
                                           "then try again."));
    else
        complain(self, error);
}

static gboolean has_names(WhModel *model, const char *account)
{
    GListModel *hosts = wh_model_hosts(model);
    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        g_autoptr(WhHostItem) host = g_list_model_get_item(hosts, i);
        if (g_str_equal(wh_host_item_account(host), account))
            return TRUE;
    }
    return FALSE;
}

/* Nothing was added: the account, which holds a secret, does not stay behind. */
static void drop_account(WhAddForm *self)
{
    WhForm *form = WH_FORM(self);
    if (self->made && !self->doubtful && !has_names(wh_form_model(form), self->account))
        wh_requests_remove_account(wh_form_link(form), self->account, NULL, NULL);
    self->made = FALSE;
    self->doubtful = FALSE;
    g_clear_pointer(&self->account, g_free);
}

static void was_added(GObject *link, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhAddForm) self = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *id = wh_requests_finish_id(WH_LINK(link), result, &error);
    self->made = self->made && id == NULL;
    self->doubtful = is_lost(error);
    if (!wh_form_end(WH_FORM(self)))
        return;
    if (id == NULL) {
        complain_of_adding(self, error);
        return;
    }
    g_signal_emit_by_name(self, "added", id);
    gtk_widget_destroy(GTK_WIDGET(self));
}

static void add_host(WhAddForm *self)
{
    g_autofree char *name = wh_host_fields_name(self->host_fields);
    WhHostRequest request = {.account = self->account,
                             .name = name,
                             .wants_set = TRUE,
                             .ipv4 = wh_host_fields_ipv4(self->host_fields),
                             .ipv6 = wh_host_fields_ipv6(self->host_fields)};
    wh_requests_add_host(wh_form_link(WH_FORM(self)), &request, was_added,
                         wh_form_begin(WH_FORM(self)));
}

static void tell_secrets(WhAddForm *self)
{
    g_autoptr(GHashTable) secrets = wh_account_fields_secrets(self->account_fields);
    g_autoptr(GHashTable) values = wh_account_fields_values(self->account_fields);
    wh_form_tell_secrets(WH_FORM(self), self->account, wh_provider_item_id(self->provider), values,
                         secrets);
}

static void account_was_made(GObject *link, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhAddForm) self = data;
    g_autoptr(GError) error = NULL;
    self->account = wh_requests_finish_id(WH_LINK(link), result, &error);
    self->made = self->account != NULL;
    if (!wh_form_end(WH_FORM(self)))
        return;
    if (!self->made) {
        complain_of_adding(self, error);
        return;
    }
    tell_secrets(self);
    add_host(self);
}

static void account_was_edited(GObject *link, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhAddForm) self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = wh_requests_finish(WH_LINK(link), result, &error);
    if (!wh_form_end(WH_FORM(self)))
        return;
    if (!done) {
        complain(self, error);
        return;
    }
    tell_secrets(self);
    add_host(self);
}

/* A try after the account was made goes on with that account, as the form describes it now. */
static void add_account(WhAddForm *self)
{
    g_autoptr(GHashTable) values = wh_account_fields_values(self->account_fields);
    g_autoptr(GHashTable) secrets = wh_account_fields_secrets(self->account_fields);
    WhAccountRequest request = {.fields = values, .secrets = secrets};
    WhLink *link = wh_form_link(WH_FORM(self));
    if (self->made) {
        wh_requests_edit_account(link, self->account, &request, account_was_edited,
                                 wh_form_begin(WH_FORM(self)));
        return;
    }
    request.provider = wh_provider_item_id(self->provider);
    wh_requests_add_account(link, &request, account_was_made, wh_form_begin(WH_FORM(self)));
}

/* Both are asked, so that everything that is missing is marked at once. */
static gboolean is_complete(WhAddForm *self)
{
    gboolean host = wh_host_fields_check(self->host_fields);
    return (self->account_fields == NULL || wh_account_fields_check(self->account_fields)) && host;
}

static void submit(WhForm *form)
{
    WhAddForm *self = WH_ADD_FORM(form);
    wh_test_strip_answer(self->test, FALSE, NULL);
    if (!is_complete(self))
        return;
    if (self->account_fields != NULL)
        add_account(self);
    else
        add_host(self);
}

static void show_answer(WhAddForm *self, const char *result_class, const char *sentence)
{
    WhComplaint complaint = wh_complaint_of(result_class);
    if (complaint == WH_COMPLAINT_NOTHING) {
        g_autofree char *words = g_strdup_printf(_("It works. %s"), sentence);
        wh_test_strip_answer(self->test, TRUE, words);
        wh_test_strip_focus_answer(self->test);
        return;
    }
    wh_test_strip_answer(self->test, FALSE, sentence);
    if (complaint == WH_COMPLAINT_NAME)
        wh_host_fields_mark_name(self->host_fields,
                                 _("The provider does not take this name from your account."));
    else if (complaint == WH_COMPLAINT_WHOLE || self->account_fields == NULL)
        wh_test_strip_focus_answer(self->test);
    else
        wh_account_fields_mark_secret(self->account_fields,
                                      _("The provider does not accept this."));
}

static void was_tested(GObject *link, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhAddForm) self = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *sentence = NULL;
    g_autofree char *result_class =
        wh_requests_finish_test(WH_LINK(link), result, &sentence, &error);
    if (!wh_form_end(WH_FORM(self)))
        return;
    if (result_class != NULL)
        show_answer(self, result_class, sentence);
    else
        complain(self, error);
}

static void test(WhAddForm *self)
{
    WhForm *form = WH_FORM(self);
    wh_form_set_error(form, NULL);
    wh_test_strip_answer(self->test, FALSE, NULL);
    gboolean named = wh_host_fields_check_name(self->host_fields);
    if ((self->account_fields != NULL && !wh_account_fields_check(self->account_fields)) || !named)
        return;
    g_autofree char *name = wh_host_fields_name(self->host_fields);
    if (self->account_fields == NULL) {
        wh_requests_test(wh_form_link(form), self->account, NULL, name, was_tested,
                         wh_form_begin(form));
        return;
    }
    g_autoptr(GHashTable) values = wh_account_fields_values(self->account_fields);
    g_autoptr(GHashTable) secrets = wh_account_fields_secrets(self->account_fields);
    WhAccountRequest draft = {.fields = values, .secrets = secrets};
    if (!self->made)
        draft.provider = wh_provider_item_id(self->provider);
    wh_requests_test(wh_form_link(form), self->account, &draft, name, was_tested,
                     wh_form_begin(form));
}

static void add_account_questions(WhAddForm *self)
{
    self->account_fields = WH_ACCOUNT_FIELDS(wh_account_fields_new(self->provider, NULL));
    gtk_container_add(GTK_CONTAINER(self->answers), GTK_WIDGET(self->account_fields));
    GtkWidget *link = wh_provider_intro_token_link(self->provider);
    if (link != NULL)
        gtk_container_add(GTK_CONTAINER(self->answers), link);
    gtk_container_add(GTK_CONTAINER(self->answers), gtk_separator_new(GTK_ORIENTATION_HORIZONTAL));
}

/* What there is to know about a provider was read when its account was set up. */
static GtkWidget *new_heading(WhProviderItem *provider, WhAccountItem *account)
{
    if (account == NULL)
        return wh_provider_intro_new(provider, TRUE);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
    const char *label = wh_account_item_label(account);
    const char *name = wh_provider_item_name(provider);
    gtk_container_add(GTK_CONTAINER(box), wh_words_new(label, "wh-title"));
    if (g_strcmp0(label, name) != 0)
        gtk_container_add(GTK_CONTAINER(box), wh_words_new(name, "dim-label"));
    gtk_widget_show(box);
    return box;
}

static void chosen(WhAddForm *self, WhProviderItem *provider, WhAccountItem *account)
{
    self->chosen_at = gtk_get_current_event_time();
    g_set_object(&self->provider, provider);
    self->account = account != NULL ? g_strdup(wh_account_item_id(account)) : NULL;
    GtkContainer *answers = GTK_CONTAINER(self->answers);
    gtk_container_add(answers, new_heading(provider, account));
    if (account == NULL)
        add_account_questions(self);
    self->host_fields = WH_HOST_FIELDS(wh_host_fields_new());
    wh_host_fields_set_suffix(self->host_fields, wh_provider_item_name_suffix(provider));
    gtk_container_add(answers, GTK_WIDGET(self->host_fields));
    self->test = WH_TEST_STRIP(wh_test_strip_new());
    g_signal_connect_object(self->test, "clicked", G_CALLBACK(test), self, G_CONNECT_SWAPPED);
    gtk_container_add(answers, GTK_WIDGET(self->test));
    gtk_widget_show(GTK_WIDGET(self->answers));
    gtk_stack_set_visible_child(self->pages, GTK_WIDGET(self->answers));
    gtk_widget_show(self->back);
    wh_form_set_can_submit(WH_FORM(self), TRUE);
    if (self->account_fields != NULL)
        wh_account_fields_focus(self->account_fields, FALSE);
    else
        wh_host_fields_focus(self->host_fields);
}

/* Another provider is another account: what was typed for the first one is forgotten. */
static void go_back(WhAddForm *self)
{
    if (wh_form_is_busy(WH_FORM(self)))
        return;
    drop_account(self);
    gtk_stack_set_visible_child(self->pages, GTK_WIDGET(self->chooser));
    wh_container_empty(GTK_CONTAINER(self->answers));
    self->account_fields = NULL;
    self->host_fields = NULL;
    self->test = NULL;
    gtk_widget_hide(self->back);
    wh_form_set_error(WH_FORM(self), NULL);
    wh_form_set_can_submit(WH_FORM(self), FALSE);
    wh_provider_chooser_focus(self->chooser);
}

static void finalize(GObject *object)
{
    WhAddForm *self = WH_ADD_FORM(object);
    drop_account(self);
    g_clear_object(&self->second);
    g_clear_object(&self->provider);
    G_OBJECT_CLASS(wh_add_form_parent_class)->finalize(object);
}

static void wh_add_form_class_init(WhAddFormClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = finalize;
    WH_FORM_CLASS(klass)->submit = submit;
    g_signal_new("added", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void wh_add_form_init(WhAddForm *self)
{
}

static void add_back_button(WhAddForm *self)
{
    self->back = gtk_button_new_from_icon_name("go-previous-symbolic", GTK_ICON_SIZE_BUTTON);
    gtk_widget_set_tooltip_text(self->back, _("Choose another provider"));
    wh_accessible_set_name(self->back, _("Back: choose another provider"));
    g_signal_connect_object(self->back, "clicked", G_CALLBACK(go_back), self, G_CONNECT_SWAPPED);
    wh_form_add_button(WH_FORM(self), self->back);
}

static guint32 double_click_time(GtkWidget *widget)
{
    int time;
    g_object_get(gtk_widget_get_settings(widget), "gtk-double-click-time", &time, NULL);
    return (guint32)MAX(time, 0);
}

/* Who clicks a provider twice does not mean what has come to lie under the pointer. */
static void pressed(WhAddForm *self)
{
    guint32 now = gtk_get_current_event_time();
    if (self->chosen_at != GDK_CURRENT_TIME &&
        now - self->chosen_at < double_click_time(GTK_WIDGET(self)))
        gtk_gesture_set_state(self->second, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void add_gesture(WhAddForm *self)
{
    self->second = gtk_gesture_multi_press_new(GTK_WIDGET(self->pages));
    gtk_event_controller_set_propagation_phase(GTK_EVENT_CONTROLLER(self->second),
                                               GTK_PHASE_CAPTURE);
    g_signal_connect_object(self->second, "pressed", G_CALLBACK(pressed), self, G_CONNECT_SWAPPED);
}

WhForm *wh_add_form_new(GtkWindow *parent, WhModel *model)
{
    WhAddForm *self = g_object_new(WH_TYPE_ADD_FORM, "use-header-bar", TRUE, NULL);
    WhForm *form = WH_FORM(self);
    wh_form_set_up(form, parent, model, _("Add a Name"), _("_Add"));
    add_back_button(self);
    self->pages = GTK_STACK(gtk_stack_new());
    gtk_stack_set_vhomogeneous(self->pages, FALSE);
    gtk_stack_set_hhomogeneous(self->pages, FALSE);
    self->chooser = WH_PROVIDER_CHOOSER(wh_provider_chooser_new(model));
    g_signal_connect_object(self->chooser, "chosen", G_CALLBACK(chosen), self, G_CONNECT_SWAPPED);
    self->answers = GTK_BOX(gtk_box_new(GTK_ORIENTATION_VERTICAL, 18));
    gtk_container_add(GTK_CONTAINER(self->pages), GTK_WIDGET(self->chooser));
    gtk_container_add(GTK_CONTAINER(self->pages), GTK_WIDGET(self->answers));
    gtk_widget_show(GTK_WIDGET(self->pages));
    gtk_container_add(GTK_CONTAINER(wh_form_content(form)), GTK_WIDGET(self->pages));
    add_gesture(self);
    gtk_window_set_default_size(GTK_WINDOW(self), 540, 640);
    wh_form_set_can_submit(form, FALSE);
    wh_provider_chooser_focus(self->chooser);
    return form;
}
