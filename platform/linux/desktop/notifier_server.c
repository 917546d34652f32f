#include "platform/linux/desktop/notifier_server.h"

#include <libnotify/notify.h>
#include <string.h>

#define BUS_NAME "org.freedesktop.Notifications"
#define BUS_PATH "/org/freedesktop/Notifications"

/* bus NULL: not reached so far. shown: key -> NotifyNotification, of the present server only. */
struct WhNotifierServer {
    char *name;
    char *desktop_entry;
    WhNotifierServerFuncs funcs;
    gpointer data;
    GDBusConnection *bus;
    guint watch;
    GCancellable *cancellable;
    gboolean asking;
    gboolean knows_capabilities;
    gboolean has_actions;
    gboolean has_markup;
    GHashTable *shown;
};

/* One for the process, as the state of libnotify is. */
static GMutex *libnotify_lock(void)
{
    static gsize lock;

    if (g_once_init_enter(&lock)) {
        GMutex *made = g_new(GMutex, 1);

        g_mutex_init(made);
        g_once_init_leave(&lock, (gsize)made);
    }
    return (GMutex *)lock;
}

WhNotifierServer *wh_notifier_server_new(const char *name, const char *desktop_entry,
                                         const WhNotifierServerFuncs *funcs, gpointer data)
{
    WhNotifierServer *server = g_new0(WhNotifierServer, 1);

    g_mutex_lock(libnotify_lock());
    notify_init(name);
    server->name = g_strdup(name);
    server->desktop_entry = g_strdup(desktop_entry);
    server->funcs = *funcs;
    server->data = data;
    server->cancellable = g_cancellable_new();
    server->shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_object_unref);
    return server;
}

void wh_notifier_server_free(WhNotifierServer *server)
{
    g_cancellable_cancel(server->cancellable);
    while (server->asking)
        g_main_context_iteration(g_main_context_get_thread_default(), TRUE);
    if (server->watch != 0)
        g_bus_unwatch_name(server->watch);
    /* Before notify_uninit(), which would take them off the screen. */
    g_hash_table_unref(server->shown);
    notify_uninit();
    g_mutex_unlock(libnotify_lock());
    g_clear_object(&server->bus);
    g_object_unref(server->cancellable);
    g_free(server->name);
    g_free(server->desktop_entry);
    g_free(server);
}

/* Ids that a former server gave mean other messages, or nothing, to the next one. */
static void forget(WhNotifierServer *server)
{
    g_hash_table_remove_all(server->shown);
    server->knows_capabilities = FALSE;
}

static void name_appeared(GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
    WhNotifierServer *server = data;

    forget(server);
    server->funcs.appeared(server->data);
}

static void name_vanished(GDBusConnection *bus, const char *name, gpointer data)
{
    forget(data);
}

static gboolean reach_bus(WhNotifierServer *server)
{
    g_autoptr(GError) error = NULL;

    if (server->bus != NULL)
        return TRUE;
    server->bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, &error);
    if (server->bus == NULL) {
        g_info("Messages cannot be shown: there is no session bus (%s)", error->message);
        return FALSE;
    }
    server->watch =
        g_bus_watch_name_on_connection(server->bus, BUS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                       name_appeared, name_vanished, server, NULL);
    return TRUE;
}

static void answered(GObject *source, GAsyncResult *result, gpointer data)
{
    WhNotifierServer *server = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) reply =
        g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);

    server->asking = FALSE;
    if (reply != NULL)
        server->funcs.answered(server->data);
    else if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_info("Messages cannot be shown now: %s", error->message);
}

/* libnotify's own calls wait up to 25 seconds each, and complain loudly when there is nobody: they
 * are made only to a server that just answered this one. */
void wh_notifier_server_ask(WhNotifierServer *server)
{
    if (server->asking || !reach_bus(server))
        return;
    server->asking = TRUE;
    g_dbus_connection_call(server->bus, BUS_NAME, BUS_PATH, BUS_NAME, "GetServerInformation", NULL,
                           G_VARIANT_TYPE("(ssss)"), G_DBUS_CALL_FLAGS_NONE, G_MAXINT,
                           server->cancellable, answered, server);
}

