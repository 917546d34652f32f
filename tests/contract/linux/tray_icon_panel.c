#include "tests/contract/linux/tray_icon_panel.h"

#include "tests/contract/helper.h"

#define WATCHER "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"
#define ITEM "org.kde.StatusNotifierItem"
#define ITEM_PATH "/StatusNotifierItem"
#define MENU "com.canonical.dbusmenu"
#define PROPERTIES "org.freedesktop.DBus.Properties"
#define BUS "org.freedesktop.DBus"

static const char xml[] =
    "<node><interface name='" WATCHER "'>"
    "<method name='RegisterStatusNotifierItem'><arg type='s' direction='in'/></method>"
    "<property name='IsStatusNotifierHostRegistered' type='b' access='read'/>"
    "</interface></node>";

struct WhTestPanel {
    GTestDBus *daemon;
    GDBusConnection *bus;
    guint object;
    guint hosts;
    gboolean refusing;
    GPtrArray *registrations;
    char *item; /* the item's connection */
    guint subscription;
    GPtrArray *signals;
};

static void registered(GDBusConnection *bus, const char *sender, const char *path,
                       const char *interface, const char *method, GVariant *parameters,
                       GDBusMethodInvocation *invocation, gpointer data)
{
    WhTestPanel *panel = data;
    char *name;

    if (panel->refusing) {
        g_dbus_method_invocation_return_error(invocation, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED,
                                              "No icons here");
        return;
    }
    g_variant_get(parameters, "(s)", &name);
    g_ptr_array_add(panel->registrations, name);
    g_free(panel->item);
    panel->item = g_strdup(sender);
    g_dbus_method_invocation_return_value(invocation, NULL);
}

static GVariant *host_property(GDBusConnection *bus, const char *sender, const char *path,
                               const char *interface, const char *name, GError **error,
                               gpointer data)
{
    return g_variant_new_boolean(((WhTestPanel *)data)->hosts > 0);
}

static void signalled(GDBusConnection *bus, const char *sender, const char *path,
                      const char *interface, const char *signal, GVariant *parameters,
                      gpointer data)
{
    WhTestPanel *panel = data;
    g_autofree char *values = g_variant_print(parameters, TRUE);

    g_ptr_array_add(panel->signals, g_variant_n_children(parameters) == 0
                                        ? g_strdup(signal)
                                        : g_strconcat(signal, " ", values, NULL));
}

static void connect_to_bus(WhTestPanel *panel)
{
    g_autoptr(GError) error = NULL;

    panel->bus =
        g_dbus_connection_new_for_address_sync(g_test_dbus_get_bus_address(panel->daemon),
                                               G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                   G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                               NULL, NULL, &error);
    g_assert_no_error(error);
    panel->subscription = g_dbus_connection_signal_subscribe(
        panel->bus, NULL, NULL, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, signalled, panel, NULL);
}

WhTestPanel *wh_test_panel_new(void)
{
    g_autofree char *program = g_find_program_in_path("dbus-daemon");
    WhTestPanel *panel;

    if (program == NULL)
        return NULL;
    panel = g_new0(WhTestPanel, 1);
    panel->hosts = 1;
    panel->registrations = g_ptr_array_new_with_free_func(g_free);
    panel->signals = g_ptr_array_new_with_free_func(g_free);
    panel->daemon = g_test_dbus_new(G_TEST_DBUS_NONE);
    g_test_dbus_up(panel->daemon);
    connect_to_bus(panel);
    return panel;
}

void wh_test_panel_free(WhTestPanel *panel)
{
    g_dbus_connection_signal_unsubscribe(panel->bus, panel->subscription);
    if (panel->object != 0)
        g_dbus_connection_unregister_object(panel->bus, panel->object);
    g_dbus_connection_close_sync(panel->bus, NULL, NULL);
    g_object_unref(panel->bus);
    wh_helper_settle();
    g_test_dbus_down(panel->daemon);
    g_object_unref(panel->daemon);
    g_ptr_array_unref(panel->registrations);
    g_ptr_array_unref(panel->signals);
    g_free(panel->item);
    g_free(panel);
}

