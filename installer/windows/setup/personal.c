#include "installer/windows/setup/personal.h"

#include "installer/windows/setup/removal.h"
#include "platform/paths.h"
#include "platform/windows/text.h"

#include <windows.h>

#include <wincred.h>

#define TOKENS L"Wayhome:*"
#define RUN L"Software\\Microsoft\\Windows\\CurrentVersion\\Run"
#define APPROVED L"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run"
#define NAME L"Wayhome"

gboolean wh_personal_forget_tokens(const WhSetup *setup, GError **error)
{
    PCREDENTIALW *found = NULL;
    DWORD count = 0;
    DWORD code = ERROR_SUCCESS;

    if (!CredEnumerateW(TOKENS, 0, &count, &found))
        code = GetLastError();
    for (DWORD i = 0; found != NULL && i < count; i++)
        if (!CredDeleteW(found[i]->TargetName, found[i]->Type, 0))
            code = GetLastError();
    if (found != NULL)
        CredFree(found);
    if (code == ERROR_SUCCESS || code == ERROR_NOT_FOUND || code == ERROR_NO_SUCH_LOGON_SESSION)
        return TRUE;
    wh_windows_set_error(error, code,
                         "Delete them yourself: open Credential Manager and look for Wayhome");
    return FALSE;
}

gboolean wh_personal_forget_files(const WhSetup *setup, GError **error)
{
    g_autofree char *state = wh_paths_state_folder(WH_PATHS_USER);
    g_autofree char *local = g_path_get_dirname(state);
    g_autofree char *config = wh_paths_config_folder(WH_PATHS_USER);

    return wh_removal_of_all(local, error) && wh_removal_of_all(config, error);
}

static gboolean forget_value(const wchar_t *key, GError **error)
{
    LSTATUS code = RegDeleteKeyValueW(HKEY_CURRENT_USER, key, NAME);

    if (code == ERROR_SUCCESS || code == ERROR_FILE_NOT_FOUND)
        return TRUE;
    wh_windows_set_error(error, (guint32)code, "The registry refused");
    return FALSE;
}

gboolean wh_personal_forget_registry(const WhSetup *setup, GError **error)
{
    return forget_value(RUN, error) && forget_value(APPROVED, error);
}
