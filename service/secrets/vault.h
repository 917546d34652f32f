/* The vault: which secret belongs to whom, and where it may go.
 *
 * What rests in the secret store holds account, provider, endpoint and secret together and is
 * checked when it is read: a secret can neither be renamed to another account nor be sent to
 * another server. */
#pragma once

#include "platform/secret_store.h"
#include "service/base/secret.h"

G_BEGIN_DECLS

/* endpoint: see wh_providers_endpoint(). */
typedef struct {
    const char *account;
    const char *provider;
    const char *endpoint;
} WhVaultBinding;

typedef enum {
    WH_VAULT_PRESENT,
    WH_VAULT_MISSING, /* never given, or removed */
    WH_VAULT_MOVED,   /* given for another provider or endpoint: must be given again */
    WH_VAULT_DAMAGED, /* cannot be read any more: must be given again */
    WH_VAULT_CLOSED,  /* the store cannot be opened */
} WhVaultState;

/* "present", "missing", "moved", "damaged", "closed": the words of the control interface. */
const char *wh_vault_state_name(WhVaultState state);

typedef struct WhVault WhVault;

/* Takes `store` over; NULL: there is none, everything is CLOSED but what is given now stays in
 * memory. */
WhVault *wh_vault_new(WhSecretStore *store);
void wh_vault_free(WhVault *vault);

/* Keeps `secret` as `field` of the binding's account. G_IO_ERROR from the store: it is then in
 * memory only. */
gboolean wh_vault_put(WhVault *vault, const WhVaultBinding *binding, const char *field,
                      WhSecret *secret, GError **error);

/* The secret (a new reference), or NULL and *state why. Read once, then kept in memory. state may
 * be NULL. */
WhSecret *wh_vault_get(WhVault *vault, const WhVaultBinding *binding, const char *field,
                       WhVaultState *state);

/* Forgets all `fields` (NULL-terminated) of an account, in memory and in the store. */
gboolean wh_vault_forget(WhVault *vault, const char *account, const char *const *fields,
                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhVault, wh_vault_free)

G_END_DECLS
