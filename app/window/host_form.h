/* Changes a name that is kept. */
#pragma once

#include "app/window/form.h"

G_BEGIN_DECLS

#define WH_TYPE_HOST_FORM (wh_host_form_get_type())
G_DECLARE_FINAL_TYPE(WhHostForm, wh_host_form, WH, HOST_FORM, WhForm)

WhForm *wh_host_form_new(GtkWindow *parent, WhModel *model, WhHostItem *host);

G_END_DECLS
