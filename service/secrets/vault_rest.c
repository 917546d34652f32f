/* What rests in the store of the whole computer. All of it is read at the start, so that what is
 * sealed is opened at once and together. */
#include "service/secrets/resting.h"
#include "service/secrets/vault_sealing.h"

#include <string.h>

gboolean wh_vault_rest_split(const char *key, char **account, char **field)
{
    const char *dot = strrchr(key, '.');
    if (dot == NULL)
        return FALSE;
    *account = g_strndup(key, (gsize)(dot - key));
    *field = g_strdup(dot + 1);
    return TRUE;
}

WhVaultRest *wh_vault_rest_add(WhVault *vault, const char *key, WhVaultState state)
{
    WhVaultRest *rest = g_new0(WhVaultRest, 1);
    rest->state = state;
    rest->serial = ++vault->serial;
    g_hash_table_replace(vault->sealing->rests, g_strdup(key), rest);
    return rest;
}

guint wh_vault_rest_count(WhVault *vault, WhVaultState state)
{
    guint count = 0;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, vault->sealing->rests);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        count += ((const WhVaultRest *)value)->state == state;
    return count;
}

/* An entry that is not yet where the present setting wants it goes there. */
static void settle(WhVault *vault, const char *key)
{
    WhVaultEntry *entry = g_hash_table_lookup(vault->entries, key);
    g_autoptr(GError) error = NULL;
    gboolean settled =
        vault->sealing->unattended ? entry->in_file && entry->sealed : !entry->in_file;
    if (!settled && !wh_vault_sealing_keep(vault, key, entry, &error))
        g_message("A secret could not be put where it belongs: %s", error->message);
}

/* FALSE: what was opened is no envelope, or that of another secret. */
static gboolean take_opened(WhVault *vault, const char *key, gboolean withdrawn, const char *bytes,
                            gsize length)
{
    g_autofree char *account = NULL, *field = NULL;
    WhVaultEntry *entry = NULL;
    if (!wh_vault_rest_split(key, &account, &field) ||
        wh_vault_entry_open(bytes, length, account, field, &entry) != WH_VAULT_PRESENT)
        return FALSE;
    entry->in_file = !withdrawn;
    entry->sealed = !withdrawn;
    wh_vault_take(vault, g_strdup(key), entry);
    g_hash_table_remove(vault->sealing->rests, key);
    settle(vault, key);
    return TRUE;
}

/* What comes back as nonsense is as good as refused. */
static void read_answer(WhVault *vault, const char *key, WhVaultRest *rest, const char *bytes,
                        gsize length, const GError *error)
{
    if (error == NULL && take_opened(vault, key, rest->withdrawn, bytes, length)) {
        vault->sealing->opened = TRUE;
        wh_vault_sealing_works(vault);
    } else if (rest->withdrawn) {
        rest->state = WH_VAULT_AWAY;
    } else if (error == NULL || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)) {
        rest->refused = TRUE;
    } else {
        wh_vault_sealing_fail(vault, error);
    }
}

/* What was given or forgotten meanwhile counts. */
static void on_unsealed(WhVault *vault, const char *key, guint64 serial, const char *bytes,
                        gsize length, const GError *error)
{
    WhVaultRest *rest = g_hash_table_lookup(vault->sealing->rests, key);
    gboolean present = rest != NULL && rest->serial == serial;
    if (present)
        rest->opening = FALSE;
    if (present && !g_hash_table_contains(vault->entries, key))
        read_answer(vault, key, rest, bytes, length, error);
    wh_vault_canary_judge(vault);
    vault->listener.changed(vault->data);
}

static WhVaultState load_sealed(WhVault *vault, const char *key, const char *text, gsize length)
{
    WhVaultRest *rest = wh_vault_rest_add(vault, key, WH_VAULT_LOCKED);
    rest->opening = TRUE;
    wh_vault_job_unseal(vault, key, rest->serial, text, length, on_unsealed);
    return WH_VAULT_LOCKED;
}

static WhVaultState load_marker(WhVault *vault, const char *key, const char *text, gsize length,
                                const char *account, const char *field)
{
    char *provider = NULL, *endpoint = NULL;
    if (!wh_resting_open_marker(text, length, account, field, &provider, &endpoint))
        return WH_VAULT_DAMAGED;
    WhVaultRest *rest = wh_vault_rest_add(vault, key, WH_VAULT_AWAY);
    rest->provider = provider;
    rest->endpoint = endpoint;
    return WH_VAULT_AWAY;
}

static WhVaultState load_plain(WhVault *vault, const char *key, const char *bytes, gsize length,
                               const char *account, const char *field)
{
    WhVaultEntry *entry = NULL;
    WhVaultState state = wh_vault_entry_open(bytes, length, account, field, &entry);
    if (state != WH_VAULT_PRESENT)
        return state;
    entry->in_file = TRUE;
    wh_vault_take(vault, g_strdup(key), entry);
    if (wh_sealer_is_present(vault->sealing->sealer) || !vault->sealing->unattended)
        settle(vault, key);
    return state;
}

static WhVaultState load(WhVault *vault, const char *key, const char *bytes, gsize length,
                         const char *account, const char *field)
{
    gsize body = 0;
    switch (wh_resting_kind(bytes, length, &body)) {
    case WH_RESTING_SEALED:
        return load_sealed(vault, key, bytes + body, length - body);
    case WH_RESTING_MARKER:
        return load_marker(vault, key, bytes + body, length - body, account, field);
    case WH_RESTING_PLAIN:
    default:
        return load_plain(vault, key, bytes, length, account, field);
    }
}

WhVaultState wh_vault_rest_load(WhVault *vault, const char *key)
{
    WhVaultState state = WH_VAULT_MISSING;
    g_autofree char *account = NULL, *field = NULL;
    gsize length = 0;
    if (!wh_vault_rest_split(key, &account, &field))
        return state;
    char *bytes = wh_vault_file_lookup(vault, key, &length, &state);
    if (bytes == NULL)
        return state;
    state = load(vault, key, bytes, length, account, field);
    wh_secret_store_wipe(bytes, length);
    return state;
}

void wh_vault_rest_load_all(WhVault *vault)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) keys = vault->store != NULL ? wh_secret_store_keys(vault->store, &error) : NULL;
    if (error != NULL)
        g_message("The files with secrets cannot be listed: %s", error->message);
    for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
        wh_vault_rest_load(vault, keys[i]);
}

WhVaultState wh_vault_rest_read(WhVault *vault, const char *key, const WhVaultBinding *binding)
{
    const WhVaultRest *rest = g_hash_table_lookup(vault->sealing->rests, key);
    WhVaultState state = rest != NULL ? rest->state : wh_vault_rest_load(vault, key);
    rest = g_hash_table_lookup(vault->sealing->rests, key);
    if (state == WH_VAULT_AWAY && rest->provider != NULL && rest->endpoint != NULL &&
        !(g_str_equal(rest->provider, binding->provider) &&
          g_str_equal(rest->endpoint, binding->endpoint)))
        return WH_VAULT_MOVED;
    return state;
}
