#include "service/secrets/vault.h"

#include "service/secrets/vault_private.h"

static const char *const state_names[] = {
    [WH_VAULT_PRESENT] = "present", [WH_VAULT_MISSING] = "missing", [WH_VAULT_MOVED] = "moved",
    [WH_VAULT_DAMAGED] = "damaged", [WH_VAULT_CLOSED] = "closed",   [WH_VAULT_LOCKED] = "locked",
};

static const char *const place_names[] = {
    [WH_VAULT_IN_KEYRING] = "keyring",
    [WH_VAULT_IN_FILE] = "file",
    [WH_VAULT_IN_MEMORY] = "memory",
};

static const char *const keyring_names[] = {
    [WH_VAULT_KEYRING_UNUSED] = "unused", [WH_VAULT_KEYRING_LOOKING] = "looking",
    [WH_VAULT_KEYRING_ABSENT] = "absent", [WH_VAULT_KEYRING_LOCKED] = "locked",
    [WH_VAULT_KEYRING_OPEN] = "open",
};

const char *wh_vault_state_name(WhVaultState state)
{
    return state_names[state];
}

const char *wh_vault_place_name(WhVaultPlace place)
{
    return place_names[place];
}

const char *wh_vault_keyring_name(WhVaultKeyring keyring)
{
    return keyring_names[keyring];
}

WhVault *wh_vault_new(WhSecretStore *store)
{
    WhVault *vault = g_new0(WhVault, 1);
    vault->store = store;
    vault->file_allowed = TRUE;
    vault->entries =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_vault_entry_free);
    vault->complaints = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    vault->removals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return vault;
}

WhVault *wh_vault_new_for_person(WhSecretStore *store, gboolean file_allowed,
                                 const WhVaultListener *listener, gpointer data)
{
    WhVault *vault = wh_vault_new(store);
    vault->file_allowed = file_allowed;
    vault->listener = *listener;
    vault->data = data;
    wh_vault_keyring_start(vault);
    return vault;
}

void wh_vault_free(WhVault *vault)
{
    if (vault == NULL)
        return;
    wh_keyring_free(vault->keyring);
    g_clear_pointer(&vault->jobs, g_hash_table_unref);
    g_hash_table_unref(vault->entries);
    g_hash_table_unref(vault->complaints);
    g_hash_table_unref(vault->removals);
    wh_secret_store_free(vault->store);
    g_free(vault->trouble);
    g_free(vault);
}

char *wh_vault_key(const char *account, const char *field)
{
    return g_strconcat(account, ".", field, NULL);
}

void wh_vault_take(WhVault *vault, char *key, WhVaultEntry *entry)
{
    entry->serial = ++vault->serial;
    g_hash_table_replace(vault->entries, key, entry);
}

/* Whether what is given now goes into a file. One that is there from earlier must not be left
 * behind with an old secret, whatever the person agreed to since. */
static gboolean goes_into_file(WhVault *vault, const char *key)
{
    if (vault->keyring == NULL)
        return TRUE;
    if (wh_keyring_state(vault->keyring) == WH_KEYRING_ABSENT && vault->file_allowed)
        return TRUE;
    return wh_vault_file_has(vault, key);
}

gboolean wh_vault_put(WhVault *vault, const WhVaultBinding *binding, const char *field,
                      WhSecret *secret, GError **error)
{
    WhVaultEntry *entry = wh_vault_entry_new(binding, field, secret);
    g_autoptr(WhSecret) sealed = wh_vault_entry_seal(entry, error);
    if (sealed == NULL) {
        wh_vault_entry_free(entry);
        return FALSE;
    }
    g_autofree char *key = wh_vault_key(binding->account, field);
    wh_vault_take(vault, g_strdup(key), entry);
    g_hash_table_remove(vault->removals, key);
    gboolean saved = !goes_into_file(vault, key) || wh_vault_file_write(vault, key, entry, error);
    if (vault->keyring != NULL)
        wh_vault_keyring_write(vault, key, entry);
    return saved;
}

/* Into the entries, when it is whole. A file is never older than what the keyring has: it is
 * removed as soon as the keyring has the same. */
static WhVaultState read_entry(WhVault *vault, const char *key, const char *account,
                               const char *field)
{
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
    if (!g_hash_table_contains(vault->entries, key))
        *state = read_entry(vault, key, binding->account, field);
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
    if (vault->keyring == NULL || wh_keyring_state(vault->keyring) != WH_KEYRING_LOCKED)
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                        "The keyring is locked. It is removed there as soon as you unlock it.");
    return FALSE;
}

gboolean wh_vault_forget(WhVault *vault, const char *account, const char *const *fields,
                         GError **error)
{
    gboolean forgotten = fields[0] == NULL || check_removable(vault, error);
    for (gsize i = 0; fields[i] != NULL; i++) {
        g_autofree char *key = wh_vault_key(account, fields[i]);
        g_hash_table_remove(vault->entries, key);
        if (vault->keyring != NULL)
            wh_vault_keyring_remove(vault, key);
        gboolean has_file = vault->keyring == NULL || vault->store != NULL;
        if (has_file && !wh_vault_file_remove(vault, key, forgotten ? error : NULL))
            forgotten = FALSE;
    }
    return forgotten;
}

static WhVaultKeyring keyring_of(WhVault *vault)
{
    static const WhVaultKeyring states[] = {
        [WH_KEYRING_LOOKING] = WH_VAULT_KEYRING_LOOKING,
        [WH_KEYRING_ABSENT] = WH_VAULT_KEYRING_ABSENT,
        [WH_KEYRING_LOCKED] = WH_VAULT_KEYRING_LOCKED,
        [WH_KEYRING_OPEN] = WH_VAULT_KEYRING_OPEN,
    };
    if (vault->keyring == NULL)
        return WH_VAULT_KEYRING_UNUSED;
    return states[wh_keyring_state(vault->keyring)];
}

static WhVaultPlace place_of(WhVault *vault, WhVaultKeyring keyring)
{
    if (keyring != WH_VAULT_KEYRING_UNUSED && keyring != WH_VAULT_KEYRING_ABSENT)
        return WH_VAULT_IN_KEYRING;
    return vault->store != NULL && vault->file_allowed ? WH_VAULT_IN_FILE : WH_VAULT_IN_MEMORY;
}

void wh_vault_view(WhVault *vault, WhVaultView *view)
{
    GHashTableIter iter;
    gpointer value;
    view->keyring = keyring_of(vault);
    view->place = place_of(vault, view->keyring);
    view->file_allowed = vault->file_allowed;
    view->trouble = vault->trouble;
    view->unsaved = 0;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const WhVaultEntry *entry = value;
        view->unsaved += !entry->in_file && !entry->in_keyring;
    }
}

gboolean wh_vault_allow_file(WhVault *vault, gboolean allowed, GError **error)
{
    vault->file_allowed = allowed;
    if (keyring_of(vault) != WH_VAULT_KEYRING_ABSENT)
        return TRUE;
    return allowed ? wh_vault_file_write_all(vault, error) : wh_vault_file_remove_all(vault, error);
}

void wh_vault_unlock(WhVault *vault)
{
    if (vault->keyring != NULL)
        wh_keyring_unlock(vault->keyring, NULL, NULL);
}

gboolean wh_vault_is_busy(WhVault *vault)
{
    return vault->jobs != NULL && g_hash_table_size(vault->jobs) > 0;
}
