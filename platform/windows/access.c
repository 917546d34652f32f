#include "platform/windows/access.h"

#include "platform/windows/text.h"

#include <aclapi.h>
#include <sddl.h>

#define SHOWN (OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION)

/* The text with the accounts that stand for themselves. */
static wchar_t *filled(const char *sddl)
{
    g_autofree char *own = wh_access_own_sid();
    g_autofree char *service = wh_access_service_sid(WH_ACCESS_SERVICE);
    g_autoptr(GString) text = g_string_new(sddl);

    g_string_replace(text, "{own}", own, 0);
    g_string_replace(text, "{service}", service, 0);
    return wh_windows_wide(text->str);
}

PSECURITY_DESCRIPTOR wh_access_descriptor(const char *sddl, GError **error)
{
    g_autofree wchar_t *wide = filled(sddl);
    PSECURITY_DESCRIPTOR descriptor = NULL;

    if (wide != NULL && ConvertStringSecurityDescriptorToSecurityDescriptorW(wide, SDDL_REVISION_1,
                                                                             &descriptor, NULL))
        return descriptor;
    wh_windows_set_error(error, GetLastError(), "Access rights cannot be put together");
    return NULL;
}

PSECURITY_DESCRIPTOR wh_access_descriptor_of(HANDLE handle, GError **error)
{
    PSECURITY_DESCRIPTOR descriptor = NULL;
    DWORD code =
        GetSecurityInfo(handle, SE_FILE_OBJECT, SHOWN, NULL, NULL, NULL, NULL, &descriptor);

    if (code == ERROR_SUCCESS)
        return descriptor;
    wh_windows_set_error(error, code, "The system does not say who may use it");
    return NULL;
}

char *wh_access_own_owner(void)
{
    union {
        TOKEN_OWNER owner;
        guint8 room[sizeof(TOKEN_OWNER) + SECURITY_MAX_SID_SIZE];
    } found;
    HANDLE token = NULL;
    DWORD size = 0;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return NULL;
    gboolean told = GetTokenInformation(token, TokenOwner, &found, sizeof found, &size);
    CloseHandle(token);
    return told ? wh_access_sid_text(found.owner.Owner) : NULL;
}

char *wh_access_owner_of(HANDLE handle)
{
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor_of(handle, NULL);
    BOOL defaulted;
    PSID owner = NULL;
    char *text = NULL;

    if (descriptor != NULL && GetSecurityDescriptorOwner(descriptor, &owner, &defaulted))
        text = wh_access_sid_text(owner);
    LocalFree(descriptor);
    return text;
}

char *wh_access_sddl_of(HANDLE handle, GError **error)
{
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor_of(handle, error);
    wchar_t *wide = NULL;

    if (descriptor == NULL)
        return NULL;
    if (!ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor, SDDL_REVISION_1, DACL_SECURITY_INFORMATION, &wide, NULL))
        wh_windows_set_error(error, GetLastError(), "Access rights cannot be written down");
    char *text = wh_windows_utf8(wide);
    LocalFree(wide);
    LocalFree(descriptor);
    return text;
}

gboolean wh_access_judge_handle(HANDLE handle, const WhTrust *trust, guint demands,
                                WhAccessVerdict *verdict, char **who, GError **error)
{
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor_of(handle, error);

    if (descriptor == NULL)
        return FALSE;
    *verdict = wh_access_judge(descriptor, trust, demands, who);
    LocalFree(descriptor);
    return TRUE;
}
