#include "tests/contract/linux/notifier_double.h"

#include <gio/gio.h>
#include <string.h>

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

struct WhNotifierDouble {
    GDBusConnection *connection;
    char **capabilities;
    guint next;
    guint calls;
    char *last_call;
    gboolean hangs;
    GQueue held;       /* of GDBusMethodInvocation */
    GPtrArray *screen; /* of WhNotifierDoubleMessage */
};

static const char description[] =
    "<node><interface name='" NAME "'>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='GetServerInformation'><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
    "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
    "</interface></node>";

static GTestDBus **the_bus(void)
{
    static GTestDBus *bus;

    return &bus;
}

gboolean wh_notifier_double_bus(void)
{
    g_autofree char *program = g_find_program_in_path("dbus-daemon");

    if (*the_bus() != NULL || program == NULL)
        return program != NULL;
    *the_bus() = g_test_dbus_new(G_TEST_DBUS_NONE);
    g_test_dbus_up(*the_bus());
    return TRUE;
}

void wh_notifier_double_bus_end(void)
{
    g_autoptr(GDBusConnection) session = NULL;

    if (*the_bus() == NULL)
        return;
    session = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
    g_dbus_connection_set_exit_on_close(session, FALSE);
    /* Its own end would wait until nobody in the process holds the bus any more. */
    g_test_dbus_stop(*the_bus());
}

static void message_free(gpointer data)
{
    WhNotifierDoubleMessage *message = data;

    g_free(message->title);
    g_free(message->body);
    g_free(message->icon);
    g_free(message->desktop_entry);
    g_strfreev(message->actions);
    g_free(message);
}

static gboolean find(WhNotifierDouble *server, guint id, guint *index)
{
    for (guint i = 0; i < server->screen->len; i++) {
        *index = i;
        if (((WhNotifierDoubleMessage *)g_ptr_array_index(server->screen, i))->id == id)
            return TRUE;
    }
    *index = server->screen->len;
    return FALSE;
}

static void emit(WhNotifierDouble *server, const char *name, GVariant *parameters)
{
    g_dbus_connection_emit_signal(server->connection, NULL, PATH, NAME, name, parameters, NULL);
}

static void close_message(WhNotifierDouble *server, guint id, guint reason)
{
    guint index;

    if (!find(server, id, &index))
        return;
    g_ptr_array_remove_index(server->screen, index);
    emit(server, "NotificationClosed", g_variant_new("(uu)", id, reason));
}

static guint notify(WhNotifierDouble *server, GVariant *parameters)
{
    WhNotifierDoubleMessage *message = g_new0(WhNotifierDoubleMessage, 1);
    g_autoptr(GVariant) hints = NULL;
    guint index;

    g_variant_get_child(parameters, 1, "u", &message->replaced);
    g_variant_get_child(parameters, 2, "s", &message->icon);
    g_variant_get_child(parameters, 3, "s", &message->title);
    g_variant_get_child(parameters, 4, "s", &message->body);
    g_variant_get_child(parameters, 5, "^as", &message->actions);
    hints = g_variant_get_child_value(parameters, 6);
    g_variant_lookup(hints, "urgency", "y", &message->urgency);
    g_variant_lookup(hints, "desktop-entry", "s", &message->desktop_entry);
    if (find(server, message->replaced, &index)) {
        message->id = message->replaced;
        g_ptr_array_remove_index(server->screen, index);
    } else {
        message->id = server->next++;
    }
    g_ptr_array_insert(server->screen, (gint)index, message);
    return message->id;
}

static void answer(WhNotifierDouble *server, GDBusMethodInvocation *call)
{
    const char *method = g_dbus_method_invocation_get_method_name(call);
    GVariant *parameters = g_dbus_method_invocation_get_parameters(call);
    GVariant *reply = NULL;
    guint id = 0;

    if (strcmp(method, "GetCapabilities") == 0) {
        reply = g_variant_new("(^as)", server->capabilities);
    } else if (strcmp(method, "GetServerInformation") == 0) {
        reply = g_variant_new("(ssss)", "double", "tests", "1", "1.2");
    } else if (strcmp(method, "Notify") == 0) {
        reply = g_variant_new("(u)", notify(server, parameters));
    } else {
        g_variant_get(parameters, "(u)", &id);
        close_message(server, id, 3);
    }
    g_dbus_method_invocation_return_value(call, reply);
}

static void called(GDBusConnection *connection, const char *sender, const char *path,
                   const char *interface, const char *method, GVariant *parameters,
                   GDBusMethodInvocation *call, gpointer data)
{
    WhNotifierDouble *server = data;

    server->calls++;
    g_free(server->last_call);
    server->last_call = g_strdup(method);
    if (server->hangs)
        g_queue_push_tail(&server->held, call);
    else
        answer(server, call);
}

WhNotifierDouble *wh_notifier_double_new(const char *const *capabilities, guint first)
{
    static const GDBusInterfaceVTable table = {.method_call = called};
    WhNotifierDouble *server = g_new0(WhNotifierDouble, 1);
    g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml(description, NULL);
    g_autoptr(GVariant) reply = NULL;
    g_autoptr(GError) error = NULL;

    server->capabilities = g_strdupv((char **)capabilities);
    server->next = first;
    server->screen = g_ptr_array_new_with_free_func(message_free);
    server->connection =
        g_dbus_connection_new_for_address_sync(g_test_dbus_get_bus_address(*the_bus()),
                                               G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                   G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                               NULL, NULL, &error);
    g_assert_no_error(error);
    g_dbus_connection_register_object(server->connection, PATH, info->interfaces[0], &table, server,
                                      NULL, &error);
    g_assert_no_error(error);
    reply = g_dbus_connection_call_sync(server->connection, "org.freedesktop.DBus",
                                        "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "RequestName", g_variant_new("(su)", NAME, 4), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
    g_assert_no_error(error);
    return server;
}

void wh_notifier_double_free(WhNotifierDouble *server)
{
    g_dbus_connection_flush_sync(server->connection, NULL, NULL);
    g_dbus_connection_close_sync(server->connection, NULL, NULL);
    while (!g_queue_is_empty(&server->held))
        g_object_unref(g_queue_pop_head(&server->held));
    g_object_unref(server->connection);
    g_strfreev(server->capabilities);
    g_ptr_array_unref(server->screen);
    g_free(server->last_call);
    g_free(server);
}

void wh_notifier_double_hang(WhNotifierDouble *server, gboolean hangs)
{
    server->hangs = hangs;
    while (!hangs && !g_queue_is_empty(&server->held))
        answer(server, g_queue_pop_head(&server->held));
}

guint wh_notifier_double_calls(WhNotifierDouble *server)
{
    return server->calls;
}

const char *wh_notifier_double_last_call(WhNotifierDouble *server)
{
    return server->last_call;
}

const WhNotifierDoubleMessage *wh_notifier_double_at(WhNotifierDouble *server, guint index)
{
    return index < server->screen->len ? g_ptr_array_index(server->screen, index) : NULL;
}

void wh_notifier_double_press(WhNotifierDouble *server, guint id, const char *action)
{
    emit(server, "ActionInvoked", g_variant_new("(us)", id, action));
}

void wh_notifier_double_dismiss(WhNotifierDouble *server, guint id)
{
    close_message(server, id, 2);
}
