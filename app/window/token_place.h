/* Where passwords and tokens are, what each setting means, and the switch. */
#pragma once

#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_TOKEN_PLACE (wh_token_place_get_type())
G_DECLARE_FINAL_TYPE(WhTokenPlace, wh_token_place, WH, TOKEN_PLACE, GtkDialog)

/* A dialog over `parent` that follows the model. */
GtkWidget *wh_token_place_new(GtkWindow *parent, WhModel *model);

/* What it means that the copy for the time when nobody is signed in is kept, or is not: for this
 * person, in sentences; the caller's. */
char *wh_token_place_meaning(WhModel *model, gboolean kept);

G_END_DECLS
