#include "platform/windows/desktop/instance_names.h"

#include "platform/windows/access.h"
#include "platform/windows/text.h"

static wchar_t *with_sid(const char *prefix, const char *id)
{
    g_autofree char *sid = wh_access_own_sid();
    g_autofree char *name = g_strdup_printf("%s%s-%s", prefix, id, sid != NULL ? sid : "");

    return wh_windows_wide(name);
}

wchar_t *wh_instance_names_mutex(const char *id)
{
    return with_sid("Local\\", id);
}

wchar_t *wh_instance_names_window(const char *id)
{
    return with_sid("", id);
}

wchar_t *wh_instance_names_quit(const char *id, DWORD process)
{
    g_autofree char *name = g_strdup_printf("Global\\%s-quit-%lu", id, process);

    return wh_windows_wide(name);
}
