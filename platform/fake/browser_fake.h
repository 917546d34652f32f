/* The strings by which tests pull at the fake browser. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* There is one, and it has opened nothing. */
void wh_fake_browser_reset(void);

/* FALSE: none can be started. */
void wh_fake_browser_set_present(gboolean present);

/* The page that was opened last, or NULL. */
const char *wh_fake_browser_page(void);

G_END_DECLS
