/* The status window. */
#include "tests/unit/test_window_world.h"

#define SERVICE(paused)                                                                            \
    "\"paused\":" paused ",\"notices\":[],\"notice_details\":[],\"secrets\":{\"kept_in\":"         \
    "\"keyring\",\"keyring\":\"open\",\"writer\":\"service\",\"file_allowed\":false}"

#define PROVEN                                                                                     \
    "{\"status\":\"proven\",\"at\":1,\"witnesses\":[{\"server\":\"ns.example\",\"at\":"            \
    "\"198.51.100.1\",\"said\":\"answered\",\"addresses\":[\"203.0.113.9\"]}]}"

#define HALTED                                                                                     \
    "{\"id\":\"h2\",\"name\":\"halted.example\",\"account\":\"a1\",\"paused\":false,"              \
    "\"records\":[{\"family\":\"ipv4\",\"state\":\"halted\",\"acknowledged\":null,"                \
    "\"result\":{\"class\":\"AUTH\"},\"scope\":\"account\",\"proof\":{\"status\":\"none\","        \
    "\"witnesses\":[]}}]}"

/* names separated by commas, each with one record in the state. */
static char *state_with(const char *service, const char *host, const char *more)
{
    g_autofree char *hosts = g_strjoin(",", host, more, NULL);
    return window_world_state(service, hosts);
}

static void set_up_one(WindowWorld *w, const char *record_state)
{
    g_autofree char *host = world_host("h1", "home.example", record_state);
    g_autofree char *state = state_with(SERVICE("false"), host, NULL);
    window_world_set_up(w, state);
}

static void test_empty(void)
{
    WindowWorld w;
    g_autofree char *state = window_world_state(SERVICE("false"), "");
    window_world_set_up(&w, state);
    g_assert_true(window_world_says(w.window, "Be reachable by name"));
    window_world_assert_names(w.window);
    window_world_press(w.window, "Add Your First Name");
    g_assert_cmpstr(gtk_window_get_title(GTK_WINDOW(window_world_dialog(&w))), ==, "Add a Name");
    window_world_tear_down(&w);
}

static void test_card(void)
{
    WindowWorld w;
    set_up_one(&w, "current");
    g_assert_true(window_world_says(w.window, "home.example"));
    g_assert_true(window_world_says(w.window, "203.0.113.9"));
    g_assert_true(window_world_says(w.window, "Ours"));
    g_assert_true(window_world_says(w.window, "Up to date"));
    g_assert_nonnull(
        window_world_find(w.window, GTK_TYPE_BUTTON, "Copy the IPv4 address of home.example"));
    g_assert_nonnull(window_world_find(w.window, GTK_TYPE_BUTTON, "Update now: home.example"));
    window_world_assert_names(w.window);
    window_world_tear_down(&w);
}

static void test_card_follows(void)
{
    WindowWorld w;
    set_up_one(&w, "updating");
    g_assert_true(window_world_says(w.window, "Being updated"));
    world_send(&w.world, "{\"hosts\":[{\"id\":\"h1\",\"name\":\"home.example\",\"account\":"
                         "\"a1\",\"paused\":false,\"records\":[{\"family\":\"ipv4\",\"state\":"
                         "\"current\",\"acknowledged\":\"198.51.100.7\",\"proof\":" PROVEN "}]}]}");
    g_assert_true(window_world_says(w.window, "198.51.100.7"));
    g_assert_true(window_world_says(w.window, "1 of 1 server"));
    g_assert_false(window_world_says(w.window, "Being updated"));
    world_send(&w.world, "{\"removed_hosts\":[\"h1\"]}");
    g_assert_true(window_world_says(w.window, "Be reachable by name"));
    window_world_tear_down(&w);
}

static void test_update_and_pause(void)
{
    WindowWorld w;
    set_up_one(&w, "current");
    stub_service_answer(w.world.stub, "UpdateNow", "{}");
    stub_service_answer(w.world.stub, "Pause", "{}");
    window_world_press(w.window, "Update now: home.example");
    json_t *call = window_world_until_called(&w, "UpdateNow");
    g_assert_cmpstr(json_string_value(json_object_get(call, "host")), ==, "h1");
    window_world_press(w.window, "Pause: home.example");
    call = window_world_until_called(&w, "Pause");
    g_assert_cmpstr(json_string_value(json_object_get(call, "host")), ==, "h1");
    window_world_tear_down(&w);
}

static void test_refusal_is_told(void)
{
    WindowWorld w;
    set_up_one(&w, "current");
    stub_service_refuse(w.world.stub, "UpdateNow", "org.wayhome.Control.TooSoon",
                        "{\"reason\":\"Not before noon.\"}");
    window_world_press(w.window, "Update now: home.example");
    window_world_until_says(w.window, "Not before noon.");
    window_world_tear_down(&w);
}

static void test_paused(void)
{
    WindowWorld w;
    g_autofree char *host = world_host("h1", "home.example", "paused");
    g_autofree char *state = state_with(SERVICE("true"), host, NULL);
    window_world_set_up(&w, state);
    stub_service_answer(w.world.stub, "Resume", "{}");
    g_assert_true(window_world_says(w.window, "Everything is paused"));
    window_world_press(w.window, wh_remedy_label(WH_REMEDY_RESUME));
    json_t *call = window_world_until_called(&w, "Resume");
    g_assert_true(json_is_null(json_object_get(call, "host")) ||
                  json_object_get(call, "host") == NULL);
    window_world_tear_down(&w);
}

