/* The vault of the whole computer: what is written is sealed, and what rests is opened. */
#include "service/secrets/vault_sealing.h"

#include "service/secrets/resting.h"

#include <string.h>

/* How long trouble is left alone before the next try, at first and at most. */
#define FIRST_DELAY (10 * WH_SECOND)
#define LONGEST_DELAY WH_HOUR

static void free_rest(gpointer data)
{
    WhVaultRest *rest = data;
    g_free(rest->provider);
    g_free(rest->endpoint);
    g_free(rest);
}

void wh_vault_sealing_start(WhVault *vault, WhClock *clock, WhSealer *sealer, gboolean unattended)
{
    WhVaultSealing *sealing = g_new0(WhVaultSealing, 1);
    g_autoptr(GError) error = NULL;
    sealing->clock = clock;
    sealing->sealer = sealer;
    sealing->unattended = unattended;
    sealing->delay = FIRST_DELAY;
    sealing->rests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_rest);
    vault->sealing = sealing;
    wh_vault_rest_load_all(vault);
    if (!unattended && !wh_vault_unattended_withdraw(vault, &error))
        g_message("Not all copies of secrets could be deleted: %s", error->message);
}

void wh_vault_sealing_free(WhVaultSealing *sealing)
{
    if (sealing == NULL)
        return;
    wh_sealer_free(sealing->sealer);
    wh_clock_remove_timer(sealing->clock, &sealing->timer);
    g_clear_pointer(&sealing->jobs, g_hash_table_unref);
    g_hash_table_unref(sealing->rests);
    g_free(sealing->trouble);
    g_free(sealing->left_trouble);
    g_free(sealing);
}

static gboolean is_kept(const WhVaultEntry *entry)
{
    return entry->in_file && entry->sealed;
}

/* Whether anything waits for the sealer to work again. */
static gboolean is_waiting(WhVault *vault)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        if (vault->sealing->unattended && !is_kept(value))
            return TRUE;
    }
    return vault->sealing->left_trouble != NULL || wh_vault_rest_count(vault, WH_VAULT_LOCKED) > 0;
}

static void forget_trouble(WhVaultSealing *sealing)
{
    g_clear_pointer(&sealing->trouble, g_free);
    wh_clock_remove_timer(sealing->clock, &sealing->timer);
    sealing->delay = FIRST_DELAY;
}

void wh_vault_sealing_review(WhVault *vault)
{
    if (!is_waiting(vault))
        forget_trouble(vault->sealing);
}

static void open_again(WhVault *vault)
{
    g_autofree gpointer *keys = g_hash_table_get_keys_as_array(vault->sealing->rests, NULL);
    for (guint i = 0; keys[i] != NULL; i++) {
        const WhVaultRest *rest = g_hash_table_lookup(vault->sealing->rests, keys[i]);
        g_autofree char *key = g_strdup(keys[i]);
        if (rest->state == WH_VAULT_LOCKED && !rest->opening && !rest->refused &&
            !g_hash_table_contains(vault->entries, key))
            wh_vault_rest_load(vault, key);
    }
}

gboolean wh_vault_sealing_keep_all(WhVault *vault, GError **error)
{
    gboolean done = TRUE;
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        if (!is_kept(value) && !wh_vault_job_is_writing_key(vault, key) &&
            !wh_vault_sealing_keep(vault, key, value, done ? error : NULL))
            done = FALSE;
    }
    return done;
}

static void try_again(WhVault *vault)
{
    if (vault->sealing->left_trouble != NULL)
        wh_vault_unattended_withdraw(vault, NULL);
    open_again(vault);
    if (vault->sealing->unattended)
        wh_vault_sealing_keep_all(vault, NULL);
    wh_vault_canary_judge(vault);
    wh_vault_sealing_review(vault);
}

static void on_time(gpointer data)
{
    WhVault *vault = data;
    vault->sealing->timer = 0;
    vault->sealing->delay = MIN(vault->sealing->delay * 2, LONGEST_DELAY);
    try_again(vault);
    vault->listener.changed(vault->data);
}

void wh_vault_sealing_fail(WhVault *vault, const GError *error)
{
    WhVaultSealing *sealing = vault->sealing;
    sealing->sound = FALSE;
    if (error != NULL && g_strcmp0(sealing->trouble, error->message) != 0) {
        g_free(sealing->trouble);
        sealing->trouble = g_strdup(error->message);
    }
    if (sealing->timer == 0)
        sealing->timer = wh_clock_add_timer(sealing->clock, sealing->delay, on_time, vault);
}

void wh_vault_sealing_works(WhVault *vault)
{
    if (vault->sealing->trouble == NULL)
        return;
    forget_trouble(vault->sealing);
    try_again(vault);
}

