/* A word when the computer has come back from sleep. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhSleepMonitor WhSleepMonitor;
typedef void (*WhSleepMonitorFunc)(gpointer data);

/* `resumed` is called in the main context after each resume. NULL with G_IO_ERROR_NOT_SUPPORTED
 * where the system has nobody who would tell (Linux: no logind, no system bus): the service goes on
 * without. Never waits for the bus. Free with wh_sleep_monitor_free(). */
WhSleepMonitor *wh_sleep_monitor_new(WhSleepMonitorFunc resumed, gpointer data, GError **error);
void wh_sleep_monitor_free(WhSleepMonitor *monitor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhSleepMonitor, wh_sleep_monitor_free)

G_END_DECLS
