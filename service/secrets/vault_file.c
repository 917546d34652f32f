#include "service/secrets/envelope.h"
#include "service/secrets/vault_private.h"

gboolean wh_vault_has_store(WhVault *vault, GError **error)
{
    if (vault->store == NULL)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                            "The place where secrets are kept cannot be opened.");
    return vault->store != NULL;
}

static WhVaultState state_for(const GError *error)
{
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return WH_VAULT_MISSING;
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
        return WH_VAULT_DAMAGED;
    return WH_VAULT_CLOSED;
}

/* The store's own words say how to put it right; once a key, because every look at the state reads
 * again. */
static void complain(WhVault *vault, const char *key, const GError *error)
{
    if (state_for(error) == WH_VAULT_CLOSED && g_hash_table_add(vault->complaints, g_strdup(key)))
        g_message("A secret cannot be read: %s", error->message);
}

char *wh_vault_file_lookup(WhVault *vault, const char *key, gsize *length, WhVaultState *state)
{
    g_autoptr(GError) error = NULL;
    if (vault->store == NULL) {
        *state = vault->keyring != NULL ? WH_VAULT_MISSING : WH_VAULT_CLOSED;
        return NULL;
    }
    char *bytes = wh_secret_store_lookup(vault->store, key, length, &error);
    if (bytes == NULL) {
        complain(vault, key, error);
        *state = state_for(error);
    }
    return bytes;
}

WhVaultState wh_vault_file_read(WhVault *vault, const char *key, const char *account,
                                const char *field)
{
    gsize length = 0;
    WhVaultState state = WH_VAULT_MISSING;
    char *bytes = wh_vault_file_lookup(vault, key, &length, &state);
    if (bytes == NULL)
        return state;
    WhVaultEntry *entry = NULL;
    state = wh_vault_entry_open(bytes, length, account, field, &entry);
    wh_secret_store_wipe(bytes, length);
    if (state == WH_VAULT_PRESENT) {
        entry->in_file = TRUE;
        entry->read = TRUE;
        wh_vault_take(vault, g_strdup(key), entry);
    }
    return state;
}

gboolean wh_vault_file_write(WhVault *vault, const char *key, WhVaultEntry *entry, GError **error)
{
    GError *cause = NULL;
    g_autoptr(WhSecret) sealed = wh_vault_entry_seal(entry, &cause);
    entry->in_file = sealed != NULL && wh_vault_has_store(vault, &cause) &&
                     wh_secret_store_put(vault->store, key, wh_secret_peek(sealed),
                                         wh_secret_length(sealed), &cause);
    entry->sealed = FALSE;
    g_free(vault->file_trouble);
    vault->file_trouble = cause != NULL ? g_strdup(cause->message) : NULL;
    if (cause != NULL)
        g_propagate_error(error, cause);
    return entry->in_file;
}

gboolean wh_vault_file_remove(WhVault *vault, const char *key, GError **error)
{
    return wh_vault_has_store(vault, error) && wh_secret_store_remove(vault->store, key, error);
}

gboolean wh_vault_file_has(WhVault *vault, const char *key)
{
    if (vault->store == NULL)
        return FALSE;
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    char *bytes = wh_secret_store_lookup(vault->store, key, &length, &error);
    wh_secret_store_wipe(bytes, length);
    return bytes != NULL || state_for(error) != WH_VAULT_MISSING;
}

/* What a file says of itself must be what it is called. */
static WhVaultState read_one(WhVault *vault, const char *key, GError **error)
{
    GError *cause = NULL;
    gsize length = 0;
    char *bytes = wh_secret_store_lookup(vault->store, key, &length, &cause);
    if (bytes == NULL) {
        WhVaultState state = state_for(cause);
        g_propagate_error(error, cause);
        return state;
    }
    g_autofree char *account = NULL, *field = NULL;
    gboolean named = wh_envelope_names(bytes, length, &account, &field);
    wh_secret_store_wipe(bytes, length);
    g_autofree char *proper = named ? wh_vault_key(account, field) : NULL;
    if (g_strcmp0(proper, key) != 0)
        return WH_VAULT_DAMAGED;
    return wh_vault_file_read(vault, key, account, field);
}

void wh_vault_file_read_all(WhVault *vault)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) keys = vault->store != NULL ? wh_secret_store_keys(vault->store, &error) : NULL;
    if (error != NULL)
        g_message("The files with secrets cannot be listed: %s", error->message);
    for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
        /* What is in memory is never older than its file. */
        if (!g_hash_table_contains(vault->entries, keys[i]) &&
            !g_hash_table_contains(vault->undeleted, keys[i]))
            read_one(vault, keys[i], NULL);
    }
}

gboolean wh_vault_file_write_all(WhVault *vault, GError **error)
{
    gboolean done = TRUE;
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        WhVaultEntry *entry = value;
        if (!entry->in_file && !entry->in_keyring &&
            !wh_vault_file_write(vault, key, entry, done ? error : NULL))
            done = FALSE;
    }
    return done;
}

/* Only what is in memory, or of no use to anybody. */
static gboolean give_up(WhVault *vault, const char *key, GError **error)
{
    g_autoptr(GError) cause = NULL;
    WhVaultEntry *entry = g_hash_table_lookup(vault->entries, key);
    if (entry == NULL && read_one(vault, key, &cause) == WH_VAULT_CLOSED) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (!wh_vault_file_remove(vault, key, error))
        return FALSE;
    entry = g_hash_table_lookup(vault->entries, key);
    if (entry != NULL)
        entry->in_file = FALSE;
    return TRUE;
}

gboolean wh_vault_file_remove_all(WhVault *vault, GError **error)
{
    if (!wh_vault_has_store(vault, error))
        return FALSE;
    g_auto(GStrv) keys = wh_secret_store_keys(vault->store, error);
    gboolean done = keys != NULL;
    for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
        if (!give_up(vault, keys[i], done ? error : NULL))
            done = FALSE;
    }
    return done;
}
