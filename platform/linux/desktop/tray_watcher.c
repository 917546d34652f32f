#include "platform/linux/desktop/tray_watcher.h"

#include "platform/linux/desktop/status_notifier_item.h"

#include <unistd.h>

#define NAME "org.kde.StatusNotifierWatcher"
#define PATH "/StatusNotifierWatcher"
#define PROPERTIES "org.freedesktop.DBus.Properties"

/* Of RequestName, in the D-Bus specification. */
#define DO_NOT_QUEUE 4u
#define NAME_IS_OURS 1u

enum { HOST_COMES, HOST_GOES, PROPERTY_CHANGES, N_SIGNALS };

struct WhTrayWatcher {
    GDBusConnection *bus;
    WhTrayWatcherFunc changed;
    gpointer data;
    guint watch;
    guint signals[N_SIGNALS];
    GCancellable *naming; /* of asking for the name */
    char *name;
    char *item;            /* how the item is named to the watcher; NULL: not known yet */
    gboolean present;      /* the watcher is on the bus */
    GCancellable *session; /* of the calls to the present watcher */
    gboolean taken;        /* it accepted the item */
    gboolean has_host;
    gboolean hosted;
};

static void review(WhTrayWatcher *watcher)
{
    gboolean hosted = watcher->present && watcher->taken && watcher->has_host;

    if (hosted == watcher->hosted)
        return;
    watcher->hosted = hosted;
    watcher->changed(watcher->data);
}

/* NULL when the call was cancelled: then there may be no watcher any more, and `data` is not to be
 * looked at. */
static WhTrayWatcher *answered(GObject *bus, GAsyncResult *result, gpointer data, GVariant **answer,
                               GError **error)
{
    *answer = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, error);
    return g_error_matches(*error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL : data;
}

static void host_answered(GObject *bus, GAsyncResult *result, gpointer data)
{
    g_autoptr(GVariant) answer = NULL;
    g_autoptr(GVariant) value = NULL;
    g_autoptr(GError) error = NULL;
    WhTrayWatcher *watcher = answered(bus, result, data, &answer, &error);

    if (watcher == NULL)
        return;
    if (answer != NULL)
        g_variant_get(answer, "(v)", &value);
    watcher->has_host = value != NULL && g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN) &&
                        g_variant_get_boolean(value);
    review(watcher);
}

/* A signal says "look again": with two panels, one that goes is not the last. */
static void host_ask(WhTrayWatcher *watcher)
{
    g_dbus_connection_call(watcher->bus, NAME, PATH, PROPERTIES, "Get",
                           g_variant_new("(ss)", NAME, "IsStatusNotifierHostRegistered"),
                           G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                           watcher->session, host_answered, watcher);
}

static void host_signalled(GDBusConnection *bus, const char *sender, const char *path,
                           const char *interface, const char *signal, GVariant *parameters,
                           gpointer data)
{
    WhTrayWatcher *watcher = data;

    if (watcher->present)
        host_ask(watcher);
}

static void item_answered(GObject *bus, GAsyncResult *result, gpointer data)
{
    g_autoptr(GVariant) answer = NULL;
    g_autoptr(GError) error = NULL;
    WhTrayWatcher *watcher = answered(bus, result, data, &answer, &error);

    if (watcher == NULL)
        return;
    if (error != NULL)
        g_info("The desktop's tray refused the icon: %s", error->message);
    watcher->taken = error == NULL;
    review(watcher);
}

static void item_register(WhTrayWatcher *watcher)
{
    if (!watcher->present || watcher->item == NULL)
        return;
    g_dbus_connection_call(watcher->bus, NAME, PATH, NAME, "RegisterStatusNotifierItem",
                           g_variant_new("(s)", watcher->item), NULL,
                           G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, watcher->session, item_answered,
                           watcher);
}

