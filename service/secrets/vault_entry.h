/* A secret in memory, where it may go, and where else it is kept. */
#pragma once

#include "service/secrets/vault.h"

G_BEGIN_DECLS

/* given: see envelope.h; read: from a file, so the keyring may have a later one. sealed: what is in
 * the file is. trouble: why the keyring or the sealer would not take it, or NULL. serial: tells it
 * from one that had its place before. */
typedef struct {
    char *account;
    char *field;
    char *provider;
    char *endpoint;
    WhSecret *secret;
    gboolean in_file;
    gboolean sealed;
    gboolean in_keyring;
    gboolean read;
    gint64 given;
    char *trouble;
    guint64 serial;
} WhVaultEntry;

/* The secret is referenced. */
WhVaultEntry *wh_vault_entry_new(const WhVaultBinding *binding, const char *field,
                                 WhSecret *secret);
void wh_vault_entry_free(WhVaultEntry *entry);

/* What rests of it: see envelope.h. */
WhSecret *wh_vault_entry_seal(const WhVaultEntry *entry, GError **error);

/* Of an envelope; PRESENT with *entry, or DAMAGED. */
WhVaultState wh_vault_entry_open(const char *bytes, gsize length, const char *account,
                                 const char *field, WhVaultEntry **entry);

/* Whether both are the same secret for the same server. */
gboolean wh_vault_entry_equal(const WhVaultEntry *a, const WhVaultEntry *b);

G_END_DECLS
