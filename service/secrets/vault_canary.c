/* A text that is sealed and always the same. What the sealer refuses is damaged when this one
 * opens; when this one is refused as well and sealing works, the computer has another key. It is
 * only asked when something was refused, or is about to be written. */
#include "service/secrets/resting.h"
#include "service/secrets/vault_sealing.h"

#include <string.h>

#define TEXT "Wayhome's canary: no secret."

static void on_unsealed(WhVault *vault, const char *key, guint64 serial, const char *bytes,
                        gsize length, const GError *error)
{
    WhVaultSealing *sealing = vault->sealing;
    gboolean answered =
        error == NULL || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    if (error == NULL && length == strlen(TEXT) && memcmp(bytes, TEXT, length) == 0) {
        sealing->canary = WH_VAULT_CANARY_OPENS;
        sealing->sound = TRUE;
    } else {
        sealing->canary = answered ? WH_VAULT_CANARY_REFUSED : WH_VAULT_CANARY_UNKNOWN;
    }
    if (answered) {
        wh_vault_canary_judge(vault);
        wh_vault_canary_renew(vault);
    } else {
        wh_vault_sealing_fail(vault, error);
    }
    vault->listener.changed(vault->data);
}

static void look(WhVault *vault)
{
    WhVaultSealing *sealing = vault->sealing;
    WhVaultState state = WH_VAULT_PRESENT;
    gsize length = 0, body = 0;
    if (sealing->canary != WH_VAULT_CANARY_UNKNOWN)
        return;
    char *bytes = wh_vault_file_lookup(vault, WH_VAULT_CANARY_KEY, &length, &state);
    if (bytes == NULL) {
        sealing->canary =
            state == WH_VAULT_DAMAGED ? WH_VAULT_CANARY_REFUSED : WH_VAULT_CANARY_ABSENT;
    } else if (wh_resting_kind(bytes, length, &body) != WH_RESTING_SEALED) {
        sealing->canary = WH_VAULT_CANARY_REFUSED;
    } else {
        sealing->canary = WH_VAULT_CANARY_ASKED;
        wh_vault_job_unseal(vault, WH_VAULT_CANARY_KEY, 0, bytes + body, length - body,
                            on_unsealed);
    }
    wh_secret_store_wipe(bytes, length);
}

/* Of those that were refused: whether there are any, and whether others may still be opened. */
static gboolean is_ready(WhVault *vault)
{
    gboolean refused = FALSE;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, vault->sealing->rests);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const WhVaultRest *rest = value;
        if (rest->opening)
            return FALSE;
        refused |= rest->refused;
    }
    return refused;
}

static void judge_all(WhVault *vault)
{
    WhVaultSealing *sealing = vault->sealing;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, sealing->rests);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        WhVaultRest *rest = value;
        if (rest->refused)
            rest->state = WH_VAULT_DAMAGED;
        rest->refused = FALSE;
    }
    if (sealing->canary == WH_VAULT_CANARY_REFUSED && !sealing->opened)
        sealing->replaced = TRUE;
}

/* What was refused before it was known that sealing works is asked for once more: it may have begun
 * to work in between. */
static void take_back(WhVault *vault, gboolean ask)
{
    g_autofree gpointer *keys = g_hash_table_get_keys_as_array(vault->sealing->rests, NULL);
    if (vault->sealing->canary == WH_VAULT_CANARY_REFUSED)
        vault->sealing->canary = WH_VAULT_CANARY_UNKNOWN;
    for (guint i = 0; keys[i] != NULL; i++) {
        WhVaultRest *rest = g_hash_table_lookup(vault->sealing->rests, keys[i]);
        g_autofree char *key = g_strdup(keys[i]);
        gboolean refused = rest->refused;
        rest->refused = FALSE;
        if (refused && ask)
            wh_vault_rest_load(vault, key);
    }
}

static void on_proven(WhVault *vault, const char *key, guint64 serial, const char *text,
                      const GError *error)
{
    vault->sealing->proving = FALSE;
    take_back(vault, error == NULL);
    if (error != NULL) {
        wh_vault_sealing_fail(vault, error);
    } else {
        vault->sealing->sound = TRUE;
        wh_vault_sealing_works(vault);
    }
    vault->listener.changed(vault->data);
}

static void prove(WhVault *vault)
{
    g_autoptr(WhSecret) plain = wh_secret_new(TEXT, -1);
    vault->sealing->proving = TRUE;
    wh_vault_job_seal(vault, WH_VAULT_CANARY_KEY, 0, plain, on_proven);
}

static void find_out(WhVault *vault)
{
    WhVaultSealing *sealing = vault->sealing;
    if (sealing->opened) {
        sealing->sound = TRUE;
        take_back(vault, TRUE);
    } else if (!sealing->proving) {
        prove(vault);
    }
}

void wh_vault_canary_judge(WhVault *vault)
{
    WhVaultSealing *sealing = vault->sealing;
    if (!is_ready(vault))
        return;
    if (!sealing->sound) {
        find_out(vault);
        return;
    }
    if (!sealing->opened)
        look(vault);
    if (sealing->opened || sealing->canary != WH_VAULT_CANARY_ASKED)
        judge_all(vault);
}

static void on_sealed(WhVault *vault, const char *key, guint64 serial, const char *text,
                      const GError *error)
{
    WhVaultSealing *sealing = vault->sealing;
    g_autoptr(GError) trouble = error != NULL ? g_error_copy(error) : NULL;
    g_autofree char *content = text != NULL ? wh_resting_sealed(text) : NULL;
    sealing->proving = FALSE;
    if (content != NULL && wh_secret_store_put(vault->store, WH_VAULT_CANARY_KEY, content,
                                               strlen(content), &trouble)) {
        sealing->canary = WH_VAULT_CANARY_OPENS;
        sealing->sound = TRUE;
        sealing->replaced = FALSE;
    }
    if (trouble != NULL)
        g_message("The mark by which damaged secrets are known is not written: %s",
                  trouble->message);
}

/* As long as there is one that was sealed with the old key, the old canary says so. */
void wh_vault_canary_renew(WhVault *vault)
{
    WhVaultSealing *sealing = vault->sealing;
    g_autoptr(WhSecret) plain = NULL;
    look(vault);
    if (sealing->canary == WH_VAULT_CANARY_OPENS || sealing->canary == WH_VAULT_CANARY_ASKED ||
        sealing->proving || !sealing->unattended ||
        wh_vault_rest_count(vault, WH_VAULT_LOCKED) > 0 ||
        wh_vault_rest_count(vault, WH_VAULT_DAMAGED) > 0)
        return;
    plain = wh_secret_new(TEXT, -1);
    sealing->proving = TRUE;
    wh_vault_job_seal(vault, WH_VAULT_CANARY_KEY, 0, plain, on_sealed);
}