static void session_end(WhTrayWatcher *watcher)
{
    if (watcher->session != NULL)
        g_cancellable_cancel(watcher->session);
    g_clear_object(&watcher->session);
    watcher->present = FALSE;
    watcher->taken = FALSE;
    watcher->has_host = FALSE;
}

static void appeared(GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
    WhTrayWatcher *watcher = data;

    session_end(watcher);
    watcher->present = TRUE;
    watcher->session = g_cancellable_new();
    item_register(watcher);
    host_ask(watcher);
}

static void vanished(GDBusConnection *bus, const char *name, gpointer data)
{
    WhTrayWatcher *watcher = data;

    session_end(watcher);
    review(watcher);
}

/* A sandbox allows no name: then the path says it, and the watcher takes the sender's own name. */
static void name_answered(GObject *bus, GAsyncResult *result, gpointer data)
{
    g_autoptr(GVariant) answer = NULL;
    g_autoptr(GError) error = NULL;
    WhTrayWatcher *watcher = answered(bus, result, data, &answer, &error);
    guint32 reply = 0;

    if (watcher == NULL)
        return;
    if (answer != NULL)
        g_variant_get(answer, "(u)", &reply);
    watcher->item = g_strdup(reply == NAME_IS_OURS ? watcher->name : WH_STATUS_NOTIFIER_ITEM_PATH);
    item_register(watcher);
}

static void name_call(WhTrayWatcher *watcher, const char *method, GVariant *parameters,
                      GAsyncReadyCallback answered_call)
{
    g_dbus_connection_call(watcher->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                           "org.freedesktop.DBus", method, parameters, G_VARIANT_TYPE("(u)"),
                           G_DBUS_CALL_FLAGS_NONE, -1, watcher->naming, answered_call, watcher);
}

static guint subscribe(WhTrayWatcher *watcher, const char *interface, const char *signal,
                       const char *first)
{
    return g_dbus_connection_signal_subscribe(watcher->bus, NAME, interface, signal, PATH, first,
                                              G_DBUS_SIGNAL_FLAGS_NONE, host_signalled, watcher,
                                              NULL);
}

WhTrayWatcher *wh_tray_watcher_new(GDBusConnection *bus, WhTrayWatcherFunc changed, gpointer data)
{
    WhTrayWatcher *watcher = g_new0(WhTrayWatcher, 1);

    watcher->bus = g_object_ref(bus);
    watcher->changed = changed;
    watcher->data = data;
    watcher->signals[HOST_COMES] = subscribe(watcher, NAME, "StatusNotifierHostRegistered", NULL);
    watcher->signals[HOST_GOES] = subscribe(watcher, NAME, "StatusNotifierHostUnregistered", NULL);
    watcher->signals[PROPERTY_CHANGES] = subscribe(watcher, PROPERTIES, "PropertiesChanged", NAME);
    watcher->naming = g_cancellable_new();
    watcher->name = g_strdup_printf("org.kde.StatusNotifierItem-%ld-1", (long)getpid());
    name_call(watcher, "RequestName", g_variant_new("(su)", watcher->name, DO_NOT_QUEUE),
              name_answered);
    watcher->watch = g_bus_watch_name_on_connection(bus, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                    appeared, vanished, watcher, NULL);
    return watcher;
}

void wh_tray_watcher_free(WhTrayWatcher *watcher)
{
    if (watcher == NULL)
        return;
    g_bus_unwatch_name(watcher->watch);
    g_cancellable_cancel(watcher->naming);
    g_clear_object(&watcher->naming);
    name_call(watcher, "ReleaseName", g_variant_new("(s)", watcher->name), NULL);
    for (guint i = 0; i < N_SIGNALS; i++)
        g_dbus_connection_signal_unsubscribe(watcher->bus, watcher->signals[i]);
    session_end(watcher);
    g_free(watcher->name);
    g_free(watcher->item);
    g_object_unref(watcher->bus);
    g_free(watcher);
}

gboolean wh_tray_watcher_is_hosted(WhTrayWatcher *watcher)
{
    return watcher != NULL && watcher->hosted;
}
