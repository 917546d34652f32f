/* How records are made and changed. Private to the model and to tests. */
#pragma once

#include "app/model/account_item.h"
#include "app/model/record_item.h"

#include <jansson.h>

G_BEGIN_DECLS

WhRecordItem *wh_record_item_new(void);

/* What the service says now: a Record of the protocol, borrowed. account: the host's, or NULL while
 * it is not known; it says what is wrong with a secret that the record waits for. */
void wh_record_item_update(WhRecordItem *item, json_t *record, WhAccountItem *account);

/* After an update: nothing is sent although nobody paused it, for this reason
 * (wh_sentence_withheld()), and to resume it would help nobody. */
void wh_record_item_withhold(WhRecordItem *item, const char *reason);

/* The Record as it came, borrowed, or NULL. */
json_t *wh_record_item_json(WhRecordItem *item);

G_END_DECLS
