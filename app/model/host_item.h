/* A name that the service keeps right. */
#pragma once

#include "app/model/record_item.h"

G_BEGIN_DECLS

#define WH_TYPE_HOST_ITEM (wh_host_item_get_type())
/* Properties, all read-only, with notify: "id", "name" (as DNS has it), "display-name" (letters
 * beyond ASCII as people read them), "account" (its account's id), "account-label", "paused" (this
 * name alone), "status" (WhStatus), "sentence" (one for both records), "address" (the first that is
 * confirmed, "" for none), "declared" (as of an account), "ipv4" and "ipv6" (WhRecordItem or NULL
 * when that record is not kept). */
G_DECLARE_FINAL_TYPE(WhHostItem, wh_host_item, WH, HOST_ITEM, GObject)

/* The properties. Texts and objects are borrowed until the next change. */
const char *wh_host_item_id(WhHostItem *item);
const char *wh_host_item_name(WhHostItem *item);
const char *wh_host_item_display_name(WhHostItem *item);
const char *wh_host_item_account(WhHostItem *item);
const char *wh_host_item_account_label(WhHostItem *item);
gboolean wh_host_item_is_paused(WhHostItem *item);
WhStatus wh_host_item_status(WhHostItem *item);
const char *wh_host_item_sentence(WhHostItem *item);
const char *wh_host_item_address(WhHostItem *item);
const char *wh_host_item_declared(WhHostItem *item);
WhRecordItem *wh_host_item_ipv4(WhHostItem *item);
WhRecordItem *wh_host_item_ipv6(WhHostItem *item);

G_END_DECLS
