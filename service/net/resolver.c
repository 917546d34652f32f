#include "service/net/resolver.h"

#include "service/net/system_lookup.h"

#include <gio/gio.h>

#include <string.h>

#define MAX_RUNNING 8

/* A domain name in text, with its final dot. */
#define MAX_NAME 254

/* What a thread works on. It belongs to the thread and to the main loop together; the thread writes
 * the result, the main loop reads it afterwards. resolver is NULL once that is gone, and only
 * looked at in the main loop. */
typedef struct {
    gatomicrefcount refs;
    WhResolver *resolver;
    WhResolverFunc func;
    char *name;
    GArray *addresses;
    GError *error;
} Job;

/* job is NULL for what needs no thread; then failure or addresses is the answer. */
typedef struct {
    WhResolver *resolver;
    guint64 handle;
    Job *job;
    GArray *addresses;
    GError *failure;
    guint timer;
    WhResolverDone done;
    gpointer data;
} Lookup;

/* delivering: the job whose look-ups are being answered, which is in no table any more.
 * jobs: those that run or wait, by name. An abandoned job that still blocks its thread stays there,
 * so that its name gets no second thread. */
struct WhResolver {
    WhClock *clock;
    WhResolverFunc func;
    guint64 last_handle;
    guint running;
    Job *delivering;
    GHashTable *lookups;
    GHashTable *jobs;
    GQueue waiting;
};

static void start_waiting(WhResolver *resolver);

static Job *job_ref(Job *job)
{
    g_atomic_ref_count_inc(&job->refs);
    return job;
}

static void job_unref(gpointer data)
{
    Job *job = data;
    if (!g_atomic_ref_count_dec(&job->refs))
        return;
    g_free(job->name);
    g_clear_pointer(&job->addresses, g_array_unref);
    g_clear_error(&job->error);
    g_free(job);
}

static void finish(Lookup *lookup, const GArray *addresses, const GError *error)
{
    g_hash_table_remove(lookup->resolver->lookups, &lookup->handle);
    wh_clock_remove_timer(lookup->resolver->clock, &lookup->timer);
    lookup->done(addresses, error, lookup->data);
    g_clear_pointer(&lookup->job, job_unref);
    g_clear_pointer(&lookup->addresses, g_array_unref);
    g_clear_error(&lookup->failure);
    g_free(lookup);
}

static Lookup *any_lookup_of(WhResolver *resolver, const Job *job)
{
    GHashTableIter iter;
    gpointer lookup;
    g_hash_table_iter_init(&iter, resolver->lookups);
    while (g_hash_table_iter_next(&iter, NULL, &lookup))
        if (((Lookup *)lookup)->job == job)
            return lookup;
    return NULL;
}

static gboolean on_job_done(gpointer data)
{
    Job *job = data;
    WhResolver *resolver = job->resolver;
    if (resolver == NULL)
        return G_SOURCE_REMOVE;
    resolver->delivering = job;
    g_hash_table_remove(resolver->jobs, job->name);
    resolver->running--;
    start_waiting(resolver);
    Lookup *lookup;
    /* Anew each time: `done` may end other look-ups, or the resolver. */
    while (job->resolver != NULL && (lookup = any_lookup_of(resolver, job)) != NULL)
        finish(lookup, job->addresses, job->error);
    if (job->resolver != NULL)
        resolver->delivering = NULL;
    return G_SOURCE_REMOVE;
}

static gpointer work(gpointer data)
{
    Job *job = data;
    job->addresses = job->func(job->name, &job->error);
    g_idle_add_full(G_PRIORITY_DEFAULT, on_job_done, job, job_unref);
    return NULL;
}

static void start(Job *job)
{
    job->resolver->running++;
    g_autoptr(GError) error = NULL;
    GThread *thread = g_thread_try_new("resolver", work, job_ref(job), &error);
    if (thread != NULL) {
        g_thread_unref(thread);
        return;
    }
    g_set_error(&job->error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE,
                "The name %s could not be looked up: the system is out of threads.", job->name);
    g_idle_add_full(G_PRIORITY_DEFAULT, on_job_done, job, job_unref);
}

static void start_waiting(WhResolver *resolver)
{
    while (resolver->running < MAX_RUNNING && !g_queue_is_empty(&resolver->waiting))
        start(g_queue_pop_head(&resolver->waiting));
}

static Job *job_for(WhResolver *resolver, const char *name)
{
    g_autofree char *key = g_ascii_strdown(name, -1);
    Job *job = g_hash_table_lookup(resolver->jobs, key);
    if (job != NULL)
        return job;
    job = g_new0(Job, 1);
    g_atomic_ref_count_init(&job->refs);
    job->resolver = resolver;
    job->func = resolver->func;
    job->name = g_steal_pointer(&key);
    g_hash_table_insert(resolver->jobs, job->name, job);
    g_queue_push_tail(&resolver->waiting, job);
    return job;
}

