/* What the files of the vault share: vault.c decides, vault_entry.c is what is in memory,
 * vault_file.c and vault_keyring.c are the two places where secrets rest. */
#pragma once

#include "service/secrets/vault.h"
#include "service/secrets/vault_entry.h"

G_BEGIN_DECLS

/* keyring NULL: everything is kept in the store. seen: how the keyring was last. entries: key to
 * WhVaultEntry. complaints: keys whose trouble is in the log already. removals: keys that the
 * keyring must still forget. jobs: what is on its way to the keyring. */
struct WhVault {
    WhSecretStore *store;
    WhKeyring *keyring;
    WhKeyringState seen;
    gboolean file_allowed;
    WhVaultListener listener;
    gpointer data;
    GHashTable *entries;
    GHashTable *complaints;
    GHashTable *removals;
    GHashTable *jobs;
    char *trouble;
    guint64 serial;
};

/* The name of a secret in both places; for g_free(). */
char *wh_vault_key(const char *account, const char *field);

/* Into the entries in place of what was there; `entry` is taken over. */
void wh_vault_take(WhVault *vault, char *key, WhVaultEntry *entry);

/* vault_file.c. What is read whole becomes an entry. */
WhVaultState wh_vault_file_read(WhVault *vault, const char *key, const char *account,
                                const char *field);
gboolean wh_vault_file_write(WhVault *vault, const char *key, WhVaultEntry *entry, GError **error);
gboolean wh_vault_file_remove(WhVault *vault, const char *key, GError **error);

/* Whether there is a file for it, sound or not. */
gboolean wh_vault_file_has(WhVault *vault, const char *key);

/* Makes entries of all files that can be read. */
void wh_vault_file_read_all(WhVault *vault);

/* Writes down all that is in memory alone; removes all files, when they are in memory. */
gboolean wh_vault_file_write_all(WhVault *vault, GError **error);
gboolean wh_vault_file_remove_all(WhVault *vault, GError **error);

/* vault_keyring.c */
void wh_vault_keyring_start(WhVault *vault);
WhVaultState wh_vault_keyring_read(WhVault *vault, const char *key, const char *account,
                                   const char *field);
void wh_vault_keyring_write(WhVault *vault, const char *key, WhVaultEntry *entry);
void wh_vault_keyring_remove(WhVault *vault, const char *key);

G_END_DECLS
