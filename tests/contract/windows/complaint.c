#include "platform/process_setup.h"

#include "platform/windows/text.h"

#include <string.h>

#define SAY "--say"
#define SENTENCE "It is \u201cthere\u201d"

/* The screen is the test's: what is shown goes to standard output, and in the session of services
 * there is this program when it is told so. */
typedef int(WINAPI *Box)(HWND, LPCWSTR, LPCWSTR, UINT);
typedef BOOL(WINAPI *Session)(DWORD, DWORD *);

static gboolean *is_service(void)
{
    static gboolean is;

    return &is;
}

static int WINAPI show(HWND owner, LPCWSTR text, LPCWSTR title, UINT kind)
{
    g_autofree char *utf8 = wh_windows_utf8(text);
    g_autofree char *title_utf8 = wh_windows_utf8(title);

    g_print("%s: %s (%x)\n", title_utf8, utf8, kind);
    return IDOK;
}

static BOOL WINAPI session(DWORD process, DWORD *number)
{
    *number = *is_service() ? 0 : 2;
    return TRUE;
}

/* In place of what the import library has: the linker takes what is here already. */
extern const Box __imp_MessageBoxW;
extern const Session __imp_ProcessIdToSessionId;
const Box __imp_MessageBoxW = show;
const Session __imp_ProcessIdToSessionId = session;

static void go_out_of_sight(void)
{
    HWINSTA station = CreateWindowStationW(NULL, 0, MAXIMUM_ALLOWED, NULL);

    if (station == NULL || !SetProcessWindowStation(station))
        g_print("no station\n");
}

static int say(const char *where)
{
    if (strcmp(where, "unseen") == 0)
        go_out_of_sight();
    *is_service() = strcmp(where, "service") == 0;
    wh_process_complain_to_person("program", SENTENCE);
    return 0;
}

/* What this program says when it is started so, with standard error or without. */
static char *said(const char *where, gboolean with_error)
{
    wchar_t program[MAX_PATH];
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;
    HANDLE reading;
    char text[512];
    DWORD count = 0;
    GString *all = g_string_new(NULL);
    g_autofree char *line = g_strdup_printf("complaint " SAY " %s", where);
    g_autofree wchar_t *wide = wh_windows_wide(line);

    GetModuleFileNameW(NULL, program, MAX_PATH);
    g_assert_true(CreatePipe(&reading, &start.hStdOutput, &inherited, 0));
    g_assert_true(SetHandleInformation(reading, HANDLE_FLAG_INHERIT, 0));
    start.hStdError = with_error ? start.hStdOutput : NULL;
    g_assert_true(CreateProcessW(program, wide, NULL, NULL, TRUE, DETACHED_PROCESS, NULL, NULL,
                                 &start, &process));
    CloseHandle(start.hStdOutput);
    while (ReadFile(reading, text, sizeof text, &count, NULL) && count > 0)
        g_string_append_len(all, text, count);
    WaitForSingleObject(process.hProcess, INFINITE);
    CloseHandle(reading);
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
    return g_string_free(all, FALSE);
}

static void expect(const char *where, gboolean with_error, const char *expected)
{
    g_autofree char *found = said(where, with_error);

    g_assert_cmpstr(found, ==, expected);
}

static void test_on_the_screen(void)
{
    expect("seen", FALSE, "Wayhome: " SENTENCE " (10030)\r\n");
}

static void test_in_the_terminal(void)
{
    expect("seen", TRUE, "program: " SENTENCE "\r\n");
}

static void test_where_nobody_sees_it(void)
{
    expect("unseen", FALSE, "");
    expect("service", FALSE, "");
}

int main(int argc, char **argv)
{
    wh_process_setup();
    if (argc > 2 && strcmp(argv[1], SAY) == 0)
        return say(argv[2]);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/complaint/on-the-screen", test_on_the_screen);
    g_test_add_func("/complaint/in-the-terminal", test_in_the_terminal);
    g_test_add_func("/complaint/where-nobody-sees-it", test_where_nobody_sees_it);
    return g_test_run();
}
