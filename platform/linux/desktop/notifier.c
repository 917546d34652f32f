#include "platform/notifier.h"

#include "platform/common/desktop/notifier_queue.h"
#include "platform/linux/desktop/notifier_server.h"

/* What the two threads share, and the worker's own things. home is where the callbacks go; acted
 * and silent are read and written there alone. server and waiting are the worker's. */
typedef struct {
    char *name;
    char *desktop_entry;
    GMainContext *home;
    WhNotifierFunc acted;
    gpointer data;
    gboolean silent;
    GMainContext *context;
    gint ended; /* atomic */
    WhNotifierServer *server;
    WhNotifierQueue *waiting;
} Worker;

struct WhNotifier {
    Worker *worker;
    GThread *thread; /* NULL before the first message */
};

/* One thing to do in the other thread: a letter there, an action here. */
typedef struct {
    Worker *worker;
    WhNotifierLetter *letter;
    char *key;
    char *action;
} Job;

static void worker_clear(gpointer data)
{
    Worker *worker = data;

    wh_notifier_queue_free(worker->waiting);
    g_main_context_unref(worker->context);
    g_main_context_unref(worker->home);
    g_free(worker->name);
    g_free(worker->desktop_entry);
}

static void worker_unref(Worker *worker)
{
    g_atomic_rc_box_release_full(worker, worker_clear);
}

static void job_free(gpointer data)
{
    Job *job = data;

    worker_unref(job->worker);
    wh_notifier_letter_free(job->letter);
    g_free(job->key);
    g_free(job->action);
    g_free(job);
}

static Job *job_new(Worker *worker, const char *key)
{
    Job *job = g_new0(Job, 1);

    job->worker = g_atomic_rc_box_acquire(worker);
    job->key = g_strdup(key);
    return job;
}

static void post(GMainContext *context, int priority, GSourceFunc func, Job *job)
{
    GSource *source = g_idle_source_new();

    g_source_set_priority(source, priority);
    g_source_set_callback(source, func, job, job_free);
    g_source_attach(source, context);
    g_source_unref(source);
}

/* In the thread of the callbacks. */
static gboolean tell(gpointer data)
{
    Job *job = data;

    if (!job->worker->silent)
        job->worker->acted(job->key, job->action, job->worker->data);
    return G_SOURCE_REMOVE;
}

static void acted(const char *key, const char *action, gpointer data)
{
    Worker *worker = data;
    Job *job = job_new(worker, key);

    job->action = g_strdup(action);
    post(worker->home, G_PRIORITY_DEFAULT, tell, job);
}

static void ask(gpointer data)
{
    Worker *worker = data;

    if (!wh_notifier_queue_is_empty(worker->waiting))
        wh_notifier_server_ask(worker->server);
}

/* FALSE: the server ended meanwhile. A withdrawal never gets too old: what is not there any more
 * needs none. */
static gboolean hand_over(Worker *worker, const WhNotifierLetter *letter)
{
    if (letter->withdraws)
        wh_notifier_server_withdraw(worker->server, letter->key);
    else if (!wh_notifier_queue_is_stale(letter))
        return wh_notifier_server_show(worker->server, letter);
    return TRUE;
}

/* One for each answer, so that what comes meanwhile from the server or from the program is heard
 * before the next. */
static void deliver(gpointer data)
{
    Worker *worker = data;
    g_autoptr(WhNotifierLetter) letter = wh_notifier_queue_pop(worker->waiting);

    if (letter == NULL || g_atomic_int_get(&worker->ended))
        return;
    if (!hand_over(worker, letter) && !letter->tried) {
        letter->tried = TRUE;
        wh_notifier_queue_unpop(worker->waiting, g_steal_pointer(&letter));
    }
    ask(worker);
}

static gboolean do_job(gpointer data)
{
    Job *job = data;
    Worker *worker = job->worker;

    if (g_atomic_int_get(&worker->ended))
        return G_SOURCE_REMOVE;
    wh_notifier_queue_push(worker->waiting, g_steal_pointer(&job->letter),
                           wh_notifier_server_shows(worker->server, job->key));
    ask(worker);
    return G_SOURCE_REMOVE;
}

static gpointer work(gpointer data)
{
    static const WhNotifierServerFuncs funcs = {acted, ask, deliver};
    Worker *worker = data;

    g_main_context_push_thread_default(worker->context);
    worker->server = wh_notifier_server_new(worker->name, worker->desktop_entry, &funcs, worker);
    while (!g_atomic_int_get(&worker->ended))
        g_main_context_iteration(worker->context, TRUE);
    wh_notifier_server_free(worker->server);
    while (g_main_context_iteration(worker->context, FALSE))
        continue;
    g_main_context_pop_thread_default(worker->context);
    worker_unref(worker);
    return NULL;
}

WhNotifier *wh_notifier_new(const char *name, const char *desktop_entry, WhNotifierFunc acted_func,
                            gpointer data)
{
    WhNotifier *notifier = g_new0(WhNotifier, 1);

    notifier->worker = g_atomic_rc_box_new0(Worker);
    notifier->worker->name = g_strdup(name);
    notifier->worker->desktop_entry = g_strdup(desktop_entry);
    notifier->worker->home = g_main_context_ref_thread_default();
    notifier->worker->acted = acted_func;
    notifier->worker->data = data;
    notifier->worker->context = g_main_context_new();
    notifier->worker->waiting = wh_notifier_queue_new();
    return notifier;
}

/* The worker may sit in a call that nobody answers: it is not waited for, and ends by itself. */
void wh_notifier_free(WhNotifier *notifier)
{
    if (notifier == NULL)
        return;
    notifier->worker->silent = TRUE;
    g_atomic_int_set(&notifier->worker->ended, TRUE);
    g_main_context_wakeup(notifier->worker->context);
    g_clear_pointer(&notifier->thread, g_thread_unref);
    worker_unref(notifier->worker);
    g_free(notifier);
}

void wh_notifier_show(WhNotifier *notifier, const WhNotifierMessage *message)
{
    Job *job = job_new(notifier->worker, message->key);

    job->letter = wh_notifier_letter_new(message);
    if (notifier->thread == NULL)
        notifier->thread =
            g_thread_new("notifier", work, g_atomic_rc_box_acquire(notifier->worker));
    post(notifier->worker->context, G_PRIORITY_DEFAULT_IDLE, do_job, job);
}

void wh_notifier_withdraw(WhNotifier *notifier, const char *key)
{
    Job *job;

    if (notifier->thread == NULL)
        return;
    job = job_new(notifier->worker, key);
    job->letter = wh_notifier_letter_new_withdrawal(key);
    post(notifier->worker->context, G_PRIORITY_DEFAULT_IDLE, do_job, job);
}
