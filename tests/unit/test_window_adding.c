/* The form for a new name when something comes between. */
#include "tests/unit/test_window_world.h"

#define SERVICE                                                                                    \
    "\"paused\":false,\"notices\":[],\"notice_details\":[],\"secrets\":{\"kept_in\":\"keyring\","  \
    "\"keyring\":\"open\",\"writer\":\"service\",\"file_allowed\":false}"

#define INVALID "org.wayhome.Control.Invalid"

#define REFUSAL "{\"field\":\"name\",\"reason\":\"it is taken\"}"

#define PROVIDERS                                                                                  \
    "{\"providers\":[{\"id\":\"duckdns\",\"name\":\"Duck "                                         \
    "DNS\",\"untested\":false,\"fields\":[]}]}"

static void set_up(WindowWorld *w)
{
    g_autofree char *host = world_host("h1", "home.duck.example", "current");
    g_autofree char *state = window_world_state(SERVICE, host);
    window_world_set_up(w, state);
    stub_service_answer(w->world.stub, "AddAccount", "{\"account\":\"a2\"}");
    stub_service_answer(w->world.stub, "RemoveAccount", "{}");
}

static void choose(GtkWidget *form, const char *name)
{
    GtkWidget *row = window_world_find(form, GTK_TYPE_LIST_BOX_ROW, name);
    if (row == NULL)
        g_error("There is no row “%s”", name);
    g_signal_emit_by_name(row, "activate");
}

/* The form with everything that is needed typed in. */
static GtkWidget *fill_in(WindowWorld *w)
{
    g_action_group_activate_action(G_ACTION_GROUP(w->window), "add-host", NULL);
    GtkWidget *form = window_world_dialog(w);
    choose(form, "Duck DNS");
    window_world_type(form, "Token", "s3cret");
    window_world_type(form, "Name to keep right", "mine");
    return form;
}

static const char *account_of(json_t *call)
{
    return json_string_value(json_object_get(call, "account"));
}

/* Whatever is clicked: what the answer is for is still there when it comes. */
static void back_while(const char *button, const char *method, const char *answer)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, method, answer);
    stub_service_refuse(w.world.stub, "AddHost", INVALID, REFUSAL);
    GtkWidget *form = fill_in(&w);
    GtkWidget *back = window_world_find(form, GTK_TYPE_BUTTON, "Back: choose another provider");
    gtk_button_clicked(GTK_BUTTON(window_world_find(form, GTK_TYPE_BUTTON, button)));
    g_assert_false(gtk_widget_is_sensitive(back));
    g_signal_emit_by_name(back, "clicked");
    window_world_until_called(&w, method);
    window_world_until_says(form, g_str_equal(button, "Test") ? "It works." : "t is taken");
    g_assert_true(gtk_widget_is_sensitive(back));
    window_world_tear_down(&w);
}

static void test_back_while_busy(void)
{
    back_while("Test", "Test", "{\"result\":{\"class\":\"CHANGED\",\"detail\":null}}");
    back_while("Add", "AddAccount", "{\"account\":\"a2\"}");
}

/* The account that was made for a name that is refused does not stay behind. */
static void test_refused_and_cancelled(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_refuse(w.world.stub, "AddHost", INVALID, REFUSAL);
    GtkWidget *form = fill_in(&w);
    window_world_press(form, "Add");
    window_world_until_says(form, "t is taken");
    g_assert_null(stub_service_called(w.world.stub, "RemoveAccount"));
    gtk_dialog_response(GTK_DIALOG(form), GTK_RESPONSE_CANCEL);
    g_assert_cmpstr(account_of(window_world_until_called(&w, "RemoveAccount")), ==, "a2");
    window_world_tear_down(&w);
}

static void test_refused_and_back(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_refuse(w.world.stub, "AddHost", INVALID, REFUSAL);
    GtkWidget *form = fill_in(&w);
    window_world_press(form, "Add");
    window_world_until_says(form, "t is taken");
    window_world_press(form, "Back: choose another provider");
    g_assert_cmpstr(account_of(window_world_until_called(&w, "RemoveAccount")), ==, "a2");
    window_world_tear_down(&w);
}

