/* The forms that change what is there, and what becomes of it meanwhile. */
#include "tests/unit/test_window_world.h"

#define SERVICE                                                                                    \
    "\"paused\":false,\"notices\":[],\"notice_details\":[],\"secrets\":{\"kept_in\":\"keyring\","  \
    "\"keyring\":\"open\",\"writer\":\"service\",\"file_allowed\":false}"

/* An account at "Own server". */
#define ACCOUNT(id, fields)                                                                        \
    "{\"id\":\"" id "\",\"provider\":\"own\",\"label\":\"Own server\",\"fields\":" fields ","      \
    "\"secrets\":[{\"field\":\"password\",\"state\":\"present\"},{\"field\":\"key\",\"state\":"    \
    "\"present\"}],\"halted\":false}"

#define FIELDS "{\"server\":\"a.example\",\"user\":\"me\",\"port\":\"7\"}"
#define CHANGED "{\"server\":\"a.example\",\"user\":\"you\",\"port\":\"7\",\"more\":\"x\"}"

static void set_up_with(WindowWorld *w, const char *accounts)
{
    g_autofree char *host = world_host("h1", "home.example", "current");
    g_autofree char *state = world_state(SERVICE, "", accounts, host);
    window_world_set_up(w, state);
    stub_service_answer(w->world.stub, "EditAccount", "{}");
    stub_service_answer(w->world.stub, "EditHost", "{}");
}

static GtkWidget *open_form(WindowWorld *w, const char *action, const char *id)
{
    g_action_group_activate_action(G_ACTION_GROUP(w->window), action, g_variant_new_string(id));
    return window_world_dialog(w);
}

/* Without what every change says: that a person is there who can be asked. */
static json_t *save(WindowWorld *w, GtkWidget *form, const char *method)
{
    window_world_press(form, "Save");
    window_world_until_closed(w);
    json_t *called = window_world_until_called(w, method);
    g_assert_true(json_is_true(json_object_get(called, "interactive")));
    json_object_del(called, "interactive");
    return called;
}

static char *texts(json_t *object)
{
    return json_dumps(object, JSON_SORT_KEYS | JSON_COMPACT);
}

static void expect(json_t *object, const char *expected)
{
    g_autofree char *found = texts(object);
    g_assert_cmpstr(found, ==, expected);
}

/* What somebody else changed while the form was open stays. */
static void test_account_meanwhile(void)
{
    WindowWorld w;
    set_up_with(&w, ACCOUNT("a1", FIELDS));
    GtkWidget *form = open_form(&w, "edit-account", "a1");
    world_send(&w.world, "{\"accounts\":[" ACCOUNT("a1", CHANGED) "]}");
    window_world_type(form, "Port (not required)", "8");
    expect(save(&w, form, "EditAccount"),
           "{\"account\":\"a1\",\"fields\":{\"more\":\"x\",\"port\":\"8\",\"server\":\"a.example\","
           "\"user\":\"you\"}}");
    form = open_form(&w, "edit-account", "a1");
    window_world_type(form, "What to call this account", "Mine");
    expect(save(&w, form, "EditAccount"), "{\"account\":\"a1\",\"label\":\"Mine\"}");
    window_world_tear_down(&w);
}

static void test_host_meanwhile(void)
{
    WindowWorld w;
    set_up_with(&w, ACCOUNT("a1", FIELDS) "," ACCOUNT("a2", CHANGED));
    GtkWidget *form = open_form(&w, "edit-host", "h1");
    window_world_type(form, "Name to keep right", "renamed.example");
    expect(save(&w, form, "EditHost"), "{\"host\":\"h1\",\"name\":\"renamed.example\"}");
    form = open_form(&w, "edit-host", "h1");
    gtk_toggle_button_set_active(
        GTK_TOGGLE_BUTTON(window_world_find(form, GTK_TYPE_CHECK_BUTTON, "IPv6")), TRUE);
    expect(save(&w, form, "EditHost"), "{\"host\":\"h1\",\"ipv4\":true,\"ipv6\":true}");
    window_world_tear_down(&w);
}

static void test_emptied(void)
{
    WindowWorld w;
    set_up_with(&w, ACCOUNT("a1", FIELDS));
    GtkWidget *form = open_form(&w, "edit-account", "a1");
    window_world_assert_names(form);
    g_assert_null(window_world_find(form, GTK_TYPE_CHECK_BUTTON, "Forget: Password"));
    window_world_type(form, "User (not required)", "");
    window_world_type(form, "Port (not required)", "");
    gtk_toggle_button_set_active(
        GTK_TOGGLE_BUTTON(window_world_find(form, GTK_TYPE_CHECK_BUTTON, "Forget: Key")), TRUE);
    expect(save(&w, form, "EditAccount"),
           "{\"account\":\"a1\",\"fields\":{\"server\":\"a.example\"},\"secrets\":{\"key\":\"\"}}");
    window_world_tear_down(&w);
}

static const char *placeholder(GtkWidget *form, const char *label)
{
    return gtk_entry_get_placeholder_text(
        GTK_ENTRY(window_world_find(form, GTK_TYPE_ENTRY, label)));
}