static void test_halted_leads_to_the_secret(void)
{
    WindowWorld w;
    g_autofree char *state = window_world_state(SERVICE("false"), HALTED);
    window_world_set_up(&w, state);
    window_world_press(w.window, wh_remedy_label(WH_REMEDY_GIVE_SECRET));
    GtkWidget *form = window_world_dialog(&w);
    g_assert_cmpstr(gtk_window_get_title(GTK_WINDOW(form)), ==, "Edit Account");
    g_assert_true(gtk_window_get_focus(GTK_WINDOW(form)) ==
                  window_world_find(form, GTK_TYPE_ENTRY, "Token"));
    window_world_tear_down(&w);
}

static void test_away(void)
{
    WindowWorld w;
    window_world_set_up(&w, NULL);
    window_world_until_says(w.window, "The Wayhome service does not run");
    g_assert_nonnull(window_world_find(w.window, GTK_TYPE_BUTTON, "Try Again"));
    GtkWidget *add = window_world_find(w.window, GTK_TYPE_BUTTON, "Add a name");
    g_assert_false(gtk_widget_is_sensitive(add));
    window_world_assert_names(w.window);
    window_world_tear_down(&w);
}

/* What is known stays to be seen, and nothing can be asked. */
static void test_goes_away(void)
{
    WindowWorld w;
    set_up_one(&w, "current");
    g_clear_pointer(&w.world.stub, stub_service_free);
    window_world_until_says(w.window, "The Wayhome service does not run");
    g_assert_true(window_world_says(w.window, "home.example"));
    GtkWidget *update = window_world_find(w.window, GTK_TYPE_BUTTON, "Update now: home.example");
    g_assert_false(gtk_widget_is_sensitive(update));
    window_world_tear_down(&w);
}

static void test_reach(void)
{
    WindowWorld w;
    set_up_one(&w, "current");
    g_assert_false(window_world_says(w.window, "mstsc"));
    GtkWidget *reach = window_world_find(w.window, GTK_TYPE_EXPANDER, "How to reach this computer");
    gtk_expander_set_expanded(GTK_EXPANDER(reach), TRUE);
    g_assert_true(window_world_says(w.window, "mstsc /v:home.example"));
    g_assert_true(window_world_says(w.window, "https://home.example/"));
    g_autofree char *ssh = g_strdup_printf("ssh %s@home.example", g_get_user_name());
    g_assert_true(window_world_says(w.window, ssh));
    window_world_assert_names(w.window);
    window_world_tear_down(&w);
}

static void test_remove_asks_first(void)
{
    WindowWorld w;
    set_up_one(&w, "current");
    stub_service_answer(w.world.stub, "RemoveHost", "{}");
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "remove-host",
                                   g_variant_new_string("h1"));
    window_world_until_says(window_world_dialog(&w), "Nothing is removed at the provider");
    window_world_press(window_world_dialog(&w), "Cancel");
    g_assert_null(window_world_dialog(&w));
    g_assert_null(stub_service_called(w.world.stub, "RemoveHost"));
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "remove-host",
                                   g_variant_new_string("h1"));
    window_world_press(window_world_dialog(&w), "Remove");
    json_t *call = window_world_until_called(&w, "RemoveHost");
    g_assert_cmpstr(json_string_value(json_object_get(call, "host")), ==, "h1");
    window_world_tear_down(&w);
}

static void test_show_host(void)
{
    WindowWorld w;
    g_autoptr(GString) hosts = g_string_new(NULL);
    for (guint i = 0; i < 60; i++) {
        g_autofree char *id = g_strdup_printf("h%u", i);
        g_autofree char *name = g_strdup_printf("name%u.example", i);
        g_autofree char *host = world_host(id, name, "current");
        g_string_append_printf(hosts, "%s%s", i > 0 ? "," : "", host);
    }
    g_autofree char *state = window_world_state(SERVICE("false"), hosts->str);
    window_world_set_up(&w, state);
    wh_window_show_host(w.window, "h55");
    AtkObject *focused = gtk_widget_get_accessible(gtk_window_get_focus(GTK_WINDOW(w.window)));
    g_assert_true(g_str_has_prefix(atk_object_get_name(focused), "name55.example"));
    window_world_tear_down(&w);
}

int main(int argc, char **argv)
{
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/window/empty", test_empty);
    g_test_add_func("/window/card", test_card);
    g_test_add_func("/window/card-follows", test_card_follows);
    g_test_add_func("/window/update-and-pause", test_update_and_pause);
    g_test_add_func("/window/refusal-is-told", test_refusal_is_told);
    g_test_add_func("/window/paused", test_paused);
    g_test_add_func("/window/halted-leads-to-the-secret", test_halted_leads_to_the_secret);
    g_test_add_func("/window/away", test_away);
    g_test_add_func("/window/goes-away", test_goes_away);
    g_test_add_func("/window/reach", test_reach);
    g_test_add_func("/window/remove-asks-first", test_remove_asks_first);
    g_test_add_func("/window/show-host", test_show_host);
    return g_test_run();
}
