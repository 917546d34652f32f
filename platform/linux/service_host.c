#include "platform/service_host.h"

#include "platform/linux/service_manager.h"
#include "platform/linux/signal_source.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define AGAIN_MILLISECONDS 100

/* owed: what the manager was too busy to take, or NULL; again: sends it, while something is owed.
 */
struct WhServiceHost {
    GSource *signals;
    GSource *watchdog; /* NULL when nobody asked for it */
    char *status;
    char *owed;
    GSource *again;
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

static void source_remove(GSource **source)
{
    if (*source == NULL)
        return;
    g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}

static GSource *timer_new(guint milliseconds, GSourceFunc func, gpointer data)
{
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    GSource *source = g_timeout_source_new(milliseconds);

    g_source_set_callback(source, func, data, NULL);
    g_source_attach(source, context);
    return source;
}

static gboolean pay(gpointer data)
{
    WhServiceHost *host = data;

    if (!wh_service_manager_notify(host->owed))
        return G_SOURCE_CONTINUE;
    g_clear_pointer(&host->owed, g_free);
    source_remove(&host->again);
    return G_SOURCE_REMOVE;
}

/* Everything the manager has to hear is heard, in order and without waiting for it here. Of the
 * same assignment the last one counts, so that what is owed may become one message. */
static void tell(WhServiceHost *host, const char *assignments)
{
    g_autofree char *before = g_steal_pointer(&host->owed);
    g_autofree char *all =
        before != NULL ? g_strconcat(before, "\n", assignments, NULL) : g_strdup(assignments);

    if (wh_service_manager_notify(all)) {
        source_remove(&host->again);
        return;
    }
    host->owed = g_steal_pointer(&all);
    if (host->again == NULL)
        host->again = timer_new(AGAIN_MILLISECONDS, pay, host);
}

static gboolean watchdog_feed(gpointer data)
{
    tell(data, "WATCHDOG=1");
    return G_SOURCE_CONTINUE;
}

static GSource *watchdog_new(WhServiceHost *host)
{
    guint64 interval = wh_service_manager_watchdog();

    if (interval == 0)
        return NULL;
    return timer_new((guint)CLAMP(interval / 2000, 1, G_MAXINT), watchdog_feed, host);
}

WhServiceHost *wh_service_host_new(WhServiceHostFunc stop, WhServiceHostFunc reload, gpointer data)
{
    WhServiceHost *host = g_new0(WhServiceHost, 1);

    core_dumps_forbid();
    host->signals = wh_signal_source_new(stop, reload, data);
    host->watchdog = watchdog_new(host);
    return host;
}

void wh_service_host_free(WhServiceHost *host)
{
    if (host == NULL)
        return;
    wh_signal_source_free(host->signals);
    source_remove(&host->watchdog);
    source_remove(&host->again);
    g_free(host->owed);
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
    tell(host, assignments);
}

void wh_service_host_status(WhServiceHost *host, const char *status)
{
    g_autofree char *assignment = NULL;

    if (!status_take(host, status))
        return;
    assignment = g_strconcat("STATUS=", host->status, NULL);
    tell(host, assignment);
}

void wh_service_host_stopping(WhServiceHost *host)
{
    tell(host, "STOPPING=1");
}
