#include "platform/process_setup.h"

#include "platform/windows/event_log.h"
#include "platform/windows/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Libraries come from beside the program and from the system: never from the folder in which a
 * program happens to be started, nor from PATH. */
static void search_libraries_safely(void)
{
    SetDllDirectoryW(L"");
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_APPLICATION_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
}

/* The code page that the console had before, which is 0 where there is none. */
static UINT former_code_page(void)
{
    static gsize code_page;

    if (g_once_init_enter(&code_page))
        g_once_init_leave(&code_page, (gsize)GetConsoleOutputCP() + 1);
    return (UINT)code_page - 1;
}

static void restore_code_page(void)
{
    SetConsoleOutputCP(former_code_page());
}

/* To a console as the characters that they are, anywhere else as UTF-8. */
static void put(FILE *stream, DWORD which, const char *text)
{
    fflush(stream);
    if (wh_windows_console_write(GetStdHandle(which), text))
        return;
    fputs(text, stream);
    fflush(stream);
}

static void print(const char *text)
{
    put(stdout, STD_OUTPUT_HANDLE, text);
}

static void print_error(const char *text)
{
    put(stderr, STD_ERROR_HANDLE, text);
}

/* Others write to the console after us, as they are used to. */
static void speak_utf8(void)
{
    if (former_code_page() != 0 && SetConsoleOutputCP(CP_UTF8))
        atexit(restore_code_page);
    g_set_print_handler(print);
    g_set_printerr_handler(print_error);
}

void wh_process_setup(void)
{
    HeapSetInformation(NULL, HeapEnableTerminationOnCorruption, NULL, 0);
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX);
    search_libraries_safely();
    speak_utf8();
}

char **wh_process_arguments(int argc, char **argv)
{
    return g_win32_get_command_line();
}

void wh_process_complain(const char *program, const char *sentence)
{
    if (GetFileType(GetStdHandle(STD_ERROR_HANDLE)) == FILE_TYPE_UNKNOWN)
        wh_event_log_say(sentence);
    else
        g_printerr("%s: %s\n", program, sentence);
}
