#include "platform/single_instance.h"

#include "tests/contract/helper.h"
#include "tests/contract/single_instance_adapter.h"

gboolean wh_adapter_begin(void)
{
    return FALSE;
}

void wh_adapter_end(void)
{
}

void wh_adapter_start(const char *request)
{
}

gboolean wh_adapter_ended(int *status)
{
    return TRUE;
}

void wh_adapter_start_quit(void)
{
}

gboolean wh_adapter_is_other(int argc, char **argv, int *status)
{
    return FALSE;
}

/* Of a real application, in a thread that waits for its end. */
static gpointer ask(gpointer data)
{
    return GINT_TO_POINTER(wh_single_instance_quit(WH_ADAPTER_ID, NULL));
}

static void quit(GSimpleAction *action, GVariant *parameter, gpointer data)
{
    g_application_quit(G_APPLICATION(data));
}

static void activate(GApplication *application, gpointer data)
{
    g_application_hold(application);
    *(GThread **)data = g_thread_new("quit", ask, NULL);
}

static void test_quit(void)
{
    const GActionEntry entries[] = {{.name = "quit", .activate = quit}};
    g_autofree char *daemon = g_find_program_in_path("dbus-daemon");
    g_autoptr(GTestDBus) bus = NULL;
    GApplication *application;
    GThread *thread = NULL;

    if (daemon == NULL) {
        g_test_skip("There is no dbus-daemon to play the session's bus");
        return;
    }
    bus = g_test_dbus_new(G_TEST_DBUS_NONE);
    g_test_dbus_up(bus);
    g_assert_true(wh_single_instance_quit(WH_ADAPTER_ID, NULL));
    application = g_application_new(WH_ADAPTER_ID, wh_single_instance_flags());
    g_action_map_add_action_entries(G_ACTION_MAP(application), entries, 1, application);
    g_signal_connect(application, "activate", G_CALLBACK(activate), &thread);
    g_assert_cmpint(g_application_run(application, 0, NULL), ==, 0);
    g_object_unref(application);
    g_assert_nonnull(thread);
    g_assert_true(GPOINTER_TO_INT(g_thread_join(thread)));
    g_test_dbus_stop(bus);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/single-instance/linux/quit", test_quit);
}
