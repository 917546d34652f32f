#include "platform/windows/access.h"

#include "platform/windows/text.h"

#include <aclapi.h>
#include <sddl.h>

#define SERVICE "wayhome"
#define SHOWN (OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION)

/* The text with the accounts that stand for themselves. */
static wchar_t *filled(const char *sddl)
{
    g_autofree char *own = wh_access_own_sid();
    g_autofree char *service = wh_access_service_sid(SERVICE);
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
