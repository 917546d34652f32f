#include "platform/keyring.h"

#include "platform/common/keyring_entries.h"
#include "platform/windows/keyring_manager.h"
#include "platform/windows/text.h"

#include <string.h>

/* The system does not tell when somebody else changes something: it is looked at anew when it is
 * asked for, but not more often than this. */
#define LOOK_EVERY_MS 1000

/* When the system could not say how things are. */
#define LOOK_AFTER_TROUBLE_MS 10000

typedef enum {
    JOB_LOOK,
    JOB_PUT,
    JOB_REMOVE,
    JOB_UNLOCK, /* nothing is ever locked: it is a look with an answer */
} JobKind;

/* keyring NULL: it was freed, and nobody waits. The worker touches neither it nor `done`. code and
 * entries: what came of it. */
typedef struct {
    WhKeyring *keyring;
    JobKind kind;
    char *scope;
    char *key;
    char *label;
    char *bytes;
    gsize length;
    guint32 code;
    GHashTable *entries;
    GError *refused; /* before anything was tried */
    WhKeyringDone done;
    gpointer data;
} Job;

/* job: under way. looked: monotonic, when a look ended last. later: the next one. */
struct WhKeyring {
    char *scope;
    WhKeyringFunc changed;
    gpointer data;
    WhKeyringState state;
    GHashTable *entries;
    GQueue jobs;
    Job *job;
    gboolean look_is_due;
    gint64 looked;
    GSource *later;
    GSource *pump;
};

static void job_free(gpointer data)
{
    Job *job = data;

    if (job->bytes != NULL)
        SecureZeroMemory(job->bytes, job->length);
    g_clear_pointer(&job->entries, g_hash_table_unref);
    g_clear_error(&job->refused);
    g_free(job->bytes);
    g_free(job->label);
    g_free(job->key);
    g_free(job->scope);
    g_free(job);
}

static void work(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    Job *job = data;

    if (job->refused == NULL && job->kind == JOB_PUT)
        job->code =
            wh_keyring_manager_write(job->scope, job->key, job->label, job->bytes, job->length);
    else if (job->refused == NULL && job->kind == JOB_REMOVE)
        job->code = wh_keyring_manager_remove(job->scope, job->key);
    else if (job->refused == NULL)
        job->code = wh_keyring_manager_read(job->scope, &job->entries);
    g_task_return_boolean(task, TRUE);
}

static gboolean means_absent(guint32 code)
{
    return code == ERROR_NO_SUCH_LOGON_SESSION || code == ERROR_NOT_SUPPORTED ||
           code == ERROR_CALL_NOT_IMPLEMENTED;
}

static GError *error_of(const Job *job)
{
    if (job->refused != NULL)
        return g_error_copy(job->refused);
    if (job->code == ERROR_SUCCESS)
        return NULL;
    if (means_absent(job->code))
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                   "Nobody is signed in here, so there is no Credential Manager");
    g_autofree char *reason = wh_windows_error_text(job->code);
    return g_error_new(G_IO_ERROR, G_IO_ERROR_FAILED, "The Credential Manager refuses: %s", reason);
}

static void apply(const Job *job, GHashTable *entries)
{
    if (job->refused != NULL)
        return;
    if (job->kind == JOB_PUT)
        wh_keyring_entries_put(entries, job->key, job->bytes, job->length);
    else if (job->kind == JOB_REMOVE)
        g_hash_table_remove(entries, job->key);
}

/* Takes over how things are (takes the entries; NULL: none); TRUE: they are another way. What waits
 * to be written is on top. */
static gboolean settle(WhKeyring *keyring, WhKeyringState state, GHashTable *entries)
{
    GHashTable *now = entries != NULL ? entries : wh_keyring_entries_new();

    for (GList *each = keyring->jobs.head; state == WH_KEYRING_OPEN && each != NULL;
         each = each->next)
        apply(each->data, now);
    gboolean differs = keyring->state != state || !wh_keyring_entries_equal(keyring->entries, now);
    g_hash_table_unref(keyring->entries);
    keyring->entries = now;
    keyring->state = state;
    return differs;
}

