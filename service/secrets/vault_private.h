/* What the files of the vault share: vault.c decides, vault_view.c tells, vault_entry.c is what is
 * in memory, vault_file.c and vault_keyring.c are the two places where secrets rest,
 * vault_removals.c is what the second one must still forget, and vault_sealing.c keeps the files of
 * the whole computer. */
#pragma once

#include "service/secrets/vault.h"
#include "service/secrets/vault_entry.h"

G_BEGIN_DECLS

typedef struct WhVaultSealing WhVaultSealing;

/* keyring NULL: everything is kept in the store. sealing NULL: as it is. seen: how the keyring was
 * last. used: there may be something of ours in it. entries: key to WhVaultEntry. complaints: keys
 * whose trouble is in the log already. undeleted: keys that were forgotten and have a file that
 * could not be removed; it is not read any more. removals: keys that the keyring must still forget,
 * to why it would not, or NULL. jobs: what is on its way to the keyring. The troubles: why no file
 * could be written, and why the keyring was not unlocked; NULL: nothing is wrong. */
struct WhVault {
    WhSecretStore *store;
    WhKeyring *keyring;
    WhVaultSealing *sealing;
    WhKeyringState seen;
    gboolean used;
    gboolean file_allowed;
    WhVaultListener listener;
    gpointer data;
    GHashTable *entries;
    GHashTable *complaints;
    GHashTable *undeleted;
    GHashTable *removals;
    GHashTable *jobs;
    char *file_trouble;
    char *unlock_trouble;
    guint64 serial;
};

/* The name of a secret in both places; for g_free(). */
char *wh_vault_key(const char *account, const char *field);

/* Whether it is the name of a secret of the account. */
gboolean wh_vault_key_is_of(const char *key, const char *account);

/* Into the entries in place of what was there; `entry` is taken over. */
void wh_vault_take(WhVault *vault, char *key, WhVaultEntry *entry);

/* FALSE with an error for people: there is no store. */
gboolean wh_vault_has_store(WhVault *vault, GError **error);

/* vault_file.c. What is read whole becomes an entry. */
WhVaultState wh_vault_file_read(WhVault *vault, const char *key, const char *account,
                                const char *field);

/* The bytes of the store; NULL and *state why. What cannot be read for its owner to mend is said
 * once a key. */
char *wh_vault_file_lookup(WhVault *vault, const char *key, gsize *length, WhVaultState *state);
gboolean wh_vault_file_write(WhVault *vault, const char *key, WhVaultEntry *entry, GError **error);
gboolean wh_vault_file_remove(WhVault *vault, const char *key, GError **error);

/* Whether there is a file for it, sound or not. */
gboolean wh_vault_file_has(WhVault *vault, const char *key);

/* Makes entries of all files that can be read. */
void wh_vault_file_read_all(WhVault *vault);

/* Writes down all that is in memory alone; removes all files that are in memory, and those that
 * nobody can make sense of. What cannot be read for another reason stays, and is an error. */
gboolean wh_vault_file_write_all(WhVault *vault, GError **error);
gboolean wh_vault_file_remove_all(WhVault *vault, GError **error);

/* vault_keyring.c */
void wh_vault_keyring_start(WhVault *vault);
WhVaultState wh_vault_keyring_read(WhVault *vault, const char *key, const char *account,
                                   const char *field);

/* On its way, unless it is locked or absent. */
void wh_vault_keyring_write(WhVault *vault, const char *key, WhVaultEntry *entry);
void wh_vault_keyring_remove(WhVault *vault, const char *key);

/* Tries everything again that it would not do. */
void wh_vault_keyring_retry(WhVault *vault);

/* Whether something for the key, or for a secret of the account, is on its way. */
gboolean wh_vault_keyring_has_job(WhVault *vault, const char *key);
gboolean wh_vault_keyring_has_job_of(WhVault *vault, const char *account);

/* vault_sealing.c */
void wh_vault_sealing_start(WhVault *vault, WhClock *clock, WhSealer *sealer, gboolean unattended);
void wh_vault_sealing_free(WhVaultSealing *sealing);
WhVaultState wh_vault_sealing_read(WhVault *vault, const char *key, const WhVaultBinding *binding);

/* FALSE: it is in memory only. TRUE: it is written, or on its way. */
gboolean wh_vault_sealing_write(WhVault *vault, const char *key, WhVaultEntry *entry,
                                GError **error);

/* Its file is removed by the caller. */
void wh_vault_sealing_forget(WhVault *vault, const char *key);

/* Whether something is on its way into the store: of an account, or (NULL) of any. */
gboolean wh_vault_sealing_is_busy(WhVault *vault, const char *account);

/* Fills in what only this kind of vault has to say. */
void wh_vault_sealing_view(WhVault *vault, WhVaultView *view);

/* vault_removals.c. Where nothing ever was in a keyring, there is nothing to be forgotten. */
gboolean wh_vault_removals_matter(WhVault *vault);
void wh_vault_removals_add(WhVault *vault, const char *key);

/* What is written down, with (unless NULL) `account` and its `fields`; for g_free(). */
char *wh_vault_removals_note(WhVault *vault, const char *account, const char *const *fields);

/* As it was written down; NULL: nothing was. */
void wh_vault_removals_read(WhVault *vault, const char *note);

/* The keyring holds nothing of the past under the key any more. */
void wh_vault_removals_done(WhVault *vault, const char *key);

/* From now on something of ours may be in the keyring. */
void wh_vault_removals_begin(WhVault *vault);

G_END_DECLS
