/* How providers are made. Private to the model and to tests. */
#pragma once

#include "app/model/provider_item.h"

#include <jansson.h>

G_BEGIN_DECLS

/* From a Provider of the protocol, borrowed. */
WhProviderItem *wh_provider_item_new(json_t *provider);

/* What it was made from, borrowed. */
json_t *wh_provider_item_json(WhProviderItem *item);

G_END_DECLS