static void on_answer_ready(gpointer data)
{
    Lookup *lookup = data;
    lookup->timer = 0;
    finish(lookup, lookup->addresses, lookup->failure);
}

/* A job that nobody waits for any more and that has no thread yet is not worth one. */
static void drop_unwanted(WhResolver *resolver, Job *job)
{
    if (any_lookup_of(resolver, job) == NULL && g_queue_remove(&resolver->waiting, job))
        g_hash_table_remove(resolver->jobs, job->name);
}

static void give_up(Lookup *lookup, GIOErrorEnum code, const char *sentence)
{
    g_autoptr(GError) error = g_error_new_literal(G_IO_ERROR, (gint)code, sentence);
    if (lookup->job != NULL) {
        Job *job = g_steal_pointer(&lookup->job);
        drop_unwanted(lookup->resolver, job);
        job_unref(job);
    }
    finish(lookup, NULL, error);
}

static void on_timeout(gpointer data)
{
    Lookup *lookup = data;
    lookup->timer = 0;
    g_autofree char *sentence = g_strdup_printf(
        "The name %s could not be looked up in time: the DNS server is silent.", lookup->job->name);
    give_up(lookup, G_IO_ERROR_TIMED_OUT, sentence);
}

WhResolver *wh_resolver_new(WhClock *clock)
{
    return wh_resolver_new_with(clock, wh_system_lookup);
}

WhResolver *wh_resolver_new_with(WhClock *clock, WhResolverFunc func)
{
    WhResolver *resolver = g_new0(WhResolver, 1);
    resolver->clock = clock;
    resolver->func = func;
    resolver->lookups = g_hash_table_new(g_int64_hash, g_int64_equal);
    resolver->jobs = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, job_unref);
    g_queue_init(&resolver->waiting);
    return resolver;
}

static Lookup *any_lookup(WhResolver *resolver)
{
    GHashTableIter iter;
    gpointer lookup = NULL;
    g_hash_table_iter_init(&iter, resolver->lookups);
    g_hash_table_iter_next(&iter, NULL, &lookup);
    return lookup;
}

void wh_resolver_free(WhResolver *resolver)
{
    if (resolver == NULL)
        return;
    Lookup *lookup;
    while ((lookup = any_lookup(resolver)) != NULL)
        wh_resolver_cancel(resolver, lookup->handle);
    GHashTableIter iter;
    gpointer job;
    g_hash_table_iter_init(&iter, resolver->jobs);
    while (g_hash_table_iter_next(&iter, NULL, &job))
        ((Job *)job)->resolver = NULL;
    if (resolver->delivering != NULL)
        resolver->delivering->resolver = NULL;
    g_queue_clear(&resolver->waiting);
    g_hash_table_unref(resolver->jobs);
    g_hash_table_unref(resolver->lookups);
    g_free(resolver);
}

/* What can be answered without asking. */
static void answer_itself(Lookup *lookup, const char *name)
{
    WhAddress address;
    if (wh_address_parse(name, &address)) {
        lookup->addresses = g_array_new(FALSE, FALSE, sizeof(WhAddress));
        g_array_append_val(lookup->addresses, address);
    } else {
        g_set_error(&lookup->failure, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                    "\"%s\" is not a host name. Check how it is written.", name);
    }
    lookup->timer = wh_clock_add_timer(lookup->resolver->clock, 0, on_answer_ready, lookup);
}

guint64 wh_resolver_lookup(WhResolver *resolver, const char *name, gint64 timeout,
                           WhResolverDone done, gpointer data)
{
    Lookup *lookup = g_new0(Lookup, 1);
    WhAddress ignored;
    gsize length = strlen(name);
    lookup->resolver = resolver;
    lookup->handle = ++resolver->last_handle;
    lookup->done = done;
    lookup->data = data;
    g_hash_table_insert(resolver->lookups, &lookup->handle, lookup);
    if (length == 0 || length > MAX_NAME || wh_address_parse(name, &ignored)) {
        answer_itself(lookup, name);
        return lookup->handle;
    }
    lookup->job = job_ref(job_for(resolver, name));
    lookup->timer = wh_clock_add_timer(resolver->clock, timeout, on_timeout, lookup);
    start_waiting(resolver);
    return lookup->handle;
}

void wh_resolver_cancel(WhResolver *resolver, guint64 handle)
{
    Lookup *lookup = g_hash_table_lookup(resolver->lookups, &handle);
    if (lookup != NULL)
        give_up(lookup, G_IO_ERROR_CANCELLED, "The look-up was called off.");
}
