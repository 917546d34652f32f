#include "platform/windows/text.h"

#include <string.h>

#define REPLACEMENT 0xfffd

/* Bytes of UTF-8 that one unit of UTF-16 becomes at most; a pair of them becomes four. */
#define MOST_OF_A_UNIT 3

/* ERROR_ELEVATION_REQUIRED of winerror.h, which not every set of headers has. */
#define ELEVATION_REQUIRED 740

G_STATIC_ASSERT(sizeof(wchar_t) == sizeof(gunichar2));

wchar_t *wh_windows_wide(const char *text)
{
    if (text == NULL)
        return NULL;
    return (wchar_t *)g_utf8_to_utf16(text, -1, NULL, NULL, NULL);
}

char *wh_windows_utf8_of(const wchar_t *text, gsize length)
{
    if (text == NULL)
        return NULL;

    /* It never grows: of a secret a piece would stay behind where it was. */
    GString *utf8 = g_string_sized_new(length * MOST_OF_A_UNIT);
    for (gsize i = 0; i < length && text[i] != 0; i++) {
        gunichar c = text[i];
        if (IS_HIGH_SURROGATE(c) && i + 1 < length && IS_LOW_SURROGATE(text[i + 1]))
            c = 0x10000 + ((c - HIGH_SURROGATE_START) << 10) + text[++i] - LOW_SURROGATE_START;
        else if (c >= HIGH_SURROGATE_START && c <= LOW_SURROGATE_END)
            c = REPLACEMENT;
        g_string_append_unichar(utf8, c);
    }
    return g_string_free(utf8, FALSE);
}

char *wh_windows_utf8(const wchar_t *text)
{
    return wh_windows_utf8_of(text, text != NULL ? wcslen(text) : 0);
}

gboolean wh_windows_console_write(HANDLE console, const char *text)
{
    DWORD mode;
    g_autofree wchar_t *wide = GetConsoleMode(console, &mode) ? wh_windows_wide(text) : NULL;
    DWORD written;

    return wide != NULL && WriteConsoleW(console, wide, (DWORD)wcslen(wide), &written, NULL);
}

/* The values of an HRESULT whose facility is Win32 (HRESULT_FROM_WIN32). */
static guint32 code_within(guint32 code)
{
    return (code & 0xffff0000U) == 0x80070000U ? code & 0xffffU : code;
}

char *wh_windows_error_text(guint32 code)
{
    wchar_t *wide = NULL;
    DWORD length = FormatMessageW(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM |
                                      FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK,
                                  NULL, code_within(code), 0, (wchar_t *)&wide, 0, NULL);
    g_autofree char *text = length > 0 ? wh_windows_utf8_of(wide, length) : NULL;
    LocalFree(wide);
    if (text != NULL) {
        g_strdelimit(text, "\r\n\t", ' ');
        g_strstrip(text);
        if (g_str_has_suffix(text, "."))
            text[strlen(text) - 1] = '\0';
    }
    if (text == NULL || *text == '\0')
        return g_strdup_printf("error %" G_GUINT32_FORMAT, code);
    return g_steal_pointer(&text);
}

gint wh_windows_error_code(guint32 code)
{
    guint32 within = code_within(code);

    switch (within) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_DRIVE:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_NETPATH:
    case ERROR_BAD_NET_NAME:
    case ERROR_NOT_FOUND:
        return G_IO_ERROR_NOT_FOUND;
    case ERROR_CANCELLED:
    case ERROR_OPERATION_ABORTED:
        return G_IO_ERROR_CANCELLED;
    case ERROR_SEM_TIMEOUT:
    case WAIT_TIMEOUT:
    case ERROR_TIMEOUT:
    case ERROR_SERVICE_REQUEST_TIMEOUT:
        return G_IO_ERROR_TIMED_OUT;
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
    case ERROR_BUSY:
        return G_IO_ERROR_BUSY;
    case ERROR_NOT_SUPPORTED:
    case ERROR_CALL_NOT_IMPLEMENTED:
    case ERROR_INVALID_FUNCTION:
        return G_IO_ERROR_NOT_SUPPORTED;
    case ERROR_INVALID_DATA:
        return G_IO_ERROR_INVALID_DATA;
    case ERROR_ACCESS_DENIED:
    case ERROR_PRIVILEGE_NOT_HELD:
    case ELEVATION_REQUIRED:
        return G_IO_ERROR_PERMISSION_DENIED;
    case ERROR_FILE_EXISTS:
    case ERROR_ALREADY_EXISTS:
        return G_IO_ERROR_EXISTS;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        return G_IO_ERROR_NO_SPACE;
    default:
        return (gint)g_io_error_from_win32_error((gint)within);
    }
}

void wh_windows_set_error(GError **error, guint32 code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *reason = wh_windows_error_text(code);
    g_set_error(error, G_IO_ERROR, wh_windows_error_code(code), "%s: %s", sentence, reason);
}
