#include "platform/sleep_monitor.h"

#include "platform/fake/bell.h"
#include "platform/fake/state.h"

struct WhSleepMonitor {
    GSource *bell;
};

WhSleepMonitor *wh_sleep_monitor_new(WhSleepMonitorFunc resumed, gpointer data, GError **error)
{
    WhSleepMonitor *monitor;

    if (wh_fake_state()->no_sleep) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    "Nobody tells here when the computer wakes up");
        return NULL;
    }
    monitor = g_new0(WhSleepMonitor, 1);
    monitor->bell = wh_fake_bell_new(resumed, data);
    g_ptr_array_add(wh_fake_state()->sleep_monitors, monitor);
    return monitor;
}

void wh_sleep_monitor_free(WhSleepMonitor *monitor)
{
    if (monitor == NULL)
        return;
    g_ptr_array_remove(wh_fake_state()->sleep_monitors, monitor);
    wh_fake_bell_free(monitor->bell);
    g_free(monitor);
}

void wh_fake_sleep_monitor_fire(void)
{
    GPtrArray *monitors = wh_fake_state()->sleep_monitors;

    for (guint i = 0; i < monitors->len; i++)
        wh_fake_bell_ring(((WhSleepMonitor *)g_ptr_array_index(monitors, i))->bell);
}

void wh_fake_sleep_monitor_set_supported(gboolean supported)
{
    wh_fake_state()->no_sleep = !supported;
}
