#include "platform/sealer.h"

#include "platform/fake/bell.h"
#include "platform/fake/sealer_fake.h"
#include "platform/fake/state.h"

#include <string.h>

/* Sealed with key 1: "sealed 1 " and base64. */
#define HEAD "sealed %u "

typedef struct {
    gboolean unseals;
    char *bytes;
    gsize length;
    WhSealerDone done;
    gpointer data;
} Job;

struct WhSealer {
    GQueue jobs;
    GSource *bell;
};

static void job_free(gpointer data)
{
    Job *job = data;

    memset(job->bytes, 0, job->length);
    g_free(job->bytes);
    g_free(job);
}

static char *seal(const char *bytes, gsize length)
{
    g_autofree char *text = g_base64_encode((const guchar *)bytes, length);

    return g_strdup_printf(HEAD "%s\n", wh_fake_state()->sealer_key, text);
}

/* NULL: it was not sealed with this key. */
static char *unseal(const char *bytes, gsize *length)
{
    g_autofree char *head = g_strdup_printf(HEAD, wh_fake_state()->sealer_key);
    char *opened;
    gboolean whole = g_str_has_prefix(bytes, head) && g_str_has_suffix(bytes, "\n");

    if (!whole || wh_fake_state()->sealer_mode == WH_FAKE_SEALER_FORGETS)
        return NULL;
    opened = (char *)g_base64_decode(bytes + strlen(head), length);
    if (wh_fake_state()->sealer_mode == WH_FAKE_SEALER_BABBLES)
        memset(opened, 'x', *length);
    return opened;
}

static GError *trouble(const Job *job)
{
    switch ((WhFakeSealerMode)wh_fake_state()->sealer_mode) {
    case WH_FAKE_SEALER_ABSENT:
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nothing seals here");
    case WH_FAKE_SEALER_FAILS:
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, "the sealer is broken");
    case WH_FAKE_SEALER_CANNOT_SEAL:
        return job->unseals
                   ? NULL
                   : g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, "the sealer is broken");
    default:
        return NULL;
    }
}

static void answer(const Job *job)
{
    g_autoptr(GError) error = trouble(job);
    gsize length = 0;
    char *bytes = NULL;

    if (error == NULL && job->unseals) {
        bytes = unseal(job->bytes, &length);
        if (bytes == NULL)
            error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "it does not open");
    } else if (error == NULL) {
        bytes = seal(job->bytes, job->length);
        length = strlen(bytes);
    }
    job->done(bytes, length, error, job->data);
    g_free(bytes);
}

/* One a turn; a callback may free the sealer. */
static void on_bell(gpointer data)
{
    WhSealer *sealer = data;
    Job *job;

    if (wh_fake_state()->sealer_slow || sealer->jobs.length == 0)
        return;
    job = g_queue_pop_head(&sealer->jobs);
    wh_fake_bell_ring(sealer->bell);
    answer(job);
    job_free(job);
}

WhSealer *wh_sealer_new(const char *folder)
{
    WhSealer *sealer = g_new0(WhSealer, 1);

    sealer->bell = wh_fake_bell_new(on_bell, sealer);
    g_ptr_array_add(wh_fake_state()->sealers, sealer);
    return sealer;
}

void wh_sealer_free(WhSealer *sealer)
{
    if (sealer == NULL)
        return;
    g_ptr_array_remove(wh_fake_state()->sealers, sealer);
    wh_fake_bell_free(sealer->bell);
    g_queue_clear_full(&sealer->jobs, job_free);
    g_free(sealer);
}

gboolean wh_sealer_is_present(WhSealer *sealer)
{
    return wh_fake_state()->sealer_mode != WH_FAKE_SEALER_ABSENT;
}

static void add(WhSealer *sealer, gboolean unseals, const char *bytes, gsize length,
                WhSealerDone done, gpointer data)
{
    Job *job = g_new0(Job, 1);

    *job = (Job){unseals, g_malloc0(length + 1), length, done, data};
    if (length > 0)
        memcpy(job->bytes, bytes, length);
    g_queue_push_tail(&sealer->jobs, job);
    wh_fake_state()->sealer_asked++;
    wh_fake_bell_ring(sealer->bell);
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

static void ring_all(void)
{
    GPtrArray *sealers = wh_fake_state()->sealers;

    for (guint i = 0; i < sealers->len; i++)
        wh_fake_bell_ring(((WhSealer *)g_ptr_array_index(sealers, i))->bell);
}

void wh_fake_sealer_set_mode(WhFakeSealerMode mode)
{
    wh_fake_state()->sealer_mode = (int)mode;
}

void wh_fake_sealer_set_key(guint key)
{
    wh_fake_state()->sealer_key = key;
}

void wh_fake_sealer_set_slow(gboolean slow)
{
    wh_fake_state()->sealer_slow = slow;
    ring_all();
}

char *wh_fake_sealer_seal(const char *text)
{
    return seal(text, strlen(text));
}

guint wh_fake_sealer_waiting(void)
{
    GPtrArray *sealers = wh_fake_state()->sealers;
    guint waiting = 0;

    for (guint i = 0; i < sealers->len; i++)
        waiting += ((WhSealer *)g_ptr_array_index(sealers, i))->jobs.length;
    return waiting;
}

guint wh_fake_sealer_asked(void)
{
    return wh_fake_state()->sealer_asked;
}
