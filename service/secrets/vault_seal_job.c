/* What the sealer works at. Nothing counts as sealed that was not opened again: a program that is
 * ended halfway leaves half a text, and nothing in it says so. */
#include "service/secrets/vault_sealing.h"

#include <string.h>

/* More than becomes of the longest envelope, and less than the store and the sealer take. */
#define LONGEST (56 * 1024)

/* sealed, plain and text: of one that is sealed. */
typedef struct {
    WhVault *vault;
    char *key;
    guint64 serial;
    WhSecret *plain;
    char *text;
    WhVaultSealed sealed;
    WhVaultUnsealed unsealed;
} Job;

static void free_job(gpointer data)
{
    Job *job = data;
    wh_secret_unref(job->plain);
    g_free(job->text);
    g_free(job->key);
    g_free(job);
}

static Job *new_job(WhVault *vault, const char *key, guint64 serial)
{
    WhVaultSealing *sealing = vault->sealing;
    Job *job = g_new0(Job, 1);
    job->vault = vault;
    job->key = g_strdup(key);
    job->serial = serial;
    if (sealing->jobs == NULL)
        sealing->jobs = g_hash_table_new_full(NULL, NULL, free_job, NULL);
    g_hash_table_add(sealing->jobs, job);
    return job;
}

static void end_sealing(Job *job, const char *text, const GError *error)
{
    g_hash_table_steal(job->vault->sealing->jobs, job);
    job->sealed(job->vault, job->key, job->serial, text, error);
    free_job(job);
}

static gboolean is_same(const Job *job, const char *bytes, gsize length)
{
    g_autoptr(WhSecret) again = wh_secret_new(bytes, (gssize)length);
    return wh_secret_equal(job->plain, again);
}

/* That it is refused here says nothing about what rests in the store. */
static void on_opened_again(const char *bytes, gsize length, const GError *error, gpointer data)
{
    Job *job = data;
    gboolean refused = g_error_matches(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    g_autoptr(GError) trouble = NULL;
    if (refused || (error == NULL && !is_same(job, bytes, length)))
        trouble = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED,
                                      "what was just sealed could not be opened again");
    else if (error != NULL)
        trouble = g_error_copy(error);
    end_sealing(job, trouble == NULL ? job->text : NULL, trouble);
}

static void on_sealed(const char *bytes, gsize length, const GError *error, gpointer data)
{
    Job *job = data;
    g_autoptr(GError) trouble = error != NULL ? g_error_copy(error) : NULL;
    if (error == NULL && length > LONGEST)
        trouble = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED,
                                      "what was sealed came back far too long");
    if (trouble != NULL) {
        end_sealing(job, NULL, trouble);
        return;
    }
    job->text = g_strndup(bytes, length);
    wh_sealer_unseal(job->vault->sealing->sealer, job->text, strlen(job->text), on_opened_again,
                     job);
}

void wh_vault_job_seal(WhVault *vault, const char *key, guint64 serial, WhSecret *plain,
                       WhVaultSealed done)
{
    Job *job = new_job(vault, key, serial);
    job->plain = wh_secret_ref(plain);
    job->sealed = done;
    wh_sealer_seal(vault->sealing->sealer, wh_secret_peek(plain), wh_secret_length(plain),
                   on_sealed, job);
}

static void on_unsealed(const char *bytes, gsize length, const GError *error, gpointer data)
{
    Job *job = data;
    g_hash_table_steal(job->vault->sealing->jobs, job);
    job->unsealed(job->vault, job->key, job->serial, bytes, length, error);
    free_job(job);
}

void wh_vault_job_unseal(WhVault *vault, const char *key, guint64 serial, const char *text,
                         gsize length, WhVaultUnsealed done)
{
    Job *job = new_job(vault, key, serial);
    job->unsealed = done;
    wh_sealer_unseal(vault->sealing->sealer, text, length, on_unsealed, job);
}

/* What was forgotten or given anew meanwhile is not written any more, and nothing is when nothing
 * is to be kept. */
static gboolean is_writing(const Job *job)
{
    const WhVaultEntry *entry = g_hash_table_lookup(job->vault->entries, job->key);
    return job->plain != NULL && job->vault->sealing->unattended && entry != NULL &&
           entry->serial == job->serial;
}

gboolean wh_vault_job_is_writing(WhVault *vault, const char *account)
{
    GHashTableIter iter;
    gpointer job;
    if (vault->sealing->jobs == NULL)
        return FALSE;
    g_hash_table_iter_init(&iter, vault->sealing->jobs);
    while (g_hash_table_iter_next(&iter, &job, NULL)) {
        if (is_writing(job) && (account == NULL || wh_vault_key_is_of(((Job *)job)->key, account)))
            return TRUE;
    }
    return FALSE;
}

gboolean wh_vault_job_is_writing_key(WhVault *vault, const char *key)
{
    GHashTableIter iter;
    gpointer job;
    if (vault->sealing->jobs == NULL)
        return FALSE;
    g_hash_table_iter_init(&iter, vault->sealing->jobs);
    while (g_hash_table_iter_next(&iter, &job, NULL)) {
        if (is_writing(job) && g_str_equal(((Job *)job)->key, key))
            return TRUE;
    }
    return FALSE;
}
