/* An account at a provider. */
#pragma once

#include "app/model/status.h"

G_BEGIN_DECLS

#define WH_TYPE_ACCOUNT_ITEM (wh_account_item_get_type())
/* Properties, all read-only, with notify: "id", "provider" (its id), "provider-name", "label" (what
 * people call it; never empty), "status" (WhStatus), "sentence" (what is wrong, "" when nothing
 * is), "next-step" (text or NULL), "remedy" (WhRemedy), "halted" (gboolean), "declared" (who set it
 * up and where, a sentence without a full stop; NULL: it is changed here). */
G_DECLARE_FINAL_TYPE(WhAccountItem, wh_account_item, WH, ACCOUNT_ITEM, GObject)

/* The properties. Texts and objects are borrowed until the next change. */
const char *wh_account_item_id(WhAccountItem *item);
const char *wh_account_item_provider(WhAccountItem *item);
const char *wh_account_item_label(WhAccountItem *item);
WhStatus wh_account_item_status(WhAccountItem *item);
const char *wh_account_item_sentence(WhAccountItem *item);
const char *wh_account_item_next_step(WhAccountItem *item);
WhRemedy wh_account_item_remedy(WhAccountItem *item);
const char *wh_account_item_declared(WhAccountItem *item);

/* What the person called it, as it is without what tells it from others of the same label. */
const char *wh_account_item_given_label(WhAccountItem *item);

/* The values of its form that it has now, name to text; the caller's. */
GHashTable *wh_account_item_fields(WhAccountItem *item);

/* The value of a field of its form ("" when it has none), never a secret's. */
const char *wh_account_item_field(WhAccountItem *item, const char *name);

/* The state of a secret field in the protocol's words ("present", "missing", "locked", ...), or
 * NULL when the account has no such secret. */
const char *wh_account_item_secret_state(WhAccountItem *item, const char *name);

G_END_DECLS
