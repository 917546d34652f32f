/* All accounts, those without a name too; choosing one edits it. */
#pragma once

#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A dialog over `parent`, which has the action "win.edit-account". */
GtkWidget *wh_account_list_new(GtkWindow *parent, WhModel *model);

G_END_DECLS