static gboolean has_capability(GList *capabilities, const char *name)
{
    return g_list_find_custom(capabilities, name, (GCompareFunc)strcmp) != NULL;
}

static void learn_capabilities(WhNotifierServer *server)
{
    GList *capabilities;

    if (server->knows_capabilities)
        return;
    capabilities = notify_get_server_caps();
    server->knows_capabilities = capabilities != NULL;
    server->has_actions = has_capability(capabilities, "actions");
    server->has_markup = has_capability(capabilities, "body-markup");
    g_list_free_full(capabilities, g_free);
}

static void closed(NotifyNotification *notification, gpointer data)
{
    WhNotifierServer *server = data;
    const char *key = g_object_get_data(G_OBJECT(notification), "key");

    if (g_hash_table_lookup(server->shown, key) == notification)
        g_hash_table_remove(server->shown, key);
}

static void action_invoked(NotifyNotification *notification, char *action, gpointer data)
{
    WhNotifierServer *server = data;

    server->funcs.acted(g_object_get_data(G_OBJECT(notification), "key"), action, server->data);
}

static NotifyNotification *notification_for(WhNotifierServer *server, const char *key,
                                            const char *title, const char *body, const char *icon)
{
    NotifyNotification *notification = g_hash_table_lookup(server->shown, key);

    if (notification != NULL) {
        notify_notification_update(notification, title, body, icon);
        return notification;
    }
    notification = notify_notification_new(title, body, icon);
    g_object_set_data_full(G_OBJECT(notification), "key", g_strdup(key), g_free);
    g_signal_connect(notification, "closed", G_CALLBACK(closed), server);
    g_hash_table_insert(server->shown, g_strdup(key), notification);
    return notification;
}

static NotifyUrgency urgency_of(const WhNotifierLetter *letter)
{
    switch (letter->urgency) {
    case WH_NOTIFIER_LOW:
        return NOTIFY_URGENCY_LOW;
    case WH_NOTIFIER_CRITICAL:
        return NOTIFY_URGENCY_CRITICAL;
    case WH_NOTIFIER_NORMAL:
        break;
    }
    return NOTIFY_URGENCY_NORMAL;
}

static void add_actions(WhNotifierServer *server, NotifyNotification *notification,
                        const WhNotifierLetter *letter)
{
    notify_notification_clear_actions(notification);
    for (guint i = 0; server->has_actions && i + 1 < letter->actions->len; i += 2)
        notify_notification_add_action(notification, g_ptr_array_index(letter->actions, i),
                                       g_ptr_array_index(letter->actions, i + 1), action_invoked,
                                       server, NULL);
}

static gboolean is_end_of_server(const GError *error)
{
    return g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
           g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
           g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN);
}

gboolean wh_notifier_server_shows(WhNotifierServer *server, const char *key)
{
    return g_hash_table_contains(server->shown, key);
}

gboolean wh_notifier_server_show(WhNotifierServer *server, const WhNotifierLetter *letter)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *escaped = NULL;
    NotifyNotification *notification;
    const char *title = *letter->title != '\0' ? letter->title : server->name;

    if (letter->only_replaces && !wh_notifier_server_shows(server, letter->key))
        return TRUE;
    learn_capabilities(server);
    escaped = g_markup_escape_text(letter->body, -1);
    notification = notification_for(server, letter->key, title,
                                    server->has_markup ? escaped : letter->body, letter->icon);
    notify_notification_set_urgency(notification, urgency_of(letter));
    notify_notification_set_hint(notification, "desktop-entry",
                                 g_variant_new_string(server->desktop_entry));
    add_actions(server, notification, letter);
    if (notify_notification_show(notification, &error))
        return TRUE;
    g_info("A message was not shown: %s", error->message);
    g_hash_table_remove(server->shown, letter->key);
    return !is_end_of_server(error);
}

void wh_notifier_server_withdraw(WhNotifierServer *server, const char *key)
{
    NotifyNotification *notification = g_hash_table_lookup(server->shown, key);
    g_autoptr(GError) error = NULL;

    if (notification == NULL)
        return;
    g_object_ref(notification);
    g_hash_table_remove(server->shown, key);
    if (!notify_notification_close(notification, &error))
        g_info("A message was not taken back: %s", error->message);
    g_object_unref(notification);
}
