#include "platform/windows/service_process.h"

#include <windows.h>

static guint32 id_of(SC_HANDLE service)
{
    SERVICE_STATUS_PROCESS status = {0};
    DWORD needed;

    if (!QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)&status, sizeof status,
                              &needed))
        return 0;
    return status.dwProcessId;
}

guint32 wh_service_process_id(void)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    SC_HANDLE service = NULL;
    guint32 id = 0;

    if (manager != NULL)
        service = OpenServiceW(manager, WH_SERVICE_PROCESS_NAME, SERVICE_QUERY_STATUS);
    if (service != NULL) {
        id = id_of(service);
        CloseServiceHandle(service);
    }
    if (manager != NULL)
        CloseServiceHandle(manager);
    return id;
}

gboolean wh_service_process_is_this(void)
{
    return GetFileType(GetStdHandle(STD_ERROR_HANDLE)) == FILE_TYPE_UNKNOWN ||
           wh_service_process_id() == GetCurrentProcessId();
}
