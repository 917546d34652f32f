/* The vault: which secret belongs to whom, and where it may go.
 *
 * What rests in the keyring or the secret store holds account, provider, endpoint and secret
 * together and is checked when it is read: a secret can neither be renamed to another account nor
 * be sent to another server. */
#pragma once

#include "platform/keyring.h"
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
    WH_VAULT_LOCKED,  /* not known before the keyring is open; goes on by itself */
} WhVaultState;

/* "present", "missing", "moved", "damaged", "closed", "locked": the words of the control interface.
 */
const char *wh_vault_state_name(WhVaultState state);

/* Where secrets are kept, as things are. */
typedef enum {
    WH_VAULT_IN_KEYRING,
    WH_VAULT_IN_FILE,
    WH_VAULT_IN_MEMORY, /* lost when the service ends */
} WhVaultPlace;

typedef enum {
    WH_VAULT_KEYRING_UNUSED, /* this vault does not look for one */
    WH_VAULT_KEYRING_LOOKING,
    WH_VAULT_KEYRING_ABSENT,
    WH_VAULT_KEYRING_LOCKED,
    WH_VAULT_KEYRING_OPEN,
} WhVaultKeyring;

/* "keyring", "file", "memory"; "unused", "looking", "absent", "locked", "open". */
const char *wh_vault_place_name(WhVaultPlace place);
const char *wh_vault_keyring_name(WhVaultKeyring keyring);

/* unsaved: how many secrets are in memory alone. trouble: what the keyring said when something
 * could not be written, or NULL; it lives until the vault's next call. */
typedef struct {
    WhVaultPlace place;
    WhVaultKeyring keyring;
    gboolean file_allowed;
    guint unsaved;
    const char *trouble;
} WhVaultView;

/* changed: the state of secrets, or the view, may be another now; never called from within a
 * function of the vault. label: what people read in a password manager, for g_free(). */
typedef struct {
    void (*changed)(gpointer data);
    char *(*label)(const char *account, const char *provider, const char *field, gpointer data);
} WhVaultListener;

typedef struct WhVault WhVault;

/* Keeps everything in `store`, which it takes over; NULL: there is none, everything is CLOSED but
 * what is given now stays in memory. */
WhVault *wh_vault_new(WhSecretStore *store);

/* Keeps everything in the person's keyring. Where there is none, `store` (taken over; may be NULL)
 * is used when file_allowed, and else nothing. What is in the store from earlier is used until it
 * is in the keyring, and then removed. */
WhVault *wh_vault_new_for_person(WhSecretStore *store, gboolean file_allowed,
                                 const WhVaultListener *listener, gpointer data);
void wh_vault_free(WhVault *vault);

/* Keeps `secret` as `field` of the binding's account. FALSE with an error of the store: it is then
 * in memory only. Into a keyring it is on its way when this returns (wh_vault_is_busy()); as long
 * as that is locked, or absent and no file allowed, it is in memory only, which the view tells. */
gboolean wh_vault_put(WhVault *vault, const WhVaultBinding *binding, const char *field,
                      WhSecret *secret, GError **error);

/* The secret (a new reference), or NULL and *state why. Read once, then kept in memory. state may
 * be NULL. */
WhSecret *wh_vault_get(WhVault *vault, const WhVaultBinding *binding, const char *field,
                       WhVaultState *state);

/* Forgets all `fields` (NULL-terminated) of an account, in memory and wherever they are kept.
 * G_IO_ERROR_PERMISSION_DENIED with a locked keyring: they are removed there when it opens. */
gboolean wh_vault_forget(WhVault *vault, const char *account, const char *const *fields,
                         GError **error);

/* Fills *view. */
void wh_vault_view(WhVault *vault, WhVaultView *view);

/* The person agrees to files, or does not any more. Where there is no keyring, what is in memory is
 * written down, or what is in files taken into memory. FALSE: not all of it could be. */
gboolean wh_vault_allow_file(WhVault *vault, gboolean allowed, GError **error);

/* Asks the person to unlock the keyring; only because they asked for it. */
void wh_vault_unlock(WhVault *vault);

/* Whether something is on its way to the keyring. */
gboolean wh_vault_is_busy(WhVault *vault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhVault, wh_vault_free)

G_END_DECLS
