/* The strips at the top of the window: what concerns more than one name. */
#pragma once

#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_BANNER (wh_banner_get_type())
G_DECLARE_FINAL_TYPE(WhBanner, wh_banner, WH, BANNER, GtkBox)

/* Follows the model, with a strip each for: the service being away, everything being paused, what
 * the service needs, and accounts that need something and have other than one name, whose card says
 * it. */
void wh_banner_set_model(WhBanner *banner, WhModel *model);

/* Whether the person's own keyring is locked while the service of the whole computer waits for what
 * is in it, or for a copy to be put there. Its button is the action app.unlock-keyring. */
void wh_banner_set_copy_waits(WhBanner *banner, gboolean waits);

/* Something went wrong just now; it stays until the person closes it or the next thing works: then
 * words is NULL. */
void wh_banner_tell(WhBanner *banner, const char *words);

G_END_DECLS
