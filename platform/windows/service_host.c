#include "platform/windows/service_host_private.h"

#include "platform/windows/console_control.h"
#include "platform/windows/hop.h"
#include "platform/windows/last_words.h"
#include "platform/windows/loop_watch.h"

/* A stuck main loop is noticed after five to seven minutes. */
#define WATCH_MS (100 * 1000)

/* For the last line of the log; the system's manager starts the service again after an exit code
 * like this one. */
#define LAST_WORDS_MS 1000
#define EXIT_STUCK 70

/* WER_FAULT_REPORTING_FLAG_NOHEAP of werapi.h. */
#define REPORT_NO_HEAP 1

/* control: the service control manager, NULL: started by hand; then there is a console, and nobody
 * who would start the program again. stuck: instead of ending the process, or NULL. */
struct WhServiceHost {
    WhServiceHostFunc stop;
    WhServiceHostFunc reload;
    void (*stuck)(gpointer data);
    gpointer data;
    gboolean stopped;
    char *status;
    WhHop *hop;
    WhServiceControl *control;
    WhConsoleControl *console;
    WhLastWords *last_words;
    WhLoopWatch *watch;
};

/* Neither a window nor a report that leaves the computer; and if somebody wants reports all the
 * same, they hold no heap (WerSetFlags, which is not in every set of headers). */
static void crash_reports_forbid(void)
{
    HMODULE kernel = GetModuleHandleW(L"kernel32.dll");
    HRESULT(WINAPI * set_flags)
    (DWORD) = (HRESULT(WINAPI *)(DWORD))(void *)GetProcAddress(kernel, "WerSetFlags");

    SetErrorMode(GetErrorMode() | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    if (set_flags != NULL)
        set_flags(REPORT_NO_HEAP);
}

static void stop_now(gpointer data)
{
    WhServiceHost *host = data;

    if (host->stopped)
        return;
    host->stopped = TRUE;
    host->stop(host->data);
}

static void reload_now(gpointer data)
{
    WhServiceHost *host = data;

    if (!host->stopped)
        host->reload(host->data);
}

static void on_request(WhServiceRequest request, gpointer data)
{
    WhServiceHost *host = data;

    wh_hop_send(host->hop, request == WH_SERVICE_REQUEST_STOP ? stop_now : reload_now, host, NULL);
}

static void on_console(gpointer data)
{
    WhServiceHost *host = data;

    wh_hop_send(host->hop, stop_now, host, NULL);
}

/* Whatever the main thread holds may be what anything else would wait for. */
static void on_stuck(gpointer data)
{
    WhServiceHost *host = data;

    if (host->stuck != NULL) {
        host->stuck(host->data);
        return;
    }
    wh_last_words_say(host->last_words);
    Sleep(LAST_WORDS_MS);
    TerminateProcess(GetCurrentProcess(), EXIT_STUCK);
}

WhServiceHost *wh_service_host_new_under(const WhServiceCalls *calls, guint watch_ms,
                                         void (*stuck)(gpointer data), WhServiceHostFunc stop,
                                         WhServiceHostFunc reload, gpointer data)
{
    WhServiceHost *host = g_new0(WhServiceHost, 1);

    crash_reports_forbid();
    host->stop = stop;
    host->reload = reload;
    host->stuck = stuck;
    host->data = data;
    host->hop = wh_hop_new(NULL, NULL);
    host->control = wh_service_control_new(calls, on_request, host);
    if (host->control == NULL) {
        host->console = wh_console_control_new(on_console, host);
        return host;
    }
    host->last_words =
        wh_last_words_new("The service hangs and ends itself, so that Windows starts it again");
    host->watch = wh_loop_watch_new(watch_ms, on_stuck, host);
    return host;
}

WhServiceHost *wh_service_host_new(WhServiceHostFunc stop, WhServiceHostFunc reload, gpointer data)
{
    return wh_service_host_new_under(wh_service_calls_of_system(), WATCH_MS, NULL, stop, reload,
                                     data);
}

/* Whatever could call from another thread ends first. */
void wh_service_host_free(WhServiceHost *host)
{
    if (host == NULL)
        return;
    wh_loop_watch_free(host->watch);
    wh_last_words_free(host->last_words);
    wh_console_control_free(host->console);
    wh_service_control_free(host->control);
    wh_hop_free(host->hop);
    g_free(host->status);
    g_free(host);
}

/* The manager of this system has no place for a line about a service: it is for whoever watches
 * every step. */
static void status_take(WhServiceHost *host, const char *status)
{
    g_autofree char *line = g_strdelimit(g_strdup(status), "\r\n", ' ');

    if (g_strcmp0(line, host->status) == 0)
        return;
    g_free(host->status);
    host->status = g_steal_pointer(&line);
    g_debug("Status: %s", host->status);
}

void wh_service_host_ready(WhServiceHost *host, const char *status)
{
    wh_service_control_report(host->control, SERVICE_RUNNING);
    status_take(host, status);
}

void wh_service_host_status(WhServiceHost *host, const char *status)
{
    status_take(host, status);
}

void wh_service_host_stopping(WhServiceHost *host)
{
    wh_service_control_report(host->control, SERVICE_STOP_PENDING);
}
