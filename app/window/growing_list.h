/* The beginning of another list, which grows to the whole of it while nothing else is to be done:
 * so that the first of many cards are there at once. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WH_TYPE_GROWING_LIST (wh_growing_list_get_type())
G_DECLARE_FINAL_TYPE(WhGrowingList, wh_growing_list, WH, GROWING_LIST, GObject)

/* Grows in the default main context. */
WhGrowingList *wh_growing_list_new(GListModel *whole);

/* At once to the whole of it. */
void wh_growing_list_complete(WhGrowingList *list);

G_END_DECLS
