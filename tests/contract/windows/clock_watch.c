#include "tests/contract/clock_watch_adapter.h"

#include "platform/windows/clock_notice.h"
#include "platform/windows/clock_window.h"
#include "tests/contract/helper.h"

#include <windows.h>

WhClockWatch *wh_adapter_watch_new(WhClockWatchFunc jumped, gpointer data, GError **error)
{
    return wh_clock_watch_new(jumped, data, error);
}

/* The message that the system sends to every window after the clock was set. */
void wh_adapter_jump(void)
{
    HWND window = NULL;
    DWORD process = 0;

    while ((window = FindWindowExW(NULL, window, WH_CLOCK_WINDOW_CLASS, NULL)) != NULL) {
        GetWindowThreadProcessId(window, &process);
        if (process == GetCurrentProcessId())
            SendMessageW(window, WM_TIMECHANGE, 0, 0);
    }
}

gboolean wh_adapter_nobody(void)
{
    return FALSE;
}

void wh_adapter_end(void)
{
}

static void count(gpointer data)
{
    ++*(guint *)data;
}

/* As the handler of a service does, in a thread of the system. */
static gpointer tell(gpointer data)
{
    wh_clock_notice_tell();
    return NULL;
}

static void test_service_tells(void)
{
    guint calls = 0;
    WhClockWatch *watch = wh_clock_watch_new(count, &calls, NULL);

    g_thread_join(g_thread_new("service", tell, NULL));
    wh_helper_for_count(&calls, 1);
    g_thread_join(g_thread_new("service", tell, NULL));
    wh_clock_watch_free(watch);
    g_thread_join(g_thread_new("service", tell, NULL));
    wh_helper_settle();
    g_assert_cmpuint(calls, ==, 1);
}

static void test_window_ends(void)
{
    guint calls = 0;
    WhClockWatch *watch = wh_clock_watch_new(count, &calls, NULL);
    HWND window = FindWindowW(WH_CLOCK_WINDOW_CLASS, NULL);

    g_assert_true(IsWindow(window));
    g_assert_false(IsWindowVisible(window));
    SendMessageW(window, WM_CLOSE, 0, 0);
    g_assert_true(IsWindow(window));
    wh_clock_watch_free(watch);
    g_assert_false(IsWindow(window));
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/clock-watch/windows/service-tells", test_service_tells);
    g_test_add_func("/clock-watch/windows/window-ends", test_window_ends);
}
