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

int main(int argc, char **argv)
{
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/window/findings/tells", test_tells);
    g_test_add_func("/window/findings/vpn", test_vpn);
    g_test_add_func("/window/findings/other-end", test_other_end);
    g_test_add_func("/window/findings/stays", test_stays);
    return g_test_run();
}
