/* An account: credentials at a provider, without the secret ones. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* id: stable and short ("duckdns", "rfc2136-2"). fields: what the provider's form asks for and is
 * no secret (name to text). */
typedef struct {
    char *id;
    char *provider;
    char *label;
    GHashTable *fields;
} WhAccount;

WhAccount *wh_account_new(const char *id, const char *provider, const char *label);
WhAccount *wh_account_copy(const WhAccount *account);
void wh_account_free(WhAccount *account);

/* A field's text, or NULL when it is absent or empty. */
const char *wh_account_field(const WhAccount *account, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAccount, wh_account_free)

G_END_DECLS
