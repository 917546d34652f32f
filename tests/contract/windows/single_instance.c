#include "platform/single_instance.h"

#include "platform/windows/desktop/instance_names.h"
#include "tests/contract/helper.h"
#include "tests/contract/single_instance_adapter.h"

#include <string.h>

#define ASK "--ask"
#define QUIT "--quit"
#define COULD_RUN 99

typedef struct {
    GSubprocess *process;
    gboolean ended;
} Other;

static Other *other(void)
{
    static Other the_other;

    return &the_other;
}

gboolean wh_adapter_begin(void)
{
    return TRUE;
}

void wh_adapter_end(void)
{
    g_clear_object(&other()->process);
}

static void ended(GObject *process, GAsyncResult *result, gpointer data)
{
    g_subprocess_wait_finish(G_SUBPROCESS(process), result, NULL);
    other()->ended = TRUE;
}

static void start(const char *option, const char *request)
{
    wchar_t path[MAX_PATH];
    g_autofree char *program = NULL;
    g_autoptr(GError) error = NULL;

    GetModuleFileNameW(NULL, path, MAX_PATH);
    program = g_utf16_to_utf8((gunichar2 *)path, -1, NULL, NULL, NULL);
    g_clear_object(&other()->process);
    other()->ended = FALSE;
    other()->process =
        g_subprocess_new(G_SUBPROCESS_FLAGS_NONE, &error, program, option, request, NULL);
    g_assert_no_error(error);
    g_subprocess_wait_async(other()->process, NULL, ended, NULL);
}

void wh_adapter_start(const char *request)
{
    start(ASK, request);
}

void wh_adapter_start_quit(void)
{
    start(QUIT, "please");
}

gboolean wh_adapter_ended(int *status)
{
    if (other()->ended)
        *status = g_subprocess_get_exit_status(other()->process);
    return other()->ended;
}

static int not_asked(const char *request, gpointer data)
{
    return 1;
}

static void not_quit(gpointer data)
{
}

gboolean wh_adapter_is_other(int argc, char **argv, int *status)
{
    static const WhSingleInstanceFuncs funcs = {not_asked, not_quit};
    g_auto(GStrv) arguments = g_win32_get_command_line();
    WhSingleInstance *instance;

    if (argc == 3 && strcmp(arguments[1], QUIT) == 0) {
        *status = wh_single_instance_quit(WH_ADAPTER_ID, NULL) ? 0 : 1;
        return TRUE;
    }
    if (argc != 3 || strcmp(arguments[1], ASK) != 0)
        return FALSE;
    instance = wh_single_instance_new(WH_ADAPTER_ID, arguments[2], "", &funcs, NULL, status);
    if (instance != NULL)
        *status = COULD_RUN;
    wh_single_instance_free(instance);
    return TRUE;
}

typedef struct {
    WhSingleInstance *instance;
    guint quits;
    gboolean over; /* set as the last thing before the instance goes; atomic */
    gboolean heard_early;
} Fixture;

static void quits(gpointer data)
{
    Fixture *fixture = data;

    fixture->quits++;
    g_atomic_int_set(&fixture->over, TRUE);
    g_clear_pointer(&fixture->instance, wh_single_instance_free);
}

static HWND window_of_instance(void)
{
    g_autofree wchar_t *name = wh_instance_names_window(WH_ADAPTER_ID);

    return FindWindowExW(NULL, NULL, name, NULL);
}

static gpointer end_session(gpointer data)
{
    Fixture *fixture = data;

    if (SendMessageW(window_of_instance(), WM_QUERYENDSESSION, 0, ENDSESSION_CLOSEAPP))
        SendMessageW(window_of_instance(), WM_ENDSESSION, TRUE, ENDSESSION_CLOSEAPP);
    fixture->heard_early = !g_atomic_int_get(&fixture->over);
    return NULL;
}

/* The system hears that the session may end when the program has nothing left to keep. */
static void test_session_ends(void)
{
    static const WhSingleInstanceFuncs funcs = {not_asked, quits};
    Fixture fixture = {0};
    int answer = 0;
    GThread *thread;

    fixture.instance =
        wh_single_instance_new(WH_ADAPTER_ID, "", "--again", &funcs, &fixture, &answer);
    g_assert_nonnull(fixture.instance);
    thread = g_thread_new("session", end_session, &fixture);
    wh_helper_for_count(&fixture.quits, 1);
    g_thread_join(thread);
    g_assert_false(fixture.heard_early);
    g_assert_null(window_of_instance());
}

/* Somebody who sends other things to the window. */
static void test_strange_data(void)
{
    static const WhSingleInstanceFuncs funcs = {not_asked, quits};
    Fixture fixture = {0};
    int answer = 0;
    COPYDATASTRUCT data = {.dwData = 1, .cbData = 4, .lpData = (char[]){"abc"}};

    fixture.instance =
        wh_single_instance_new(WH_ADAPTER_ID, "", "--again", &funcs, &fixture, &answer);
    g_assert_cmpint(SendMessageW(window_of_instance(), WM_COPYDATA, 0, (LPARAM)&data), ==, 0);
    data.dwData = 0x57680001;
    data.lpData = (char[]){"\xff\xfe\xfd"};
    g_assert_cmpint(SendMessageW(window_of_instance(), WM_COPYDATA, 0, (LPARAM)&data), ==, 0);
    wh_single_instance_free(fixture.instance);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/single-instance/windows/session-ends", test_session_ends);
    g_test_add_func("/single-instance/windows/strange-data", test_strange_data);
}
