/* What the files of this room share. Private to this room. */
#pragma once

#include "service/accounts/accounts.h"

G_BEGIN_DECLS

#define WH_ACCOUNTS_MOST 100
#define WH_ACCOUNTS_MOST_HOSTS 2000

/* What is kept of a declaration: its secrets may go to `endpoint` only. */
typedef struct {
    char *path;
    char *endpoint;
    GHashTable *secrets;
} WhDeclaredAccount;

/* list: WhAccount; hosts: WhHost. declared: id of an account to WhDeclaredAccount. withheld: id of
 * a host to WhWithheld; elsewhere: name to whether the other service keeps it. attempts: what
 * account_test.c knows of earlier tests; tests: those under way. */
struct WhAccounts {
    WhClock *clock;
    WhStore *store;
    WhVault *vault;
    WhProviders *providers;
    WhKeeper *keeper;
    GPtrArray *list;
    GPtrArray *hosts;
    GHashTable *declared;
    GHashTable *withheld;
    GHashTable *elsewhere;
    WhAccountsRival rival;
    gpointer rival_data;
    GHashTable *attempts;
    GPtrArray *tests;
};

/* Sets WH_ACCOUNTS_ERROR_INVALID with "field: sentence" and returns FALSE. */
gboolean wh_accounts_refuse(GError **error, const char *field, const char *sentence);

/* The account of that id, or NULL with NOT_FOUND. */
WhAccount *wh_accounts_named(WhAccounts *accounts, const char *id, GError **error);

/* The definition of the account's provider, or NULL with NOT_FOUND. */
const WhDefinition *wh_accounts_definition(WhAccounts *accounts, const WhAccount *account,
                                           GError **error);
WhManners wh_accounts_manners(WhAccounts *accounts, const WhAccount *account);

/* wh_store_* reports in its own domain: turned into WH_ACCOUNTS_ERROR_STORE. Returns `written`. The
 * call that writes may stand among the arguments, so `cause` is looked at only here. */
gboolean wh_accounts_stored(gboolean written, GError **cause, GError **error);

/* Whether secrets of the one may not be sent to the other's server. */
gboolean wh_accounts_is_elsewhere(WhAccounts *accounts, const WhAccount *a, const WhAccount *b);

/* Tells the keeper what the account is now. */
void wh_accounts_tell(WhAccounts *accounts, const WhAccount *account);

/* The same after `given` secrets (may be NULL or empty) arrived. The keeper never sees a secret, so
 * it is told that the user did something about a refused one. */
void wh_accounts_tell_of_secrets(WhAccounts *accounts, const WhAccount *account, GHashTable *given);

/* account_draft.c */

/* An account made of what is in `draft` and, for what is not, in `base`; checked without its
 * secrets. `base` NULL: all is in the draft. */
WhAccount *wh_accounts_compose(WhAccounts *accounts, const char *id, const WhAccount *base,
                               const WhAccountDraft *draft, GError **error);

/* Whether the account's form has such a secret and its text can be one. */
gboolean wh_accounts_check_secret(WhAccounts *accounts, const WhAccount *account, const char *field,
                                  const WhSecret *secret, GError **error);

/* Checks given secrets (name to WhSecret; may be NULL) by themselves, and together with those in
 * the vault once all that are required are there. */
gboolean wh_accounts_check_secrets(WhAccounts *accounts, const WhAccount *account,
                                   GHashTable *given, GError **error);

/* wh_providers_check_name() in this room's errors. */
gboolean wh_accounts_check_name(WhAccounts *accounts, const WhAccount *account, const char *name,
                                GError **error);

/* account_secrets.c */

/* Whether the vault holds secrets of an account of that id, wherever they may be sent. UNKNOWN: as
 * long as the keyring is not open. */
typedef enum {
    WH_LEFTOVERS_NONE,
    WH_LEFTOVERS_SOME,
    WH_LEFTOVERS_UNKNOWN,
} WhLeftovers;
WhLeftovers wh_accounts_leftovers(WhAccounts *accounts, const char *provider, const char *id);

/* Those in the vault that may be sent to where `account` (saved or not) is, with `given` over them.
 */
GHashTable *wh_accounts_gather(WhAccounts *accounts, const WhAccount *account, GHashTable *given);

/* Whether all that are required are in `secrets`. */
gboolean wh_accounts_is_complete(WhAccounts *accounts, const WhAccount *account,
                                 GHashTable *secrets);

