#include "installer/windows/setup/profile.h"

#include "platform/windows/access.h"
#include "platform/windows/text.h"

#include <windows.h>

#define PROFILES "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList"
#define ATTEMPTS 10
#define PAUSE_MILLISECONDS 500

typedef BOOL(WINAPI *DeleteFunc)(LPCWSTR sid, LPCWSTR path, LPCWSTR computer);

static gboolean exists(const char *sid)
{
    g_autofree char *name = g_strconcat(PROFILES "\\", sid, NULL);
    g_autofree wchar_t *wide = wh_windows_wide(name);
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, wide, 0, KEY_QUERY_VALUE, &key) != ERROR_SUCCESS)
        return FALSE;
    RegCloseKey(key);
    return TRUE;
}

/* While the profile is in use, the code differs between versions of Windows. */
static guint32 delete_it(DeleteFunc delete_profile, const char *sid)
{
    g_autofree wchar_t *wide = wh_windows_wide(sid);
    guint32 code = ERROR_SUCCESS;

    for (guint i = 0; i < ATTEMPTS; i++) {
        if (i > 0)
            Sleep(PAUSE_MILLISECONDS);
        if (delete_profile(wide, NULL, NULL))
            return ERROR_SUCCESS;
        code = GetLastError();
    }
    return code;
}

/* Looked up by name: Wine does not have it, and would not start a program that needs it. */
static guint32 find_and_delete(const char *sid)
{
    HMODULE library = LoadLibraryExW(L"userenv.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    guint32 code = ERROR_CALL_NOT_IMPLEMENTED;
    DeleteFunc found;

    if (library == NULL)
        return code;
    found = (DeleteFunc)(void *)GetProcAddress(library, "DeleteProfileW");
    if (found != NULL)
        code = delete_it(found, sid);
    FreeLibrary(library);
    return code;
}

gboolean wh_profile_remove(const WhSetup *setup, GError **error)
{
    g_autofree char *sid = wh_access_service_sid(WH_ACCESS_SERVICE);
    guint32 code;

    if (!exists(sid))
        return TRUE;
    code = find_and_delete(sid);
    if (code == ERROR_SUCCESS)
        return TRUE;
    wh_windows_set_error(
        error, code,
        "Windows kept it: in Settings, look for “Configure advanced user profile "
        "properties”, and delete the one of Wayhome, or of an unknown account, there");
    return FALSE;
}
