/* How things are, and what to do about it, for icons, buttons and properties. The rule is the
 * client's. */
#pragma once

#include "app/client/status.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define WH_TYPE_STATUS (wh_status_get_type())
GType wh_status_get_type(void);

/* "ok", "updating", "attention", "offline", "paused". */
const char *wh_status_name(WhStatus status);

/* The icon of the theme: "wayhome-ok", ... */
const char *wh_status_icon(WhStatus status);

/* The type of a property. */
#define WH_TYPE_REMEDY (wh_remedy_get_type())
GType wh_remedy_get_type(void);

/* The words on the button ("Resume"), translated; NULL for NONE. */
const char *wh_remedy_label(WhRemedy remedy);

G_END_DECLS
