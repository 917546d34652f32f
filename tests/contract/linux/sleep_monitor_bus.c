#include "tests/contract/linux/sleep_monitor_bus.h"

#include <signal.h>
#include <sys/wait.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

struct WhTestBus {
    GPid pid;
    sd_bus *logind;
    sd_bus *stranger;
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

WhTestBus *wh_test_bus_new(const char *path)
{
    WhTestBus *bus = g_new0(WhTestBus, 1);
    g_autofree char *address = g_strconcat("unix:path=", path, NULL);

    if (!daemon_start(bus, path)) {
        g_free(bus);
        return NULL;
    }
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
    g_assert_cmpint(sd_bus_open_system(&bus->logind), >=, 0);
    g_assert_cmpint(sd_bus_open_system(&bus->stranger), >=, 0);
    g_assert_cmpint(sd_bus_request_name(bus->logind, "org.freedesktop.login1", 0), >=, 0);
    return bus;
}

void wh_test_bus_free(WhTestBus *bus)
{
    sd_bus_close_unref(bus->logind);
    sd_bus_close_unref(bus->stranger);
    kill(bus->pid, SIGKILL);
    waitpid(bus->pid, NULL, 0);
    g_spawn_close_pid(bus->pid);
    g_free(bus);
}

void wh_test_bus_signal(WhTestBus *bus, gboolean begins, gboolean as_stranger)
{
    sd_bus *sender = as_stranger ? bus->stranger : bus->logind;

    g_assert_cmpint(sd_bus_emit_signal(sender, "/org/freedesktop/login1",
                                       "org.freedesktop.login1.Manager", "PrepareForSleep", "b",
                                       begins),
                    >=, 0);
    g_assert_cmpint(sd_bus_flush(sender), >=, 0);
}

/* The bus handles what one connection sends in order: a question that it answered comes after them.
 */
void wh_test_bus_settle(WhTestBus *bus)
{
    sd_bus *const senders[] = {bus->logind, bus->stranger};

    for (guint i = 0; i < G_N_ELEMENTS(senders); i++)
        g_assert_cmpint(sd_bus_call_method(senders[i], "org.freedesktop.DBus", "/",
                                           "org.freedesktop.DBus.Peer", "Ping", NULL, NULL, NULL),
                        >=, 0);
}