/* A secret is not sent to another server than the one it was given for: the form says so first. */
static void test_other_server(void)
{
    WindowWorld w;
    set_up_with(&w, ACCOUNT("a1", FIELDS));
    GtkWidget *form = open_form(&w, "edit-account", "a1");
    g_assert_cmpstr(placeholder(form, "Password"), ==, "Unchanged");
    window_world_type(form, "Server", "b.example");
    g_assert_null(placeholder(form, "Password"));
    g_assert_true(window_world_says(form, "A new server: please give this again."));
    window_world_press(form, "Save");
    g_assert_true(window_world_says(form, "Please fill this in."));
    g_assert_null(stub_service_called(w.world.stub, "EditAccount"));
    window_world_type(form, "Server", "A.example");
    g_assert_cmpstr(placeholder(form, "Password"), ==, "Unchanged");
    g_assert_false(window_world_says(form, "A new server"));
    window_world_tear_down(&w);
}

/* Two that are called alike; the form shows the label without what tells them apart. */
static void test_alike(void)
{
    WindowWorld w;
    set_up_with(&w, ACCOUNT("a1", FIELDS) "," ACCOUNT("a2", CHANGED) "," ACCOUNT("a3", CHANGED));
    g_assert_true(window_world_says(w.window, "Own server · me"));
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "accounts", NULL);
    GtkWidget *list = window_world_dialog(&w);
    g_assert_true(window_world_says(list, "Own server · me"));
    g_assert_true(window_world_says(list, "Own server · a2"));
    g_assert_true(window_world_says(list, "Own server · a3"));
    gtk_widget_destroy(list);
    GtkWidget *form = open_form(&w, "edit-account", "a1");
    GtkWidget *label = window_world_find(form, GTK_TYPE_ENTRY, "What to call this account");
    g_assert_cmpstr(gtk_entry_get_text(GTK_ENTRY(label)), ==, "Own server");
    gtk_widget_destroy(form);
    world_send(&w.world, "{\"removed_accounts\":[\"a2\",\"a3\"]}");
    g_assert_false(window_world_says(w.window, "Own server ·"));
    window_world_tear_down(&w);
}

static void test_pasted(void)
{
    WindowWorld w;
    set_up_with(&w, ACCOUNT("a1", FIELDS));
    GtkWidget *form = open_form(&w, "edit-account", "a1");
    window_world_type(form, "User (not required)", "\tan\u00e9w\r\n");
    GtkWidget *user = window_world_find(form, GTK_TYPE_ENTRY, "User (not required)");
    g_assert_cmpstr(gtk_entry_get_text(GTK_ENTRY(user)), ==, "an\u00e9w");
    window_world_tear_down(&w);
}

/* Somebody else removes what a form or a question is about. */
static void test_removed_meanwhile(void)
{
    static const struct {
        const char *action;
        const char *id;
        const char *change;
        const char *said;
    } cases[] = {
        {"edit-host", "h1", "{\"removed_hosts\":[\"h1\"]}", "home.example has been removed"},
        {"remove-host", "h1", "{\"removed_hosts\":[\"h1\"]}", "home.example has been removed"},
        {"edit-account", "a1", "{\"removed_accounts\":[\"a1\"]}", "Own server has been removed"},
        {"remove-account", "a1", "{\"removed_accounts\":[\"a1\"]}", "Own server has been removed"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        WindowWorld w;
        set_up_with(&w, ACCOUNT("a1", FIELDS));
        g_assert_nonnull(open_form(&w, cases[i].action, cases[i].id));
        world_send(&w.world, cases[i].change);
        g_assert_null(window_world_dialog(&w));
        g_assert_true(window_world_says(w.window, cases[i].said));
        window_world_tear_down(&w);
    }
}

static void count(WhWindow *window, const char *account, const char *provider, GHashTable *fields,
                  const char *field, const char *secret, GString *given)
{
    g_string_append_printf(given, "%s %s user=%s %s %s;", account, provider,
                           (const char *)g_hash_table_lookup(fields, "user"), field, secret);
}

/* The service took the secret: the keyring hears of it also when the form is closed by then. */
static void test_closed_under_way(void)
{
    WindowWorld w;
    g_autoptr(GString) given = g_string_new(NULL);
    set_up_with(&w, ACCOUNT("a1", FIELDS));
    g_signal_connect(w.window, "secret-given", G_CALLBACK(count), given);
    GtkWidget *form = open_form(&w, "edit-account", "a1");
    window_world_type(form, "Password", "n3w");
    gtk_dialog_response(GTK_DIALOG(form), GTK_RESPONSE_ACCEPT);
    gtk_dialog_response(GTK_DIALOG(form), GTK_RESPONSE_CANCEL);
    g_assert_null(window_world_dialog(&w));
    while (given->len == 0)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpstr(given->str, ==, "a1 own user=me password n3w;");
    window_world_tear_down(&w);
}

int main(int argc, char **argv)
{
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/window-editing/account-meanwhile", test_account_meanwhile);
    g_test_add_func("/window-editing/host-meanwhile", test_host_meanwhile);
    g_test_add_func("/window-editing/emptied", test_emptied);
    g_test_add_func("/window-editing/other-server", test_other_server);
    g_test_add_func("/window-editing/alike", test_alike);
    g_test_add_func("/window-editing/pasted", test_pasted);
    g_test_add_func("/window-editing/removed-meanwhile", test_removed_meanwhile);
    g_test_add_func("/window-editing/closed-under-way", test_closed_under_way);
    return g_test_run();
}
