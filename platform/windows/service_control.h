/* The service control manager above this process: hears what it wants, and tells it how we are
 * (services in the documentation: "Service Entry Point" and what follows).
 *
 * The main thread runs the main loop, as everywhere; the manager's dispatcher has a thread of its
 * own. */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

typedef struct WhServiceControl WhServiceControl;

typedef enum {
    WH_SERVICE_REQUEST_STOP,
    WH_SERVICE_REQUEST_RELOAD,
} WhServiceRequest;

/* Called in a thread of the system; must not wait, and calls nothing of here. */
typedef void (*WhServiceRequestFunc)(WhServiceRequest request, gpointer data);

/* The system's own functions, or those of a test. */
typedef struct {
    BOOL(WINAPI *dispatch)
    (const SERVICE_TABLE_ENTRYW *table);
    SERVICE_STATUS_HANDLE(WINAPI *register_handler)
    (const wchar_t *name, LPHANDLER_FUNCTION_EX handler, void *context);
    BOOL(WINAPI *set_status)(SERVICE_STATUS_HANDLE handle, SERVICE_STATUS *status);
} WhServiceCalls;

const WhServiceCalls *wh_service_calls_of_system(void);

/* Tells the manager that the service starts. NULL: no manager started this process. One at a time
 * in a process; `calls` lives as long as that. */
WhServiceControl *wh_service_control_new(const WhServiceCalls *calls, WhServiceRequestFunc func,
                                         gpointer data);

/* Tells it that the service has stopped, and is not called any more. Without an earlier
 * SERVICE_RUNNING it is told that the start failed, so that what the administrator chose for that
 * case is done. Accepts NULL. */
void wh_service_control_free(WhServiceControl *control);

/* SERVICE_RUNNING or SERVICE_STOP_PENDING. Accepts NULL. */
void wh_service_control_report(WhServiceControl *control, DWORD state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhServiceControl, wh_service_control_free)

G_END_DECLS
