#include "platform/service_host.h"

#include "platform/linux/service_manager.h"
#include "platform/linux/signal_source.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

struct WhServiceHost {
    GSource *signals;
    GSource *watchdog; /* NULL when nobody asked for it */
    char *status;
};

/* Two locks, because each leaves a gap: the limit does not hold for dumps that the system pipes to
 * a program (core(5)), and the mark is lost at an exec. The mark costs that only root can trace the
 * service or read its memory through /proc, which is wanted here; the files of /proc/self that it
 * hands to root are not used. */
static void core_dumps_forbid(void)
{
    struct rlimit none = {0, 0};

    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        g_warning("Core dumps could not be switched off: %s", g_strerror(errno));
}

static gboolean watchdog_feed(gpointer data)
{
    wh_service_manager_notify("WATCHDOG=1");
    return G_SOURCE_CONTINUE;
}

static GSource *watchdog_new(void)
{
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    guint64 interval = wh_service_manager_watchdog();
    GSource *source;

    if (interval == 0)
        return NULL;
    source = g_timeout_source_new((guint)CLAMP(interval / 2000, 1, G_MAXINT));
    g_source_set_callback(source, watchdog_feed, NULL, NULL);
    g_source_set_static_name(source, "wh-watchdog");
    g_source_attach(source, context);
    return source;
}

WhServiceHost *wh_service_host_new(WhServiceHostFunc stop, gpointer data)
{
    WhServiceHost *host = g_new0(WhServiceHost, 1);

    core_dumps_forbid();
    host->signals = wh_signal_source_new(stop, data);
    host->watchdog = watchdog_new();
    return host;
}

void wh_service_host_free(WhServiceHost *host)
{
    if (host == NULL)
        return;
    wh_signal_source_free(host->signals);
    if (host->watchdog != NULL) {
        g_source_destroy(host->watchdog);
        g_source_unref(host->watchdog);
    }
    g_free(host->status);
    g_free(host);
}

/* A line break would start another assignment of the protocol. */
static gboolean status_take(WhServiceHost *host, const char *status)
{
    g_autofree char *line = g_strdelimit(g_strdup(status), "\r\n", ' ');

    if (g_strcmp0(line, host->status) == 0)
        return FALSE;
    g_free(host->status);
    host->status = g_steal_pointer(&line);
    return TRUE;
}

void wh_service_host_ready(WhServiceHost *host, const char *status)
{
    g_autofree char *assignments = NULL;

    status_take(host, status);
    assignments = g_strconcat("READY=1\nSTATUS=", host->status, NULL);
    wh_service_manager_notify(assignments);
}

void wh_service_host_status(WhServiceHost *host, const char *status)
{
    g_autofree char *assignment = NULL;

    if (!status_take(host, status))
        return;
    assignment = g_strconcat("STATUS=", host->status, NULL);
    wh_service_manager_notify(assignment);
}

void wh_service_host_stopping(WhServiceHost *host)
{
    wh_service_manager_notify("STOPPING=1");
}