static void test_cancelled_under_way(void)
{
    WindowWorld w;
    set_up(&w);
    GtkWidget *form = fill_in(&w);
    gtk_dialog_response(GTK_DIALOG(form), GTK_RESPONSE_ACCEPT);
    gtk_window_close(GTK_WINDOW(form));
    window_world_until_closed(&w);
    g_assert_cmpstr(account_of(window_world_until_called(&w, "RemoveAccount")), ==, "a2");
    g_assert_null(stub_service_called(w.world.stub, "AddHost"));
    window_world_tear_down(&w);
}

/* With a name, it stays. */
static void test_added(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "AddHost", "{\"host\":\"h2\"}");
    window_world_press(fill_in(&w), "Add");
    window_world_until_closed(&w);
    window_world_tear_down(&w);
    WindowWorld other;
    set_up(&other);
    g_assert_null(stub_service_called(other.world.stub, "RemoveAccount"));
    window_world_tear_down(&other);
}

/* Nothing is begun for a name that nobody takes. */
static void test_impossible_name(void)
{
    static const struct {
        const char *typed;
        const char *said;
    } names[] = {{"192.0.2.1", "This is an address."},
                 {"-x-.example.org", "This is no host name."},
                 {"home", "This is no host name."}};
    WindowWorld w;
    set_up(&w);
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "add-host", NULL);
    GtkWidget *form = window_world_dialog(&w);
    choose(form, "Own server");
    window_world_type(form, "Server", "dyn.example");
    window_world_type(form, "Password", "s3cret");
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        window_world_type(form, "Name to keep right", names[i].typed);
        window_world_press(form, "Add");
        g_assert_true(window_world_says(form, names[i].said));
    }
    g_assert_null(stub_service_called(w.world.stub, "AddAccount"));
    window_world_tear_down(&w);
}

static void test_lost(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_ignore(w.world.stub, "AddAccount");
    wh_link_set_patience_ms(w.world.link, 100);
    GtkWidget *form = fill_in(&w);
    window_world_press(form, "Add");
    window_world_until_says(form, "It is not known whether it was added");
    window_world_tear_down(&w);
}

/* They could not be listed: the form asks again, and does not say that there are none. */
static void test_providers_come_later(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "ListProviders", "{\"providers\":[]}");
    stub_service_hang_up(w.world.stub);
    while (g_list_model_get_n_items(wh_model_providers(w.world.model)) > 0)
        g_main_context_iteration(NULL, TRUE);
    stub_service_ignore(w.world.stub, "ListProviders");
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "edit-account",
                                   g_variant_new_string("a1"));
    window_world_until_says(w.window, "The providers are being fetched. Try again in a moment.");
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "add-host", NULL);
    GtkWidget *form = window_world_dialog(&w);
    g_assert_true(window_world_says(form, "The providers are being fetched"));
    /* The request ends. */
    stub_service_answer(w.world.stub, "ListProviders", PROVIDERS);
    stub_service_hang_up(w.world.stub);
    window_world_until_says(form, "Duck DNS");
    window_world_tear_down(&w);
}

/* Is all of this label inside of what is to be seen of the form? */
static gboolean is_in_sight(GtkWidget *form, const char *text)
{
    GtkWidget *label = window_world_label(form, text);
    GtkWidget *view = gtk_widget_get_ancestor(label, GTK_TYPE_VIEWPORT);
    int y;
    gtk_widget_translate_coordinates(label, view, 0, 0, NULL, &y);
    return y >= 0 &&
           y + gtk_widget_get_allocated_height(label) <= gtk_widget_get_allocated_height(view);
}

