#include "installer/windows/setup/removal.h"

#include "platform/windows/at.h"
#include "platform/windows/text.h"

/* Deeper than anything of ours. */
#define DEEPEST 32

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
#define SHARE_USE (FILE_SHARE_READ | FILE_SHARE_WRITE)

void wh_removal_of_empty(const char *path)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);

    RemoveDirectoryW(wide);
}

static gboolean is_missing(guint32 code)
{
    return code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND;
}

static gboolean fail(GError **error, guint32 code, const char *path)
{
    wh_windows_set_error(error, code, "“%s” cannot be deleted", path);
    return FALSE;
}

/* What may not be changed may not be deleted either. */
static void allow_changes(HANDLE handle)
{
    FILE_BASIC_INFO basic = {.FileAttributes = FILE_ATTRIBUTE_NORMAL};

    SetFileInformationByHandle(handle, FileBasicInfo, &basic, sizeof basic);
}

static gboolean remove_open(HANDLE handle, const char *path, GError **error)
{
    guint32 code = wh_at_delete(handle);

    if (code == ERROR_ACCESS_DENIED) {
        allow_changes(handle);
        code = wh_at_delete(handle);
    }
    return code == ERROR_SUCCESS || fail(error, code, path);
}

static gboolean remove_contents(HANDLE folder, const char *path, guint depth, GError **error);

/* A file, a folder or a link. */
static gboolean remove_entry(HANDLE folder, const char *name, const char *path, guint depth,
                             GError **error)
{
    const WhAtWish wish = {.access = DELETE | FILE_LIST_DIRECTORY | FILE_WRITE_ATTRIBUTES,
                           .share = SHARE_ALL};
    HANDLE handle = NULL;
    guint32 code = wh_at_open(folder, name, &wish, &handle);
    gboolean done = TRUE;

    if (code != ERROR_SUCCESS)
        return is_missing(code) || fail(error, code, path);
    if (wh_at_is_folder(handle) && !wh_at_is_link(handle) && depth < DEEPEST)
        done = remove_contents(handle, path, depth + 1, error);
    done = done && remove_open(handle, path, error);
    CloseHandle(handle);
    return done;
}

static gboolean remove_contents(HANDLE folder, const char *path, guint depth, GError **error)
{
    g_auto(GStrv) names = NULL;
    guint32 code = wh_at_list(folder, "", &names);
    gboolean done = TRUE;

    if (code != ERROR_SUCCESS)
        return fail(error, code, path);
    for (guint i = 0; names[i] != NULL; i++) {
        g_autofree char *inside = g_build_filename(path, names[i], NULL);

        done = remove_entry(folder, names[i], inside, depth, done ? error : NULL) && done;
    }
    return done;
}

gboolean wh_removal_of_contents(HANDLE folder, const char *path, GError **error)
{
    return remove_contents(folder, path, 0, error);
}

gboolean wh_removal_of_all(const char *path, GError **error)
{
    g_autofree char *above = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    g_autofree wchar_t *wide = wh_windows_wide(above);
    HANDLE folder = CreateFileW(wide, FILE_LIST_DIRECTORY | FILE_TRAVERSE, SHARE_USE, NULL,
                                OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    gboolean done;

    if (folder == INVALID_HANDLE_VALUE)
        return is_missing(GetLastError()) || fail(error, GetLastError(), path);
    done = remove_entry(folder, name, path, 0, error);
    CloseHandle(folder);
    return done;
}
