/* Accounts and hosts: every change is checked, written, and told to the record keeper, in this
 * order.
 *
 * The one place where a name, an account, its secrets and its provider come together. */
#pragma once

#include "service/providers/providers.h"
#include "service/reconcile/keeper.h"
#include "service/secrets/vault.h"
#include "service/store/store.h"

G_BEGIN_DECLS

typedef struct WhAccounts WhAccounts;

/* The store's setting that holds the vault's note (wh_vault_note()). */
#define WH_ACCOUNTS_VAULT_NOTE "secrets to forget"

#define WH_ACCOUNTS_ERROR (wh_accounts_error_quark())
GQuark wh_accounts_error_quark(void);

typedef enum {
    WH_ACCOUNTS_ERROR_NOT_FOUND,  /* no such account, host or provider */
    WH_ACCOUNTS_ERROR_EXISTS,     /* that name is kept at that account already */
    WH_ACCOUNTS_ERROR_INVALID,    /* the message starts with the field's name and ": " */
    WH_ACCOUNTS_ERROR_NO_ADDRESS, /* a test needs an address and none is known */
    WH_ACCOUNTS_ERROR_TOO_SOON, /* a test would break the provider's rules; the message says when */
    WH_ACCOUNTS_ERROR_STORE,    /* could not be written */
    WH_ACCOUNTS_ERROR_LIMIT,    /* more accounts (100) or hosts (2000) than the service keeps */
} WhAccountsErrorCode;

WhAccounts *wh_accounts_new(WhClock *clock, WhStore *store, WhVault *vault, WhProviders *providers,
                            WhKeeper *keeper);
void wh_accounts_free(WhAccounts *accounts);

/* Reads everything from the store and hands it to the keeper with its remembered state. An account
 * whose provider does not exist any more is kept and not ready. */
void wh_accounts_restore(WhAccounts *accounts);

/* Owned by `accounts`, in the order they were added; elements are WhAccount and WhHost. A change of
 * an account or host makes another object of it: pointers live until the next change. */
const GPtrArray *wh_accounts_list(WhAccounts *accounts);
const GPtrArray *wh_accounts_hosts(WhAccounts *accounts);
const WhAccount *wh_accounts_find(WhAccounts *accounts, const char *id);
const WhHost *wh_accounts_find_host(WhAccounts *accounts, const char *id);

/* What the user gives for an account; NULL members stay as they are when editing. fields replaces
 * all fields. secrets (name to WhSecret) adds to or replaces those that are there. */
typedef struct {
    const char *provider; /* add only */
    const char *label;
    GHashTable *fields;
    GHashTable *secrets;
} WhAccountDraft;

/* A secret that cannot be saved is used until the service ends: then the account is there (add sets
 * *id), the keeper knows it, and the error is STORE with a sentence that says so. The same for edit
 * and set_secret. Required secrets may come later; until then the account is not ready. An edit
 * that changes the server (see wh_providers_endpoint()) leaves the old secrets behind, and its
 * hosts start anew. *id: the new account's id, owned by `accounts`; it never was another's. */
gboolean wh_accounts_add(WhAccounts *accounts, const WhAccountDraft *draft, const char **id,
                         GError **error);
gboolean wh_accounts_edit(WhAccounts *accounts, const char *id, const WhAccountDraft *draft,
                          GError **error);
/* With its hosts and secrets. STORE after it is gone: its secrets could not be deleted. */
gboolean wh_accounts_remove(WhAccounts *accounts, const char *id, GError **error);

/* One secret; a secret of an unknown name is INVALID. */
gboolean wh_accounts_set_secret(WhAccounts *accounts, const char *id, const char *field,
                                WhSecret *secret, GError **error);
gboolean wh_accounts_forget_secrets(WhAccounts *accounts, const char *id, GError **error);

/* The state of one secret field. */
WhVaultState wh_accounts_secret_state(WhAccounts *accounts, const char *id, const char *field);

/* Whether a secret of the account is on its way to where it is kept, or out of there. */
gboolean wh_accounts_is_settling(WhAccounts *accounts, const char *id);

/* FALSE with STORE: it did not get there, or not yet. Also of an account that was just removed. */
gboolean wh_accounts_check_settled(WhAccounts *accounts, const char *id, GError **error);

/* The vault has others than before: the keyring was opened, or somebody removed something there. */
void wh_accounts_secrets_changed(WhAccounts *accounts);

/* Whether a secret that is needed is in a keyring that is not open. */
gboolean wh_accounts_waits_for_keyring(WhAccounts *accounts);

/* All secrets of an account, ready for its engine: name to WhSecret. Empty when some are missing.
 */
GHashTable *wh_accounts_secrets(WhAccounts *accounts, const WhAccount *account);

/* What the user gives for a host. account and name: add needs both. wants_set, ttl_set, paused_set
 * FALSE: as it is (add: both families, provider's TTL, not paused). */
typedef struct {
    const char *account;
    const char *name;
    gboolean wants_set;
    gboolean wants[WH_N_FAMILIES];
    gboolean ttl_set;
    guint32 ttl;
    gboolean paused_set;
    gboolean paused;
} WhHostDraft;

/* A host that gets another name or account keeps its id and starts anew: what is remembered of the
 * old record is forgotten. */
gboolean wh_accounts_add_host(WhAccounts *accounts, const WhHostDraft *draft, const char **id,
                              GError **error);
gboolean wh_accounts_edit_host(WhAccounts *accounts, const char *id, const WhHostDraft *draft,
                               GError **error);
gboolean wh_accounts_remove_host(WhAccounts *accounts, const char *id, GError **error);

/* The outcome of a test; error only when the update could not be tried. */
typedef void (*WhAccountsTested)(const WhOutcome *outcome, const GError *error, gpointer data);

/* Tries credentials and name with one real update of `name` to the present address: no provider of
 * this kind offers a question that changes nothing. `draft` is checked as for adding; with account
 * set, its missing parts come from that account. addresses[family] NULL: not known. At most one
 * test a name every 30 seconds (5 after one that found the credentials, the name or the settings
 * wrong), and never sooner than the provider's manners allow. A success for a
 * host that exists counts as its update. `done` is called once, not before this returned, and not
 * after wh_accounts_free(). FALSE: error is set and `done` is not called. */
gboolean wh_accounts_test(WhAccounts *accounts, const char *account, const WhAccountDraft *draft,
                          const char *name, const WhAddress *const addresses[WH_N_FAMILIES],
                          WhAccountsTested done, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAccounts, wh_accounts_free)

G_END_DECLS
