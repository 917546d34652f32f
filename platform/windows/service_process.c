#include "platform/windows/service_process.h"

#include <windows.h>

static gboolean find_of(SC_HANDLE service, guint32 *id)
{
    SERVICE_STATUS_PROCESS status = {0};
    DWORD needed;

    if (!QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)&status, sizeof status,
                              &needed))
        return FALSE;
    *id = status.dwProcessId;
    return TRUE;
}

static gboolean find_by(SC_HANDLE manager, guint32 *id)
{
    SC_HANDLE service = OpenServiceW(manager, WH_SERVICE_PROCESS_NAME, SERVICE_QUERY_STATUS);

    if (service == NULL) {
        *id = 0;
        return GetLastError() == ERROR_SERVICE_DOES_NOT_EXIST;
    }
    gboolean says = find_of(service, id);
    CloseServiceHandle(service);
    return says;
}

gboolean wh_service_process_find(guint32 *id)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);

    if (manager == NULL)
        return FALSE;
    gboolean says = find_by(manager, id);
    CloseServiceHandle(manager);
    return says;
}

gboolean wh_service_process_is_this(void)
{
    guint32 id = 0;

    return GetFileType(GetStdHandle(STD_ERROR_HANDLE)) == FILE_TYPE_UNKNOWN ||
           (wh_service_process_find(&id) && id == GetCurrentProcessId());
}
