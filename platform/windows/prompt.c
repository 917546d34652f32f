#include "platform/prompt.h"

#include "platform/windows/text.h"

#include <string.h>

#define MAX_LINE 4096
#define CTRL_Z 26

/* Of standard input, or NULL when that is no console. */
static HANDLE console_input(void)
{
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    DWORD mode;

    return GetConsoleMode(input, &mode) ? input : NULL;
}

gboolean wh_prompt_is_possible(void)
{
    return console_input() != NULL;
}

static gboolean fail_last(const char *what, GError **error)
{
    wh_windows_set_error(error, GetLastError(), "%s", what);
    return FALSE;
}

static gboolean fail(GError **error, gint code, const char *sentence)
{
    g_set_error_literal(error, G_IO_ERROR, code, sentence);
    return FALSE;
}

static gboolean take(wchar_t c, wchar_t *line, gsize *length)
{
    if (c == L'\r' || c == L'\n')
        return FALSE;
    if (*length < MAX_LINE)
        line[*length] = c;
    ++*length;
    return TRUE;
}

/* Nothing comes when Ctrl-C ended it. The rest of a line that is too long is read and dropped. */
static gboolean read_line(HANDLE input, wchar_t *line, gsize *length, GError **error)
{
    wchar_t piece[256];
    DWORD count = 0;
    gboolean more = TRUE;

    for (*length = 0; more;) {
        if (!ReadConsoleW(input, piece, G_N_ELEMENTS(piece), &count, NULL))
            return fail_last("The console cannot be read", error);
        if (count == 0 || (*length == 0 && piece[0] == CTRL_Z))
            return fail(error, G_IO_ERROR_CANCELLED, "Nothing was entered");
        for (DWORD i = 0; i < count && more; i++)
            more = take(piece[i], line, length);
        SecureZeroMemory(piece, sizeof piece);
    }
    return TRUE;
}

static char *utf8_within(const wchar_t *line, gsize length, GError **error)
{
    gsize bytes = 0;
    for (gsize i = 0; i < MIN(length, MAX_LINE); i++)
        bytes += line[i] < 0x80 ? 1 : line[i] < 0x800 ? 2 : IS_LOW_SURROGATE(line[i]) ? 1 : 3;
    if (length <= MAX_LINE && bytes <= MAX_LINE)
        return wh_windows_utf8_of(line, length);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                "That is longer than %d bytes; nothing was taken", MAX_LINE);
    return NULL;
}

/* Whoever answers a question with Ctrl-C ends the question; the program goes on and tidies up. */
static BOOL WINAPI ignore_interrupt(DWORD event)
{
    return event == CTRL_C_EVENT;
}

static char *ask(HANDLE input, HANDLE output, const char *label, GError **error)
{
    g_autofree wchar_t *line = g_new0(wchar_t, MAX_LINE + 1);
    gsize length = 0;
    char *text = NULL;

    if (!wh_windows_console_write(output, label))
        fail_last("The console cannot be used", error);
    else if (read_line(input, line, &length, error))
        text = utf8_within(line, length, error);
    SecureZeroMemory(line, MAX_LINE * sizeof *line);
    return text;
}

/* The console is made silent before it asks, so that not even the first letter of a quick answer is
 * shown. */
static char *ask_unseen(HANDLE input, HANDLE output, const char *label, GError **error)
{
    const DWORD wanted = ENABLE_LINE_INPUT | ENABLE_PROCESSED_INPUT;
    DWORD before;

    if (!GetConsoleMode(input, &before) ||
        !SetConsoleMode(input, (before | wanted) & ~(DWORD)ENABLE_ECHO_INPUT)) {
        fail_last("The console cannot be used", error);
        return NULL;
    }
    FlushConsoleInputBuffer(input);
    SetConsoleCtrlHandler(ignore_interrupt, TRUE);
    char *text = ask(input, output, label, error);
    SetConsoleCtrlHandler(ignore_interrupt, FALSE);
    SetConsoleMode(input, before);
    wh_windows_console_write(output, "\n");
    return text;
}

char *wh_prompt_secret(const char *label, GError **error)
{
    HANDLE input = console_input();
    if (input == NULL) {
        fail(error, G_IO_ERROR_NOT_SUPPORTED, "There is no console");
        return NULL;
    }
    /* The console itself, wherever standard output leads. */
    HANDLE output = CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (output == INVALID_HANDLE_VALUE) {
        fail_last("The console cannot be opened", error);
        return NULL;
    }
    char *text = ask_unseen(input, output, label, error);
    CloseHandle(output);
    return text;
}
