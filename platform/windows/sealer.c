#include "platform/sealer.h"

#include "platform/windows/protection.h"

#include <string.h>

#define MOST_IN (64 * 1024)
#define MOST_OUT (128 * 1024)

/* So many threads are occupied at a time at most. */
#define AT_ONCE 4

/* One call. sealer NULL: it was freed, and nobody waits for the answer. bytes: what came in, which
 * is wiped; result: what comes of it. The worker touches the bytes only. */
typedef struct {
    WhSealer *sealer;
    gboolean unseals;
    char *bytes;
    gsize length;
    char *result;
    gsize result_length;
    WhSealerDone done;
    gpointer data;
} Job;

/* working: Job, of the threads; waiting: Job, in their order. */
struct WhSealer {
    GPtrArray *working;
    GQueue waiting;
};

static void job_free(gpointer data)
{
    Job *job = data;

    wh_protection_wipe(job->bytes, job->length);
    wh_protection_wipe(job->result, job->result_length);
    g_free(job);
}

WhSealer *wh_sealer_new(const char *folder)
{
    WhSealer *sealer = g_new0(WhSealer, 1);

    sealer->working = g_ptr_array_new();
    g_queue_init(&sealer->waiting);
    return sealer;
}

/* The threads end by themselves, with the memory that is theirs. */
void wh_sealer_free(WhSealer *sealer)
{
    if (sealer == NULL)
        return;
    for (guint i = 0; i < sealer->working->len; i++)
        ((Job *)g_ptr_array_index(sealer->working, i))->sealer = NULL;
    g_ptr_array_unref(sealer->working);
    g_queue_clear_full(&sealer->waiting, job_free);
    g_free(sealer);
}

gboolean wh_sealer_is_present(WhSealer *sealer)
{
    return TRUE;
}

static void work(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    Job *job = data;
    GError *error = NULL;

    job->result =
        job->unseals
            ? wh_protection_unseal(job->bytes, job->length, MOST_OUT, &job->result_length, &error)
            : wh_protection_seal(job->bytes, job->length, MOST_OUT, &job->result_length, &error);
    if (error != NULL)
        g_task_return_error(task, error);
    else
        g_task_return_boolean(task, TRUE);
}

static void start_more(WhSealer *sealer);

/* `done` may free the sealer, so that it comes last; the job is the task's. */
static void on_worked(GObject *source, GAsyncResult *result, gpointer data)
{
    Job *job = data;
    WhSealer *sealer = job->sealer;
    g_autoptr(GError) error = NULL;

    g_task_propagate_boolean(G_TASK(result), &error);
    if (sealer == NULL)
        return;
    g_ptr_array_remove_fast(sealer->working, job);
    start_more(sealer);
    job->done(job->result, error == NULL ? job->result_length : 0, error, job->data);
}

static void start_more(WhSealer *sealer)
{
    while (sealer->working->len < AT_ONCE && sealer->waiting.length > 0) {
        Job *job = g_queue_pop_head(&sealer->waiting);
        g_autoptr(GTask) task = g_task_new(NULL, NULL, on_worked, job);

        g_task_set_task_data(task, job, job_free);
        g_ptr_array_add(sealer->working, job);
        g_task_run_in_thread(task, work);
    }
}

static void add(WhSealer *sealer, gboolean unseals, const char *bytes, gsize length,
                WhSealerDone done, gpointer data)
{
    Job *job = g_new0(Job, 1);

    g_assert(length <= (unseals ? MOST_OUT : MOST_IN));
    *job = (Job){.sealer = sealer, .unseals = unseals, .done = done, .data = data};
    job->bytes = g_malloc0(length + 1);
    if (length > 0)
        memcpy(job->bytes, bytes, length);
    job->length = length;
    g_queue_push_tail(&sealer->waiting, job);
    start_more(sealer);
}

void wh_sealer_seal(WhSealer *sealer, const char *bytes, gsize length, WhSealerDone done,
                    gpointer data)
{
    add(sealer, FALSE, bytes, length, done, data);
}

void wh_sealer_unseal(WhSealer *sealer, const char *bytes, gsize length, WhSealerDone done,
                      gpointer data)
{
    add(sealer, TRUE, bytes, length, done, data);
}
