/* Nothing is to work while nobody is signed in: copies are taken away, and markers tell that there
 * is a secret. */
#include "service/secrets/resting.h"
#include "service/secrets/vault_sealing.h"

#include <string.h>

static gboolean put_marker(WhVault *vault, const char *key, const WhVaultBinding *binding,
                           const char *field, GError **error)
{
    g_autofree char *marker = wh_resting_marker(binding, field);
    return wh_secret_store_put(vault->store, key, marker, strlen(marker), error);
}

/* A full disk has room for the marker when the copy is gone. Where it still has none, the secret is
 * missing after a restart instead of away: better than a copy that stays. */
static gboolean replace(WhVault *vault, const char *key, const WhVaultBinding *binding,
                        const char *field, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (put_marker(vault, key, binding, field, NULL))
        return TRUE;
    if (!wh_vault_file_remove(vault, key, error))
        return FALSE;
    if (!put_marker(vault, key, binding, field, &cause))
        g_message("A copy of a secret is deleted, and nothing tells that there was one: %s",
                  cause->message);
    return TRUE;
}

gboolean wh_vault_unattended_mark(WhVault *vault, const char *key, WhVaultEntry *entry,
                                  GError **error)
{
    const WhVaultBinding binding = {entry->account, entry->provider, entry->endpoint};
    if (!wh_vault_has_store(vault, error) || !replace(vault, key, &binding, entry->field, error))
        return FALSE;
    entry->in_file = FALSE;
    entry->sealed = FALSE;
    g_clear_pointer(&entry->trouble, g_free);
    return TRUE;
}

/* What is being opened comes into memory; what cannot be is away. */
static void let_go(WhVault *vault, const char *key)
{
    WhVaultRest *rest = g_hash_table_lookup(vault->sealing->rests, key);
    if (g_hash_table_contains(vault->entries, key)) {
        g_hash_table_remove(vault->sealing->rests, key);
    } else if (rest != NULL && rest->opening) {
        rest->withdrawn = TRUE;
    } else {
        wh_vault_rest_add(vault, key, WH_VAULT_AWAY);
    }
}

/* Where it may go is not known of what is not in memory. */
static gboolean mark_rest(WhVault *vault, const char *key, GError **error)
{
    const WhVaultRest *rest = g_hash_table_lookup(vault->sealing->rests, key);
    g_autofree char *account = NULL, *field = NULL;
    if (!wh_vault_rest_split(key, &account, &field) ||
        (rest != NULL && (rest->state == WH_VAULT_AWAY || rest->withdrawn)))
        return TRUE;
    const WhVaultBinding binding = {account, NULL, NULL};
    if (!replace(vault, key, &binding, field, error))
        return FALSE;
    let_go(vault, key);
    return TRUE;
}

static gboolean mark_entries(WhVault *vault, GError **error)
{
    gboolean done = TRUE;
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        if (wh_vault_unattended_mark(vault, key, value, done ? error : NULL))
            let_go(vault, key);
        else
            done = FALSE;
    }
    return done;
}

static gboolean mark_rests(WhVault *vault, GError **error)
{
    g_auto(GStrv) keys = wh_secret_store_keys(vault->store, error);
    gboolean done = keys != NULL;
    for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
        if (!g_hash_table_contains(vault->entries, keys[i]) &&
            !mark_rest(vault, keys[i], done ? error : NULL))
            done = FALSE;
    }
    return done;
}

gboolean wh_vault_unattended_withdraw(WhVault *vault, GError **error)
{
    WhVaultSealing *sealing = vault->sealing;
    GError *cause = NULL;
    if (vault->store == NULL)
        return TRUE;
    gboolean done = mark_entries(vault, &cause);
    done = mark_rests(vault, done ? &cause : NULL) && done;
    g_clear_pointer(&sealing->left_trouble, g_free);
    if (done)
        return TRUE;
    sealing->left_trouble = g_strdup(cause->message);
    g_propagate_error(error, cause);
    wh_vault_sealing_fail(vault, NULL);
    return FALSE;
}

/* What is on its way to the sealer is not written any more; what is not in the store yet is now. */
gboolean wh_vault_keep_unattended(WhVault *vault, gboolean unattended, GError **error)
{
    if (vault->sealing == NULL)
        return TRUE;
    vault->sealing->unattended = unattended;
    if (!unattended) {
        gboolean done = wh_vault_unattended_withdraw(vault, error);
        wh_vault_sealing_review(vault);
        return done;
    }
    g_clear_pointer(&vault->sealing->left_trouble, g_free);
    return wh_vault_sealing_keep_all(vault, error);
}
