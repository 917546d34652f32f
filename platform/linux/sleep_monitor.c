#include "platform/sleep_monitor.h"

#include "platform/linux/sleep_monitor_private.h"
#include "platform/linux/system_bus.h"

#define RECONNECT_MILLISECONDS (60 * 1000)

struct WhSleepMonitor {
    WhSleepMonitorFunc resumed;
    gpointer data;
    GMainContext *context;
    guint reconnect; /* milliseconds */
    GCancellable *cancellable;
    GDBusConnection *bus; /* NULL while not connected */
    guint subscription;
    GSource *retry; /* NULL while connected or connecting */
};

static void unwatch_bus(WhSleepMonitor *monitor)
{
    if (monitor->bus == NULL)
        return;
    g_signal_handlers_disconnect_by_data(monitor->bus, monitor);
    if (monitor->subscription != 0)
        g_dbus_connection_signal_unsubscribe(monitor->bus, monitor->subscription);
    monitor->subscription = 0;
    g_dbus_connection_close(monitor->bus, NULL, NULL, NULL);
    g_clear_object(&monitor->bus);
}

static void stop_retrying(WhSleepMonitor *monitor)
{
    if (monitor->retry == NULL)
        return;
    g_source_destroy(monitor->retry);
    g_clear_pointer(&monitor->retry, g_source_unref);
}

static gboolean connect_to_bus(WhSleepMonitor *monitor, GError **error);

static gboolean retry(gpointer data)
{
    WhSleepMonitor *monitor = data;

    if (!connect_to_bus(monitor, NULL))
        return G_SOURCE_CONTINUE;
    stop_retrying(monitor);
    return G_SOURCE_REMOVE;
}

static void lost(WhSleepMonitor *monitor, const char *why)
{
    g_info("The system bus went away (%s); resumes from sleep go unnoticed until it is back", why);
    unwatch_bus(monitor);
    monitor->retry = g_timeout_source_new(monitor->reconnect);
    g_source_set_callback(monitor->retry, retry, monitor, NULL);
    g_source_attach(monitor->retry, monitor->context);
}

static void bus_closed(GDBusConnection *bus, gboolean vanished, GError *error, gpointer data)
{
    lost(data, error != NULL ? error->message : "closed");
}

/* PrepareForSleep(b): TRUE before the sleep, FALSE after it (org.freedesktop.login1(5)). */
static void sleep_signalled(GDBusConnection *bus, const char *sender, const char *path,
                            const char *interface, const char *signal, GVariant *parameters,
                            gpointer data)
{
    WhSleepMonitor *monitor = data;
    gboolean begins = TRUE;

    if (g_variant_is_of_type(parameters, G_VARIANT_TYPE("(b)")))
        g_variant_get(parameters, "(b)", &begins);
    if (!begins)
        monitor->resumed(monitor->data);
}

static void connected(GObject *source, GAsyncResult *result, gpointer data)
{
    WhSleepMonitor *monitor = data;
    g_autoptr(GError) error = NULL;
    GDBusConnection *bus = wh_system_bus_connect_finish(result, &error);

    if (bus == NULL) {
        if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            lost(monitor, error->message);
        return;
    }
    monitor->bus = bus;
    g_signal_connect(bus, "closed", G_CALLBACK(bus_closed), monitor);
    /* The signal may have gone out before anybody could listen to it. */
    if (g_dbus_connection_is_closed(bus)) {
        lost(monitor, "closed at once");
        return;
    }
    monitor->subscription = g_dbus_connection_signal_subscribe(
        bus, "org.freedesktop.login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
        "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE, sleep_signalled, monitor, NULL);
}

static gboolean connect_to_bus(WhSleepMonitor *monitor, GError **error)
{
    gboolean begun;

    g_main_context_push_thread_default(monitor->context);
    begun = wh_system_bus_connect(monitor->cancellable, connected, monitor, error);
    g_main_context_pop_thread_default(monitor->context);
    return begun;
}

WhSleepMonitor *wh_sleep_monitor_new(WhSleepMonitorFunc resumed, gpointer data, GError **error)
{
    g_autoptr(WhSleepMonitor) monitor = g_new0(WhSleepMonitor, 1);
    g_autoptr(GError) why = NULL;

    monitor->resumed = resumed;
    monitor->data = data;
    monitor->context = g_main_context_ref_thread_default();
    monitor->reconnect = RECONNECT_MILLISECONDS;
    monitor->cancellable = g_cancellable_new();
    if (!connect_to_bus(monitor, &why)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    "Nobody tells here when the computer wakes up: no system bus (%s)",
                    why->message);
        return NULL;
    }
    return g_steal_pointer(&monitor);
}

void wh_sleep_monitor_free(WhSleepMonitor *monitor)
{
    if (monitor == NULL)
        return;
    g_cancellable_cancel(monitor->cancellable);
    g_object_unref(monitor->cancellable);
    unwatch_bus(monitor);
    stop_retrying(monitor);
    g_main_context_unref(monitor->context);
    g_free(monitor);
}

void wh_sleep_monitor_set_reconnect(WhSleepMonitor *monitor, guint milliseconds)
{
    monitor->reconnect = milliseconds;
}
