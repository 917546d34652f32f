/* The button that does what helps. */
#pragma once

#include "app/model/status.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes `button` do the remedy by an action of its window; hides it when there is none. host and
 * account: whom it is for; NULL: everything. */
void wh_remedy_set_button(GtkButton *button, WhRemedy remedy, const char *host,
                          const char *account);

G_END_DECLS
