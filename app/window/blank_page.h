/* What the window shows while there are no names to show: still looking for the service, why it is
 * not there, or the way to the first name. */
#pragma once

#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_BLANK_PAGE (wh_blank_page_get_type())
G_DECLARE_FINAL_TYPE(WhBlankPage, wh_blank_page, WH, BLANK_PAGE, GtkBox)

/* Follows the model and its link. */
void wh_blank_page_set_model(WhBlankPage *page, WhModel *model);

G_END_DECLS
