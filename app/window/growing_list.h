/* The beginning of another list, which grows as far as somebody looks: there may be thousands, and
 * a card for each would take a minute and half a gigabyte. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WH_TYPE_GROWING_LIST (wh_growing_list_get_type())
G_DECLARE_FINAL_TYPE(WhGrowingList, wh_growing_list, WH, GROWING_LIST, GObject)

WhGrowingList *wh_growing_list_new(GListModel *whole);

/* By a few. FALSE: it is the whole list already. */
gboolean wh_growing_list_grow(WhGrowingList *list);

/* Until what is at `position` of the whole list is there. */
void wh_growing_list_reach(WhGrowingList *list, guint position);

G_END_DECLS
