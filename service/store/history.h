/* Events, in the order in which they happened. Private to this room; see wh_store_history(). */
#pragma once

#include "service/base/event.h"
#include "service/store/database.h"

G_BEGIN_DECLS

/* How many are kept. */
#define WH_HISTORY_KEPT 20000

/* Writes `event` and sets its id. FALSE: see wh_database_failure(). */
gboolean wh_history_add(WhDatabase *database, WhEvent *event);

G_END_DECLS
