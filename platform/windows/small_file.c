#include "platform/small_file.h"

#include "platform/windows/text.h"

static gboolean fail(GError **error, guint32 code)
{
    g_autofree char *text = wh_windows_error_text(code);

    g_set_error_literal(error, G_IO_ERROR, wh_windows_error_code(code), text);
    return FALSE;
}

/* Folders are opened too (FILE_FLAG_BACKUP_SEMANTICS), to be told apart from files that may not be
 * read. If the path leads to a pipe, who made it learns who we are and can do nothing with that. */
static HANDLE open_path(const char *path)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);

    if (wide == NULL) {
        SetLastError(ERROR_INVALID_NAME);
        return INVALID_HANDLE_VALUE;
    }
    return CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                       NULL, OPEN_EXISTING,
                       FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_SEQUENTIAL_SCAN |
                           SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION,
                       NULL);
}

static gboolean check(HANDLE file, GError **error)
{
    BY_HANDLE_FILE_INFORMATION information;

    if (GetFileType(file) == FILE_TYPE_DISK && GetFileInformationByHandle(file, &information) &&
        (information.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "it is no file");
    return FALSE;
}

/* buffer holds one byte more than a file may have. */
static gboolean fill(HANDLE file, char *buffer, gsize *length, GError **error)
{
    DWORD count = 0;

    *length = 0;
    do {
        if (!ReadFile(file, buffer + *length, (DWORD)(WH_SMALL_FILE_MOST + 1 - *length), &count,
                      NULL))
            return fail(error, GetLastError());
        *length += count;
    } while (count != 0 && *length <= WH_SMALL_FILE_MOST);
    if (*length <= WH_SMALL_FILE_MOST)
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "it is far too long");
    return FALSE;
}

char *wh_small_file_read(const char *path, gsize *length, GError **error)
{
    HANDLE file = open_path(path);
    if (file == INVALID_HANDLE_VALUE) {
        fail(error, GetLastError());
        return NULL;
    }
    g_autofree char *buffer = g_malloc(WH_SMALL_FILE_MOST + 1);
    gsize count = 0;
    gboolean done = check(file, error) && fill(file, buffer, &count, error);
    CloseHandle(file);
    if (!done)
        return NULL;
    buffer[count] = '\0';
    *length = count;
    return g_steal_pointer(&buffer);
}