/* Whether there is anything that was sealed here, so that sealing that is gone is trouble and not
 * a reason to do without it. */
static gboolean has_sealed(WhVault *vault)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, vault->entries);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        if (is_kept(value))
            return TRUE;
    }
    return wh_vault_rest_count(vault, WH_VAULT_LOCKED) > 0 ||
           wh_vault_rest_count(vault, WH_VAULT_DAMAGED) > 0;
}

static gboolean write_sealed(WhVault *vault, const char *key, WhVaultEntry *entry, const char *text,
                             GError **error)
{
    g_autofree char *content = wh_resting_sealed(text);
    GError *cause = NULL;
    gboolean written = wh_secret_store_put(vault->store, key, content, strlen(content), &cause);
    g_free(vault->file_trouble);
    vault->file_trouble = written ? NULL : g_strdup(cause->message);
    if (!written) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    entry->in_file = TRUE;
    entry->sealed = TRUE;
    return TRUE;
}

static gboolean finish(WhVault *vault, const char *key, WhVaultEntry *entry, const char *text,
                       const GError *cause, GError **error)
{
    if (text != NULL)
        return write_sealed(vault, key, entry, text, error);
    if (g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && !has_sealed(vault))
        return entry->in_file || wh_vault_file_write(vault, key, entry, error);
    g_propagate_error(error, g_error_copy(cause));
    return FALSE;
}

/* What was forgotten or given anew meanwhile is not written, and neither is anything when nothing
 * is to be kept any more. */
static void on_sealed(WhVault *vault, const char *key, guint64 serial, const char *text,
                      const GError *cause)
{
    WhVaultEntry *entry = g_hash_table_lookup(vault->entries, key);
    g_autoptr(GError) error = NULL;
    if (entry == NULL || entry->serial != serial || !vault->sealing->unattended)
        return;
    g_clear_pointer(&entry->trouble, g_free);
    if (finish(vault, key, entry, text, cause, &error)) {
        g_hash_table_remove(vault->sealing->rests, key);
        wh_vault_sealing_works(vault);
        if (is_kept(entry))
            wh_vault_canary_renew(vault);
    } else {
        entry->trouble = g_strdup(error->message);
        wh_vault_sealing_fail(vault, text == NULL ? error : NULL);
    }
    vault->listener.changed(vault->data);
}

gboolean wh_vault_sealing_keep(WhVault *vault, const char *key, WhVaultEntry *entry, GError **error)
{
    WhVaultSealing *sealing = vault->sealing;
    if (!sealing->unattended)
        return wh_vault_unattended_mark(vault, key, entry, error);
    if (vault->store == NULL || (!wh_sealer_is_present(sealing->sealer) && !has_sealed(vault)))
        return wh_vault_file_write(vault, key, entry, error);
    g_autoptr(WhSecret) plain = wh_vault_entry_seal(entry, error);
    if (plain == NULL)
        return FALSE;
    wh_vault_job_seal(vault, key, entry->serial, plain, on_sealed);
    return TRUE;
}

gboolean wh_vault_sealing_write(WhVault *vault, const char *key, WhVaultEntry *entry,
                                GError **error)
{
    gboolean kept = wh_vault_sealing_keep(vault, key, entry, error);
    if (kept && !wh_vault_job_is_writing_key(vault, key))
        g_hash_table_remove(vault->sealing->rests, key);
    return kept;
}

WhVaultState wh_vault_sealing_read(WhVault *vault, const char *key, const WhVaultBinding *binding)
{
    return wh_vault_rest_read(vault, key, binding);
}

void wh_vault_sealing_forget(WhVault *vault, const char *key)
{
    g_hash_table_remove(vault->sealing->rests, key);
    wh_vault_sealing_review(vault);
}

gboolean wh_vault_sealing_is_busy(WhVault *vault, const char *account)
{
    return wh_vault_job_is_writing(vault, account);
}

static WhVaultPlace place_of(WhVault *vault)
{
    if (!vault->sealing->unattended || vault->store == NULL)
        return WH_VAULT_IN_MEMORY;
    return wh_sealer_is_present(vault->sealing->sealer) || has_sealed(vault) ? WH_VAULT_IN_SEALED
                                                                             : WH_VAULT_IN_FILE;
}

void wh_vault_sealing_view(WhVault *vault, WhVaultView *view)
{
    const WhVaultSealing *sealing = vault->sealing;
    view->place = place_of(vault);
    view->unattended = sealing->unattended;
    view->seal_trouble = sealing->unattended ? sealing->trouble : NULL;
    view->seal_replaced = sealing->replaced && wh_vault_rest_count(vault, WH_VAULT_DAMAGED) > 0;
    view->left_trouble = sealing->left_trouble;
}
