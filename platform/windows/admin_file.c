#include "platform/admin_file.h"

#include "platform/windows/at.h"
#include "platform/windows/folder.h"
#include "platform/windows/text.h"

#include <string.h>

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

static gboolean fail(GError **error, const char *path, guint32 code)
{
    g_autofree char *own = NULL;

    if (code != ERROR_ACCESS_DENIED) {
        wh_windows_set_error(error, code, "%s cannot be read", path);
        return FALSE;
    }
    own = wh_access_own_sid();
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                "%s cannot be read by the service. Let it: open a terminal as an administrator, "
                "and enter: icacls \"%s\" /grant *%s:R",
                path, path, own);
    return FALSE;
}

static gboolean refuse(GError **error, const char *path, const char *sentence)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s %s", path, sentence);
    return FALSE;
}

/* Folders are opened as well, to be told apart from files that may not be read. link: a link
 * itself. Who made a pipe that the path leads to learns who we are, and can do nothing with that.
 */
static HANDLE open_path(const char *path, gboolean link, GError **error)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);
    HANDLE file = INVALID_HANDLE_VALUE;

    SetLastError(ERROR_INVALID_NAME);
    if (wide != NULL)
        file = CreateFileW(wide, FILE_READ_DATA | FILE_READ_ATTRIBUTES | READ_CONTROL | SYNCHRONIZE,
                           SHARE_ALL, NULL, OPEN_EXISTING,
                           FILE_FLAG_BACKUP_SEMANTICS | SECURITY_SQOS_PRESENT |
                               SECURITY_IDENTIFICATION | (link ? FILE_FLAG_OPEN_REPARSE_POINT : 0),
                           NULL);
    if (file != INVALID_HANDLE_VALUE)
        return file;
    fail(error, path, GetLastError());
    return NULL;
}

static gboolean check_access(HANDLE handle, const char *path, guint demands, GError **error)
{
    g_autoptr(WhTrust) trust = wh_trust_new();
    g_autofree char *who = NULL;
    WhAccessVerdict verdict = WH_ACCESS_SOUND;

    if (!wh_access_judge_handle(handle, trust, demands, &verdict, &who, error))
        return FALSE;
    if (verdict == WH_ACCESS_SOUND)
        return TRUE;
    wh_folder_refuse(error, path, verdict, who);
    return FALSE;
}

static gboolean check_size(HANDLE file, const char *path, GError **error)
{
    LARGE_INTEGER size;

    if (!GetFileSizeEx(file, &size))
        return fail(error, path, GetLastError());
    if (size.QuadPart <= WH_ADMIN_FILE_MOST)
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                "%s is too long: 64 KiB are the most", path);
    return FALSE;
}

static gboolean check_file(HANDLE file, const char *path, gboolean secret, GError **error)
{
    if (GetFileType(file) != FILE_TYPE_DISK || wh_at_is_folder(file))
        return refuse(error, path, "is no ordinary file and is not used");
    if (secret && wh_at_is_link(file))
        return refuse(error, path,
                      "is a link and is not used. Put the file itself there, or name the file that "
                      "it leads to");
    return check_access(file, path, WH_ACCESS_NOBODY_WRITES | (secret ? WH_ACCESS_NOBODY_READS : 0),
                        error) &&
           check_size(file, path, error);
}

/* What grew since it was looked at is cut off; `bytes` holds one more than a file may have. */
static gboolean fill(HANDLE file, char *bytes, gsize *length)
{
    DWORD got = 1;
    gsize done = 0;

    while (done < WH_ADMIN_FILE_MOST && got > 0) {
        if (!ReadFile(file, bytes + done, (DWORD)(WH_ADMIN_FILE_MOST - done), &got, NULL))
            return FALSE;
        done += got;
    }
    bytes[done] = '\0';
    *length = done;
    return TRUE;
}

static char *read_open(HANDLE file, const char *path, gboolean secret, gsize *length,
                       GError **error)
{
    if (!check_file(file, path, secret, error))
        return NULL;
    char *bytes = g_malloc0(WH_ADMIN_FILE_MOST + 1);
    if (fill(file, bytes, length))
        return bytes;
    fail(error, path, GetLastError());
    wh_admin_file_wipe(bytes, WH_ADMIN_FILE_MOST);
    return NULL;
}

static char *read_path(const char *path, gboolean secret, gsize *length, GError **error)
{
    HANDLE file = open_path(path, secret, error);

    if (file == NULL)
        return NULL;
    char *bytes = read_open(file, path, secret, length, error);
    CloseHandle(file);
    return bytes;
}

char *wh_admin_file_read(const char *path, gsize *length, GError **error)
{
    return read_path(path, FALSE, length, error);
}

char *wh_admin_file_read_secret(const char *path, gsize *length, GError **error)
{
    return read_path(path, TRUE, length, error);
}

void wh_admin_file_wipe(char *bytes, gsize length)
{
    if (bytes != NULL)
        SecureZeroMemory(bytes, length);
    g_free(bytes);
}

static int compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char **in_order(char **names)
{
    GPtrArray *sorted = g_ptr_array_new();

    for (guint i = 0; names[i] != NULL; i++) {
        if (names[i][0] != '.')
            g_ptr_array_add(sorted, g_strdup(names[i]));
    }
    g_ptr_array_sort(sorted, compare);
    g_ptr_array_add(sorted, NULL);
    return (char **)g_ptr_array_free(sorted, FALSE);
}

static char **list_open(HANDLE handle, const char *folder, const char *suffix, GError **error)
{
    g_auto(GStrv) names = NULL;
    guint32 code;

    if (!wh_at_is_folder(handle)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY, "%s is no folder", folder);
        return NULL;
    }
    if (!check_access(handle, folder, WH_ACCESS_NOBODY_WRITES, error))
        return NULL;
    code = wh_at_list(handle, suffix, &names);
    if (code == ERROR_SUCCESS)
        return in_order(names);
    fail(error, folder, code);
    return NULL;
}

char **wh_admin_file_list(const char *folder, const char *suffix, GError **error)
{
    HANDLE handle = open_path(folder, FALSE, error);

    if (handle == NULL)
        return NULL;
    char **names = list_open(handle, folder, suffix, error);
    CloseHandle(handle);
    return names;
}
