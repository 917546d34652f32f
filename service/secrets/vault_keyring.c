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

gboolean wh_vault_keyring_has_job(WhVault *vault, const char *key)
{
    GHashTableIter iter;
    gpointer job;
    g_hash_table_iter_init(&iter, vault->jobs);
    while (g_hash_table_iter_next(&iter, &job, NULL))
        if (g_str_equal(((Job *)job)->key, key))
            return TRUE;
    return FALSE;
}

gboolean wh_vault_keyring_has_job_of(WhVault *vault, const char *account)
{
    GHashTableIter iter;
    gpointer job;
    g_hash_table_iter_init(&iter, vault->jobs);
    while (g_hash_table_iter_next(&iter, &job, NULL))
        if (wh_vault_key_is_of(((Job *)job)->key, account))
            return TRUE;
    return FALSE;
}

/* The keyring has it. Its file goes only now. */
static void keep(WhVault *vault, const char *key, WhVaultEntry *entry)
{
    entry->in_keyring = TRUE;
    g_clear_pointer(&entry->trouble, g_free);
    if (vault->store != NULL && wh_vault_file_remove(vault, key, NULL))
        entry->in_file = FALSE;
    wh_vault_removals_done(vault, key);
}

static void on_written(const GError *error, gpointer data)
{
    Job *job = data;
    WhVault *vault = job->vault;
    WhVaultEntry *entry = g_hash_table_lookup(vault->entries, job->key);
    gboolean present = entry != NULL && entry->serial == job->serial;
    g_hash_table_steal(vault->jobs, job);
    if (present && error == NULL) {
        keep(vault, job->key, entry);
    } else if (present) {
        g_free(entry->trouble);
        entry->trouble = g_strdup(error->message);
    }
    free_job(job);
    vault->listener.changed(vault->data);
}

static void on_removed(const GError *error, gpointer data)
{
    Job *job = data;
    WhVault *vault = job->vault;
    g_hash_table_steal(vault->jobs, job);
    if (error == NULL)
        wh_vault_removals_done(vault, job->key);
    else if (g_hash_table_contains(vault->removals, job->key))
        g_hash_table_replace(vault->removals, g_strdup(job->key), g_strdup(error->message));
    free_job(job);
    vault->listener.changed(vault->data);
}

static gboolean is_open(WhVault *vault)
{
    return wh_keyring_state(vault->keyring) == WH_KEYRING_OPEN;
}

/* Whether it takes jobs; what is given while it is not known yet waits in the keyring itself. */
static gboolean takes_jobs(WhVault *vault)
{
    return is_open(vault) || wh_keyring_state(vault->keyring) == WH_KEYRING_LOOKING;
}

void wh_vault_keyring_write(WhVault *vault, const char *key, WhVaultEntry *entry)
{
    if (!takes_jobs(vault))
        return;
    g_autoptr(WhSecret) sealed = wh_vault_entry_seal(entry, NULL);
    if (sealed == NULL)
        return;
    g_autofree char *label =
        vault->listener.label(entry->account, entry->provider, entry->field, vault->data);
    wh_keyring_put(vault->keyring, key, label, wh_secret_peek(sealed), wh_secret_length(sealed),
                   on_written, new_job(vault, key, entry->serial));
}

static void remove_now(WhVault *vault, const char *key)
{
    wh_keyring_remove(vault->keyring, key, on_removed, new_job(vault, key, 0));
}

void wh_vault_keyring_remove(WhVault *vault, const char *key)
{
    wh_vault_removals_add(vault, key);
    if (takes_jobs(vault))
        remove_now(vault, key);
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
        else if (state == WH_VAULT_MISSING && wh_keyring_is_locked(vault->keyring, key))
            state = WH_VAULT_LOCKED;
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
    if (wh_keyring_is_locked(vault->keyring, key))
        return TRUE;
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

/* What is in memory or a file, and in the keyring already: the same, or one that was given later
 * than what the file says. */
static void find_kept(WhVault *vault)
{
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        WhVaultEntry *entry = value;
        WhVaultEntry *item = NULL;
        if (entry->in_keyring || is_on_its_way(vault, entry) ||
            open_item(vault, key, entry->account, entry->field, &item) != WH_VAULT_PRESENT)
            continue;
        gboolean later = entry->read && entry->given > 0 && item->given > entry->given &&
                         !g_hash_table_contains(vault->removals, key);
        if (wh_vault_entry_equal(entry, item)) {
            keep(vault, key, entry);
        } else if (later) {
            item->serial = entry->serial;
            keep(vault, key, item);
            g_hash_table_iter_replace(&iter, g_steal_pointer(&item));
        }
        g_clear_pointer(&item, wh_vault_entry_free);
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
        if (!entry->in_keyring && (again || entry->trouble == NULL) && !is_on_its_way(vault, entry))
            wh_vault_keyring_write(vault, key, entry);
    }
}

/* What is given anew under the same key is written over it. */
static void remove_forgotten(WhVault *vault)
{
    g_autofree gpointer *keys = g_hash_table_get_keys_as_array(vault->removals, NULL);
    for (guint i = 0; keys[i] != NULL; i++) {
        if (!g_hash_table_contains(vault->entries, keys[i]) &&
            !wh_vault_keyring_has_job(vault, keys[i]))
            remove_now(vault, keys[i]);
    }
}

void wh_vault_keyring_retry(WhVault *vault)
{
    if (!is_open(vault))
        return;
    remove_forgotten(vault);
    write_missing(vault, TRUE);
}

static void on_opened(WhVault *vault, gboolean another)
{
    wh_vault_removals_begin(vault);
    drop_removed(vault);
    wh_vault_file_read_all(vault);
    find_kept(vault);
    if (another)
        remove_forgotten(vault);
    write_missing(vault, another);
}

/* Files are what is left, or nothing is. */
static void on_absent(WhVault *vault)
{
    g_autoptr(GError) error = NULL;
    gboolean done = vault->file_allowed
                        ? wh_vault_file_write_all(vault, &error)
                        : vault->store == NULL || wh_vault_file_remove_all(vault, &error);
    if (!done)
        g_message("There is no keyring, and the files with secrets are not as they should be: %s",
                  error->message);
}

static void on_changed(gpointer data)
{
    WhVault *vault = data;
    gboolean another = vault->seen != wh_keyring_state(vault->keyring);
    vault->seen = wh_keyring_state(vault->keyring);
    if (another)
        g_clear_pointer(&vault->unlock_trouble, g_free);
    if (vault->seen == WH_KEYRING_OPEN)
        on_opened(vault, another);
    else if (vault->seen == WH_KEYRING_ABSENT)
        on_absent(vault);
    vault->listener.changed(vault->data);
}

void wh_vault_keyring_start(WhVault *vault)
{
    vault->jobs = g_hash_table_new_full(NULL, NULL, free_job, NULL);
    vault->keyring = wh_keyring_new("service", on_changed, vault);
    vault->seen = wh_keyring_state(vault->keyring);
    if (vault->seen == WH_KEYRING_ABSENT)
        on_absent(vault);
}
