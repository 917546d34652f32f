/* The way to a new name: choose where it lives, say who one is there, try it, add it. */
#pragma once

#include "app/window/form.h"

G_BEGIN_DECLS

#define WH_TYPE_ADD_FORM (wh_add_form_get_type())
/* Signal "added" (the new host's id). */
G_DECLARE_FINAL_TYPE(WhAddForm, wh_add_form, WH, ADD_FORM, WhForm)

WhForm *wh_add_form_new(GtkWindow *parent, WhModel *model);

G_END_DECLS
