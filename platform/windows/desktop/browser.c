#include "platform/browser.h"

#include "platform/common/desktop/web_address.h"
#include "platform/windows/text.h"

#include <shellapi.h>

/* GIO knows browsers by what they registered, and not every one does: the system is asked. */
gboolean wh_browser_open(const char *uri, guint32 time, GError **error)
{
    g_autofree wchar_t *wide = wh_windows_wide(uri);
    SHELLEXECUTEINFOW info = {
        .cbSize = sizeof info, .fMask = SEE_MASK_FLAG_NO_UI, .lpVerb = L"open", .lpFile = wide};

    if (!wh_web_address_check(uri, error))
        return FALSE;
    info.nShow = SW_SHOWNORMAL;
    if (ShellExecuteExW(&info))
        return TRUE;
    wh_windows_set_error(error, GetLastError(), "The page could not be opened");
    return FALSE;
}
