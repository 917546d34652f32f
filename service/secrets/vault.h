/* The vault: which secret belongs to whom, and where it may go.
 *
 * What rests in the keyring or the secret store holds account, provider, endpoint and secret
 * together and is checked when it is read: a secret can neither be renamed to another account nor
 * be sent to another server. */
#pragma once

#include "platform/keyring.h"
#include "platform/sealer.h"
#include "platform/secret_store.h"
#include "service/base/clock.h"
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
    WH_VAULT_CLOSED,  /* the store cannot be opened, or would not delete it */
    WH_VAULT_LOCKED,  /* not known before it is unlocked or unsealed; goes on by itself */
    WH_VAULT_AWAY,    /* given, and kept nowhere here: handed over by the owner's tray */
} WhVaultState;

/* "present", "missing", "moved", "damaged", "closed", "locked", "away": the words of the control
 * interface. */
const char *wh_vault_state_name(WhVaultState state);

/* Where secrets are kept, as things are. */
typedef enum {
    WH_VAULT_IN_KEYRING,
    WH_VAULT_IN_SEALED, /* a file that only this computer can open */
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

/* "keyring", "sealed", "file", "memory"; "unused", "looking", "absent", "locked", "open". */
const char *wh_vault_place_name(WhVaultPlace place);
const char *wh_vault_keyring_name(WhVaultKeyring keyring);

/* unsaved: how many secrets are in memory alone; unsealed: in a file that is not sealed.
 * unattended: see wh_vault_keep_unattended(). seal_replaced: nothing that was sealed opens, because
 * this computer has another key. What was said when something went wrong, or NULL: trouble,
 * removal_trouble: the open keyring would not take or remove a secret; file_trouble: a file could
 * not be written; unlock_trouble: the keyring was not unlocked when that was asked for last;
 * seal_trouble: something could not be sealed or opened, and is tried again; left_trouble: a copy
 * that is not wanted any more could not be deleted. They live until the vault's next call. */
typedef struct {
    WhVaultPlace place;
    WhVaultKeyring keyring;
    gboolean file_allowed;
    gboolean unattended;
    gboolean seal_replaced;
    guint unsaved;
    guint unsealed;
    const char *trouble;
    const char *removal_trouble;
    const char *file_trouble;
    const char *unlock_trouble;
    const char *seal_trouble;
    const char *left_trouble;
} WhVaultView;

/* changed: the state of secrets, or the view, may be another now; never called from within a
 * function of the vault. label: what people read in a password manager, for g_free(). remember:
 * writes `note` down in place of the last one, for the next wh_vault_new_for_person(). */
typedef struct {
    void (*changed)(gpointer data);
    char *(*label)(const char *account, const char *provider, const char *field, gpointer data);
    gboolean (*remember)(const char *note, GError **error, gpointer data);
} WhVaultListener;

typedef struct WhVault WhVault;

/* Keeps everything in `store`, which it takes over; NULL: there is none, everything is CLOSED but
 * what is given now stays in memory. */
WhVault *wh_vault_new(WhSecretStore *store);

/* Keeps everything in the person's keyring. Where there is none, `store` (taken over; may be NULL)
 * is used when file_allowed, and else nothing. What is in the store from earlier is used until it
 * is in the keyring, and then removed. note: what was to be remembered last; NULL: nothing ever
 * was.
 */
WhVault *wh_vault_new_for_person(WhSecretStore *store, gboolean file_allowed, const char *note,
                                 const WhVaultListener *listener, gpointer data);

/* Of the whole computer: seals everything with `sealer` before it goes into `store` (both are taken
 * over; the second may be NULL). On a system that has nothing that seals, what is given goes into
 * the store as it is, and is sealed when there is something. unattended: what was asked for last
 * (wh_vault_keep_unattended()). Nothing waits for what is in the store: it is LOCKED until it is
 * opened, and `changed` tells. label and remember are not called. */
WhVault *wh_vault_new_for_computer(WhClock *clock, WhSecretStore *store, WhSealer *sealer,
                                   gboolean unattended, const WhVaultListener *listener,
                                   gpointer data);
void wh_vault_free(WhVault *vault);

/* Keeps `secret` as `field` of the binding's account. FALSE with an error of the store: it is then
 * in memory only. Into a keyring, or sealed, it is on its way when this returns
 * (wh_vault_is_busy()); as long as the keyring is locked, or absent and no file allowed, it is in
 * memory only, which the view tells. */
gboolean wh_vault_put(WhVault *vault, const WhVaultBinding *binding, const char *field,
                      WhSecret *secret, GError **error);

/* The secret (a new reference), or NULL and *state why. Read once, then kept in memory. state may
 * be NULL. */
WhSecret *wh_vault_get(WhVault *vault, const WhVaultBinding *binding, const char *field,
                       WhVaultState *state);

/* What must be written down before wh_vault_forget(), so that the keyring forgets the same also
 * when this process ends first; for g_free(). NULL: nothing. */
char *wh_vault_note(WhVault *vault, const char *account, const char *const *fields);

/* Forgets all `fields` (NULL-terminated) of an account, in memory and wherever they are kept; in a
 * keyring that is on its way when this returns (wh_vault_is_busy_with()).
 * G_IO_ERROR_PERMISSION_DENIED with one that is locked or gone: removed there when it is open. */
gboolean wh_vault_forget(WhVault *vault, const char *account, const char *const *fields,
                         GError **error);

/* Fills *view. */
void wh_vault_view(WhVault *vault, WhVaultView *view);

/* The person agrees to files, and what is in memory is written down where there is no keyring; or
 * they do not any more, and what is in files is taken into memory. FALSE: not all of it could be.
 * Only of a person's vault. */
gboolean wh_vault_allow_file(WhVault *vault, gboolean allowed, GError **error);

/* Whether a copy of secrets is kept for the time when nobody is signed in. Not any more: all files
 * are replaced by markers without a secret, and what is in memory is lost when the service ends.
 * Again: what is in memory is written. FALSE: not all of it could be done, which the view tells and
 * which is tried again. Of a vault that is not the computer's nothing changes. */
gboolean wh_vault_keep_unattended(WhVault *vault, gboolean unattended, GError **error);

/* Asks the person to unlock the keyring, and tries again what it would not do; only because they
 * asked for it. */
void wh_vault_unlock(WhVault *vault);

/* Whether something is on its way to where it is kept; of one account. */
gboolean wh_vault_is_busy(WhVault *vault);
gboolean wh_vault_is_busy_with(WhVault *vault, const char *account);

/* Whether a secret of the account is in memory. */
gboolean wh_vault_holds(WhVault *vault, const char *account);

/* FALSE: what was put last for the account (or, when it has no secrets, forgotten) did not get to
 * where it belongs, with the reason; what has to wait for a locked or missing keyring is told by
 * the view instead. */
gboolean wh_vault_check_settled(WhVault *vault, const char *account, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhVault, wh_vault_free)

G_END_DECLS
