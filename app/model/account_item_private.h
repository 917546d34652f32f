/* How accounts are made and changed. Private to the model and to tests. */
#pragma once

#include "app/model/account_item.h"

#include <jansson.h>

G_BEGIN_DECLS

WhAccountItem *wh_account_item_new(void);

/* What the service says now: an Account of the protocol, and the Service; borrowed. */
void wh_account_item_update(WhAccountItem *item, json_t *account, json_t *service);

/* The account as it came last. Borrowed. */
json_t *wh_account_item_json(WhAccountItem *item);

/* What tells it from others of the same label and stands behind that, or NULL. */
void wh_account_item_set_detail(WhAccountItem *item, const char *detail);

/* The name of its provider, or NULL while it is not known. */
void wh_account_item_set_provider_name(WhAccountItem *item, const char *name);

G_END_DECLS