static void ask_bus(WhTestPanel *panel, const char *method, GVariant *parameters)
{
    g_autoptr(GError) error = NULL;
    GVariant *answer =
        g_dbus_connection_call_sync(panel->bus, BUS, "/org/freedesktop/DBus", BUS, method,
                                    parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

    g_assert_no_error(error);
    g_variant_unref(answer);
}

void wh_test_panel_own_name(WhTestPanel *panel, const char *name)
{
    ask_bus(panel, "RequestName", g_variant_new("(su)", name, 0));
}

void wh_test_panel_set_present(WhTestPanel *panel, gboolean present)
{
    static const GDBusInterfaceVTable vtable = {
        .method_call = registered,
        .get_property = host_property,
    };
    g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml(xml, NULL);

    g_ptr_array_set_size(panel->registrations, 0);
    if (present) {
        panel->object = g_dbus_connection_register_object(
            panel->bus, WATCHER_PATH, info->interfaces[0], &vtable, panel, NULL, NULL);
        wh_test_panel_own_name(panel, WATCHER);
        return;
    }
    ask_bus(panel, "ReleaseName", g_variant_new("(s)", WATCHER));
    g_dbus_connection_unregister_object(panel->bus, panel->object);
    panel->object = 0;
}

void wh_test_panel_set_hosts(WhTestPanel *panel, guint hosts, gboolean by_signal)
{
    const char *signal =
        hosts > panel->hosts ? "StatusNotifierHostRegistered" : "StatusNotifierHostUnregistered";

    panel->hosts = hosts;
    if (by_signal)
        g_dbus_connection_emit_signal(panel->bus, NULL, WATCHER_PATH, WATCHER, signal, NULL, NULL);
    else
        g_dbus_connection_emit_signal(
            panel->bus, NULL, WATCHER_PATH, PROPERTIES, "PropertiesChanged",
            g_variant_new_parsed("(%s, @a{sv} {}, ['IsStatusNotifierHostRegistered'])", WATCHER),
            NULL);
}

void wh_test_panel_set_refusing(WhTestPanel *panel)
{
    panel->refusing = TRUE;
}

const GPtrArray *wh_test_panel_registrations(WhTestPanel *panel)
{
    return panel->registrations;
}

const GPtrArray *wh_test_panel_signals(WhTestPanel *panel)
{
    return panel->signals;
}

static void keep(GObject *bus, GAsyncResult *result, gpointer data)
{
    *(GAsyncResult **)data = g_object_ref(result);
}

static gboolean is_kept(gpointer data)
{
    return *(GAsyncResult **)data != NULL;
}

static GVariant *call(WhTestPanel *panel, const char *path, const char *interface,
                      const char *method, GVariant *parameters, GError **error)
{
    g_autoptr(GAsyncResult) result = NULL;

    g_dbus_connection_call(panel->bus, panel->item, path, interface, method, parameters, NULL,
                           G_DBUS_CALL_FLAGS_NONE, -1, NULL, keep, &result);
    wh_helper_until(is_kept, &result);
    return g_dbus_connection_call_finish(panel->bus, result, error);
}

GVariant *wh_test_panel_call_item(WhTestPanel *panel, const char *interface, const char *method,
                                  GVariant *parameters, GError **error)
{
    return call(panel, ITEM_PATH, interface, method, parameters, error);
}

GVariant *wh_test_panel_property(WhTestPanel *panel, const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) answer =
        call(panel, ITEM_PATH, PROPERTIES, "Get", g_variant_new("(ss)", ITEM, name), &error);
    GVariant *value;

    g_assert_no_error(error);
    g_variant_get(answer, "(v)", &value);
    return value;
}

static char *menu_path(WhTestPanel *panel)
{
    g_autoptr(GVariant) path = wh_test_panel_property(panel, "Menu");

    return g_variant_dup_string(path, NULL);
}

GVariant *wh_test_panel_call_menu(WhTestPanel *panel, const char *method, GVariant *parameters,
                                  GError **error)
{
    g_autofree char *path = menu_path(panel);

    return call(panel, path, MENU, method, parameters, error);
}

static void send_off(WhTestPanel *panel, const char *path, const char *interface,
                     const char *method, GVariant *parameters)
{
    g_dbus_connection_call(panel->bus, panel->item, path, interface, method, parameters, NULL,
                           G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

void wh_test_panel_send_item(WhTestPanel *panel, const char *method, GVariant *parameters)
{
    send_off(panel, ITEM_PATH, ITEM, method, parameters);
}

void wh_test_panel_send_menu(WhTestPanel *panel, const char *method, GVariant *parameters)
{
    send_off(panel, ITEM_PATH "/Menu", MENU, method, parameters);
}
