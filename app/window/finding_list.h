/* What the doctor found, below the names: calm, and nothing where nothing is wrong. */
#pragma once

#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_FINDING_LIST (wh_finding_list_get_type())
G_DECLARE_FINAL_TYPE(WhFindingList, wh_finding_list, WH, FINDING_LIST, GtkBox)

/* Follows the model: of each finding a sentence and what to do next. */
void wh_finding_list_set_model(WhFindingList *list, WhModel *model);

G_END_DECLS
