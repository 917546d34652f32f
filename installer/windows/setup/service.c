#include "installer/windows/setup/service.h"

#include "platform/windows/service_process.h"
#include "platform/windows/text.h"

#include <windows.h>

#define RESET_SECONDS (24 * 60 * 60)
#define SHUTDOWN_MILLISECONDS 10000

typedef SC_HANDLE ServiceHandle;

static void close_handle(SC_HANDLE handle)
{
    if (handle != NULL)
        CloseServiceHandle(handle);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(ServiceHandle, close_handle, NULL)

/* NULL: *code says why. */
static SC_HANDLE find_service(guint32 *code)
{
    g_auto(ServiceHandle) manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    SC_HANDLE service = NULL;

    if (manager != NULL)
        service = OpenServiceW(manager, WH_SERVICE_PROCESS_NAME,
                               SERVICE_CHANGE_CONFIG | SERVICE_QUERY_CONFIG | SERVICE_START);
    *code = service != NULL ? ERROR_SUCCESS : GetLastError();
    return service;
}

static SC_HANDLE open_service(GError **error)
{
    guint32 code;
    SC_HANDLE service = find_service(&code);

    if (service == NULL)
        wh_windows_set_error(error, code, "The service cannot be opened");
    return service;
}

/* A service that somebody else has open stays until they close it, and takes no orders. */
static gboolean is_deleted(SC_HANDLE service)
{
    return !ChangeServiceConfigW(service, SERVICE_NO_CHANGE, SERVICE_NO_CHANGE, SERVICE_NO_CHANGE,
                                 NULL, NULL, NULL, NULL, NULL, NULL, NULL) &&
           GetLastError() == ERROR_SERVICE_MARKED_FOR_DELETE;
}

gboolean wh_service_demand_gone(const WhSetup *setup, GError **error)
{
    guint32 code;
    g_auto(ServiceHandle) service = find_service(&code);

    if (service == NULL && code == ERROR_SERVICE_DOES_NOT_EXIST)
        return TRUE;
    if (service == NULL) {
        wh_windows_set_error(error, code, "The service cannot be opened");
        return FALSE;
    }
    if (is_deleted(service))
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_BUSY,
                        "The service is there and uses it. The package removes the service and "
                        "what it kept: open a terminal as an administrator, and enter: msiexec /x "
                        "PACKAGE PURGE=1");
    return FALSE;
}

char *wh_service_command(const WhSetup *setup)
{
    return g_strdup_printf("\"%s\\wayhomed.exe\"", setup->bin);
}

const char *wh_service_account(const WhSetup *setup)
{
    return setup->is_wine ? "NT AUTHORITY\\LocalService" : "NT SERVICE\\wayhome";
}

gboolean wh_service_set_account(const WhSetup *setup, GError **error)
{
    g_auto(ServiceHandle) service = open_service(error);
    g_autofree char *line = wh_service_command(setup);
    g_autofree wchar_t *command = wh_windows_wide(line);
    g_autofree wchar_t *account = wh_windows_wide(wh_service_account(setup));

    if (service == NULL)
        return FALSE;
    if (ChangeServiceConfigW(service, SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START,
                             SERVICE_ERROR_NORMAL, command, NULL, NULL, NULL, account, NULL, NULL))
        return TRUE;
    wh_windows_set_error(error, GetLastError(), "The service manager refused its account “%s”",
                         wh_service_account(setup));
    return FALSE;
}

/* One kind of setting. `what` completes "The service manager refused ...". */
static gboolean set(DWORD kind, void *setting, const char *what, GError **error)
{
    g_auto(ServiceHandle) service = open_service(error);

    if (service == NULL)
        return FALSE;
    if (ChangeServiceConfig2W(service, kind, setting))
        return TRUE;
    wh_windows_set_error(error, GetLastError(), "The service manager refused %s", what);
    return FALSE;
}

gboolean wh_service_set_identity(const WhSetup *setup, GError **error)
{
    SERVICE_SID_INFO info = {SERVICE_SID_TYPE_UNRESTRICTED};

    return set(SERVICE_CONFIG_SERVICE_SID_INFO, &info, "its identity", error);
}

gboolean wh_service_set_privileges(const WhSetup *setup, GError **error)
{
    wchar_t names[] = L"SeChangeNotifyPrivilege\0";
    SERVICE_REQUIRED_PRIVILEGES_INFOW info = {names};

    return set(SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO, &info, "its list of privileges", error);
}

gboolean wh_service_set_recovery(const WhSetup *setup, GError **error)
{
    SC_ACTION actions[] = {
        {SC_ACTION_RESTART, 1000}, {SC_ACTION_RESTART, 5000}, {SC_ACTION_RESTART, 30000}};
    SERVICE_FAILURE_ACTIONSW failure = {
        .dwResetPeriod = RESET_SECONDS, .cActions = G_N_ELEMENTS(actions), .lpsaActions = actions};
    SERVICE_FAILURE_ACTIONS_FLAG flag = {TRUE};

    return set(SERVICE_CONFIG_FAILURE_ACTIONS, &failure, "what to do after a failure", error) &&
           set(SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, &flag, "to count errors as failures", error);
}

gboolean wh_service_set_shutdown(const WhSetup *setup, GError **error)
{
    SERVICE_PRESHUTDOWN_INFO info = {SHUTDOWN_MILLISECONDS};

    return set(SERVICE_CONFIG_PRESHUTDOWN_INFO, &info, "its time to shut down", error);
}
