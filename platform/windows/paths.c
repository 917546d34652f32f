#include "platform/paths.h"

#include "platform/windows/folder.h"
#include "platform/windows/text.h"

#include <initguid.h>
#include <knownfolders.h>
#include <objbase.h>
#include <shlobj.h>
#include <string.h>

#define NAME "Wayhome"

/* The longest path that the system knows. */
#define MOST_PATH 32768

/* Never of the environment, which whoever starts a program sets as they like. */
static char *known_folder(const KNOWNFOLDERID *id, const char *fallback)
{
    wchar_t *wide = NULL;
    char *path = NULL;

    if (SUCCEEDED(SHGetKnownFolderPath(id, KF_FLAG_DONT_VERIFY, NULL, &wide)))
        path = wh_windows_utf8(wide);
    CoTaskMemFree(wide);
    return path != NULL ? path : g_strdup(fallback);
}

static char *program_data(void)
{
    return known_folder(&FOLDERID_ProgramData, "C:\\ProgramData");
}

char *wh_paths_state_folder(WhPathsScope scope)
{
    g_autofree char *base = scope == WH_PATHS_SYSTEM
                                ? program_data()
                                : known_folder(&FOLDERID_LocalAppData, g_get_user_data_dir());

    return g_build_filename(base, NAME, "state", NULL);
}

/* In the data of all programs everybody may make folders: the product's own is looked at too. */
static gboolean is_sound(WhPathsScope scope, const char *path, GError **error)
{
    g_autoptr(WhTrust) trust = wh_trust_new();
    g_autofree char *service = wh_access_service_sid(WH_ACCESS_SERVICE);
    g_autofree char *usual = wh_paths_state_folder(WH_PATHS_SYSTEM);
    g_autofree char *above = g_path_get_dirname(path);
    gboolean is_usual = scope == WH_PATHS_SYSTEM && strcmp(path, usual) == 0;
    HANDLE handle;

    wh_trust_add(trust, service);
    if (is_usual) {
        handle = wh_folder_open(above, trust, WH_ACCESS_NOBODY_WRITES, error);
        if (handle == NULL)
            return FALSE;
        CloseHandle(handle);
    }
    handle = wh_folder_open(path, trust, WH_ACCESS_NOBODY_WRITES, error);
    if (handle == NULL)
        return FALSE;
    CloseHandle(handle);
    return TRUE;
}

gboolean wh_paths_make_state_folder(WhPathsScope scope, const char *path, GError **error)
{
    HANDLE handle = wh_folder_make(path, WH_ACCESS_PRIVATE_FOLDER, error);

    if (handle == NULL)
        return FALSE;
    CloseHandle(handle);
    return is_sound(scope, path, error);
}

char *wh_paths_config_folder(WhPathsScope scope)
{
    g_autofree char *base = NULL;

    if (scope == WH_PATHS_USER) {
        base = known_folder(&FOLDERID_RoamingAppData, g_get_user_config_dir());
        return g_build_filename(base, NAME, NULL);
    }
    base = program_data();
    return g_build_filename(base, NAME, "config", NULL);
}

char *wh_paths_control_address(WhPathsScope scope)
{
    g_autofree char *sid = NULL;

    if (scope == WH_PATHS_SYSTEM)
        return g_strdup("\\\\.\\pipe\\wayhome");
    sid = wh_access_own_sid();
    return g_strconcat("\\\\.\\pipe\\wayhome-", sid, NULL);
}

/* The TLS library (Schannel) asks the system. */
char *wh_paths_ca_folder(void)
{
    return NULL;
}

/* Of the program that runs, or NULL. */
static char *program_folder(void)
{
    g_autofree wchar_t *wide = g_new0(wchar_t, MOST_PATH);
    DWORD length = GetModuleFileNameW(NULL, wide, MOST_PATH);
    g_autofree char *path = NULL;

    if (length == 0 || length >= MOST_PATH)
        return NULL;
    path = wh_windows_utf8_of(wide, length);
    return g_path_get_dirname(path);
}

/* The library of translations opens files by names in the code page of the system: where that
 * lacks a letter, the short name of the folder is meant. */
char *wh_paths_locale_folder(const char *installed)
{
    g_autofree char *bin = program_folder();
    g_autofree char *top = bin != NULL ? g_path_get_dirname(bin) : NULL;
    g_autofree char *path = top != NULL ? g_build_filename(top, "share", "locale", NULL) : NULL;
    char *local = path != NULL ? g_win32_locale_filename_from_utf8(path) : NULL;

    return local != NULL ? local : g_strdup(installed);
}

char *wh_paths_program(const char *installed)
{
    g_autofree char *bin = program_folder();
    g_autofree char *name = g_path_get_basename(installed);
    g_autofree char *file = g_strconcat(name, ".exe", NULL);

    return bin != NULL ? g_build_filename(bin, file, NULL) : g_steal_pointer(&file);
}

const char *wh_paths_system_name(void)
{
    return "Windows";
}
