#include "platform/windows/service_control.h"

#include "platform/windows/clock_notice.h"
#include "platform/windows/service_process.h"

/* How long a step may take before whoever looks at the service thinks that it hangs. */
#define WAIT_HINT_MS 30000

/* Told instead of an exit code: what the start failed of is in the event log. */
#define START_FAILED 1

typedef enum {
    WAITING,
    CONNECTED,
    ABSENT,
} Phase;

struct WhServiceControl {
    const WhServiceCalls *calls;
    WhServiceRequestFunc func;
    gpointer data;
    Phase phase;
    SERVICE_STATUS_HANDLE handle;
    DWORD state;
    DWORD checkpoint;
    gboolean was_running;
};

/* What the dispatcher's thread works for; it may outlive that a little. */
typedef struct {
    const WhServiceCalls *calls;
    guint life;
} Dispatch;

/* The system hands no data to the start of a service, and may call a moment longer than it is
 * needed. The lock guards all that is in WhServiceControl. */
typedef struct {
    GMutex lock;
    GCond changed;
    WhServiceControl *current;
    guint lives; /* how many there were */
} Process;

static Process *process(void)
{
    static gsize the_process;

    if (g_once_init_enter(&the_process)) {
        Process *made = g_new0(Process, 1);

        g_mutex_init(&made->lock);
        g_cond_init(&made->changed);
        g_once_init_leave(&the_process, (gsize)made);
    }
    return (Process *)the_process;
}

/* The manager would say the same, but Wine's lets a program that was started by hand wait. */
static BOOL WINAPI dispatch_if_service(const SERVICE_TABLE_ENTRYW *table)
{
    return wh_service_process_is_this() && StartServiceCtrlDispatcherW(table);
}

static BOOL WINAPI set_status(SERVICE_STATUS_HANDLE handle, SERVICE_STATUS *status)
{
    return SetServiceStatus(handle, status);
}

const WhServiceCalls *wh_service_calls_of_system(void)
{
    static const WhServiceCalls calls = {
        .dispatch = dispatch_if_service,
        .register_handler = RegisterServiceCtrlHandlerExW,
        .set_status = set_status,
    };

    return &calls;
}

/* With the lock held. */
static void report(WhServiceControl *control, DWORD state)
{
    gboolean pending = state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING;
    gboolean failed = state == SERVICE_STOPPED && !control->was_running;
    SERVICE_STATUS status = {
        .dwServiceType = SERVICE_WIN32_OWN_PROCESS,
        .dwCurrentState = state,
        .dwWin32ExitCode = failed ? ERROR_SERVICE_SPECIFIC_ERROR : NO_ERROR,
        .dwServiceSpecificExitCode = failed ? START_FAILED : 0,
        .dwWaitHint = pending ? WAIT_HINT_MS : 0,
    };

    control->checkpoint = state == control->state ? control->checkpoint + 1 : 1;
    control->state = state;
    if (pending)
        status.dwCheckPoint = control->checkpoint;
    if (state == SERVICE_RUNNING) {
        status.dwControlsAccepted = SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN |
                                    SERVICE_ACCEPT_PARAMCHANGE | SERVICE_ACCEPT_TIMECHANGE;
        control->was_running = TRUE;
    }
    control->calls->set_status(control->handle, &status);
}

/* With the lock held. */
static DWORD obey(WhServiceControl *control, DWORD request)
{
    switch (request) {
    case SERVICE_CONTROL_INTERROGATE:
        return NO_ERROR;
    case SERVICE_CONTROL_STOP:
    case SERVICE_CONTROL_PRESHUTDOWN:
    case SERVICE_CONTROL_SHUTDOWN:
        report(control, SERVICE_STOP_PENDING);
        control->func(WH_SERVICE_REQUEST_STOP, control->data);
        return NO_ERROR;
    case SERVICE_CONTROL_PARAMCHANGE:
        control->func(WH_SERVICE_REQUEST_RELOAD, control->data);
        return NO_ERROR;
    case SERVICE_CONTROL_TIMECHANGE:
        wh_clock_notice_tell();
        return NO_ERROR;
    default:
        return ERROR_CALL_NOT_IMPLEMENTED;
    }
}

static DWORD WINAPI handle(DWORD request, DWORD type, void *event, void *context)
{
    Process *own = process();
    DWORD answer = ERROR_CALL_NOT_IMPLEMENTED;

    g_mutex_lock(&own->lock);
    if (own->current != NULL)
        answer = obey(own->current, request);
    g_mutex_unlock(&own->lock);
    return answer;
}

/* With the lock held. */
static void settle(Process *own, Phase phase)
{
    if (own->current == NULL || own->current->phase != WAITING)
        return;
    own->current->phase = phase;
    g_cond_broadcast(&own->changed);
}

/* The service is not over when this returns, but when it is reported to have stopped. */
static void WINAPI service_main(DWORD argc, wchar_t **argv)
{
    Process *own = process();
    WhServiceControl *control;

    g_mutex_lock(&own->lock);
    control = own->current;
    if (control != NULL) {
        control->handle = control->calls->register_handler(WH_SERVICE_PROCESS_NAME, handle, NULL);
        if (control->handle != NULL)
            report(control, SERVICE_START_PENDING);
        settle(own, control->handle != NULL ? CONNECTED : ABSENT);
    }
    g_mutex_unlock(&own->lock);
}

/* Returns at once with ERROR_FAILED_SERVICE_CONTROLLER_CONNECT when no manager started us, else
 * when the service has stopped. */
static gpointer dispatch(gpointer data)
{
    g_autofree Dispatch *job = data;
    wchar_t name[] = WH_SERVICE_PROCESS_NAME;
    const SERVICE_TABLE_ENTRYW table[] = {{name, service_main}, {NULL, NULL}};
    Process *own = process();

    job->calls->dispatch(table);
    g_mutex_lock(&own->lock);
    if (own->lives == job->life)
        settle(own, ABSENT);
    g_mutex_unlock(&own->lock);
    return NULL;
}

static void start_dispatch(const WhServiceCalls *calls, guint life)
{
    Dispatch *started = g_new(Dispatch, 1);

    *started = (Dispatch){calls, life};
    g_thread_unref(g_thread_new("service", dispatch, started));
}

WhServiceControl *wh_service_control_new(const WhServiceCalls *calls, WhServiceRequestFunc func,
                                         gpointer data)
{
    Process *own = process();
    WhServiceControl *control = g_new0(WhServiceControl, 1);

    control->calls = calls;
    control->func = func;
    control->data = data;
    g_mutex_lock(&own->lock);
    g_assert(own->current == NULL);
    own->current = control;
    start_dispatch(calls, ++own->lives);
    while (control->phase == WAITING)
        g_cond_wait(&own->changed, &own->lock);
    if (control->phase == ABSENT) {
        own->current = NULL;
        g_clear_pointer(&control, g_free);
    }
    g_mutex_unlock(&own->lock);
    return control;
}

void wh_service_control_report(WhServiceControl *control, DWORD state)
{
    Process *own = process();

    if (control == NULL)
        return;
    g_mutex_lock(&own->lock);
    report(control, state);
    g_mutex_unlock(&own->lock);
}

void wh_service_control_free(WhServiceControl *control)
{
    Process *own = process();

    if (control == NULL)
        return;
    g_mutex_lock(&own->lock);
    report(control, SERVICE_STOPPED);
    own->current = NULL;
    g_mutex_unlock(&own->lock);
    g_free(control);
}
