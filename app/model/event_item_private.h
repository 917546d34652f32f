/* How events are made. Private to the model and to tests. */
#pragma once

#include "app/model/event_item.h"

#include <jansson.h>

G_BEGIN_DECLS

/* From an Event of the protocol, borrowed. */
WhEventItem *wh_event_item_new(json_t *event);

G_END_DECLS
