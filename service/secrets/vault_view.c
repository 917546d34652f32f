#include "service/secrets/vault_private.h"

static const char *const state_names[] = {
    [WH_VAULT_PRESENT] = "present", [WH_VAULT_MISSING] = "missing", [WH_VAULT_MOVED] = "moved",
    [WH_VAULT_DAMAGED] = "damaged", [WH_VAULT_CLOSED] = "closed",   [WH_VAULT_LOCKED] = "locked",
    [WH_VAULT_AWAY] = "away",
};

static const char *const place_names[] = {
    [WH_VAULT_IN_KEYRING] = "keyring",
    [WH_VAULT_IN_SEALED] = "sealed",
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

static gboolean is_unsaved(const WhVaultEntry *entry)
{
    return !entry->in_file && !entry->in_keyring;
}

static void view_entries(WhVault *vault, WhVaultView *view)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const WhVaultEntry *entry = value;
        view->unsaved += is_unsaved(entry);
        view->unsealed += entry->in_file && !entry->sealed;
        if (view->keyring == WH_VAULT_KEYRING_OPEN && !entry->in_keyring && entry->trouble != NULL)
            view->trouble = entry->trouble;
    }
}

static void view_removals(WhVault *vault, WhVaultView *view)
{
    GHashTableIter iter;
    gpointer trouble;
    g_hash_table_iter_init(&iter, vault->removals);
    while (g_hash_table_iter_next(&iter, NULL, &trouble)) {
        if (view->keyring == WH_VAULT_KEYRING_OPEN && trouble != NULL)
            view->removal_trouble = trouble;
    }
}

/* "Locked" and "gone" are states of the keyring and no trouble with it. */
void wh_vault_view(WhVault *vault, WhVaultView *view)
{
    WhVaultKeyring keyring = keyring_of(vault);
    *view = (WhVaultView){
        .place = place_of(vault, keyring),
        .keyring = keyring,
        .file_allowed = vault->file_allowed,
        .unattended = TRUE,
        .file_trouble = vault->file_trouble,
        .unlock_trouble = vault->unlock_trouble,
    };
    view_entries(vault, view);
    view_removals(vault, view);
    if (vault->sealing != NULL)
        wh_vault_sealing_view(vault, view);
}

gboolean wh_vault_is_busy(WhVault *vault)
{
    return (vault->jobs != NULL && g_hash_table_size(vault->jobs) > 0) ||
           (vault->sealing != NULL && wh_vault_sealing_is_busy(vault, NULL));
}

gboolean wh_vault_is_busy_with(WhVault *vault, const char *account)
{
    return (vault->keyring != NULL && wh_vault_keyring_has_job_of(vault, account)) ||
           (vault->sealing != NULL && wh_vault_sealing_is_busy(vault, account));
}

gboolean wh_vault_holds(WhVault *vault, const char *account)
{
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        if (wh_vault_key_is_of(key, account))
            return TRUE;
    }
    return FALSE;
}

/* Why an entry is in memory only although there is a better place for it, or NULL. */
static const char *trouble_of(WhVault *vault, const WhVaultEntry *entry, WhVaultKeyring keyring)
{
    if (vault->sealing != NULL)
        return entry->trouble;
    if (!is_unsaved(entry))
        return NULL;
    if (keyring == WH_VAULT_KEYRING_OPEN)
        return entry->trouble;
    return keyring == WH_VAULT_KEYRING_ABSENT && vault->file_allowed ? vault->file_trouble : NULL;
}

static const char *find_entry_trouble(WhVault *vault, const char *account)
{
    WhVaultKeyring keyring = keyring_of(vault);
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const char *trouble =
            wh_vault_key_is_of(key, account) ? trouble_of(vault, value, keyring) : NULL;
        if (trouble != NULL)
            return trouble;
    }
    return NULL;
}

static const char *find_removal_trouble(WhVault *vault, const char *account)
{
    GHashTableIter iter;
    gpointer key, trouble;
    g_hash_table_iter_init(&iter, vault->removals);
    while (g_hash_table_iter_next(&iter, &key, &trouble)) {
        if (wh_vault_key_is_of(key, account) && !g_hash_table_contains(vault->entries, key))
            return trouble != NULL ? trouble : "The keyring is not open.";
    }
    return NULL;
}

gboolean wh_vault_check_settled(WhVault *vault, const char *account, GError **error)
{
    const char *trouble = find_entry_trouble(vault, account);
    if (wh_vault_is_busy_with(vault, account))
        trouble = vault->sealing != NULL ? "The sealing of this computer does not answer."
                                         : "The keyring does not answer.";
    else if (trouble == NULL && keyring_of(vault) == WH_VAULT_KEYRING_OPEN)
        trouble = find_removal_trouble(vault, account);
    else if (trouble == NULL && !wh_vault_holds(vault, account))
        trouble = find_removal_trouble(vault, account);
    if (trouble != NULL)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, trouble);
    return trouble == NULL;
}