/* Puts `given` (may be NULL) into the vault. */
gboolean wh_accounts_keep(WhAccounts *accounts, const WhAccount *account, GHashTable *given,
                          GError **error);

/* The names of all secrets that an account may have, each once, also when its provider is gone; for
 * g_strfreev(). */
char **wh_accounts_secret_names(WhAccounts *accounts, const WhAccount *account);

/* Takes all secrets of an account out of the vault, after the vault's note was written down. */
gboolean wh_accounts_forget(WhAccounts *accounts, const WhAccount *account,
                            const char *const *names, GError **error);

/* account_removal.c: takes away what is left of accounts whose removal was cut short. */
void wh_accounts_finish_removals(WhAccounts *accounts);

/* account_hosts.c */

/* The account's hosts are records at another server now: what is remembered of them is not true any
 * more. */
gboolean wh_accounts_start_hosts_anew(WhAccounts *accounts, const char *account, GError **error);
void wh_accounts_drop_hosts(WhAccounts *accounts, const char *account);

/* The host of that name at that account, or NULL. */
WhHost *wh_accounts_host_at(WhAccounts *accounts, const char *account, const char *name);

/* Puts before the keeper what is remembered. */
void wh_accounts_restore_provider(WhAccounts *accounts, const char *provider);
void wh_accounts_restore_account(WhAccounts *accounts, const WhAccount *account);
void wh_accounts_restore_host(WhAccounts *accounts, const WhHost *host);

/* A host as a draft for that account says, without an id; or NULL with INVALID. */
WhHost *wh_accounts_compose_host(WhAccounts *accounts, const WhAccount *account,
                                 const WhHostDraft *draft, GError **error);

/* host_wishes.c */

/* Takes from the draft whose address the name leads to, and where. FALSE: INVALID, with `host` in
 * between. */
gboolean wh_accounts_take_wishes(WhHost *host, const WhHostDraft *draft, GError **error);

/* declared_account.c */

WhDeclaredAccount *wh_declared_account_new(const char *path, const char *endpoint,
                                           GHashTable *secrets);
void wh_declared_account_free(WhDeclaredAccount *declared);

/* That of the account, or NULL: it was added by hand. */
WhDeclaredAccount *wh_accounts_declared(WhAccounts *accounts, const char *account);

/* FALSE with NOT_HERE: a file declares the account, and only there it is changed. */
gboolean wh_accounts_check_own(WhAccounts *accounts, const char *account, GError **error);

/* declared_memory.c: what the store remembers of declared accounts and hosts. */

/* Whether what was remembered of the account is still about the same server, and whether its
 * secrets are others than then; writes down what there is now. One change of a secret in 4096 goes
 * unnoticed, because of each secret no more than 12 bits of a salted sum are written down. */
typedef struct {
    gboolean is_another;
    gboolean has_other_secrets;
} WhDeclaredChange;
WhDeclaredChange wh_declared_memory_compare(WhAccounts *accounts, const WhAccount *account,
                                            GHashTable *secrets);

/* Forgets all that the store remembers of a declared account, or host. */
void wh_declared_memory_forget(WhAccounts *accounts, const char *account);
void wh_declared_memory_forget_host(WhAccounts *accounts, const char *host);

/* Forgets what the store remembers of hosts whose files do not name them any more; `known`: ids of
 * accounts of all files that are there. */
void wh_declared_memory_prune(WhAccounts *accounts, GHashTable *known);

/* The pause of a declared host, which survives a restart. */
gboolean wh_declared_memory_is_paused(WhAccounts *accounts, const char *host);
gboolean wh_declared_memory_set_paused(WhAccounts *accounts, const char *host, gboolean paused,
                                       GError **error);

/* account_withheld.c */

/* Tells the keeper what the host is now: paused, if it is withheld. */
void wh_accounts_tell_host(WhAccounts *accounts, const WhHost *host);

/* As the keeper is to see it; for wh_host_free(). */
WhHost *wh_accounts_as_kept(WhAccounts *accounts, const WhHost *host);

/* Looks at all hosts anew, and tells the keeper of those that changed sides. */
void wh_accounts_settle_withheld(WhAccounts *accounts);

/* FALSE with NOT_HERE: the name is declared at another account than `account` (may be NULL), or
 * kept by the other service. */
gboolean wh_accounts_check_free(WhAccounts *accounts, const char *account, const char *name,
                                GError **error);

/* account_test.c */
void wh_accounts_init_tests(WhAccounts *accounts);
void wh_accounts_clear_tests(WhAccounts *accounts);

G_END_DECLS
