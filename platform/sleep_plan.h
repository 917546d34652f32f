/* Whether this computer goes to sleep by itself when nobody uses it; nobody can reach it then. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* On mains power. minutes: of idleness until it sleeps (or hibernates, or switches itself off),
 * rounded up; 0: never. by: who says so, a word that stays valid; NULL with 0 minutes. One of the
 * WH_SLEEP_PLAN_BY_... */
typedef struct {
    guint minutes;
    const char *by;
} WhSleepPlan;

/* Who may say so. */
#define WH_SLEEP_PLAN_BY_SYSTEM "the system's power settings"
#define WH_SLEEP_PLAN_BY_LOGIN "the login screen"
#define WH_SLEEP_PLAN_BY_DESKTOP "the desktop"

/* What holds for the whole computer, also when nobody is signed in. Linux: logind (IdleAction,
 * IdleActionUSec, CanSuspend), switched off sleep targets, and GNOME's login screen, which has
 * settings of its own; Windows: the active power scheme. `done` gets the result, never before the
 * main loop turned. */
void wh_sleep_plan_read(GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);

/* FALSE with G_IO_ERROR: nobody could be asked (G_IO_ERROR_NOT_SUPPORTED: there is nobody who would
 * know), or G_IO_ERROR_CANCELLED. */
gboolean wh_sleep_plan_read_finish(GAsyncResult *result, WhSleepPlan *plan, GError **error);

/* What the desktop of the person who runs this program will do (Linux: GNOME, Cinnamon, MATE by
 * GSettings; Windows: as above). Reads small local files. FALSE with G_IO_ERROR_NOT_SUPPORTED: the
 * desktop has no settings that are known. */
gboolean wh_sleep_plan_read_session(WhSleepPlan *plan, GError **error);

G_END_DECLS
