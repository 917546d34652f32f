/* What the doctor found, below the names. */
#include "tests/unit/test_window_world.h"

#define SERVICE                                                                                    \
    "\"paused\":false,\"notices\":[],\"notice_details\":[],\"secrets\":{\"kept_in\":\"keyring\","  \
    "\"keyring\":\"open\",\"writer\":\"service\",\"file_allowed\":false}"
#define CGNAT                                                                                      \
    "{\"code\":\"cgnat\",\"weight\":\"warning\",\"family\":\"ipv4\",\"values\":{\"address\":"      \
    "\"100.64.0.1\"},\"sentence\":\"served\",\"step\":\"served\"}"
#define NOTE                                                                                       \
    "{\"code\":\"router_silent\",\"weight\":\"note\",\"values\":{},\"sentence\":\"s\",\"step\":"   \
    "\"t\"}"
#define NAME                                                                                       \
    "a-name-that-is-as-long-as-one-label-of-a-name-may-be-and-not-more.of-a-domain-that-is-long-"  \
    "as-well.dynamic.example.org"
#define LONG(code)                                                                                 \
    "{\"code\":\"" code "\",\"weight\":\"warning\",\"values\":{\"name\":\"" NAME                   \
    "\",\"names\":\"" NAME "\",\"vpn\":\"" VPN "\",\"address\":\"2001:db8:1111:2222:3333:4444:"    \
    "5555:6666\",\"times\":\"7\"},\"sentence\":\"s\",\"step\":\"t\"}"
#define VPN "The-VPN-of-the-office-in-the-other-town-over-there"

static void set_up(WindowWorld *w)
{
    g_autofree char *host = world_host("h1", "a.org", "current");
    g_autofree char *state = window_world_state(SERVICE, host);
    window_world_set_up(w, state);
    window_world_settle(w->window);
}

static void test_tells(void)
{
    WindowWorld w;
    set_up(&w);
    g_assert_false(window_world_says(w.window, "Worth knowing"));
    world_send(&w.world, "{\"findings\":[" CGNAT "," NOTE "]}");
    window_world_until_says(w.window, "known as 100.64.0.1 there");
    g_assert_true(window_world_says(w.window, "Worth knowing"));
    g_assert_true(window_world_says(w.window, "Ask the provider for a public IPv4 address"));
    g_assert_true(window_world_says(w.window, "Switch on UPnP or NAT-PMP"));
    g_assert_nonnull(window_world_find(w.window, GTK_TYPE_IMAGE, "Stands in the way"));
    g_assert_nonnull(window_world_find(w.window, GTK_TYPE_IMAGE, "Good to know"));
    window_world_assert_names(w.window);
    world_send(&w.world, "{\"findings\":[]}");
    window_world_settle(w.window);
    g_assert_false(window_world_says(w.window, "Worth knowing"));
    g_assert_false(window_world_says(w.window, "100.64.0.1"));
    window_world_tear_down(&w);
}

static void test_vpn(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "SetVpn", "{}");
    world_send(&w.world, "{\"findings\":[{\"code\":\"vpn\",\"weight\":\"warning\",\"values\":"
                         "{\"vpn\":\"wg0\"},\"sentence\":\"s\",\"step\":\"t\"}]}");
    window_world_until_says(w.window, "The VPN wg0 is on");
    window_world_press(w.window, "Use My Own Line");
    json_t *asked = window_world_until_called(&w, "SetVpn");
    g_assert_cmpstr(json_string_value(json_object_get(asked, "vpn")), ==, "wg0");
    g_assert_cmpstr(json_string_value(json_object_get(asked, "publish")), ==, "line");
    window_world_tear_down(&w);
}

static void test_other_end(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "SetVpn", "{}");
    world_send(&w.world, "{\"findings\":[{\"code\":\"vpn\",\"weight\":\"warning\",\"values\":"
                         "{\"vpn\":\"wg0\"},\"sentence\":\"s\",\"step\":\"t\"}]}");
    window_world_until_says(w.window, "The VPN wg0 is on");
    window_world_press(w.window, "Use the VPN");
    json_t *asked = window_world_until_called(&w, "SetVpn");
    g_assert_cmpstr(json_string_value(json_object_get(asked, "publish")), ==, "vpn");
    window_world_tear_down(&w);
}

/* Other news leave alone what somebody selects to copy it. */
static void test_stays(void)
{
    WindowWorld w;
    set_up(&w);
    world_send(&w.world, "{\"findings\":[" CGNAT "]}");
    window_world_until_says(w.window, "100.64.0.1");
    GtkWidget *label = window_world_label(w.window, "100.64.0.1");
    g_object_add_weak_pointer(G_OBJECT(label), (gpointer *)&label);
    world_send(&w.world, "{\"findings\":[" CGNAT "],\"verdicts\":[]}");
    g_assert_nonnull(label);
    world_send(&w.world, "{\"findings\":[" NOTE "]}");
    g_assert_null(label);
    window_world_tear_down(&w);
}

