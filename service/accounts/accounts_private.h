/* What the files of this room share. Private to this room. */
#pragma once

#include "service/accounts/accounts.h"

G_BEGIN_DECLS

#define WH_ACCOUNTS_MOST 100
#define WH_ACCOUNTS_MOST_HOSTS 2000

/* list: WhAccount; hosts: WhHost. attempts: what account_test.c knows of earlier tests; tests:
 * those under way. */
struct WhAccounts {
    WhClock *clock;
    WhStore *store;
    WhVault *vault;
    WhProviders *providers;
    WhKeeper *keeper;
    GPtrArray *list;
    GPtrArray *hosts;
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

/* account_hosts.c */

/* The account's hosts are records at another server now: what is remembered of them is not true any
 * more. */
gboolean wh_accounts_start_hosts_anew(WhAccounts *accounts, const char *account, GError **error);
void wh_accounts_drop_hosts(WhAccounts *accounts, const char *account);

/* The host of that name at that account, or NULL. */
WhHost *wh_accounts_host_at(WhAccounts *accounts, const char *account, const char *name);

/* The name as it is kept, or NULL with INVALID; for g_free(). */
char *wh_accounts_normalize(const char *name, GError **error);

/* account_test.c */
void wh_accounts_init_tests(WhAccounts *accounts);
void wh_accounts_clear_tests(WhAccounts *accounts);

G_END_DECLS
