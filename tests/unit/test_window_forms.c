/* The forms of the status window. */
#include "tests/unit/test_window_world.h"

#define SERVICE                                                                                    \
    "\"paused\":false,\"notices\":[],\"notice_details\":[],\"secrets\":{\"kept_in\":\"keyring\","  \
    "\"keyring\":\"open\",\"writer\":\"service\",\"file_allowed\":false}"

#define INVALID "org.wayhome.Control.Invalid"

static const char *text(json_t *object, const char *member)
{
    return json_string_value(json_object_get(object, member));
}

static void keep_secret(WhWindow *window, const char *account, const char *provider,
                        GHashTable *fields, const char *field, const char *secret, GString *given)
{
    g_string_append_printf(given, "%s %s mode=%s %s %s;", account, provider,
                           (const char *)g_hash_table_lookup(fields, "mode"), field, secret);
}

/* The window at a service with one account and one host. */
static void set_up(WindowWorld *w)
{
    g_autofree char *host = world_host("h1", "home.duck.example", "current");
    g_autofree char *state = window_world_state(SERVICE, host);
    window_world_set_up(w, state);
}

static void activate(WindowWorld *w, const char *action, const char *id)
{
    g_action_group_activate_action(G_ACTION_GROUP(w->window), action,
                                   id != NULL ? g_variant_new_string(id) : NULL);
}

/* The row of the chooser with this name. */
static void choose(GtkWidget *form, const char *name)
{
    GtkWidget *row = window_world_find(form, GTK_TYPE_LIST_BOX_ROW, name);
    if (row == NULL)
        g_error("There is no row “%s”", name);
    g_signal_emit_by_name(row, "activate");
}

/* The add form at the questions of a new account at Duck DNS. */
static GtkWidget *begin_adding(WindowWorld *w)
{
    activate(w, "add-host", NULL);
    GtkWidget *form = window_world_dialog(w);
    window_world_assert_names(form);
    GtkWidget *search = window_world_find(form, GTK_TYPE_ENTRY, "Search for a provider");
    gtk_entry_set_text(GTK_ENTRY(search), "nobody");
    g_assert_true(window_world_says(form, "No provider is called like that"));
    gtk_entry_set_text(GTK_ENTRY(search), "");
    choose(form, "Duck DNS");
    window_world_assert_names(form);
    return form;
}

static void test_what_is_missing(void)
{
    WindowWorld w;
    set_up(&w);
    GtkWidget *form = begin_adding(&w);
    window_world_press(form, "Add");
    g_assert_true(window_world_says(form, "Please fill this in."));
    g_assert_true(gtk_window_get_focus(GTK_WINDOW(form)) ==
                  window_world_find(form, GTK_TYPE_ENTRY, "Token"));
    g_assert_null(stub_service_called(w.world.stub, "AddAccount"));
    window_world_tear_down(&w);
}

static void test_add(void)
{
    WindowWorld w;
    set_up(&w);
    g_autoptr(GString) given = g_string_new(NULL);
    g_signal_connect(w.window, "secret-given", G_CALLBACK(keep_secret), given);
    stub_service_answer(w.world.stub, "AddAccount", "{\"account\":\"a2\"}");
    stub_service_answer(w.world.stub, "AddHost", "{\"host\":\"h2\"}");
    GtkWidget *form = begin_adding(&w);
    window_world_type(form, "Token", "s3cret");
    window_world_type(form, "Name to keep right", "mine");
    g_assert_true(window_world_says(form, "mine.duck.example"));
    window_world_press(form, "Add");
    window_world_until_closed(&w);
    json_t *account = window_world_until_called(&w, "AddAccount");
    g_assert_cmpstr(text(account, "provider"), ==, "duckdns");
    g_assert_cmpstr(text(json_object_get(account, "fields"), "mode"), ==, "a");
    g_assert_cmpstr(text(json_object_get(account, "secrets"), "token"), ==, "s3cret");
    json_t *host = window_world_until_called(&w, "AddHost");
    g_assert_cmpstr(text(host, "account"), ==, "a2");
    g_assert_cmpstr(text(host, "name"), ==, "mine.duck.example");
    g_assert_cmpstr(given->str, ==, "a2 duckdns mode=a token s3cret;");
    window_world_tear_down(&w);
}

/* The host is refused after the account was made: the next try doubles nothing. */
static void test_add_again(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "AddAccount", "{\"account\":\"a2\"}");
    stub_service_answer(w.world.stub, "EditAccount", "{}");
    stub_service_refuse(w.world.stub, "AddHost", INVALID,
                        "{\"field\":\"name\",\"reason\":\"it is no name\"}");
    GtkWidget *form = begin_adding(&w);
    window_world_type(form, "Token", "s3cret");
    window_world_type(form, "Name to keep right", "mine");
    window_world_press(form, "Add");
    window_world_until_says(form, "t is no name");
    g_assert_true(gtk_window_get_focus(GTK_WINDOW(form)) ==
                  window_world_find(form, GTK_TYPE_ENTRY, "Name to keep right"));
    stub_service_refuse(w.world.stub, "AddAccount", INVALID,
                        "{\"field\":\"\",\"reason\":\"a second account\"}");
    stub_service_answer(w.world.stub, "AddHost", "{\"host\":\"h2\"}");
    window_world_type(form, "Name to keep right", "other");
    window_world_press(form, "Add");
    window_world_until_closed(&w);
    g_assert_cmpstr(text(window_world_until_called(&w, "EditAccount"), "account"), ==, "a2");
    json_t *host = window_world_until_called(&w, "AddHost");
    g_assert_cmpstr(text(host, "account"), ==, "a2");
    g_assert_cmpstr(text(host, "name"), ==, "other.duck.example");
    window_world_tear_down(&w);
}

