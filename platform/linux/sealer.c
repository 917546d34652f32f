#include "platform/sealer.h"

#include "platform/linux/sealer_call.h"

#include <string.h>
#include <sys/stat.h>

#define FOLDER "/run/wayhome/seal"
#define SEAL "encrypt"
#define UNSEAL "decrypt"

#define MOST_IN (64 * 1024)

/* What is sealed is text of six bits a letter, with line ends and a head. */
#define MOST_OUT (128 * 1024)

/* So many programs run at a time at most. */
#define AT_ONCE 4

/* The service manager ends such a program after half of it. */
#define PATIENCE_SECONDS 30

/* call NULL: it waits for its turn. */
typedef struct {
    WhSealer *sealer;
    gboolean unseals;
    char *bytes;
    gsize length;
    WhSealerDone done;
    gpointer data;
    WhSealerCall *call;
} Job;

/* working: Job, under way. waiting: Job, in their order. bell: set when there is something to start
 * with the next turn of the loop. */
struct WhSealer {
    char *folder;
    GPtrArray *working;
    GQueue waiting;
    GSource *bell;
};

static void job_free(gpointer data)
{
    Job *job = data;

    if (job->call != NULL)
        wh_sealer_call_free(job->call);
    explicit_bzero(job->bytes, job->length);
    g_free(job->bytes);
    g_free(job);
}

WhSealer *wh_sealer_new(const char *folder)
{
    WhSealer *sealer = g_new0(WhSealer, 1);

    sealer->folder = g_strdup(folder != NULL ? folder : FOLDER);
    sealer->working = g_ptr_array_new_with_free_func(job_free);
    g_queue_init(&sealer->waiting);
    return sealer;
}

static void bell_end(WhSealer *sealer)
{
    if (sealer->bell == NULL)
        return;
    g_source_destroy(sealer->bell);
    g_clear_pointer(&sealer->bell, g_source_unref);
}

void wh_sealer_free(WhSealer *sealer)
{
    if (sealer == NULL)
        return;
    bell_end(sealer);
    g_ptr_array_unref(sealer->working);
    g_queue_clear_full(&sealer->waiting, job_free);
    g_free(sealer->folder);
    g_free(sealer);
}

static gboolean has_socket(WhSealer *sealer, const char *name)
{
    g_autofree char *path = g_build_filename(sealer->folder, name, NULL);
    struct stat there;

    return stat(path, &there) == 0 && S_ISSOCK(there.st_mode);
}

gboolean wh_sealer_is_present(WhSealer *sealer)
{
    return has_socket(sealer, SEAL) && has_socket(sealer, UNSEAL);
}

/* An empty answer is all that the program says of what it will not do. */
static GError *judge(const Job *job, const char *bytes, gsize length, const GError *error)
{
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                   "this system has nothing that seals secrets");
    if (error != NULL)
        return g_error_copy(error);
    if (length == 0 && job->unseals)
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                   "it is damaged, or was sealed with another key");
    if (length == 0)
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED,
                                   "systemd-creds seals nothing; the system's log says why");
    if (!job->unseals && memchr(bytes, '\0', length) != NULL)
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED,
                                   "what was to be sealed came back as something else");
    return NULL;
}

static void start_soon(WhSealer *sealer);

/* `done` may free the sealer, so that it comes last. */
static void on_done(const char *bytes, gsize length, const GError *error, gpointer data)
{
    Job *job = data;
    WhSealer *sealer = job->sealer;
    WhSealerDone done = job->done;
    gpointer done_data = job->data;
    g_autoptr(GError) trouble = judge(job, bytes, length, error);

    job->call = NULL;
    g_ptr_array_remove_fast(sealer->working, job);
    start_soon(sealer);
    done(trouble == NULL ? bytes : NULL, trouble == NULL ? length : 0, trouble, done_data);
}

static void start(WhSealer *sealer, Job *job)
{
    g_autofree char *path = g_build_filename(sealer->folder, job->unseals ? UNSEAL : SEAL, NULL);

    g_ptr_array_add(sealer->working, job);
    job->call =
        wh_sealer_call_new(path, job->bytes, job->length, MOST_OUT, PATIENCE_SECONDS, on_done, job);
}

static gboolean on_bell(gpointer data)
{
    WhSealer *sealer = data;

    bell_end(sealer);
    while (sealer->working->len < AT_ONCE && sealer->waiting.length > 0)
        start(sealer, g_queue_pop_head(&sealer->waiting));
    return G_SOURCE_REMOVE;
}

static void start_soon(WhSealer *sealer)
{
    if (sealer->bell != NULL || sealer->waiting.length == 0 || sealer->working->len >= AT_ONCE)
        return;
    sealer->bell = g_timeout_source_new(0);
    g_source_set_callback(sealer->bell, on_bell, sealer, NULL);
    g_source_attach(sealer->bell, g_main_context_get_thread_default());
}

static void add(WhSealer *sealer, gboolean unseals, const char *bytes, gsize length,
                WhSealerDone done, gpointer data)
{
    Job *job = g_new0(Job, 1);

    g_assert(length <= MOST_IN);
    *job = (Job){.sealer = sealer, .unseals = unseals, .done = done, .data = data};
    job->bytes = g_malloc0(length + 1);
    if (length > 0)
        memcpy(job->bytes, bytes, length);
    job->length = length;
    if (sealer->working->len < AT_ONCE && sealer->waiting.length == 0) {
        start(sealer, job);
        return;
    }
    g_queue_push_tail(&sealer->waiting, job);
    start_soon(sealer);
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
