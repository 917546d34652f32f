/* The status window: all names, how they stand, and everything a person can do about them.
 *
 * Its actions ("win.") are there for others too: add-host, update-all, pause-all (boolean state),
 * resume-all, check, retry, accounts, token-place, unattended (boolean state), shortcuts, about,
 * close, unlock-keyring, allow-file, and, with an id as their parameter, update-host, pause-host,
 * resume-host, edit-host, remove-host, edit-account, give-secret, resume-account, remove-account,
 * and with the name of a VPN publish-line, publish-vpn, publish-nothing.
 *
 * Its menus show actions of the application when it has them: app.quit, and with a boolean state
 * app.autostart, app.notify-change, app.notify-trouble and app.notify-recovery. */
#pragma once

#include "app/keyring/keyring_copy.h"
#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_WINDOW (wh_window_get_type())
/* Signal "secret-given" (account id, provider id, fields, field, secret; all borrowed): the service
 * took a secret that was typed into one of the forms, for an account with those values of its form
 * (GHashTable), so that it can be offered to the keyring. */
G_DECLARE_FINAL_TYPE(WhWindow, wh_window, WH, WINDOW, GtkApplicationWindow)

/* Not shown yet; gtk_window_present() does it. Also sets the application's accelerators. */
GtkWidget *wh_window_new(GtkApplication *app, WhModel *model);

/* Goes to the card of a name; as soon as there is one, when there is none yet. */
void wh_window_show_host(WhWindow *window, const char *host_id);

/* Opens the form for a new name. */
void wh_window_add_host(WhWindow *window);

/* What the person can do for the copy in their own keyring; see wh_banner_set_copy_need(). */
void wh_window_set_copy_need(WhWindow *window, WhKeyringCopyNeed need);

/* Says at the top of the window what went wrong; NULL: nothing does any more. */
void wh_window_tell(WhWindow *window, const char *words);

/* Says there what came of something, until the person closes it. */
void wh_window_say(WhWindow *window, const char *words);

/* Borrowed. */
WhModel *wh_window_model(WhWindow *window);

/* Shows that a check is under way, or over. */
void wh_window_set_checking(WhWindow *window, gboolean checking);

G_END_DECLS