static void pump_soon(WhKeyring *keyring);

static void end(GSource **source)
{
    if (*source != NULL)
        g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}

static GSource *begin(guint milliseconds, GSourceFunc func, WhKeyring *keyring)
{
    GSource *source = g_timeout_source_new(milliseconds);

    g_source_set_callback(source, func, keyring, NULL);
    g_source_attach(source, g_main_context_get_thread_default());
    return source;
}

static gboolean on_later(gpointer data)
{
    WhKeyring *keyring = data;

    end(&keyring->later);
    keyring->look_is_due = TRUE;
    pump_soon(keyring);
    return G_SOURCE_REMOVE;
}

/* The system's own trouble does not take away what is known. */
static gboolean take_look(WhKeyring *keyring, Job *job)
{
    keyring->looked = g_get_monotonic_time();
    if (job->code == ERROR_SUCCESS)
        return settle(keyring, WH_KEYRING_OPEN, g_steal_pointer(&job->entries));
    if (means_absent(job->code))
        return settle(keyring, WH_KEYRING_ABSENT, NULL);
    if (keyring->later == NULL)
        keyring->later = begin(LOOK_AFTER_TROUBLE_MS, on_later, keyring);
    return keyring->state == WH_KEYRING_LOOKING && settle(keyring, WH_KEYRING_ABSENT, NULL);
}

/* The callbacks may free the keyring: `job->keyring` tells. */
static void on_worked(GObject *source, GAsyncResult *result, gpointer data)
{
    Job *job = data;
    WhKeyring *keyring = job->keyring;
    g_autoptr(GError) error = NULL;

    if (keyring == NULL)
        return;
    g_queue_pop_head(&keyring->jobs);
    gboolean looks = job->kind == JOB_LOOK || job->kind == JOB_UNLOCK;
    gboolean differs = looks && take_look(keyring, job);
    error = error_of(job);
    /* What could not be written is not there: it is seen how things are. */
    keyring->look_is_due |= error != NULL && !looks;
    if (differs)
        keyring->changed(keyring->data);
    if (job->keyring != NULL && job->done != NULL)
        job->done(error, job->data);
    if (job->keyring == NULL)
        return;
    keyring->job = NULL;
    pump_soon(keyring);
}

static void job_start(WhKeyring *keyring, Job *job)
{
    g_autoptr(GTask) task = g_task_new(NULL, NULL, on_worked, job);

    keyring->job = job;
    g_task_set_task_data(task, job, job_free);
    g_task_run_in_thread(task, work);
}

static Job *job_new(WhKeyring *keyring, JobKind kind, const char *key, WhKeyringDone done,
                    gpointer data)
{
    Job *job = g_new0(Job, 1);

    job->keyring = keyring;
    job->kind = kind;
    job->scope = g_strdup(keyring->scope);
    job->key = g_strdup(key);
    job->done = done;
    job->data = data;
    return job;
}

/* One thing after the other, in the order in which it was asked for, and looks last: what they see
 * is newer than all that was written. */
static gboolean on_pump(gpointer data)
{
    WhKeyring *keyring = data;

    end(&keyring->pump);
    if (keyring->job != NULL)
        return G_SOURCE_REMOVE;
    if (keyring->jobs.length == 0 && keyring->look_is_due) {
        keyring->look_is_due = FALSE;
        g_queue_push_tail(&keyring->jobs, job_new(keyring, JOB_LOOK, NULL, NULL, NULL));
    }
    if (keyring->jobs.length > 0)
        job_start(keyring, g_queue_peek_head(&keyring->jobs));
    return G_SOURCE_REMOVE;
}

static void pump_soon(WhKeyring *keyring)
{
    if (keyring->pump == NULL && keyring->job == NULL)
        keyring->pump = begin(0, on_pump, keyring);
}

