#include "platform/computer_name.h"

#include <windows.h>

char *wh_computer_name(void)
{
    DWORD length = 0;
    GetComputerNameExW(ComputerNamePhysicalDnsHostname, NULL, &length);
    if (length == 0)
        return g_strdup("");
    g_autofree WCHAR *wide = g_new0(WCHAR, length);
    if (!GetComputerNameExW(ComputerNamePhysicalDnsHostname, wide, &length))
        return g_strdup("");
    char *name = g_utf16_to_utf8((const gunichar2 *)wide, -1, NULL, NULL, NULL);
    return name != NULL ? name : g_strdup("");
}
