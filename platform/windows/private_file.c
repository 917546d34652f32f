#include "platform/common/private_file.h"

#include "platform/windows/access.h"
#include "platform/windows/at.h"
#include "platform/windows/folder.h"
#include "platform/windows/text.h"

#include <string.h>

#define NEW_SUFFIX ".new"
#define PRIVATE (WH_ACCESS_NOBODY_WRITES | WH_ACCESS_NOBODY_READS)
#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/* The path is for sentences only. */
struct WhPrivateFolder {
    HANDLE handle;
    char *path;
    WhTrust *trust;
};

struct WhPrivateFile {
    HANDLE handle;
};

static gboolean fail(GError **error, guint32 code, const char *name, const char *what)
{
    wh_windows_set_error(error, code, "%s cannot be %s", name, what);
    return FALSE;
}

/* What is open at `path`. */
static gboolean is_private(HANDLE handle, const char *path, const WhTrust *trust, GError **error)
{
    WhAccessVerdict verdict = WH_ACCESS_SOUND;
    g_autofree char *who = NULL;

    if (!wh_access_judge_handle(handle, trust, PRIVATE, &verdict, &who, error))
        return FALSE;
    if (verdict == WH_ACCESS_SOUND)
        return TRUE;
    wh_folder_refuse(error, path, verdict, who);
    return FALSE;
}

WhPrivateFolder *wh_private_folder_open(const char *path, GError **error)
{
    g_autoptr(WhTrust) trust = wh_trust_new();
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    HANDLE handle = wh_folder_make(whole, WH_ACCESS_PRIVATE_FOLDER, error);

    if (handle == NULL)
        return NULL;
    if (!is_private(handle, whole, trust, error)) {
        CloseHandle(handle);
        return NULL;
    }
    WhPrivateFolder *folder = g_new(WhPrivateFolder, 1);
    *folder = (WhPrivateFolder){handle, g_steal_pointer(&whole), g_steal_pointer(&trust)};
    return folder;
}

void wh_private_folder_close(WhPrivateFolder *folder)
{
    CloseHandle(folder->handle);
    g_free(folder->path);
    wh_trust_free(folder->trust);
    g_free(folder);
}

static gboolean is_ordinary(HANDLE file, const char *name, GError **error)
{
    if (!wh_at_is_link(file) && !wh_at_is_folder(file) && GetFileType(file) == FILE_TYPE_DISK)
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                "%s is no ordinary file and is not used", name);
    return FALSE;
}

static gboolean size_of(HANDLE file, const char *name, guint64 *size, GError **error)
{
    LARGE_INTEGER found;

    if (!GetFileSizeEx(file, &found))
        return fail(error, GetLastError(), name, "read");
    *size = (guint64)found.QuadPart;
    return TRUE;
}

static HANDLE open_file(const WhPrivateFolder *folder, const char *name, guint64 *size,
                        GError **error)
{
    const WhAtWish wish = {.access = FILE_READ_DATA | READ_CONTROL, .share = SHARE_ALL};
    g_autofree char *path = g_build_filename(folder->path, name, NULL);
    HANDLE file = NULL;
    guint32 code = wh_at_open(folder->handle, name, &wish, &file);

    if (code != ERROR_SUCCESS) {
        fail(error, code, name, "opened");
        return NULL;
    }
    if (is_ordinary(file, name, error) && is_private(file, path, folder->trust, error) &&
        size_of(file, name, size, error))
        return file;
    CloseHandle(file);
    return NULL;
}

WhPrivateFile *wh_private_file_open(const WhPrivateFolder *folder, const char *name, guint64 *size,
                                    GError **error)
{
    HANDLE handle = open_file(folder, name, size, error);

    if (handle == NULL)
        return NULL;
    WhPrivateFile *file = g_new(WhPrivateFile, 1);
    file->handle = handle;
    return file;
}

void wh_private_file_close(WhPrivateFile *file)
{
    CloseHandle(file->handle);
    g_free(file);
}

