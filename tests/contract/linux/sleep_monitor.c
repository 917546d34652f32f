#include "platform/sleep_monitor.h"

#include "platform/linux/sleep_monitor_private.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/sleep_monitor_bus.h"
#include "tests/contract/sleep_monitor_adapter.h"

#include <gio/gunixsocketaddress.h>
#include <unistd.h>

typedef struct {
    char *folder;
    WhTestBus *bus;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

static gboolean bus_start(void)
{
    g_autofree char *path = g_build_filename(world()->folder, "bus", NULL);

    unlink(path);
    world()->bus = wh_test_bus_new(path);
    return world()->bus != NULL;
}

gboolean wh_adapter_begin(void)
{
    world()->folder = wh_helper_folder_new();
    if (bus_start())
        return TRUE;
    g_clear_pointer(&world()->folder, wh_helper_folder_remove);
    return FALSE;
}

void wh_adapter_end(void)
{
    g_clear_pointer(&world()->bus, wh_test_bus_free);
    g_clear_pointer(&world()->folder, wh_helper_folder_remove);
}

typedef struct {
    guint *counter;
    guint start;
} Listening;

static gboolean is_listening(gpointer data)
{
    Listening *listening = data;

    return *listening->counter > listening->start;
}

static gboolean signal_again(gpointer data)
{
    wh_test_bus_signal(world()->bus, FALSE, FALSE);
    return G_SOURCE_CONTINUE;
}

/* The match is set up in the background: signals are repeated until the first one arrives, and what
 * is under way is then taken. */
void wh_adapter_until_listening(WhSleepMonitor *monitor, guint *counter)
{
    Listening listening = {counter, *counter};
    guint timer = g_timeout_add(20, signal_again, NULL);

    wh_helper_until(is_listening, &listening);
    g_source_remove(timer);
    wh_test_bus_settle(world()->bus);
    wh_helper_settle();
}

void wh_adapter_resume(void)
{
    wh_test_bus_signal(world()->bus, FALSE, FALSE);
}

void wh_adapter_nobody(void)
{
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
}

static void count(gpointer data)
{
    ++*(guint *)data;
}

static WhSleepMonitor *listening_monitor(guint *counter)
{
    WhSleepMonitor *monitor;

    if (!wh_adapter_begin()) {
        g_test_skip("There is no dbus-daemon to play the system bus");
        return NULL;
    }
    monitor = wh_sleep_monitor_new(count, counter, NULL);
    wh_adapter_until_listening(monitor, counter);
    return monitor;
}

static void test_only_the_end_of_sleep(void)
{
    guint counter = 0;
    guint before;
    WhSleepMonitor *monitor = listening_monitor(&counter);

    if (monitor == NULL)
        return;
    before = counter;
    wh_test_bus_signal(world()->bus, TRUE, FALSE);
    wh_test_bus_signal(world()->bus, FALSE, FALSE);
    wh_test_bus_settle(world()->bus);
    wh_helper_for_count(&counter, before + 1);
    wh_helper_settle();
    g_assert_cmpuint(counter, ==, before + 1);
    wh_sleep_monitor_free(monitor);
    wh_adapter_end();
}

static void test_stranger_is_not_believed(void)
{
    guint counter = 0;
    guint before;
    WhSleepMonitor *monitor = listening_monitor(&counter);

    if (monitor == NULL)
        return;
    before = counter;
    wh_test_bus_signal(world()->bus, FALSE, TRUE);
    wh_test_bus_signal(world()->bus, FALSE, FALSE);
    wh_test_bus_settle(world()->bus);
    wh_helper_for_count(&counter, before + 1);
    wh_helper_settle();
    g_assert_cmpuint(counter, ==, before + 1);
    wh_sleep_monitor_free(monitor);
    wh_adapter_end();
}

static void test_bus_dies_and_returns(void)
{
    guint counter = 0;
    guint before;
    WhSleepMonitor *monitor = listening_monitor(&counter);

    if (monitor == NULL)
        return;
    wh_sleep_monitor_set_reconnect(monitor, 10);
    before = counter;
    wh_test_bus_free(world()->bus);
    wh_helper_settle();
    g_assert_cmpuint(counter, ==, before);
    g_assert_true(bus_start());
    wh_adapter_until_listening(monitor, &counter);
    wh_sleep_monitor_free(monitor);
    wh_adapter_end();
}

typedef struct {
    guint connections;
    GSocketService *service;
} ShortBus;

/* Answers Hello, as a bus that is just being stopped. */
static GDBusMessage *answer_and_close(GDBusConnection *connection, GDBusMessage *message,
                                      gboolean incoming, gpointer data)
{
    g_autoptr(GDBusMessage) reply = NULL;

    if (!incoming)
        return message;
    reply = g_dbus_message_new_method_reply(message);
    g_dbus_message_set_sender(reply, "org.freedesktop.DBus");
    g_dbus_message_set_body(reply, g_variant_new("(s)", ":1.1"));
    g_dbus_connection_send_message(connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
    g_dbus_connection_close(connection, NULL, NULL, NULL);
    g_object_unref(message);
    return NULL;
}

static void greeted(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GDBusConnection) connection = g_dbus_connection_new_finish(result, NULL);

    if (connection == NULL)
        return;
    g_dbus_connection_add_filter(connection, answer_and_close, NULL, NULL);
    g_dbus_connection_start_message_processing(connection);
}

static gboolean knocked(GSocketService *service, GSocketConnection *stream, GObject *source,
                        gpointer data)
{
    ShortBus *bus = data;
    g_autofree char *guid = g_dbus_generate_guid();

    bus->connections++;
    g_dbus_connection_new(G_IO_STREAM(stream), guid,
                          G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER |
                              G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING,
                          NULL, NULL, greeted, NULL);
    return TRUE;
}

static void short_bus_start(ShortBus *bus, const char *path)
{
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);
    g_autofree char *text = g_strconcat("unix:path=", path, NULL);

    bus->service = g_socket_service_new();
    g_assert_true(g_socket_listener_add_address(G_SOCKET_LISTENER(bus->service), address,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                                NULL, NULL, NULL));
    g_signal_connect(bus->service, "incoming", G_CALLBACK(knocked), bus);
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", text, TRUE);
}

static void short_bus_stop(ShortBus *bus)
{
    g_socket_service_stop(bus->service);
    g_socket_listener_close(G_SOCKET_LISTENER(bus->service));
    g_object_unref(bus->service);
}

/* Whenever the end comes, the bus is looked for again. */
static void test_bus_ends_at_once(void)
{
    char *folder = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(folder, "bus", NULL);
    ShortBus bus = {0};
    guint counter = 0;
    WhSleepMonitor *monitor;

    short_bus_start(&bus, path);
    monitor = wh_sleep_monitor_new(count, &counter, NULL);
    g_assert_nonnull(monitor);
    wh_sleep_monitor_set_reconnect(monitor, 10);
    wh_helper_for_count(&bus.connections, 20);
    wh_sleep_monitor_free(monitor);
    short_bus_stop(&bus);
    wh_helper_settle();
    wh_helper_folder_remove(folder);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/sleep-monitor/linux/only-the-end-of-sleep", test_only_the_end_of_sleep);
    g_test_add_func("/sleep-monitor/linux/stranger-is-not-believed", test_stranger_is_not_believed);
    g_test_add_func("/sleep-monitor/linux/bus-ends-at-once", test_bus_ends_at_once);
    g_test_add_func("/sleep-monitor/linux/bus-dies-and-returns", test_bus_dies_and_returns);
}
