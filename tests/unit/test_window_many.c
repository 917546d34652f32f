/* The list of names: thousands of them, ones that go, and a service that is silent or away. */
#include "tests/unit/test_window_world.h"

#define SERVICE                                                                                    \
    "\"paused\":false,\"notices\":[],\"notice_details\":[],\"secrets\":{\"kept_in\":\"keyring\","  \
    "\"keyring\":\"open\",\"writer\":\"service\",\"file_allowed\":false}"

#define MANY 2000

static void set_up(WindowWorld *w, guint names)
{
    g_autoptr(GString) hosts = g_string_new(NULL);
    for (guint i = 0; i < names; i++) {
        g_autofree char *id = g_strdup_printf("h%u", i);
        g_autofree char *name = g_strdup_printf("name%u.example", i);
        g_autofree char *host = world_host(id, name, "current");
        g_string_append_printf(hosts, "%s%s", i > 0 ? "," : "", host);
    }
    g_autofree char *state = window_world_state(SERVICE, hosts->str);
    window_world_set_up(w, state);
}

static guint count_cards(WindowWorld *w)
{
    GtkWidget *list = window_world_find(w->window, GTK_TYPE_LIST_BOX, "Names");
    g_autoptr(GList) cards = gtk_container_get_children(GTK_CONTAINER(list));
    return g_list_length(cards);
}

/* Cards are made as far as somebody looks. */
static void test_many(void)
{
    WindowWorld w;
    set_up(&w, MANY);
    window_world_settle(w.window);
    guint first = count_cards(&w);
    g_assert_cmpuint(first, >=, 8);
    g_assert_cmpuint(first, <, 60);
    GtkWidget *list = window_world_find(w.window, GTK_TYPE_LIST_BOX, "Names");
    GtkAdjustment *place = gtk_scrollable_get_vadjustment(
        GTK_SCROLLABLE(gtk_widget_get_ancestor(list, GTK_TYPE_VIEWPORT)));
    gtk_adjustment_set_value(place, gtk_adjustment_get_upper(place));
    window_world_settle(w.window);
    g_assert_cmpuint(count_cards(&w), >, first);
    g_assert_cmpuint(count_cards(&w), <, 120);
    window_world_tear_down(&w);
}

/* The pointer is on the card, and its menu is open. */
static void test_card_goes_with_its_menu(void)
{
    WindowWorld w;
    set_up(&w, 2);
    window_world_settle(w.window);
    GtkWidget *more = window_world_find(w.window, GTK_TYPE_BUTTON, "More for name0.example");
    int x, y, left, top;
    GdkDisplay *display = gtk_widget_get_display(more);
    GdkDevice *pointer = gdk_seat_get_pointer(gdk_display_get_default_seat(display));
    gtk_widget_translate_coordinates(more, GTK_WIDGET(w.window), 0, 0, &x, &y);
    gdk_window_get_origin(gtk_widget_get_window(GTK_WIDGET(w.window)), &left, &top);
    gdk_device_warp(pointer, gdk_display_get_default_screen(display), left + x - 60, top + y + 30);
    window_world_settle(w.window);
    window_world_press(w.window, "More for name0.example");
    window_world_settle(w.window);
    world_send(&w.world, "{\"removed_hosts\":[\"h0\"]}");
    window_world_settle(w.window);
    gdk_device_warp(pointer, gdk_display_get_default_screen(display), left + x - 50, top + y + 35);
    window_world_settle(w.window);
    g_assert_cmpuint(count_cards(&w), ==, 1);
    world_send(&w.world, "{\"removed_hosts\":[\"h1\"]}");
    gdk_device_warp(pointer, gdk_display_get_default_screen(display), left + x, top + y + 60);
    window_world_settle(w.window);
    window_world_tear_down(&w);
}

/* It is not known any more whether all is well. */
static void test_stale(void)
{
    WindowWorld w;
    set_up(&w, 1);
    g_assert_true(window_world_says(w.window, "Up to date"));
    g_assert_false(window_world_says(w.window, "When last heard of"));
    g_assert_null(window_world_find(w.window, GTK_TYPE_IMAGE, "Offline"));
    g_clear_pointer(&w.world.stub, stub_service_free);
    window_world_until_says(w.window, "When last heard of: Up to date");
    g_assert_nonnull(window_world_find(w.window, GTK_TYPE_IMAGE, "Offline"));
    g_assert_null(window_world_find(w.window, GTK_TYPE_IMAGE, "All right"));
    window_world_tear_down(&w);
}

/* What was told stays until something works. */
static void test_told_goes(void)
{
    WindowWorld w;
    set_up(&w, 1);
    stub_service_refuse(w.world.stub, "Pause", "org.wayhome.Control.NotSaved",
                        "{\"reason\":\"The disk is full.\"}");
    stub_service_answer(w.world.stub, "UpdateNow", "{}");
    window_world_press(w.window, "Pause: name0.example");
    window_world_until_says(w.window, "The disk is full.");
    window_world_press(w.window, "Update now: name0.example");
    window_world_until_called(&w, "UpdateNow");
    while (window_world_says(w.window, "The disk is full."))
        g_main_context_iteration(NULL, TRUE);
    window_world_tear_down(&w);
}

/* A key that is held down asks once, and somebody hears that nobody answers. */
static void test_silent(void)
{
    WindowWorld w;
    set_up(&w, 1);
    stub_service_ignore(w.world.stub, "UpdateNow");
    wh_link_set_patience_ms(w.world.link, 500);
    for (guint i = 0; i < 20; i++)
        g_action_group_activate_action(G_ACTION_GROUP(w.window), "update-all", NULL);
    window_world_until_says(w.window, "The Wayhome service does not answer.");
    g_assert_cmpuint(stub_service_count(w.world.stub, "UpdateNow"), ==, 1);
    stub_service_answer(w.world.stub, "UpdateNow", "{}");
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "update-all", NULL);
    while (window_world_says(w.window, "The Wayhome service does not answer."))
        g_main_context_iteration(NULL, TRUE);
    window_world_tear_down(&w);
}

/* The page says why, and nothing that contradicts it. */
static void test_not_permitted(void)
{
    WindowWorld w;
    set_up(&w, 0);
    stub_service_refuse(w.world.stub, "Watch", "org.varlink.service.PermissionDenied", "{}");
    stub_service_hang_up(w.world.stub);
    window_world_until_says(w.window, "You may not see this computer's names");
    g_assert_false(window_world_says(w.window, "You may not do this."));
    g_assert_false(window_world_says(w.window, "sudo"));
    window_world_tear_down(&w);
}

int main(int argc, char **argv)
{
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/window-many/many", test_many);
    g_test_add_func("/window-many/card-goes-with-its-menu", test_card_goes_with_its_menu);
    g_test_add_func("/window-many/stale", test_stale);
    g_test_add_func("/window-many/told-goes", test_told_goes);
    g_test_add_func("/window-many/silent", test_silent);
    g_test_add_func("/window-many/not-permitted", test_not_permitted);
    return g_test_run();
}