static gboolean is_usable(WindowWorld *w, const char *action)
{
    return g_action_group_get_action_enabled(G_ACTION_GROUP(w->window), action);
}

static void until_usable(WindowWorld *w, const char *action)
{
    while (!is_usable(w, action))
        g_main_context_iteration(NULL, TRUE);
    window_world_settle(w->window);
}

static GtkWidget *check_button(WindowWorld *w)
{
    return window_world_find(w->window, GTK_TYPE_BUTTON, "Check Again");
}

/* It cannot be asked for twice, is seen while it goes on, and the keys are where they were. */
static void test_check(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_ignore(w.world.stub, "Diagnose");
    world_send(&w.world, "{\"findings\":[" CGNAT "]}");
    window_world_until_says(w.window, "known as 100.64.0.1 there");
    g_assert_null(window_world_find(w.window, GTK_TYPE_SPINNER, "Please wait"));
    gtk_widget_grab_focus(check_button(&w));
    window_world_press(w.window, "Check Again");
    json_t *asked = window_world_until_called(&w, "Diagnose");
    g_assert_true(json_is_true(json_object_get(asked, "interactive")));
    g_assert_nonnull(window_world_find(w.window, GTK_TYPE_SPINNER, "Please wait"));
    g_assert_false(gtk_widget_is_sensitive(check_button(&w)));
    wh_model_refresh(w.world.model);
    g_assert_false(is_usable(&w, "check"));
    window_world_assert_names(w.window);
    g_assert_true(window_world_says(w.window, "known as 100.64.0.1 there"));
    stub_service_hang_up(w.world.stub);
    until_usable(&w, "check");
    g_assert_null(window_world_find(w.window, GTK_TYPE_SPINNER, "Please wait"));
    window_world_tear_down(&w);
}

static void test_check_is_over(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "Diagnose", "{\"findings\":[]}");
    world_send(&w.world, "{\"findings\":[" CGNAT "]}");
    window_world_until_says(w.window, "known as 100.64.0.1 there");
    gtk_widget_grab_focus(check_button(&w));
    window_world_press(w.window, "Check Again");
    window_world_until_called(&w, "Diagnose");
    until_usable(&w, "check");
    g_assert_true(gtk_widget_is_focus(check_button(&w)));
    g_assert_null(window_world_find(w.window, GTK_TYPE_SPINNER, "Please wait"));
    window_world_tear_down(&w);
}

/* A service that does not answer holds up nobody who asks again. */
static void test_check_takes_long(void)
{
    WindowWorld w;
    set_up(&w);
    wh_link_set_patience_ms(w.world.link, G_MAXINT);
    stub_service_ignore(w.world.stub, "Diagnose");
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "check", NULL);
    g_assert_false(is_usable(&w, "check"));
    until_usable(&w, "check");
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "check", NULL);
    g_assert_false(is_usable(&w, "check"));
    while (stub_service_count(w.world.stub, "Diagnose") < 2)
        g_main_context_iteration(NULL, TRUE);
    stub_service_hang_up(w.world.stub);
    until_usable(&w, "check");
    window_world_tear_down(&w);
}

/* Asked for where nothing is wrong: that is said, and for as long as it is so. */
static void test_calm(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "Diagnose", "{\"findings\":[]}");
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "check", NULL);
    window_world_until_says(w.window, "Looking at this network");
    window_world_until_says(w.window, "Nothing is wrong with this network.");
    world_send(&w.world, "{\"findings\":[" CGNAT "]}");
    window_world_until_says(w.window, "known as 100.64.0.1 there");
    g_assert_false(window_world_says(w.window, "Nothing is wrong"));
    world_send(&w.world, "{\"findings\":[]}");
    window_world_until_says(w.window, "Nothing is wrong with this network.");
    window_world_tear_down(&w);
}

/* Before there is a name, only whoever asks is told. */
static void test_without_names(void)
{
    WindowWorld w;
    g_autofree char *state = window_world_state(SERVICE, "");
    window_world_set_up(&w, state);
    stub_service_answer(w.world.stub, "Diagnose", "{\"findings\":[]}");
    world_send(&w.world, "{\"findings\":[" CGNAT "]}");
    window_world_settle(w.window);
    g_assert_false(window_world_says(w.window, "100.64.0.1"));
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "check", NULL);
    window_world_until_says(w.window, "known as 100.64.0.1 there");
    world_send(&w.world, "{\"findings\":[]}");
    window_world_until_says(w.window, "Nothing is wrong with this network.");
    window_world_tear_down(&w);
}

