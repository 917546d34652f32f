#include "service/secrets/vault.h"

#include "service/secrets/vault_private.h"

#include <string.h>

/* Earlier than any Wayhome: of a computer that does not know the date. */
#define EARLIEST (G_GINT64_CONSTANT(1577836800) * G_USEC_PER_SEC)

WhVault *wh_vault_new(WhSecretStore *store)
{
    WhVault *vault = g_new0(WhVault, 1);
    vault->store = store;
    vault->file_allowed = TRUE;
    vault->entries =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_vault_entry_free);
    vault->complaints = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    vault->undeleted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    vault->removals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return vault;
}

WhVault *wh_vault_new_for_person(WhSecretStore *store, gboolean file_allowed, const char *note,
                                 const WhVaultListener *listener, gpointer data)
{
    WhVault *vault = wh_vault_new(store);
    vault->file_allowed = file_allowed;
    vault->listener = *listener;
    vault->data = data;
    wh_vault_removals_read(vault, note);
    wh_vault_keyring_start(vault);
    return vault;
}

WhVault *wh_vault_new_for_computer(WhClock *clock, WhSecretStore *store, WhSealer *sealer,
                                   gboolean unattended, const WhVaultListener *listener,
                                   gpointer data)
{
    WhVault *vault = wh_vault_new(store);
    vault->listener = *listener;
    vault->data = data;
    wh_vault_sealing_start(vault, clock, sealer, unattended);
    return vault;
}

void wh_vault_free(WhVault *vault)
{
    if (vault == NULL)
        return;
    wh_keyring_free(vault->keyring);
    wh_vault_sealing_free(vault->sealing);
    g_clear_pointer(&vault->jobs, g_hash_table_unref);
    g_hash_table_unref(vault->entries);
    g_hash_table_unref(vault->complaints);
    g_hash_table_unref(vault->undeleted);
    g_hash_table_unref(vault->removals);
    wh_secret_store_free(vault->store);
    g_free(vault->file_trouble);
    g_free(vault->unlock_trouble);
    g_free(vault);
}

char *wh_vault_key(const char *account, const char *field)
{
    return g_strconcat(account, ".", field, NULL);
}

/* The name of a field has no dot. */
gboolean wh_vault_key_is_of(const char *key, const char *account)
{
    gsize length = strlen(account);
    return strncmp(key, account, length) == 0 && key[length] == '.' &&
           strchr(key + length + 1, '.') == NULL;
}

void wh_vault_take(WhVault *vault, char *key, WhVaultEntry *entry)
{
    entry->serial = ++vault->serial;
    g_hash_table_remove(vault->undeleted, key);
    g_hash_table_replace(vault->entries, key, entry);
}

/* One that is there from earlier is not left behind with an old secret: it follows, or goes where
 * the person does not agree to files any more. */
static gboolean bring_file_up_to_date(WhVault *vault, const char *key, WhVaultEntry *entry,
                                      GError **error)
{
    if (vault->sealing != NULL)
        return wh_vault_sealing_write(vault, key, entry, error);
    if (vault->keyring == NULL)
        return wh_vault_file_write(vault, key, entry, error);
    gboolean there = wh_vault_file_has(vault, key);
    gboolean wanted = there || wh_keyring_state(vault->keyring) == WH_KEYRING_ABSENT;
    if (wanted && vault->file_allowed)
        return wh_vault_file_write(vault, key, entry, error);
    return !there || wh_vault_file_remove(vault, key, error);
}

static gint64 today(void)
{
    gint64 now = g_get_real_time();
    return now > EARLIEST ? now : 0;
}

gboolean wh_vault_put(WhVault *vault, const WhVaultBinding *binding, const char *field,
                      WhSecret *secret, GError **error)
{
    WhVaultEntry *entry = wh_vault_entry_new(binding, field, secret);
    entry->given = today();
    g_autoptr(WhSecret) sealed = wh_vault_entry_seal(entry, error);
    if (sealed == NULL) {
        wh_vault_entry_free(entry);
        return FALSE;
    }
    g_autofree char *key = wh_vault_key(binding->account, field);
    wh_vault_take(vault, g_strdup(key), entry);
    gboolean saved = bring_file_up_to_date(vault, key, entry, error);
    if (vault->keyring != NULL)
        wh_vault_keyring_write(vault, key, entry);
    return saved;
}

