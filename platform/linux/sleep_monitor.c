#include "platform/sleep_monitor.h"

#include "platform/linux/bus_source.h"
#include "platform/linux/sleep_monitor_private.h"

#include <gio/gio.h>

#define RECONNECT_MILLISECONDS (60 * 1000)

struct WhSleepMonitor {
    WhSleepMonitorFunc resumed;
    gpointer data;
    GMainContext *context;
    guint reconnect; /* milliseconds */
    GSource *bus;    /* NULL while not connected */
    GSource *retry;  /* NULL while connected */
};

static void unwatch(GSource **source)
{
    if (*source == NULL)
        return;
    g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}

/* PrepareForSleep(b): TRUE before the sleep, FALSE after it (org.freedesktop.login1(5)). */
static int sleep_signalled(sd_bus_message *message, gpointer data, sd_bus_error *error)
{
    WhSleepMonitor *monitor = data;
    int begins = 1;

    if (sd_bus_message_read(message, "b", &begins) >= 0 && !begins)
        monitor->resumed(monitor->data);
    return 0;
}

static void lost(int error, gpointer data);

static int watch(WhSleepMonitor *monitor)
{
    sd_bus *bus = NULL;
    int result = sd_bus_open_system(&bus);

    /* The match belongs to the connection and goes with it. */
    if (result >= 0)
        result = sd_bus_match_signal_async(
            bus, NULL, "org.freedesktop.login1", "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager", "PrepareForSleep", sleep_signalled, NULL, monitor);
    if (result >= 0) {
        monitor->bus = wh_bus_source_new(bus, lost, monitor);
        g_source_attach(monitor->bus, monitor->context);
    }
    sd_bus_unref(bus);
    return result;
}

static gboolean retry(gpointer data)
{
    WhSleepMonitor *monitor = data;

    if (watch(monitor) < 0)
        return G_SOURCE_CONTINUE;
    unwatch(&monitor->retry);
    return G_SOURCE_REMOVE;
}

static void lost(int error, gpointer data)
{
    WhSleepMonitor *monitor = data;

    g_info("The system bus went away (%s); resumes from sleep go unnoticed until it is back",
           g_strerror(error));
    unwatch(&monitor->bus);
    monitor->retry = g_timeout_source_new(monitor->reconnect);
    g_source_set_callback(monitor->retry, retry, monitor, NULL);
    g_source_attach(monitor->retry, monitor->context);
}

WhSleepMonitor *wh_sleep_monitor_new(WhSleepMonitorFunc resumed, gpointer data, GError **error)
{
    g_autoptr(WhSleepMonitor) monitor = g_new0(WhSleepMonitor, 1);
    int result;

    monitor->resumed = resumed;
    monitor->data = data;
    monitor->context = g_main_context_ref_thread_default();
    monitor->reconnect = RECONNECT_MILLISECONDS;
    result = watch(monitor);
    if (result < 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    "Nobody tells here when the computer wakes up: no system bus (%s)",
                    g_strerror(-result));
        return NULL;
    }
    return g_steal_pointer(&monitor);
}

void wh_sleep_monitor_free(WhSleepMonitor *monitor)
{
    if (monitor == NULL)
        return;
    unwatch(&monitor->bus);
    unwatch(&monitor->retry);
    g_main_context_unref(monitor->context);
    g_free(monitor);
}

void wh_sleep_monitor_set_reconnect(WhSleepMonitor *monitor, guint milliseconds)
{
    monitor->reconnect = milliseconds;
}
