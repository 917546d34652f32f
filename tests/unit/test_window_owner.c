/* The window at the service of the whole computer: for who begins, who manages and who looks. */
#include "platform/fake/fake.h"
#include "service/protocol/names.h"
#include "tests/unit/test_window_world.h"

#include <string.h>

#define SERVICE(unattended, more)                                                                  \
    "{\"version\":\"1\",\"scope\":\"system\",\"started\":1,\"instant\":true,\"paused\":false,"     \
    "\"notices\":[],\"notice_details\":[],\"secrets\":{\"kept_in\":\"sealed\",\"keyring\":"        \
    "\"unused\",\"writer\":\"client\",\"file_allowed\":true,\"unattended\":" unattended "}" more   \
    "}"
#define OWNER SERVICE("true", ",\"owner\":\"alice\",\"caller\":\"owner\"")
#define OTHER SERVICE("true", ",\"owner\":\"alice\",\"caller\":\"observe\"")
#define UNOWNED SERVICE("true", ",\"caller\":\"observe\"")
#define FILE_OF ",\"declared\":\"/etc/wayhome/hosts.d/home.conf\""
#define ACCOUNT(more)                                                                              \
    "{\"id\":\"a1\",\"provider\":\"own\",\"label\":\"\",\"fields\":{},\"secrets\":[{\"field\":"    \
    "\"password\",\"state\":\"present\"}],\"halted\":false" more "}"
#define HOST(more)                                                                                 \
    "{\"id\":\"h1\",\"name\":\"a.org\",\"account\":\"a1\",\"paused\":false,\"records\":[]" more "}"

static void begin(WindowWorld *w, const char *service, const char *account, const char *host)
{
    g_autofree char *state =
        g_strdup_printf("{\"state\":{\"service\":%s,\"verdicts\":[],\"accounts\":[%s],"
                        "\"hosts\":[%s]}}",
                        service, account, host);
    window_world_set_up(w, state);
}

static void send_service(WindowWorld *w, const char *service)
{
    g_autofree char *changes = g_strdup_printf("{\"service\":%s}", service);
    world_send(&w->world, changes);
}

static GtkWidget *open_dialog(WindowWorld *w, const char *action, GVariant *target)
{
    g_action_group_activate_action(G_ACTION_GROUP(w->window), action, target);
    return window_world_dialog(w);
}

static GtkWidget *fill_in(WindowWorld *w)
{
    GtkWidget *form = open_dialog(w, "add-host", NULL);
    GtkWidget *row = window_world_find(form, GTK_TYPE_LIST_BOX_ROW, "Duck DNS");
    g_signal_emit_by_name(row, "activate");
    window_world_type(form, "Token", "s3cret");
    window_world_type(form, "Name to keep right", "mine");
    return form;
}

/* Whoever adds the first name is made the owner before; refused, nothing that was typed is lost. */
static void test_first_name(void)
{
    WindowWorld w;
    begin(&w, UNOWNED, "", "");
    g_assert_true(window_world_says(w.window, "Whoever adds the first name manages Wayhome"));
    stub_service_refuse(w.world.stub, "Claim", WH_VARLINK_ERROR("PermissionDenied"), "{}");
    GtkWidget *form = fill_in(&w);
    window_world_press(form, "Add");
    window_world_until_says(form, "You may not set Wayhome up");
    g_assert_null(stub_service_called(w.world.stub, "AddAccount"));
    GtkWidget *token = window_world_find(form, GTK_TYPE_ENTRY, "Token");
    g_assert_cmpstr(gtk_entry_get_text(GTK_ENTRY(token)), ==, "s3cret");
    stub_service_answer(w.world.stub, "Claim", "{}");
    stub_service_answer(w.world.stub, "AddAccount", "{\"account\":\"a2\"}");
    stub_service_answer(w.world.stub, "AddHost", "{\"host\":\"h2\"}");
    window_world_press(form, "Add");
    window_world_until_closed(&w);
    g_assert_cmpuint(stub_service_count(w.world.stub, "Claim"), ==, 2);
    g_assert_cmpuint(stub_service_count(w.world.stub, "AddHost"), ==, 1);
    window_world_tear_down(&w);
}

static void test_owner_is_told_nothing(void)
{
    WindowWorld w;
    begin(&w, OWNER, "", "");
    g_assert_false(window_world_says(w.window, "Whoever adds"));
    g_assert_false(window_world_says(w.window, "Managed by"));
    send_service(&w, OTHER);
    g_assert_true(window_world_says(w.window, "It is managed by alice."));
    window_world_tear_down(&w);
}

/* Once, until it is closed. */
static void test_manager_is_named(void)
{
    WindowWorld w;
    begin(&w, OTHER, ACCOUNT(""), HOST(""));
    GtkWidget *words = window_world_label(w.window, "Managed by alice");
    g_assert_nonnull(words);
    window_world_assert_names(w.window);
    GtkWidget *strip = gtk_widget_get_ancestor(words, GTK_TYPE_INFO_BAR);
    gtk_info_bar_response(GTK_INFO_BAR(strip), GTK_RESPONSE_CLOSE);
    g_assert_false(window_world_says(w.window, "Managed by alice"));
    send_service(&w, OTHER);
    g_assert_false(window_world_says(w.window, "Managed by alice"));
    window_world_tear_down(&w);
}