/* Somebody is interested in how things are. */
static void look_if_old(WhKeyring *keyring)
{
    gint64 age = (g_get_monotonic_time() - keyring->looked) / 1000;

    if (keyring->later != NULL || keyring->state == WH_KEYRING_LOOKING)
        return;
    keyring->later =
        begin(age >= LOOK_EVERY_MS ? 0 : (guint)(LOOK_EVERY_MS - age), on_later, keyring);
}

WhKeyring *wh_keyring_new(const char *scope, WhKeyringFunc changed, gpointer data)
{
    WhKeyring *keyring = g_new0(WhKeyring, 1);

    keyring->scope = g_strdup(scope);
    keyring->changed = changed;
    keyring->data = data;
    keyring->state = WH_KEYRING_LOOKING;
    keyring->entries = wh_keyring_entries_new();
    g_queue_init(&keyring->jobs);
    g_queue_push_tail(&keyring->jobs, job_new(keyring, JOB_LOOK, NULL, NULL, NULL));
    pump_soon(keyring);
    return keyring;
}

void wh_keyring_free(WhKeyring *keyring)
{
    if (keyring == NULL)
        return;
    end(&keyring->pump);
    end(&keyring->later);
    /* The one under way is its task's, also while its callbacks run. */
    if (keyring->job != NULL) {
        keyring->job->keyring = NULL;
        g_queue_remove(&keyring->jobs, keyring->job);
    }
    g_queue_clear_full(&keyring->jobs, job_free);
    g_hash_table_unref(keyring->entries);
    g_free(keyring->scope);
    g_free(keyring);
}

WhKeyringState wh_keyring_state(WhKeyring *keyring)
{
    return keyring->state;
}

const char *wh_keyring_lookup(WhKeyring *keyring, const char *key, gsize *length)
{
    look_if_old(keyring);
    if (keyring->state != WH_KEYRING_OPEN)
        return NULL;
    return wh_keyring_entries_lookup(keyring->entries, key, length);
}

gboolean wh_keyring_is_locked(WhKeyring *keyring, const char *key)
{
    return FALSE;
}

char **wh_keyring_keys(WhKeyring *keyring)
{
    g_autoptr(GStrvBuilder) keys = g_strv_builder_new();
    GHashTableIter iter;
    gpointer key;

    look_if_old(keyring);
    g_hash_table_iter_init(&iter, keyring->entries);
    while (keyring->state == WH_KEYRING_OPEN && g_hash_table_iter_next(&iter, &key, NULL))
        g_strv_builder_add(keys, key);
    return g_strv_builder_end(keys);
}

static void add(WhKeyring *keyring, Job *job)
{
    if (job->key != NULL && !wh_keyring_is_key(job->key))
        job->refused = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                                           "This is no name of a secret");
    else if (job->length > WH_KEYRING_MAX_SECRET)
        job->refused = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                                           "This is too long for a secret");
    if (keyring->state == WH_KEYRING_OPEN)
        apply(job, keyring->entries);
    g_queue_push_tail(&keyring->jobs, job);
    pump_soon(keyring);
}

void wh_keyring_put(WhKeyring *keyring, const char *key, const char *label, const char *bytes,
                    gsize length, WhKeyringDone done, gpointer data)
{
    Job *job = job_new(keyring, JOB_PUT, key, done, data);

    job->label = g_strdup(label);
    job->bytes = g_malloc0(length + 1);
    if (length > 0)
        memcpy(job->bytes, bytes, length);
    job->length = length;
    add(keyring, job);
}

void wh_keyring_remove(WhKeyring *keyring, const char *key, WhKeyringDone done, gpointer data)
{
    add(keyring, job_new(keyring, JOB_REMOVE, key, done, data));
}

void wh_keyring_unlock(WhKeyring *keyring, WhKeyringDone done, gpointer data)
{
    add(keyring, job_new(keyring, JOB_UNLOCK, NULL, done, data));
}
