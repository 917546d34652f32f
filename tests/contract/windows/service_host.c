#include "platform/windows/service_host_private.h"

#include "platform/clock_watch.h"
#include "platform/windows/text.h"
#include "tests/contract/helper.h"
#include "tests/contract/service_host_adapter.h"

#include <string.h>

#define NEVER_MS (60 * 60 * 1000)
#define HOLDS_THE_HEAP "/service-host/windows/stuck-in-the-heap/subprocess"
#define SOME_HANDLE ((SERVICE_STATUS_HANDLE)1)

/* A service control manager of our own. told: lines for the tests that all systems share. statuses:
 * of SERVICE_STATUS. */
typedef struct {
    GMutex lock;
    GCond changed;
    gboolean dispatching;
    guint life;
    LPHANDLER_FUNCTION_EX handler;
    GPtrArray *told;
    GArray *statuses;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

static BOOL WINAPI fake_dispatch(const SERVICE_TABLE_ENTRYW *table)
{
    wchar_t name[] = L"wayhome";
    wchar_t *arguments[] = {name, NULL};

    g_mutex_lock(&world()->lock);
    guint life = world()->life;
    g_mutex_unlock(&world()->lock);
    table[0].lpServiceProc(1, arguments);
    g_mutex_lock(&world()->lock);
    while (world()->dispatching && world()->life == life)
        g_cond_wait(&world()->changed, &world()->lock);
    g_mutex_unlock(&world()->lock);
    return TRUE;
}

static SERVICE_STATUS_HANDLE WINAPI fake_register(const wchar_t *name,
                                                  LPHANDLER_FUNCTION_EX handler, void *context)
{
    world()->handler = handler;
    return SOME_HANDLE;
}

static void tell(const char *line)
{
    GPtrArray *told = world()->told;

    if (told->len == 0 || !g_str_equal(g_ptr_array_index(told, told->len - 1), line))
        g_ptr_array_add(told, g_strdup(line));
}

static BOOL WINAPI fake_set_status(SERVICE_STATUS_HANDLE handle, SERVICE_STATUS *status)
{
    World *own = world();

    g_assert_true(handle == SOME_HANDLE);
    g_mutex_lock(&own->lock);
    g_array_append_val(own->statuses, *status);
    if (status->dwCurrentState == SERVICE_RUNNING)
        tell("ready");
    if (status->dwCurrentState == SERVICE_STOP_PENDING)
        tell("stopping");
    if (status->dwCurrentState == SERVICE_STOPPED)
        own->dispatching = FALSE;
    g_cond_broadcast(&own->changed);
    g_mutex_unlock(&own->lock);
    return TRUE;
}

static const WhServiceCalls fake_manager = {fake_dispatch, fake_register, fake_set_status};

static GLogWriterOutput listen_to_status(GLogLevelFlags level, const GLogField *fields,
                                         gsize n_fields, gpointer data)
{
    GPtrArray *told = world()->told;

    for (gsize i = 0; i < n_fields && told != NULL; i++) {
        const char *line = fields[i].value;
        if (strcmp(fields[i].key, "MESSAGE") != 0 || !g_str_has_prefix(line, "Status: "))
            continue;
        gboolean is_ready =
            told->len > 0 && g_str_equal(g_ptr_array_index(told, told->len - 1), "ready");
        if (is_ready)
            g_ptr_array_remove_index(told, told->len - 1);
        g_ptr_array_add(told, g_strconcat(is_ready ? "ready" : "status", line + 6, NULL));
        return G_LOG_WRITER_HANDLED;
    }
    return g_log_writer_default(level, fields, n_fields, data);
}

void wh_adapter_begin(void)
{
    world()->told = g_ptr_array_new_with_free_func(g_free);
    world()->statuses = g_array_new(FALSE, FALSE, sizeof(SERVICE_STATUS));
    g_mutex_lock(&world()->lock);
    world()->dispatching = TRUE;
    world()->life++;
    g_mutex_unlock(&world()->lock);
}

void wh_adapter_end(void)
{
    g_assert_false(world()->dispatching);
    g_clear_pointer(&world()->told, g_ptr_array_unref);
    g_clear_pointer(&world()->statuses, g_array_unref);
}

WhServiceHost *wh_adapter_host_new(WhServiceHostFunc stop, WhServiceHostFunc reload, gpointer data)
{
    return wh_service_host_new_under(&fake_manager, NEVER_MS, NULL, stop, reload, data);
}

static DWORD control(DWORD request)
{
    return world()->handler(request, 0, NULL, NULL);
}

void wh_adapter_stop(void)
{
    control(SERVICE_CONTROL_STOP);
    control(SERVICE_CONTROL_PRESHUTDOWN);
}

void wh_adapter_reload(void)
{
    control(SERVICE_CONTROL_PARAMCHANGE);
}

char *wh_adapter_told(void)
{
    g_ptr_array_add(world()->told, NULL);
    char *told = g_strjoinv("|", (char **)world()->told->pdata);
    g_ptr_array_set_size(world()->told, 0);
    return told;
}

static void count(gpointer data)
{
    ++*(guint *)data;
}

static const SERVICE_STATUS *status_at(guint i)
{
    g_assert_cmpuint(i, <, world()->statuses->len);
    return &g_array_index(world()->statuses, SERVICE_STATUS, i);
}

static void expect_status(guint i, DWORD state, DWORD checkpoint)
{
    const SERVICE_STATUS *status = status_at(i);

    g_assert_cmpuint(status->dwServiceType, ==, SERVICE_WIN32_OWN_PROCESS);
    g_assert_cmpuint(status->dwCurrentState, ==, state);
    g_assert_cmpuint(status->dwCheckPoint, ==, checkpoint);
    g_assert_cmpint(status->dwWaitHint > 0, ==, checkpoint > 0);
    g_assert_cmpint(status->dwControlsAccepted != 0, ==, state == SERVICE_RUNNING);
}

/* A stop is confirmed before the main loop turns: whoever asked for it waits for that. */
static void test_states(void)
{
    guint stops = 0;

    wh_adapter_begin();
    WhServiceHost *host = wh_adapter_host_new(count, count, &stops);
    expect_status(0, SERVICE_START_PENDING, 1);
    wh_service_host_ready(host, "a");
    expect_status(1, SERVICE_RUNNING, 0);
    g_assert_cmpuint(status_at(1)->dwControlsAccepted, ==,
                     SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN | SERVICE_ACCEPT_PARAMCHANGE |
                         SERVICE_ACCEPT_TIMECHANGE);
    g_assert_cmpuint(control(SERVICE_CONTROL_STOP), ==, NO_ERROR);
    expect_status(2, SERVICE_STOP_PENDING, 1);
    wh_helper_for_count(&stops, 1);
    wh_service_host_stopping(host);
    expect_status(3, SERVICE_STOP_PENDING, 2);
    wh_service_host_free(host);
    expect_status(4, SERVICE_STOPPED, 0);
    g_assert_cmpuint(status_at(4)->dwWin32ExitCode, ==, NO_ERROR);
    g_assert_cmpuint(world()->statuses->len, ==, 5);
    wh_adapter_end();
}

/* Only then does the manager do what its settings say about failures. */
static void test_a_failed_start_is_told(void)
{
    wh_adapter_begin();
    WhServiceHost *host = wh_adapter_host_new(count, count, NULL);
    wh_service_host_stopping(host);
    wh_service_host_free(host);
    expect_status(2, SERVICE_STOPPED, 0);
    g_assert_cmpuint(status_at(2)->dwWin32ExitCode, ==, ERROR_SERVICE_SPECIFIC_ERROR);
    g_assert_cmpuint(status_at(2)->dwServiceSpecificExitCode, !=, 0);
    wh_adapter_end();
}

static void test_controls(void)
{
    guint stops = 0;

    wh_adapter_begin();
    WhServiceHost *host = wh_adapter_host_new(count, count, &stops);
    wh_service_host_ready(host, "a");
    g_assert_cmpuint(control(SERVICE_CONTROL_INTERROGATE), ==, NO_ERROR);
    g_assert_cmpuint(control(SERVICE_CONTROL_PAUSE), ==, ERROR_CALL_NOT_IMPLEMENTED);
    wh_helper_settle();
    g_assert_cmpuint(stops, ==, 0);
    g_assert_cmpuint(control(SERVICE_CONTROL_PRESHUTDOWN), ==, NO_ERROR);
    wh_service_host_free(host);
    g_assert_cmpuint(control(SERVICE_CONTROL_STOP), ==, ERROR_CALL_NOT_IMPLEMENTED);
    wh_helper_settle();
    g_assert_cmpuint(stops, ==, 0);
    wh_adapter_end();
}

/* It answers at once, and whoever watches the clock hears of it. */
static void test_clock(void)
{
    guint stops = 0;
    guint jumps = 0;

    wh_adapter_begin();
    WhServiceHost *host = wh_adapter_host_new(count, count, &stops);
    wh_service_host_ready(host, "a");
    WhClockWatch *watch = wh_clock_watch_new(count, &jumps, NULL);
    g_assert_cmpuint(control(SERVICE_CONTROL_TIMECHANGE), ==, NO_ERROR);
    wh_helper_for_count(&jumps, 1);
    g_assert_cmpuint(stops, ==, 0);
    wh_clock_watch_free(watch);
    wh_service_host_free(host);
    wh_adapter_end();
}

static void set(gpointer data)
{
    g_atomic_int_set((gint *)data, 1);
}

static gboolean is_over(gpointer data)
{
    return g_get_monotonic_time() > *(gint64 *)data;
}

static gboolean turn(gpointer data)
{
    return G_SOURCE_CONTINUE;
}

static void turn_for(gint64 microseconds)
{
    gint64 end = g_get_monotonic_time() + microseconds;
    guint timer = g_timeout_add(5, turn, NULL);

    wh_helper_until(is_over, &end);
    g_source_remove(timer);
}

static void test_stuck_loop(void)
{
    gint stuck = 0;

    wh_adapter_begin();
    WhServiceHost *host = wh_service_host_new_under(&fake_manager, 20, set, count, count, &stuck);
    turn_for(400 * 1000);
    g_assert_cmpint(g_atomic_int_get(&stuck), ==, 0);
    gint64 end = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
    while (!g_atomic_int_get(&stuck) && !is_over(&end))
        g_usleep(10000);
    g_assert_cmpint(g_atomic_int_get(&stuck), ==, 1);
    wh_service_host_free(host);
    wh_adapter_end();
}

/* Hangs with all memory in its hands, so that whoever needs some hangs as well, once its threads
 * have begun. */
static void test_holds_the_heap(void)
{
    HANDLE heaps[64];

    wh_adapter_begin();
    wh_service_host_new_under(&fake_manager, 20, NULL, count, count, NULL);
    turn_for(200 * 1000);
    DWORD n_heaps = GetProcessHeaps(G_N_ELEMENTS(heaps), heaps);
    for (DWORD i = 0; i < MIN(n_heaps, G_N_ELEMENTS(heaps)); i++)
        HeapLock(heaps[i]);
    Sleep(INFINITE);
}

/* The program ends all the same, in a way that the manager takes for a failure. */
static void test_stuck_in_the_heap(void)
{
    wchar_t program[MAX_PATH];
    wchar_t line[] = L"service-host --GTestSubprocess -p " HOLDS_THE_HEAP;
    STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;
    DWORD code = 0;

    GetModuleFileNameW(NULL, program, MAX_PATH);
    g_assert_true(
        CreateProcessW(program, line, NULL, NULL, FALSE, 0, NULL, NULL, &start, &process));
    if (WaitForSingleObject(process.hProcess, 30 * 1000) != WAIT_OBJECT_0) {
        TerminateProcess(process.hProcess, 1);
        g_test_fail_printf("It hangs for ever");
    } else {
        g_assert_true(GetExitCodeProcess(process.hProcess, &code));
        g_assert_cmpuint(code, ==, 70);
    }
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
}

/* With the system's own manager, which did not start this program. */
static void test_by_hand(void)
{
    guint stops = 0;
    WhServiceHost *host = wh_service_host_new(count, count, &stops);

    wh_service_host_ready(host, "a");
    if (GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0))
        wh_helper_for_count(&stops, 1);
    else
        g_test_skip("there is no console here");
    wh_service_host_stopping(host);
    wh_service_host_free(host);
}

static void test_no_crash_reports(void)
{
    WhServiceHost *host = wh_service_host_new(count, count, NULL);

    g_assert_cmpuint(GetErrorMode() & SEM_NOGPFAULTERRORBOX, !=, 0);
    wh_service_host_free(host);
}

void wh_adapter_add_tests(void)
{
    g_log_set_writer_func(listen_to_status, NULL, NULL);
    g_test_add_func("/service-host/windows/states", test_states);
    g_test_add_func("/service-host/windows/a-failed-start-is-told", test_a_failed_start_is_told);
    g_test_add_func("/service-host/windows/controls", test_controls);
    g_test_add_func("/service-host/windows/clock", test_clock);
    g_test_add_func("/service-host/windows/stuck-loop", test_stuck_loop);
    g_test_add_func("/service-host/windows/stuck-in-the-heap", test_stuck_in_the_heap);
    g_test_add_func(HOLDS_THE_HEAP, test_holds_the_heap);
    g_test_add_func("/service-host/windows/by-hand", test_by_hand);
    g_test_add_func("/service-host/windows/no-crash-reports", test_no_crash_reports);
}
