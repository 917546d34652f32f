/* What the plan for sleep is made of, and what the tests need besides. */
#pragma once

#include "platform/sleep_plan.h"

G_BEGIN_DECLS

/* Actions are the words of logind.conf(5) and of GNOME's settings; those that do not end the
 * computer's being reachable ("ignore", "lock", "nothing", "logout" ...) are never. */
gboolean wh_sleep_plan_is_sleep(const char *action);

/* Rounded up to minutes; 0 for 0. */
guint wh_sleep_plan_minutes(guint64 microseconds);

/* Whether systemd's targets for sleep are switched off (systemctl mask), below `root`, which is ""
 * for the system's own files. */
gboolean wh_sleep_plan_is_masked(const char *root);

/* The minutes of GNOME's login screen, if that is the one which this computer shows: its files
 * below `root`, and what its settings are without them. 0: never, or another login screen. */
guint wh_sleep_plan_of_login(const char *root, GSettingsSchemaSource *schemas);

/* wh_sleep_plan_read() below another root, and wh_sleep_plan_read_session() with the words of
 * XDG_CURRENT_DESKTOP and other schemas. `schemas` may be NULL: none are installed. */
void wh_sleep_plan_read_below(const char *root, GSettingsSchemaSource *schemas,
                              GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);
gboolean wh_sleep_plan_read_desktop(const char *desktops, GSettingsSchemaSource *schemas,
                                    WhSleepPlan *plan, GError **error);

G_END_DECLS
