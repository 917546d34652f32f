/* Changes an account: what it is called, its fields and its secrets. */
#pragma once

#include "app/window/form.h"

G_BEGIN_DECLS

#define WH_TYPE_ACCOUNT_FORM (wh_account_form_get_type())
/* Signal "remove-wanted": the person wants the account to be removed; the form is closed then. */
G_DECLARE_FINAL_TYPE(WhAccountForm, wh_account_form, WH, ACCOUNT_FORM, WhForm)

/* at_secret: begins at its first secret. NULL: the account's provider is not known any more. */
WhForm *wh_account_form_new(GtkWindow *parent, WhModel *model, WhAccountItem *account,
                            gboolean at_secret);

G_END_DECLS
