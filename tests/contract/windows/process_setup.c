#include "platform/process_setup.h"

#include "platform/windows/text.h"
#include "tests/contract/helper.h"

#include <stdio.h>
#include <string.h>

#define SAY "--say"

/* Letters that no single code page has. */
#define LETTERS "\u201c\u00e4\u03b2\u0436\u201d"

/* What the program says when it is started with more arguments. */
static int say(char **arguments)
{
    g_autofree char *joined = g_strjoinv("|", arguments + 2);
    g_print("%s\n", joined);
    wh_process_complain("program", LETTERS);
    return 3;
}

/* Started by the system's own call, as a shell does it. */
static char *run(const char *arguments, DWORD *code)
{
    wchar_t program[MAX_PATH];
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;
    HANDLE reading;
    char text[512];
    DWORD count = 0;
    GString *all = g_string_new(NULL);

    GetModuleFileNameW(NULL, program, MAX_PATH);
    g_assert_true(CreatePipe(&reading, &start.hStdOutput, &inherited, 0));
    g_assert_true(SetHandleInformation(reading, HANDLE_FLAG_INHERIT, 0));
    start.hStdError = start.hStdOutput;
    g_autofree char *name = wh_windows_utf8(program);
    g_autofree char *line = g_strdup_printf("\"%s\" %s", name, arguments);
    g_autofree wchar_t *wide = wh_windows_wide(line);
    g_assert_true(CreateProcessW(program, wide, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process));
    CloseHandle(start.hStdOutput);
    while (ReadFile(reading, text, sizeof text, &count, NULL) && count > 0)
        g_string_append_len(all, text, count);
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, code);
    CloseHandle(reading);
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
    return g_string_free(all, FALSE);
}

static void test_any_letters(void)
{
    DWORD code = 0;
    g_autofree char *said = run(SAY " \"a b\" " LETTERS, &code);

    g_assert_cmpstr(said, ==, "a b|" LETTERS "\r\nprogram: " LETTERS "\r\n");
    g_assert_cmpuint(code, ==, 3);
}

static void test_libraries_of_this_folder_are_not_taken(void)
{
    g_autofree char *system = g_build_filename(g_getenv("SystemRoot"), "system32", NULL);
    g_autofree char *from = g_build_filename(system, "version.dll", NULL);
    char *folder = wh_helper_folder_new();
    g_autofree char *stray = g_build_filename(folder, "wayhome-stray.dll", NULL);
    g_autofree wchar_t *wide_from = wh_windows_wide(from);
    g_autofree wchar_t *wide_stray = wh_windows_wide(stray);
    g_autofree wchar_t *wide_folder = wh_windows_wide(folder);
    wchar_t before[MAX_PATH];

    g_assert_true(CopyFileW(wide_from, wide_stray, TRUE));
    GetCurrentDirectoryW(MAX_PATH, before);
    g_assert_true(SetCurrentDirectoryW(wide_folder));
    g_assert_null(LoadLibraryW(L"wayhome-stray.dll"));
    g_assert_true(SetCurrentDirectoryW(before));
    HMODULE library = LoadLibraryW(wide_stray);
    g_assert_nonnull(library);
    FreeLibrary(library);
    wh_helper_folder_remove(folder);
}

int main(int argc, char **argv)
{
    wh_process_setup();
    g_auto(GStrv) arguments = wh_process_arguments(argc, argv);
    if (argc > 1 && strcmp(argv[1], SAY) == 0)
        return say(arguments);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/process-setup/windows/any-letters", test_any_letters);
    g_test_add_func("/process-setup/windows/libraries-of-this-folder-are-not-taken",
                    test_libraries_of_this_folder_are_not_taken);
    return g_test_run();
}
