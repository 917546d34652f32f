#include "platform/sleep_monitor.h"
#include "tests/contract/helper.h"
#include "tests/contract/sleep_monitor_adapter.h"

#include <gio/gio.h>

typedef struct {
    WhSleepMonitor *monitor;
    guint count;
    gboolean free_inside;
} Fixture;

static void resumed(gpointer data)
{
    Fixture *fixture = data;

    fixture->count++;
    if (fixture->free_inside)
        g_clear_pointer(&fixture->monitor, wh_sleep_monitor_free);
}

static gboolean start(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;

    if (!wh_adapter_begin()) {
        g_test_skip("There is no dbus-daemon to play the system bus");
        return FALSE;
    }
    fixture->monitor = wh_sleep_monitor_new(resumed, fixture, &error);
    g_assert_no_error(error);
    wh_adapter_until_listening(fixture->monitor, &fixture->count);
    fixture->count = 0;
    return TRUE;
}

static void test_each_resume_once(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    wh_adapter_resume();
    wh_helper_for_count(&fixture.count, 1);
    wh_adapter_resume();
    wh_helper_for_count(&fixture.count, 2);
    wh_helper_settle();
    g_assert_cmpuint(fixture.count, ==, 2);
    wh_sleep_monitor_free(fixture.monitor);
    wh_adapter_end();
}

static void test_silent_after_free(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    wh_adapter_resume();
    wh_sleep_monitor_free(fixture.monitor);
    wh_helper_settle();
    g_assert_cmpuint(fixture.count, ==, 0);
    wh_adapter_end();
}

static void test_free_inside_callback(void)
{
    Fixture fixture = {.free_inside = FALSE};

    if (!start(&fixture))
        return;
    fixture.free_inside = TRUE;
    wh_adapter_resume();
    wh_helper_for_count(&fixture.count, 1);
    g_assert_null(fixture.monitor);
    wh_adapter_end();
}

static void test_nobody_tells(void)
{
    g_autoptr(GError) error = NULL;

    wh_adapter_nobody();
    g_assert_null(wh_sleep_monitor_new(resumed, NULL, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
    wh_adapter_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sleep-monitor/each-resume-once", test_each_resume_once);
    g_test_add_func("/sleep-monitor/silent-after-free", test_silent_after_free);
    g_test_add_func("/sleep-monitor/free-inside-callback", test_free_inside_callback);
    g_test_add_func("/sleep-monitor/nobody-tells", test_nobody_tells);
    wh_adapter_add_tests();
    return g_test_run();
}
