/* A provider's form: one row for each of its fields. */
#pragma once

#include "app/model/account_item.h"
#include "app/model/provider_item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_ACCOUNT_FIELDS (wh_account_fields_get_type())
G_DECLARE_FINAL_TYPE(WhAccountFields, wh_account_fields, WH, ACCOUNT_FIELDS, GtkBox)

/* account: whose values are shown, or NULL for a new one. */
GtkWidget *wh_account_fields_new(WhProviderItem *provider, WhAccountItem *account);

/* Only the secrets of an account, whose other values this person is not shown. */
GtkWidget *wh_account_fields_new_secrets(WhProviderItem *provider, WhAccountItem *account);

/* Is everything there that is required? If not, says so at the first such field, and goes there. */
gboolean wh_account_fields_check(WhAccountFields *fields);

/* Name to text of what is filled in; the tables are the caller's. The secrets' texts are borrowed
 * from memory that is wiped, and valid until something is typed; "" for one that is to be
 * forgotten. */
GHashTable *wh_account_fields_values(WhAccountFields *fields);
GHashTable *wh_account_fields_secrets(WhAccountFields *fields);

/* What `account` has now with the changes that were made here, which leaves alone what somebody
 * else changed meanwhile; NULL: nothing was changed here. */
GHashTable *wh_account_fields_changed(WhAccountFields *fields, WhAccountItem *account);

/* Says `error` at the field called `name`, and goes there. FALSE: there is none. */
gboolean wh_account_fields_mark(WhAccountFields *fields, const char *name, const char *error);

/* The same at the first secret. */
gboolean wh_account_fields_mark_secret(WhAccountFields *fields, const char *error);

/* Goes to the first secret, or else to the first field. */
void wh_account_fields_focus(WhAccountFields *fields, gboolean at_secret);

/* Forgets what was typed as secrets. */
void wh_account_fields_wipe(WhAccountFields *fields);

G_END_DECLS