static void test_add_to_account(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "AddHost", "{\"host\":\"h2\"}");
    activate(&w, "add-host", NULL);
    GtkWidget *form = window_world_dialog(&w);
    choose(form, "Ours, Duck DNS (set up already)");
    g_assert_null(window_world_find(form, GTK_TYPE_ENTRY, "Token"));
    window_world_type(form, "Name to keep right", "second");
    window_world_press(form, "Add");
    window_world_until_closed(&w);
    g_assert_cmpstr(text(window_world_until_called(&w, "AddHost"), "account"), ==, "a1");
    g_assert_null(stub_service_called(w.world.stub, "AddAccount"));
    window_world_tear_down(&w);
}

static void assert_test_says(const char *result_class, const char *words, const char *at)
{
    WindowWorld w;
    set_up(&w);
    g_autofree char *answer =
        g_strdup_printf("{\"result\":{\"class\":\"%s\",\"detail\":null}}", result_class);
    stub_service_answer(w.world.stub, "Test", answer);
    GtkWidget *form = begin_adding(&w);
    window_world_type(form, "Token", "s3cret");
    window_world_type(form, "Name to keep right", "mine");
    window_world_press(form, "Test");
    window_world_until_says(form, words);
    GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(form));
    if (at != NULL)
        g_assert_true(focus == window_world_find(form, GTK_TYPE_ENTRY, at));
    window_world_tear_down(&w);
}

static void test_tests(void)
{
    assert_test_says("CHANGED", "It works.", NULL);
    assert_test_says("AUTH", "The provider does not accept this.", "Token");
    assert_test_says("HOST", "does not take this name", "Name to keep right");
    assert_test_says("SERVER", "The provider has trouble", NULL);
}

/* The answer comes when the form is gone. */
static void test_cancel_under_way(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "AddAccount", "{\"account\":\"a2\"}");
    GtkWidget *form = begin_adding(&w);
    window_world_type(form, "Token", "s3cret");
    window_world_type(form, "Name to keep right", "mine");
    gtk_dialog_response(GTK_DIALOG(form), GTK_RESPONSE_ACCEPT);
    g_assert_false(gtk_widget_is_sensitive(window_world_find(form, GTK_TYPE_BUTTON, "Add")));
    g_assert_true(gtk_widget_is_sensitive(window_world_find(form, GTK_TYPE_BUTTON, "Cancel")));
    gtk_dialog_response(GTK_DIALOG(form), GTK_RESPONSE_CANCEL);
    g_assert_null(window_world_dialog(&w));
    window_world_until_called(&w, "AddAccount");
    window_world_tear_down(&w);
}

static void test_edit_host(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "EditHost", "{}");
    activate(&w, "edit-host", "h1");
    GtkWidget *form = window_world_dialog(&w);
    window_world_assert_names(form);
    window_world_type(form, "Name to keep right", "renamed");
    window_world_press(form, "Save");
    window_world_until_closed(&w);
    json_t *call = window_world_until_called(&w, "EditHost");
    g_assert_cmpstr(text(call, "host"), ==, "h1");
    g_assert_cmpstr(text(call, "name"), ==, "renamed.duck.example");
    g_assert_null(json_object_get(call, "account"));
    g_assert_null(json_object_get(call, "ipv4"));
    g_assert_null(json_object_get(call, "ipv6"));
    window_world_tear_down(&w);
}

static void test_edit_account(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "EditAccount", "{}");
    activate(&w, "edit-account", "a1");
    GtkWidget *form = window_world_dialog(&w);
    window_world_assert_names(form);
    window_world_type(form, "What to call this account", "Mine");
    window_world_press(form, "Save");
    window_world_until_closed(&w);
    json_t *call = window_world_until_called(&w, "EditAccount");
    g_assert_cmpstr(text(call, "label"), ==, "Mine");
    /* The secret that is there stays. */
    g_assert_cmpuint(json_object_size(json_object_get(call, "secrets")), ==, 0);
    window_world_tear_down(&w);
}

static void test_accounts(void)
{
    WindowWorld w;
    set_up(&w);
    activate(&w, "accounts", NULL);
    window_world_assert_names(window_world_dialog(&w));
    choose(window_world_dialog(&w), "Ours, Duck DNS");
    g_assert_cmpstr(gtk_window_get_title(GTK_WINDOW(window_world_dialog(&w))), ==, "Edit Account");
    window_world_tear_down(&w);
}

int main(int argc, char **argv)
{
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/window-forms/what-is-missing", test_what_is_missing);
    g_test_add_func("/window-forms/add", test_add);
    g_test_add_func("/window-forms/add-again", test_add_again);
    g_test_add_func("/window-forms/add-to-account", test_add_to_account);
    g_test_add_func("/window-forms/tests", test_tests);
    g_test_add_func("/window-forms/cancel-under-way", test_cancel_under_way);
    g_test_add_func("/window-forms/edit-host", test_edit_host);
    g_test_add_func("/window-forms/edit-account", test_edit_account);
    g_test_add_func("/window-forms/accounts", test_accounts);
    return g_test_run();
}
