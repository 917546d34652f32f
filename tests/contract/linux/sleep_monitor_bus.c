#include "tests/contract/linux/sleep_monitor_bus.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

struct WhTestBus {
    GPid pid;
    GDBusConnection *logind;
    GDBusConnection *stranger;
};

static gboolean daemon_start(WhTestBus *bus, const char *path)
{
    g_autofree char *address = g_strconcat("--address=unix:path=", path, NULL);
    const char *command[] = {"dbus-daemon",     "--session", "--nofork", "--nopidfile",
                             "--print-address", address,     NULL};
    int output = -1;
    gboolean listens;
    char byte;

    if (!g_spawn_async_with_pipes(NULL, (char **)command, NULL,
                                  G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                                      G_SPAWN_STDERR_TO_DEV_NULL,
                                  NULL, NULL, &bus->pid, NULL, &output, NULL, NULL))
        return FALSE;
    /* It prints the address once it listens. */
    listens = read(output, &byte, 1) == 1;
    close(output);
    if (!listens)
        waitpid(bus->pid, NULL, 0);
    return listens;
}

static GVariant *call_bus(GDBusConnection *sender, const char *interface, const char *method,
                          GVariant *parameters)
{
    g_autoptr(GError) error = NULL;
    GVariant *answer = g_dbus_connection_call_sync(
        sender, "org.freedesktop.DBus", "/org/freedesktop/DBus", interface, method, parameters,
        NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

    g_assert_no_error(error);
    return answer;
}

static GDBusConnection *join(const char *address)
{
    g_autoptr(GError) error = NULL;
    GDBusConnection *connection =
        g_dbus_connection_new_for_address_sync(address,
                                               G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                   G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                               NULL, NULL, &error);

    g_assert_no_error(error);
    return connection;
}

WhTestBus *wh_test_bus_new(const char *path)
{
    WhTestBus *bus = g_new0(WhTestBus, 1);
    g_autofree char *address = g_strconcat("unix:path=", path, NULL);

    if (!daemon_start(bus, path)) {
        g_free(bus);
        return NULL;
    }
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
    bus->logind = join(address);
    bus->stranger = join(address);
    g_variant_unref(call_bus(bus->logind, "org.freedesktop.DBus", "RequestName",
                             g_variant_new("(su)", "org.freedesktop.login1", 0)));
    return bus;
}

void wh_test_bus_free(WhTestBus *bus)
{
    g_dbus_connection_close_sync(bus->logind, NULL, NULL);
    g_dbus_connection_close_sync(bus->stranger, NULL, NULL);
    g_object_unref(bus->logind);
    g_object_unref(bus->stranger);
    kill(bus->pid, SIGKILL);
    waitpid(bus->pid, NULL, 0);
    g_spawn_close_pid(bus->pid);
    g_free(bus);
}

GDBusConnection *wh_test_bus_logind(WhTestBus *bus)
{
    return bus->logind;
}

void wh_test_bus_signal(WhTestBus *bus, gboolean begins, gboolean as_stranger)
{
    GDBusConnection *sender = as_stranger ? bus->stranger : bus->logind;
    g_autoptr(GError) error = NULL;

    g_dbus_connection_emit_signal(sender, NULL, "/org/freedesktop/login1",
                                  "org.freedesktop.login1.Manager", "PrepareForSleep",
                                  g_variant_new("(b)", begins), &error);
    g_assert_no_error(error);
    g_dbus_connection_flush_sync(sender, NULL, &error);
    g_assert_no_error(error);
}

/* The bus handles what one connection sends in order: a question that it answered comes after them.
 */
void wh_test_bus_settle(WhTestBus *bus)
{
    GDBusConnection *const senders[] = {bus->logind, bus->stranger};

    for (guint i = 0; i < G_N_ELEMENTS(senders); i++)
        g_variant_unref(call_bus(senders[i], "org.freedesktop.DBus.Peer", "Ping", NULL));
}