gboolean wh_private_file_read(WhPrivateFile *file, gpointer bytes, gsize length, GError **error)
{
    gsize done = 0;

    while (done < length) {
        DWORD got = 0;

        if (!ReadFile(file->handle, (char *)bytes + done, (DWORD)(length - done), &got, NULL))
            return fail(error, GetLastError(), "The secret's file", "read");
        if (got == 0) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The secret's file ends early");
            return FALSE;
        }
        done += got;
    }
    return TRUE;
}

static guint32 remove_in(HANDLE folder, const char *name)
{
    const WhAtWish wish = {.access = DELETE, .share = SHARE_ALL, .through = TRUE};
    HANDLE file = NULL;
    guint32 code = wh_at_open(folder, name, &wish, &file);

    if (code != ERROR_SUCCESS)
        return code;
    code = wh_at_delete(file);
    CloseHandle(file);
    return code;
}

/* Never opens what somebody else put there; a leftover of a crash goes first. */
static guint32 create(HANDLE folder, const char *name, HANDLE *file)
{
    WhAtWish wish = {.how = WH_AT_CREATE,
                     .access = FILE_WRITE_DATA | DELETE,
                     .share = FILE_SHARE_DELETE,
                     .through = TRUE};
    guint32 code = remove_in(folder, name);

    if (code != ERROR_SUCCESS && code != ERROR_FILE_NOT_FOUND)
        return code;
    wish.descriptor = wh_access_descriptor(WH_ACCESS_PRIVATE_FILE, NULL);
    if (wish.descriptor == NULL)
        return ERROR_INVALID_SECURITY_DESCR;
    code = wh_at_open(folder, name, &wish, file);
    LocalFree(wish.descriptor);
    return code;
}

static guint32 write_all(HANDLE file, const char *bytes, gsize length)
{
    while (length > 0) {
        DWORD written = 0;

        if (!WriteFile(file, bytes, (DWORD)length, &written, NULL))
            return GetLastError();
        bytes += written;
        length -= written;
    }
    return ERROR_SUCCESS;
}

/* Takes its name when everything of it is on the disk. */
static guint32 fill(HANDLE file, const char *head, const char *body, gsize body_length)
{
    guint32 code = write_all(file, head, strlen(head));

    if (code == ERROR_SUCCESS)
        code = write_all(file, body, body_length);
    if (code == ERROR_SUCCESS && !FlushFileBuffers(file))
        code = GetLastError();
    return code;
}

gboolean wh_private_file_replace(const WhPrivateFolder *folder, const char *name, const char *head,
                                 const char *body, gsize body_length, GError **error)
{
    g_autofree char *aside = g_strconcat(name, NEW_SUFFIX, NULL);
    HANDLE file = NULL;
    guint32 code = create(folder->handle, aside, &file);

    if (code != ERROR_SUCCESS)
        return fail(error, code, name, "written");
    code = fill(file, head, body, body_length);
    if (code == ERROR_SUCCESS)
        code = wh_at_rename(file, folder->handle, name, TRUE);
    if (code != ERROR_SUCCESS)
        wh_at_delete(file);
    CloseHandle(file);
    return code == ERROR_SUCCESS || fail(error, code, name, "written");
}

gboolean wh_private_file_remove(const WhPrivateFolder *folder, const char *name, GError **error)
{
    guint32 code = remove_in(folder->handle, name);

    return code == ERROR_SUCCESS || code == ERROR_FILE_NOT_FOUND ||
           fail(error, code, name, "removed");
}

void wh_private_file_sweep(const WhPrivateFolder *folder, const char *suffix)
{
    g_autofree char *aside = g_strconcat(suffix, NEW_SUFFIX, NULL);
    g_auto(GStrv) names = NULL;

    if (wh_at_list(folder->handle, aside, &names) != ERROR_SUCCESS)
        return;
    for (guint i = 0; names[i] != NULL; i++)
        remove_in(folder->handle, names[i]);
}

char **wh_private_file_list(const WhPrivateFolder *folder, const char *suffix, GError **error)
{
    char **names = NULL;
    guint32 code = wh_at_list(folder->handle, suffix, &names);

    if (code != ERROR_SUCCESS) {
        fail(error, code, "The folder", "read");
        return NULL;
    }
    for (guint i = 0; names[i] != NULL; i++)
        names[i][strlen(names[i]) - strlen(suffix)] = '\0';
    return names;
}
