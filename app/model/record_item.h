/* One record: a name's IPv4 or IPv6 address. */
#pragma once

#include "app/model/status.h"

G_BEGIN_DECLS

#define WH_TYPE_RECORD_ITEM (wh_record_item_get_type())
/* Properties, all read-only, with notify: "family" (text, "IPv4"), "status" (WhStatus), "state"
 * (the protocol's word), "address" (text: what the provider confirmed, "" before that), "desired"
 * (text, "" when unknown), "sentence" (its state in words), "next-step" (text or NULL), "remedy"
 * (WhRemedy), "proof" (text, "" when there is none), "proven" (gboolean), "proven-at" (gint64
 * microseconds, 0: never). */
G_DECLARE_FINAL_TYPE(WhRecordItem, wh_record_item, WH, RECORD_ITEM, GObject)

/* The properties. Texts and objects are borrowed until the next change. */
const char *wh_record_item_family(WhRecordItem *item);
WhStatus wh_record_item_status(WhRecordItem *item);
const char *wh_record_item_state(WhRecordItem *item);
const char *wh_record_item_address(WhRecordItem *item);
const char *wh_record_item_sentence(WhRecordItem *item);
const char *wh_record_item_next_step(WhRecordItem *item);
WhRemedy wh_record_item_remedy(WhRecordItem *item);
const char *wh_record_item_proof(WhRecordItem *item);
gboolean wh_record_item_is_proven(WhRecordItem *item);

/* Sentences with a time in them ("proven 2 minutes ago") are made anew; call while somebody looks.
 */
void wh_record_item_refresh(WhRecordItem *item);

G_END_DECLS
