#include "platform/sleep_monitor.h"

#include "platform/windows/hop.h"
#include "platform/windows/power_notice.h"

#include <windows.h>

struct WhSleepMonitor {
    WhSleepMonitorFunc resumed;
    gpointer data;
    WhHop *hop;
    WhPowerNotice *notice;
    gint sleeps; /* the system's threads: it went to sleep, and nobody said that this is over */
};

/* PBT_APMRESUMEAUTOMATIC is said of each resume, PBT_APMRESUMESUSPEND once more as soon as a person
 * is there, which may be hours later. */
static void told(guint32 event, gpointer data)
{
    WhSleepMonitor *monitor = data;

    if (event == PBT_APMSUSPEND)
        g_atomic_int_set(&monitor->sleeps, TRUE);
    else if (event == PBT_APMRESUMEAUTOMATIC) {
        g_atomic_int_set(&monitor->sleeps, FALSE);
        wh_hop_ring(monitor->hop);
    } else if (event == PBT_APMRESUMESUSPEND &&
               g_atomic_int_compare_and_exchange(&monitor->sleeps, TRUE, FALSE))
        wh_hop_ring(monitor->hop);
}

static void rung(gpointer data)
{
    WhSleepMonitor *monitor = data;

    monitor->resumed(monitor->data);
}

WhSleepMonitor *wh_sleep_monitor_new(WhSleepMonitorFunc resumed, gpointer data, GError **error)
{
    g_autoptr(WhSleepMonitor) monitor = g_new0(WhSleepMonitor, 1);

    monitor->resumed = resumed;
    monitor->data = data;
    monitor->hop = wh_hop_new(rung, monitor);
    monitor->notice = wh_power_notice_new(told, monitor, error);
    return monitor->notice != NULL ? g_steal_pointer(&monitor) : NULL;
}

void wh_sleep_monitor_free(WhSleepMonitor *monitor)
{
    if (monitor == NULL)
        return;
    wh_power_notice_free(monitor->notice);
    wh_hop_free(monitor->hop);
    g_free(monitor);
}
