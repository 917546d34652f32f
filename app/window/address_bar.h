/* The public addresses of this computer, at the foot of the names. */
#pragma once

#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_ADDRESS_BAR (wh_address_bar_get_type())
G_DECLARE_FINAL_TYPE(WhAddressBar, wh_address_bar, WH, ADDRESS_BAR, GtkBox)

/* Follows the model. */
void wh_address_bar_set_model(WhAddressBar *bar, WhModel *model);

G_END_DECLS
