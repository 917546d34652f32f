#include "installer/windows/setup/removal.h"

#include "platform/windows/text.h"

#include <wchar.h>
#include <windows.h>

/* Deeper than anything of ours; a path has an end, too. */
#define DEEPEST 32

void wh_removal_of_empty(const char *path)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);

    RemoveDirectoryW(wide);
}

static gboolean is_missing(DWORD code)
{
    return code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND;
}

/* A file, an empty folder or a link. */
static gboolean remove_one(const char *path, DWORD attributes, GError **error)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);
    gboolean done;

    if (attributes & FILE_ATTRIBUTE_READONLY)
        SetFileAttributesW(wide, FILE_ATTRIBUTE_NORMAL);
    done = attributes & FILE_ATTRIBUTE_DIRECTORY ? RemoveDirectoryW(wide) : DeleteFileW(wide);
    if (done || is_missing(GetLastError()))
        return TRUE;
    wh_windows_set_error(error, GetLastError(), "“%s” cannot be deleted", path);
    return FALSE;
}

static gboolean remove_tree(const char *path, DWORD attributes, guint depth, GError **error);

static gboolean remove_entry(const char *folder, const WIN32_FIND_DATAW *found, guint depth,
                             GError **error)
{
    g_autofree char *name = wh_windows_utf8(found->cFileName);
    g_autofree char *path = g_build_filename(folder, name, NULL);

    if (wcscmp(found->cFileName, L".") == 0 || wcscmp(found->cFileName, L"..") == 0)
        return TRUE;
    return remove_tree(path, found->dwFileAttributes, depth, error);
}

static gboolean remove_inside(const char *folder, guint depth, GError **error)
{
    g_autofree char *pattern = g_build_filename(folder, "*", NULL);
    g_autofree wchar_t *wide = wh_windows_wide(pattern);
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW(wide, &found);
    gboolean done = TRUE;

    if (search == INVALID_HANDLE_VALUE)
        return TRUE;
    do
        done = remove_entry(folder, &found, depth, done ? error : NULL) && done;
    while (FindNextFileW(search, &found));
    FindClose(search);
    return done;
}

static gboolean remove_tree(const char *path, DWORD attributes, guint depth, GError **error)
{
    gboolean is_real_folder = (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 &&
                              (attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0;

    if (is_real_folder && depth < DEEPEST && !remove_inside(path, depth + 1, error))
        return FALSE;
    return remove_one(path, attributes, error);
}

gboolean wh_removal_of_all(const char *path, GError **error)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);
    DWORD attributes = GetFileAttributesW(wide);

    if (attributes != INVALID_FILE_ATTRIBUTES)
        return remove_tree(path, attributes, 0, error);
    if (is_missing(GetLastError()))
        return TRUE;
    wh_windows_set_error(error, GetLastError(), "“%s” cannot be looked at", path);
    return FALSE;
}