static gboolean can(WindowWorld *w, const char *action)
{
    return g_action_group_get_action_enabled(G_ACTION_GROUP(w->window), action);
}

/* What the window says of it follows what the service says next. */
static void begin_looking(WindowWorld *w, const char *accounts, const char *hosts)
{
    begin(w, OWNER, accounts, hosts);
    wh_fake_advice_set_sudo(FALSE);
    send_service(w, OTHER);
}

/* Where nobody can be asked for a password, somebody else may look and is promised no more. */
static void test_only_looking(void)
{
    WindowWorld w;
    begin_looking(&w, ACCOUNT(""), HOST(""));
    g_assert_true(window_world_says(w.window, "takes them, or an administrator"));
    g_assert_false(window_world_says(w.window, "password"));
    g_assert_false(can(&w, "add-host"));
    g_assert_false(can(&w, "remove-host"));
    g_assert_false(can(&w, "unattended"));
    g_assert_true(can(&w, "accounts"));
    g_assert_true(can(&w, "token-place"));
    window_world_tear_down(&w);
    begin_looking(&w, "", "");
    g_assert_true(window_world_says(w.window, "managed by alice, or by an administrator"));
    window_world_tear_down(&w);
}

/* Whoever is not told the settings changes none of them. */
static void test_account_of_another(void)
{
    WindowWorld w;
    begin(&w, OTHER, ACCOUNT(""), HOST(""));
    stub_service_answer(w.world.stub, "EditAccount", "{}");
    GtkWidget *form = open_dialog(&w, "edit-account", g_variant_new_string("a1"));
    g_assert_true(window_world_says(form, "are shown to alice only"));
    g_assert_null(window_world_find(form, GTK_TYPE_ENTRY, "Server"));
    window_world_assert_names(form);
    window_world_type(form, "Password", "s3cret");
    window_world_press(form, "Save");
    window_world_until_closed(&w);
    json_t *called = window_world_until_called(&w, "EditAccount");
    g_assert_null(json_object_get(called, "fields"));
    g_assert_null(json_object_get(called, "label"));
    g_assert_nonnull(json_object_get(json_object_get(called, "secrets"), "password"));
    window_world_tear_down(&w);
}

static void test_declared(void)
{
    WindowWorld w;
    begin(&w, OWNER, ACCOUNT(FILE_OF), HOST(FILE_OF));
    g_assert_true(window_world_says(w.window, "Set up by the administrator in /etc/wayhome/"));
    g_assert_null(open_dialog(&w, "edit-host", g_variant_new_string("h1")));
    g_assert_true(window_world_says(w.window, "It is changed there."));
    g_assert_null(open_dialog(&w, "edit-account", g_variant_new_string("a1")));
    window_world_tear_down(&w);
}

static GtkSwitch *find_switch(GtkWidget *page)
{
    return GTK_SWITCH(window_world_find(page, GTK_TYPE_SWITCH,
                                        "Keep this computer reachable when nobody is signed in"));
}

/* The switch shows what the service does, not what was clicked. */
static void test_switch(void)
{
    WindowWorld w;
    begin(&w, OWNER, "", "");
    stub_service_refuse(w.world.stub, "KeepUnattended", WH_VARLINK_ERROR("PermissionDenied"), "{}");
    GtkWidget *page = open_dialog(&w, "token-place", NULL);
    g_assert_true(window_world_says(page, "a copy that only this computer can open"));
    window_world_assert_names(page);
    gtk_switch_set_active(find_switch(page), FALSE);
    window_world_until_says(page, "You may not do this");
    g_assert_true(gtk_switch_get_state(find_switch(page)));
    stub_service_answer(w.world.stub, "KeepUnattended", "{}");
    send_service(&w, SERVICE("false", ",\"owner\":\"alice\",\"caller\":\"owner\""));
    g_assert_false(gtk_switch_get_state(find_switch(page)));
    window_world_tear_down(&w);
}

/* Where the service knows nothing of it there is none. */
static void test_no_switch(void)
{
    WindowWorld w;
    g_autofree char *state = window_world_state("\"paused\":false,\"notices\":[],"
                                                "\"notice_details\":[]" STUB_SECRETS,
                                                "");
    window_world_set_up(&w, state);
    g_assert_false(g_action_group_get_action_enabled(G_ACTION_GROUP(w.window), "unattended"));
    GtkWidget *page = open_dialog(&w, "token-place", NULL);
    g_assert_null(find_switch(page));
    window_world_tear_down(&w);
}

int main(int argc, char **argv)
{
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/window-owner/first-name", test_first_name);
    g_test_add_func("/window-owner/owner-is-told-nothing", test_owner_is_told_nothing);
    g_test_add_func("/window-owner/manager-is-named", test_manager_is_named);
    g_test_add_func("/window-owner/only-looking", test_only_looking);
    g_test_add_func("/window-owner/account-of-another", test_account_of_another);
    g_test_add_func("/window-owner/declared", test_declared);
    g_test_add_func("/window-owner/switch", test_switch);
    g_test_add_func("/window-owner/no-switch", test_no_switch);
    return g_test_run();
}