static void test_error_is_seen(void)
{
    WindowWorld w;
    set_up(&w);
    GtkWidget *form = fill_in(&w);
    window_world_type(form, "Name to keep right", "");
    gtk_window_resize(GTK_WINDOW(form), 540, 230);
    gtk_widget_grab_focus(window_world_find(form, GTK_TYPE_ENTRY, "Token"));
    window_world_settle(form);
    window_world_press(form, "Add");
    window_world_until_says(form, "Please fill this in.");
    window_world_settle(form);
    g_assert_true(is_in_sight(form, "Please fill this in."));
    window_world_tear_down(&w);
}

static void test_answer_is_seen(void)
{
    WindowWorld w;
    set_up(&w);
    stub_service_answer(w.world.stub, "Test",
                        "{\"result\":{\"class\":\"CHANGED\",\"detail\":null}}");
    GtkWidget *form = fill_in(&w);
    gtk_window_resize(GTK_WINDOW(form), 540, 230);
    window_world_settle(form);
    window_world_press(form, "Test");
    window_world_until_says(form, "It works.");
    window_world_settle(form);
    g_assert_true(is_in_sight(form, "It works."));
    window_world_tear_down(&w);
}

/* Where a widget hears the pointer: a button has a window of its own for that. */
static GdkWindow *window_of(GtkWidget *widget)
{
    g_autoptr(GList) windows = gdk_window_get_children(gtk_widget_get_window(widget));
    for (GList *each = windows; each != NULL; each = each->next) {
        gpointer owner;
        gdk_window_get_user_data(each->data, &owner);
        if (owner == widget)
            return each->data;
    }
    return gtk_widget_get_window(widget);
}

static void send_button(GtkWidget *widget, GdkEventType type, guint32 time)
{
    GdkWindow *window = window_of(widget);
    GdkEvent *event = gdk_event_new(type);
    event->button.window = g_object_ref(window);
    event->button.time = time;
    event->button.button = GDK_BUTTON_PRIMARY;
    event->button.x = gdk_window_get_width(window) / 2;
    event->button.y = gdk_window_get_height(window) / 2;
    gdk_event_set_device(
        event, gdk_seat_get_pointer(gdk_display_get_default_seat(gtk_widget_get_display(widget))));
    gtk_main_do_event(event);
    gdk_event_free(event);
}

static void click(GtkWidget *widget, guint32 time)
{
    send_button(widget, GDK_BUTTON_PRESS, time);
    send_button(widget, GDK_BUTTON_RELEASE, time + 10);
}

/* The second click of two does nothing to what lies there by then. */
static void test_double_click(void)
{
    WindowWorld w;
    set_up(&w);
    g_action_group_activate_action(G_ACTION_GROUP(w.window), "add-host", NULL);
    GtkWidget *form = window_world_dialog(&w);
    window_world_settle(form);
    click(window_world_find(form, GTK_TYPE_LIST_BOX_ROW, "Own server"), 1000);
    window_world_settle(form);
    GtkWidget *ipv6 = window_world_find(form, GTK_TYPE_CHECK_BUTTON, "IPv6");
    click(ipv6, 1100);
    g_assert_true(gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(ipv6)));
    click(ipv6, 5000);
    g_assert_false(gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(ipv6)));
    window_world_tear_down(&w);
}

int main(int argc, char **argv)
{
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/window-adding/back-while-busy", test_back_while_busy);
    g_test_add_func("/window-adding/refused-and-cancelled", test_refused_and_cancelled);
    g_test_add_func("/window-adding/refused-and-back", test_refused_and_back);
    g_test_add_func("/window-adding/cancelled-under-way", test_cancelled_under_way);
    g_test_add_func("/window-adding/added", test_added);
    g_test_add_func("/window-adding/impossible-name", test_impossible_name);
    g_test_add_func("/window-adding/lost", test_lost);
    g_test_add_func("/window-adding/providers-come-later", test_providers_come_later);
    g_test_add_func("/window-adding/double-click", test_double_click);
    g_test_add_func("/window-adding/error-is-seen", test_error_is_seen);
    g_test_add_func("/window-adding/answer-is-seen", test_answer_is_seen);
    return g_test_run();
}
