/* How hosts are made and changed. Private to the model and to tests. */
#pragma once

#include "app/model/account_item.h"
#include "app/model/host_item.h"

#include <jansson.h>

G_BEGIN_DECLS

WhHostItem *wh_host_item_new(void);

/* What the service says now: a Host of the protocol, borrowed. */
void wh_host_item_update(WhHostItem *item, json_t *host, WhAccountItem *account);

/* What its account (or NULL while it is not known) is now; also makes sentences with a time anew.
 */
void wh_host_item_relate(WhHostItem *item, WhAccountItem *account);

/* The record that the host's status comes from, borrowed, or NULL when it has none. */
WhRecordItem *wh_host_item_worst(WhHostItem *item);

G_END_DECLS
