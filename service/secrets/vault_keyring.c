#include "service/secrets/vault_private.h"

/* Something on its way to the keyring. serial 0: a removal. */
typedef struct {
    WhVault *vault;
    char *key;
    guint64 serial;
} Job;

static void free_job(gpointer data)
{
    Job *job = data;
    g_free(job->key);
    g_free(job);
}

static Job *new_job(WhVault *vault, const char *key, guint64 serial)
{
    Job *job = g_new0(Job, 1);
    *job = (Job){vault, g_strdup(key), serial};
    g_hash_table_add(vault->jobs, job);
    return job;
}

/* "Locked" and "gone" are states and no trouble: they end with a change that is told. */
static gboolean is_trouble(const GError *error)
{
    return error != NULL && !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) &&
           !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static gboolean all_kept(WhVault *vault)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (!((WhVaultEntry *)value)->in_keyring)
            return FALSE;
    return g_hash_table_size(vault->removals) == 0;
}

/* The end of a job, which is freed. */
static void end(Job *job, const GError *error)
{
    WhVault *vault = job->vault;
    g_hash_table_remove(vault->jobs, job);
    if (is_trouble(error) || all_kept(vault)) {
        g_free(vault->trouble);
        vault->trouble = is_trouble(error) ? g_strdup(error->message) : NULL;
    }
    vault->listener.changed(vault->data);
}

/* Its file goes only now that the keyring has it. */
static void on_written(const GError *error, gpointer data)
{
    Job *job = data;
    WhVault *vault = job->vault;
    WhVaultEntry *entry = g_hash_table_lookup(vault->entries, job->key);
    gboolean present = entry != NULL && entry->serial == job->serial;
    if (present)
        entry->failed = is_trouble(error);
    if (present && error == NULL) {
        entry->in_keyring = TRUE;
        if (vault->store != NULL && wh_vault_file_remove(vault, job->key, NULL))
            entry->in_file = FALSE;
    }
    end(job, error);
}

static void on_removed(const GError *error, gpointer data)
{
    Job *job = data;
    if (error == NULL)
        g_hash_table_remove(job->vault->removals, job->key);
    end(job, error);
}

static gboolean is_open(WhVault *vault)
{
    return wh_keyring_state(vault->keyring) == WH_KEYRING_OPEN;
}

void wh_vault_keyring_write(WhVault *vault, const char *key, WhVaultEntry *entry)
{
    if (!is_open(vault))
        return;
    g_autoptr(WhSecret) sealed = wh_vault_entry_seal(entry, NULL);
    if (sealed == NULL)
        return;
    g_autofree char *label =
        vault->listener.label(entry->account, entry->provider, entry->field, vault->data);
    wh_keyring_put(vault->keyring, key, label, wh_secret_peek(sealed), wh_secret_length(sealed),
                   on_written, new_job(vault, key, entry->serial));
}

void wh_vault_keyring_remove(WhVault *vault, const char *key)
{
    g_hash_table_add(vault->removals, g_strdup(key));
    if (is_open(vault))
        wh_keyring_remove(vault->keyring, key, on_removed, new_job(vault, key, 0));
}

/* PRESENT with *entry, MISSING or DAMAGED. */
static WhVaultState open_item(WhVault *vault, const char *key, const char *account,
                              const char *field, WhVaultEntry **entry)
{
    gsize length = 0;
    const char *bytes = wh_keyring_lookup(vault->keyring, key, &length);
    if (bytes == NULL)
        return WH_VAULT_MISSING;
    WhVaultState state = wh_vault_entry_open(bytes, length, account, field, entry);
    if (state == WH_VAULT_PRESENT)
        (*entry)->in_keyring = TRUE;
    return state;
}

WhVaultState wh_vault_keyring_read(WhVault *vault, const char *key, const char *account,
                                   const char *field)
{
    WhVaultEntry *entry = NULL;
    WhVaultState state;
    if (g_hash_table_contains(vault->removals, key))
        return WH_VAULT_MISSING;
    switch (wh_keyring_state(vault->keyring)) {
    case WH_KEYRING_OPEN:
        state = open_item(vault, key, account, field, &entry);
        if (state == WH_VAULT_PRESENT)
            wh_vault_take(vault, g_strdup(key), entry);
        return state;
    case WH_KEYRING_ABSENT:
        return WH_VAULT_MISSING;
    default:
        return WH_VAULT_LOCKED;
    }
}

static gboolean is_on_its_way(WhVault *vault, const WhVaultEntry *entry)
{
    GHashTableIter iter;
    gpointer job;
    g_hash_table_iter_init(&iter, vault->jobs);
    while (g_hash_table_iter_next(&iter, &job, NULL))
        if (((Job *)job)->serial == entry->serial)
            return TRUE;
    return FALSE;
}

/* Whether the keyring still holds it. Another one in its place is read at its next use. */
static gboolean is_kept(WhVault *vault, const char *key, const WhVaultEntry *entry)
{
    WhVaultEntry *now = NULL;
    if (open_item(vault, key, entry->account, entry->field, &now) != WH_VAULT_PRESENT)
        return FALSE;
    gboolean same = wh_vault_entry_equal(entry, now);
    wh_vault_entry_free(now);
    return same;
}

/* What the person removed or replaced in the keyring is not used any more. */
static void drop_removed(WhVault *vault)
{
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const WhVaultEntry *entry = value;
        if (entry->in_keyring && !is_on_its_way(vault, entry) && !is_kept(vault, key, entry))
            g_hash_table_iter_remove(&iter);
    }
}

/* What the keyring would not take is not tried for ever: only when it was opened again. */
static void write_missing(WhVault *vault, gboolean again)
{
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        WhVaultEntry *entry = value;
        if (!entry->in_keyring && (again || !entry->failed) && !is_on_its_way(vault, entry))
            wh_vault_keyring_write(vault, key, entry);
    }
}

static void remove_forgotten(WhVault *vault)
{
    g_autofree gpointer *keys = g_hash_table_get_keys_as_array(vault->removals, NULL);
    for (guint i = 0; keys[i] != NULL; i++)
        wh_keyring_remove(vault->keyring, keys[i], on_removed, new_job(vault, keys[i], 0));
}

static void on_changed(gpointer data)
{
    WhVault *vault = data;
    gboolean another = vault->seen != wh_keyring_state(vault->keyring);
    vault->seen = wh_keyring_state(vault->keyring);
    if (is_open(vault)) {
        if (another)
            remove_forgotten(vault);
        drop_removed(vault);
        wh_vault_file_read_all(vault);
        write_missing(vault, another);
    } else if (vault->seen == WH_KEYRING_ABSENT && vault->file_allowed) {
        wh_vault_file_write_all(vault, NULL);
    }
    vault->listener.changed(vault->data);
}

void wh_vault_keyring_start(WhVault *vault)
{
    vault->jobs = g_hash_table_new_full(NULL, NULL, free_job, NULL);
    vault->keyring = wh_keyring_new("service", on_changed, vault);
    vault->seen = wh_keyring_state(vault->keyring);
}
