/* Accounts and hosts: every change is checked, written, and told to the record keeper, in this
 * order.
 *
 * The one place where a name, an account, its secrets and its provider come together. What files of
 * the administrator declare is here as well, and is changed in those files only. */
#pragma once

#include "service/declared/declared_file.h"
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
    WH_ACCOUNTS_ERROR_NOT_HERE, /* a file declares it, or another service keeps it; the message says
                                   which and what to do */
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

/* A name in the form that hosts have it in, to be freed; NULL: no name of a host, with INVALID and
 * a sentence for people. */
char *wh_accounts_normalize(const char *name, GError **error);

/* What the user gives for a host. account and name: add needs both. *_set FALSE: as it is (add:
 * both families, provider's TTL, not paused, this computer, everywhere). device with suffix or mac,
 * networks (NULL: everywhere): see WhHost. */
typedef struct {
    const char *account;
    const char *name;
    gboolean wants_set;
    gboolean wants[WH_N_FAMILIES];
    gboolean ttl_set;
    guint32 ttl;
    gboolean paused_set;
    gboolean paused;
    gboolean device_set;
    WhDevice device;
    guint8 suffix[WH_SUFFIX_SIZE];
    guint8 mac[WH_MAC_SIZE];
    gboolean lan_set;
    gboolean lan;
    gboolean withhold_unreachable_set;
    gboolean withhold_unreachable;
    gboolean networks_set;
    const char *const *networks;
} WhHostDraft;

/* A host that gets another name or account keeps its id and starts anew: what is remembered of the
 * old record is forgotten. */
gboolean wh_accounts_add_host(WhAccounts *accounts, const WhHostDraft *draft, const char **id,
                              GError **error);
gboolean wh_accounts_edit_host(WhAccounts *accounts, const char *id, const WhHostDraft *draft,
                               GError **error);
gboolean wh_accounts_remove_host(WhAccounts *accounts, const char *id, GError **error);

/* One file of the administrator. id: see wh_account_id_of_file(). file NULL: there is one that
 * cannot be used now. secrets: name to WhSecret, those that could be read. */
typedef struct {
    char *path;
    char *id;
    WhDeclaredFile *file;
    GHashTable *secrets;
} WhDeclaration;

/* Takes both over; `id` and `path` are copied. */
WhDeclaration *wh_declaration_new(const char *path, const char *id, WhDeclaredFile *file,
                                  GHashTable *secrets);
void wh_declaration_free(WhDeclaration *declaration);

/* Takes what all files say (WhDeclaration, in the order of their names) in place of what they said
 * before. What did not change is left alone, what changed is edited, and what is in no file any
 * more goes. A file that cannot be used, or that the provider's form does not take, leaves what it
 * said before in force; `problems` (of char *) gets "PATH:LINE: sentence". Of a name in two files
 * the first one counts. Secrets stay in memory here, a secret that could not be read now stays what
 * it was. Nothing of it is written down but what is remembered of the hosts, and their pause. To be
 * called after wh_accounts_restore(). */
void wh_accounts_declare(WhAccounts *accounts, const GPtrArray *declarations, GPtrArray *problems);

/* The file that declares an account of that id, or NULL. */
const char *wh_accounts_declared_in(WhAccounts *accounts, const char *account);

/* Why nothing is sent for a host although nobody paused it. */
typedef enum {
    WH_WITHHELD_NOT,
    WH_WITHHELD_DECLARED,  /* a file declares the same name */
    WH_WITHHELD_ELSEWHERE, /* another service of this computer keeps it */
    WH_WITHHELD_ASKING,    /* that is being asked */
} WhWithheld;

WhWithheld wh_accounts_withheld(WhAccounts *accounts, const char *host);

/* Whether any host is withheld for that reason. */
gboolean wh_accounts_withholds(WhAccounts *accounts, WhWithheld reason);

/* Who knows which names another service of this computer keeps. ask: of a name that was not asked
 * about yet; TRUE: wh_accounts_set_elsewhere() will be called, and nothing is sent for it until
 * then. again: somebody wants a name that is kept there. Both must not call back. */
typedef struct {
    gboolean (*ask)(const char *name, gpointer data);
    void (*again)(gpointer data);
} WhAccountsRival;

void wh_accounts_set_rival(WhAccounts *accounts, const WhAccountsRival *rival, gpointer data);

/* Names (text to GINT_TO_POINTER(TRUE or FALSE)) that the other service keeps or does not. Replaces
 * what was known; of a name that is not in it nothing is known. */
void wh_accounts_set_elsewhere(WhAccounts *accounts, GHashTable *names);

/* The answer does not come soon: what was withheld because of it goes on. */
void wh_accounts_stop_asking(WhAccounts *accounts);

/* Every name that the other service is to be asked about; for g_strfreev(). */
char **wh_accounts_names_to_ask(WhAccounts *accounts);

/* The outcome of a test; error only when the update could not be tried. */
typedef void (*WhAccountsTested)(const WhOutcome *outcome, const GError *error, gpointer data);

/* Tries credentials and name with one real update of `name` to the present address: no provider of
 * this kind offers a question that changes nothing. `draft` is checked as for adding; with account
 * set, its missing parts come from that account. addresses[family] NULL: not known; a name that is
 * kept already is tried with what its own records should hold. At most one
 * test a name every 30 seconds (5 after one that found the credentials, the name or the settings
 * wrong), and never sooner than the provider's manners allow. A success for a
 * host that exists counts as its update. `done` is called once, not before this returned, and not
 * after wh_accounts_free(). FALSE: error is set and `done` is not called. */
gboolean wh_accounts_test(WhAccounts *accounts, const char *account, const WhAccountDraft *draft,
                          const char *name, const WhAddress *const addresses[WH_N_FAMILIES],
                          WhAccountsTested done, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAccounts, wh_accounts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDeclaration, wh_declaration_free)

G_END_DECLS
