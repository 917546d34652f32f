/* The system's word about sleep, in services and programs alike
 * (PowerRegisterSuspendResumeNotification(), DEVICE_NOTIFY_CALLBACK). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhPowerNotice WhPowerNotice;

/* `event` is a PBT_APM... number. In a thread of the system. */
typedef void (*WhPowerNoticeFunc)(guint32 event, gpointer data);

/* NULL with G_IO_ERROR_NOT_SUPPORTED where the system tells nobody. */
WhPowerNotice *wh_power_notice_new(WhPowerNoticeFunc told, gpointer data, GError **error);

/* Waits for a call in flight; none comes afterwards. What the system was given, some bytes, stays
 * until the program ends. */
void wh_power_notice_free(WhPowerNotice *notice);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhPowerNotice, wh_power_notice_free)

G_END_DECLS