/* Into the entries, when it is whole. A file is never older than what the keyring has: it is
 * removed as soon as the keyring has the same. */
static WhVaultState read_entry(WhVault *vault, const char *key, const WhVaultBinding *binding,
                               const char *field)
{
    const char *account = binding->account;
    if (vault->sealing != NULL)
        return wh_vault_sealing_read(vault, key, binding);
    WhVaultState in_file = wh_vault_file_read(vault, key, account, field);
    if (in_file == WH_VAULT_PRESENT || vault->keyring == NULL)
        return in_file;
    WhVaultState in_keyring = wh_vault_keyring_read(vault, key, account, field);
    return in_keyring == WH_VAULT_MISSING ? in_file : in_keyring;
}

static WhSecret *find(WhVault *vault, const WhVaultBinding *binding, const char *field,
                      WhVaultState *state)
{
    g_autofree char *key = wh_vault_key(binding->account, field);
    *state = WH_VAULT_PRESENT;
    if (g_hash_table_contains(vault->undeleted, key))
        *state = WH_VAULT_CLOSED;
    else if (!g_hash_table_contains(vault->entries, key))
        *state = read_entry(vault, key, binding, field);
    const WhVaultEntry *entry = g_hash_table_lookup(vault->entries, key);
    if (entry == NULL)
        return NULL;
    if (g_str_equal(entry->provider, binding->provider) &&
        g_str_equal(entry->endpoint, binding->endpoint))
        return wh_secret_ref(entry->secret);
    *state = WH_VAULT_MOVED;
    return NULL;
}

WhSecret *wh_vault_get(WhVault *vault, const WhVaultBinding *binding, const char *field,
                       WhVaultState *state)
{
    WhVaultState found;
    return find(vault, binding, field, state != NULL ? state : &found);
}

static gboolean check_removable(WhVault *vault, GError **error)
{
    WhKeyringState state = wh_keyring_state(vault->keyring);
    if (state == WH_KEYRING_LOCKED)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                            "The keyring is locked. It is removed there as soon as you unlock it.");
    else if (state == WH_KEYRING_ABSENT)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                            "There is no keyring now. It is removed there as soon as there is one "
                            "again.");
    return state != WH_KEYRING_LOCKED && state != WH_KEYRING_ABSENT;
}

char *wh_vault_note(WhVault *vault, const char *account, const char *const *fields)
{
    return wh_vault_removals_matter(vault) ? wh_vault_removals_note(vault, account, fields) : NULL;
}

gboolean wh_vault_forget(WhVault *vault, const char *account, const char *const *fields,
                         GError **error)
{
    gboolean in_keyring = wh_vault_removals_matter(vault);
    gboolean forgotten = fields[0] == NULL || !in_keyring || check_removable(vault, error);
    for (gsize i = 0; fields[i] != NULL; i++) {
        g_autofree char *key = wh_vault_key(account, fields[i]);
        g_hash_table_remove(vault->entries, key);
        if (in_keyring)
            wh_vault_keyring_remove(vault, key);
        if (vault->sealing != NULL)
            wh_vault_sealing_forget(vault, key);
        gboolean has_file = vault->keyring == NULL || vault->store != NULL;
        if (has_file && !wh_vault_file_remove(vault, key, forgotten ? error : NULL)) {
            g_hash_table_add(vault->undeleted, g_strdup(key));
            forgotten = FALSE;
        }
    }
    return forgotten;
}

gboolean wh_vault_allow_file(WhVault *vault, gboolean allowed, GError **error)
{
    vault->file_allowed = allowed;
    if (vault->keyring == NULL)
        return TRUE;
    if (!allowed)
        return wh_vault_file_remove_all(vault, error);
    return wh_keyring_state(vault->keyring) != WH_KEYRING_ABSENT ||
           wh_vault_file_write_all(vault, error);
}

static void on_unlocked(const GError *error, gpointer data)
{
    WhVault *vault = data;
    if (error != NULL)
        g_message("The keyring was not unlocked: %s", error->message);
    g_free(vault->unlock_trouble);
    vault->unlock_trouble = error != NULL ? g_strdup(error->message) : NULL;
    vault->listener.changed(vault->data);
}

void wh_vault_unlock(WhVault *vault)
{
    if (vault->keyring == NULL)
        return;
    wh_vault_keyring_retry(vault);
    wh_keyring_unlock(vault->keyring, on_unlocked, vault);
}
