#include "platform/windows/service_watch.h"

#include "platform/windows/hop.h"
#include "platform/windows/service_process.h"

#include <process.h>
#include <windows.h>

#define UP SERVICE_NOTIFY_RUNNING
#define DOWN (SERVICE_NOTIFY_STOP_PENDING | SERVICE_NOTIFY_STOPPED)

/* happened and notice belong to the thread. */
struct WhServiceWatch {
    WhHop *hop;
    HANDLE thread;
    SC_HANDLE service;
    gint stop;
    gint over;
    gboolean happened;
    SERVICE_NOTIFYW notice;
};

static VOID CALLBACK noticed(PVOID parameter)
{
    SERVICE_NOTIFYW *notice = parameter;
    WhServiceWatch *watch = notice->pContext;
    watch->happened = TRUE;
}

/* FALSE: nothing will be told any more. A service that is marked for deletion stays for as long as
 * somebody has a handle of it. */
static gboolean wait_for(WhServiceWatch *watch, DWORD states)
{
    watch->happened = FALSE;
    watch->notice = (SERVICE_NOTIFYW){
        .dwVersion = SERVICE_NOTIFY_STATUS_CHANGE, .pfnNotifyCallback = noticed, .pContext = watch};
    if (NotifyServiceStatusChangeW(watch->service, states | SERVICE_NOTIFY_DELETE_PENDING,
                                   &watch->notice) != ERROR_SUCCESS)
        return FALSE;
    while (!watch->happened && !g_atomic_int_get(&watch->stop))
        SleepEx(INFINITE, TRUE);
    return watch->happened && watch->notice.dwNotificationStatus == ERROR_SUCCESS &&
           (watch->notice.dwNotificationTriggered & SERVICE_NOTIFY_DELETE_PENDING) == 0;
}

/* A state that is there already is told at once, so that the next to wait for is the other one. */
static unsigned __stdcall run(void *data)
{
    WhServiceWatch *watch = data;
    while (wait_for(watch, UP)) {
        wh_hop_ring(watch->hop);
        if (!wait_for(watch, DOWN))
            break;
    }
    /* Whatever was on its way is called before the thread ends. */
    CloseServiceHandle(watch->service);
    SleepEx(0, TRUE);
    g_atomic_int_set(&watch->over, TRUE);
    wh_hop_ring(watch->hop);
    return 0;
}

static SC_HANDLE service_open(void)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    if (manager == NULL)
        return NULL;
    SC_HANDLE service = OpenServiceW(manager, WH_SERVICE_PROCESS_NAME, SERVICE_QUERY_STATUS);
    CloseServiceHandle(manager);
    return service;
}

WhServiceWatch *wh_service_watch_new(void (*starts)(gpointer data), gpointer data)
{
    SC_HANDLE service = service_open();
    if (service == NULL)
        return NULL;
    WhServiceWatch *watch = g_new0(WhServiceWatch, 1);
    watch->service = service;
    watch->hop = wh_hop_new(starts, data);
    watch->thread = (HANDLE)_beginthreadex(NULL, 0, run, watch, 0, NULL);
    if (watch->thread != NULL)
        return watch;
    CloseServiceHandle(service);
    wh_hop_free(watch->hop);
    g_free(watch);
    return NULL;
}

gboolean wh_service_watch_is_over(WhServiceWatch *watch)
{
    return g_atomic_int_get(&watch->over);
}

static VOID CALLBACK wake_up(ULONG_PTR parameter)
{
}

void wh_service_watch_free(WhServiceWatch *watch)
{
    if (watch == NULL)
        return;
    g_atomic_int_set(&watch->stop, TRUE);
    QueueUserAPC(wake_up, watch->thread, 0);
    WaitForSingleObject(watch->thread, INFINITE);
    CloseHandle(watch->thread);
    wh_hop_free(watch->hop);
    g_free(watch);
}
