/* The strips at the top of the window: what concerns more than one name. */
#pragma once

#include "app/keyring/keyring_copy.h"
#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_BANNER (wh_banner_get_type())
G_DECLARE_FINAL_TYPE(WhBanner, wh_banner, WH, BANNER, GtkBox)

/* Follows the model, with a strip each for: the service being away, everything being paused,
 * somebody else managing it, what the service needs, and accounts that need something and have
 * other than one name, whose card says it. */
void wh_banner_set_model(WhBanner *banner, WhModel *model);

/* What the person can do for the copy in their own keyring of what the service of the whole
 * computer has. The button is the action app.unlock-keyring or win.unattended. */
void wh_banner_set_copy_need(WhBanner *banner, WhKeyringCopyNeed need);

/* Something went wrong just now; it stays until the person closes it or the next thing works: then
 * words is NULL. */
void wh_banner_tell(WhBanner *banner, const char *words);

/* In the same place: what came of something that went well. */
void wh_banner_say(WhBanner *banner, const char *words);

G_END_DECLS
