#include "platform/linux/keyring_private.h"

#include <string.h>

/* bytes NULL: the key is removed. refused: never leaves. applied: memory followed already. */
struct WhKeyringJob {
    WhKeyring *keyring;
    gboolean applied;
    char *key;
    char *label;
    char *bytes;
    gsize length;
    GError *refused;
    WhKeyringDone done;
    gpointer data;
};

static void job_free(WhKeyringJob *job)
{
    if (job->bytes != NULL)
        explicit_bzero(job->bytes, job->length);
    g_free(job->bytes);
    g_free(job->key);
    g_free(job->label);
    g_clear_error(&job->refused);
    g_free(job);
}

static void pump_stop(WhKeyring *keyring)
{
    if (keyring->pump == NULL)
        return;
    g_source_destroy(keyring->pump);
    g_clear_pointer(&keyring->pump, g_source_unref);
}

void wh_keyring_jobs_clear(WhKeyring *keyring)
{
    WhKeyringJob *job;

    pump_stop(keyring);
    while ((job = g_queue_pop_head(&keyring->jobs)) != NULL)
        job_free(job);
}

static void apply(const WhKeyringJob *job, GHashTable *entries)
{
    if (job->bytes != NULL)
        wh_keyring_entries_put(entries, job->key, job->bytes, job->length);
    else
        g_hash_table_remove(entries, job->key);
}

/* Memory follows at once; what comes of it is read again when it failed. */
static void apply_now(WhKeyring *keyring, WhKeyringJob *job)
{
    if (keyring->state != WH_KEYRING_OPEN || job->refused != NULL || job->applied)
        return;
    job->applied = TRUE;
    apply(job, keyring->entries);
}

void wh_keyring_jobs_apply(WhKeyring *keyring, GHashTable *entries)
{
    for (GList *each = keyring->jobs.head; each != NULL; each = each->next) {
        const WhKeyringJob *job = each->data;

        if (job->applied)
            apply(job, entries);
    }
}

/* Frees the job. The callback may free the keyring. */
static void finish(WhKeyring *keyring, WhKeyringJob *job, const GError *error)
{
    wh_keyring_ref(keyring);
    keyring->job = NULL;
    if (error != NULL && job->refused == NULL)
        keyring->again = TRUE;
    if (!keyring->freed && job->done != NULL)
        job->done(error, job->data);
    job_free(job);
    if (!keyring->freed && keyring->again && !keyring->looking)
        wh_keyring_look(keyring);
    wh_keyring_jobs_pump(keyring);
    wh_keyring_unref(keyring);
}

static void end(WhKeyringJob *job, const GError *error)
{
    WhKeyring *keyring = job->keyring;
    g_autoptr(GError) told = error != NULL ? wh_keyring_error(error) : NULL;

    finish(keyring, job, told);
    wh_keyring_unref(keyring);
}

static void on_created(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    WhKeyringJob *job = data;
    g_autofree char *path = job->keyring->library.service_create_item_dbus_path_finish(
        (SecretService *)source, result, &error);

    if (path == NULL && error == NULL)
        error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "You declined to keep it");
    end(job, error);
}

static void on_removed(const GError *error, gpointer data)
{
    end(data, error);
}

static void add_property(GHashTable *properties, const char *name, GVariant *value)
{
    g_hash_table_insert(properties, g_strconcat("org.freedesktop.Secret.Item.", name, NULL),
                        g_variant_ref_sink(value));
}

/* Made in the open collection and not by secret_service_store(), which would ask the person to
 * unlock one that was locked a moment ago. */
static void create(WhKeyring *keyring, WhKeyringJob *job)
{
    const WhLibsecret *library = &keyring->library;
    g_autoptr(GHashTable) properties =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_variant_unref);
    SecretValue *value = library->value_new(job->bytes, (gssize)job->length, "text/plain");

    add_property(properties, "Label", g_variant_new_string(job->label));
    add_property(properties, "Attributes", wh_keyring_attributes(keyring, job->key));
    library->service_create_item_dbus_path(keyring->service, keyring->collection, properties, value,
                                           SECRET_ITEM_CREATE_REPLACE, NULL, on_created, job);
    library->value_unref(value);
}

static void start(WhKeyring *keyring, WhKeyringJob *job)
{
    keyring->job = job;
    job->keyring = wh_keyring_ref(keyring);
    /* A look that is under way may or may not see it. */
    keyring->again = keyring->again || keyring->looking;
    if (job->bytes != NULL)
        create(keyring, job);
    else
        wh_keyring_removal(keyring, job->key, on_removed, job);
}

static gboolean on_pump(gpointer data)
{
    WhKeyring *keyring = data;
    WhKeyringJob *job;

    pump_stop(keyring);
    if (keyring->job != NULL || keyring->state == WH_KEYRING_LOOKING)
        return G_SOURCE_REMOVE;
    job = g_queue_pop_head(&keyring->jobs);
    if (job == NULL)
        return G_SOURCE_REMOVE;
    if (job->refused == NULL)
        job->refused = wh_keyring_state_error(keyring);
    if (job->refused != NULL) {
        finish(keyring, job, job->refused);
        return G_SOURCE_REMOVE;
    }
    if (keyring->service == NULL || keyring->collection == NULL) {
        g_queue_push_head(&keyring->jobs, job);
        return G_SOURCE_REMOVE;
    }
    apply_now(keyring, job);
    start(keyring, job);
    return G_SOURCE_REMOVE;
}

void wh_keyring_jobs_pump(WhKeyring *keyring)
{
    if (keyring->freed || keyring->pump != NULL || g_queue_is_empty(&keyring->jobs))
        return;
    keyring->pump = g_idle_source_new();
    g_source_set_priority(keyring->pump, G_PRIORITY_DEFAULT);
    g_source_set_callback(keyring->pump, on_pump, keyring, NULL);
    g_source_attach(keyring->pump, g_main_context_get_thread_default());
}

static void add(WhKeyring *keyring, WhKeyringJob *job)
{
    if (!wh_keyring_is_key(job->key))
        job->refused = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                                           "The name of a secret has 1 to 100 characters of a-z, "
                                           "0-9, dot, underscore and hyphen");
    else if (job->length > WH_KEYRING_MAX_SECRET)
        job->refused = g_error_new(G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                                   "A secret may have %d bytes at most", WH_KEYRING_MAX_SECRET);
    apply_now(keyring, job);
    g_queue_push_tail(&keyring->jobs, job);
    wh_keyring_jobs_pump(keyring);
}

void wh_keyring_put(WhKeyring *keyring, const char *key, const char *label, const char *bytes,
                    gsize length, WhKeyringDone done, gpointer data)
{
    WhKeyringJob *job = g_new0(WhKeyringJob, 1);

    job->key = g_strdup(key);
    job->label = g_strdup(label);
    job->bytes = g_malloc(length + 1);
    memcpy(job->bytes, bytes, length);
    job->bytes[length] = '\0';
    job->length = length;
    job->done = done;
    job->data = data;
    add(keyring, job);
}

void wh_keyring_remove(WhKeyring *keyring, const char *key, WhKeyringDone done, gpointer data)
{
    WhKeyringJob *job = g_new0(WhKeyringJob, 1);

    job->key = g_strdup(key);
    job->done = done;
    job->data = data;
    add(keyring, job);
}
