/* What the doctor found, below the names: calm, and nothing where nothing is wrong and nobody
 * asked. */
#pragma once

#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_FINDING_LIST (wh_finding_list_get_type())
/* Property "on-demand" (gboolean): there is nothing to see before somebody asked for a check. */
G_DECLARE_FINAL_TYPE(WhFindingList, wh_finding_list, WH, FINDING_LIST, GtkBox)

/* Follows the model: of each finding a sentence and what to do next, and what was chosen for a VPN
 * that is on. A button "win.check" asks again. */
void wh_finding_list_set_model(WhFindingList *list, WhModel *model);

/* A check is under way, or over. From the first one on the list says so where nothing is wrong. */
void wh_finding_list_set_checking(WhFindingList *list, gboolean checking);

G_END_DECLS