/* Whoever asks by the menu gets to see what comes of it, below many names. */
static void test_is_scrolled_to(void)
{
    WindowWorld w;
    g_autoptr(GString) hosts = g_string_new(NULL);
    for (guint i = 0; i < 10; i++) {
        g_autofree char *id = g_strdup_printf("h%u", i);
        g_autofree char *host = world_host(id, "a.org", "current");
        g_string_append_printf(hosts, "%s%s", i > 0 ? "," : "", host);
    }
    g_autofree char *state = window_world_state(SERVICE, hosts->str);
    window_world_set_up(&w, state);
    window_world_settle(w.window);
    stub_service_answer(w.world.stub, "Diagnose", "{\"findings\":[]}");
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "check", NULL);
    window_world_until_says(w.window, "Nothing is wrong with this network.");
    window_world_settle(w.window);
    GtkWidget *calm = window_world_label(w.window, "Nothing is wrong");
    int y;
    g_assert_true(gtk_widget_translate_coordinates(calm, GTK_WIDGET(w.window), 0, 0, NULL, &y));
    g_assert_cmpint(y, >, 0);
    g_assert_cmpint(y, <, gtk_widget_get_allocated_height(GTK_WIDGET(w.window)));
    window_world_tear_down(&w);
}

static void test_refused(void)
{
    WindowWorld w;
    set_up(&w);
    world_send(&w.world, "{\"findings\":[" CGNAT "]}");
    stub_service_refuse(w.world.stub, "Diagnose", "org.varlink.service.PermissionDenied", "{}");
    window_world_press(w.window, "Check Again");
    until_usable(&w, "check");
    window_world_until_says(w.window, "You may not do this.");
    g_assert_true(window_world_says(w.window, "known as 100.64.0.1 there"));
    window_world_tear_down(&w);
}

static void test_choice(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "SetVpn", "{}");
    world_send(&w.world, "{\"vpns\":[{\"vpn\":\"wg0\",\"publish\":\"line\",\"active\":true}]}");
    window_world_until_says(w.window, "The VPN wg0 is on.");
    g_assert_true(window_world_says(w.window, "Worth knowing"));
    window_world_assert_names(w.window);
    window_world_press(w.window, "Undo This Choice");
    json_t *asked = window_world_until_called(&w, "SetVpn");
    g_assert_cmpstr(json_string_value(json_object_get(asked, "vpn")), ==, "wg0");
    g_assert_cmpstr(json_string_value(json_object_get(asked, "publish")), ==, "nothing");
    world_send(&w.world, "{\"vpns\":[{\"vpn\":\"wg0\",\"publish\":\"line\",\"active\":false}]}");
    window_world_settle(w.window);
    g_assert_false(window_world_says(w.window, "wg0"));
    window_world_tear_down(&w);
}

static int narrowest(WindowWorld *w)
{
    int width;
    gtk_widget_get_preferred_width(GTK_WIDGET(w->window), &width, NULL);
    return width;
}

/* However long the names and many the findings, the window can be as narrow as before. */
static void check_width(GtkTextDirection direction)
{
    WindowWorld w;
    gtk_widget_set_default_direction(direction);
    set_up(&w);
    int before = narrowest(&w);
    world_send(
        &w.world,
        "{\"findings\":[" LONG("rival") "," LONG("vpn") "," LONG("changed_by_other") "," LONG(
            "device_unseen") "," LONG("no_ipv4") "," LONG("no_ipv6") "," LONG("cgnat") "," NOTE
                                                                                       "]}");
    window_world_until_says(w.window, "Use My Own Line");
    g_assert_cmpuint(wh_model_n_findings(w.world.model), ==, 8);
    window_world_settle(w.window);
    g_assert_cmpint(narrowest(&w), <=, before);
    window_world_tear_down(&w);
    gtk_widget_set_default_direction(GTK_TEXT_DIR_LTR);
}

static void test_narrow(void)
{
    check_width(GTK_TEXT_DIR_LTR);
}

static void test_narrow_from_right_to_left(void)
{
    check_width(GTK_TEXT_DIR_RTL);
}

int main(int argc, char **argv)
{
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/window/findings/tells", test_tells);
    g_test_add_func("/window/findings/vpn", test_vpn);
    g_test_add_func("/window/findings/other-end", test_other_end);
    g_test_add_func("/window/findings/stays", test_stays);
    g_test_add_func("/window/findings/check", test_check);
    g_test_add_func("/window/findings/check-is-over", test_check_is_over);
    g_test_add_func("/window/findings/check-takes-long", test_check_takes_long);
    g_test_add_func("/window/findings/calm", test_calm);
    g_test_add_func("/window/findings/without-names", test_without_names);
    g_test_add_func("/window/findings/is-scrolled-to", test_is_scrolled_to);
    g_test_add_func("/window/findings/refused", test_refused);
    g_test_add_func("/window/findings/choice", test_choice);
    g_test_add_func("/window/findings/narrow", test_narrow);
    g_test_add_func("/window/findings/narrow-from-right-to-left", test_narrow_from_right_to_left);
    return g_test_run();
}
