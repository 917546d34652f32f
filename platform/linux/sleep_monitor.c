#include "platform/sleep_monitor.h"

#include "platform/linux/sleep_monitor_private.h"
#include "platform/linux/socket_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Where the bus is when nothing else is said (D-Bus specification, "Well-known Message Bus
 * Instances"). */
#define SYSTEM_BUS "unix:path=/var/run/dbus/system_bus_socket"
#define PLAIN_PATH "unix:path="
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
    g_autoptr(GObject) initable = g_async_result_get_source_object(result);
    g_autoptr(GError) error = NULL;
    GObject *made = g_async_initable_new_finish(G_ASYNC_INITABLE(initable), result, &error);
    GDBusConnection *bus = made != NULL ? G_DBUS_CONNECTION(made) : NULL;

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

/* The path of a bus address that is nothing but one, or NULL. The bus's id, which may stand behind
 * it, tells nothing here. */
static char *plain_path(const char *address)
{
    g_autofree char *path = NULL;
    char *id;

    if (!g_str_has_prefix(address, PLAIN_PATH))
        return NULL;
    path = g_strdup(address + strlen(PLAIN_PATH));
    id = strstr(path, ",guid=");
    if (id != NULL)
        *id = '\0';
    return strpbrk(path, ",;%") == NULL ? g_steal_pointer(&path) : NULL;
}

static GIOStream *stream_open(const char *path, GError **error)
{
    int fd = wh_socket_file_connect(path);
    g_autoptr(GSocket) socket = NULL;

    if (fd < 0) {
        g_set_error_literal(error, G_IO_ERROR, (gint)g_io_error_from_errno(errno),
                            g_strerror(errno));
        return NULL;
    }
    socket = g_socket_new_from_fd(fd, error);
    if (socket == NULL) {
        close(fd);
        return NULL;
    }
    return G_IO_STREAM(g_socket_connection_factory_create_connection(socket));
}

/* FALSE: nobody listens at the bus's path. A path is connected to by hand, because GIO's own way
 * loads every extension of GIO that is installed, to look for a proxy; any other address is GIO's
 * matter, and what comes of it is seen in the background. The connection is our own: the shared one
 * would end the program when it is lost. */
static gboolean connect_to_bus(WhSleepMonitor *monitor, GError **error)
{
    const GDBusConnectionFlags flags = G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
    const char *given = g_getenv("DBUS_SYSTEM_BUS_ADDRESS");
    const char *address = given != NULL ? given : SYSTEM_BUS;
    g_autofree char *path = plain_path(address);
    g_autoptr(GIOStream) stream = path != NULL ? stream_open(path, error) : NULL;

    if (path != NULL && stream == NULL)
        return FALSE;
    g_main_context_push_thread_default(monitor->context);
    if (stream != NULL)
        g_dbus_connection_new(stream, NULL, flags, NULL, monitor->cancellable, connected, monitor);
    else
        g_dbus_connection_new_for_address(address, flags, NULL, monitor->cancellable, connected,
                                          monitor);
    g_main_context_pop_thread_default(monitor->context);
    return TRUE;
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
