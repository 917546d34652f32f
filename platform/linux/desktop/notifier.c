#include "platform/notifier.h"

#include "platform/linux/desktop/notifier_letter.h"
#include "platform/linux/desktop/notifier_server.h"

#include <string.h>

#define WAITING_MOST 16
#define WAITING_MICROSECONDS (10 * 60 * G_TIME_SPAN_SECOND)

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
    GQueue waiting; /* of WhNotifierLetter, oldest first */
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

    g_queue_clear_full(&worker->waiting, (GDestroyNotify)wh_notifier_letter_free);
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

/* The one with this key, in the queue no more, or NULL. */
static WhNotifierLetter *waiting_take(Worker *worker, const char *key)
{
    for (GList *link = worker->waiting.head; link != NULL; link = link->next) {
        WhNotifierLetter *letter = link->data;

        if (strcmp(letter->key, key) != 0)
            continue;
        g_queue_delete_link(&worker->waiting, link);
        return letter;
    }
    return NULL;
}

static gboolean is_spared(const WhNotifierLetter *letter)
{
    return letter->withdraws || letter->urgency == WH_NOTIFIER_CRITICAL;
}

/* The oldest of what a person can do without; of all, where there is none. */
static void waiting_drop_one(Worker *worker)
{
    GList *link = worker->waiting.head;

    while (link != NULL && is_spared(link->data))
        link = link->next;
    link = link != NULL ? link : worker->waiting.head;
    wh_notifier_letter_free(link->data);
    g_queue_delete_link(&worker->waiting, link);
}

static void ask(gpointer data)
{
    Worker *worker = data;

    if (!g_queue_is_empty(&worker->waiting))
        wh_notifier_server_ask(worker->server);
}

/* FALSE: the server ended meanwhile. A withdrawal never gets too old: what is not there any more
 * needs none. */
static gboolean hand_over(Worker *worker, const WhNotifierLetter *letter)
{
    if (letter->withdraws)
        wh_notifier_server_withdraw(worker->server, letter->key);
    else if (g_get_monotonic_time() - letter->written <= WAITING_MICROSECONDS)
        return wh_notifier_server_show(worker->server, letter);
    return TRUE;
}

/* One for each answer, so that what comes meanwhile from the server or from the program is heard
 * before the next. */
static void deliver(gpointer data)
{
    Worker *worker = data;
    g_autoptr(WhNotifierLetter) letter = g_queue_pop_head(&worker->waiting);

    if (letter == NULL || g_atomic_int_get(&worker->ended))
        return;
    if (!hand_over(worker, letter) && !letter->tried) {
        letter->tried = TRUE;
        g_queue_push_head(&worker->waiting, g_steal_pointer(&letter));
    }
    ask(worker);
}

/* The one of two letters with the same key that counts. What only replaces takes the place of a
 * letter that is not handed over, and changes nothing about a withdrawal. */
static WhNotifierLetter *later_of(WhNotifierLetter *earlier, WhNotifierLetter *letter)
{
    gboolean keeps = earlier != NULL && letter->only_replaces && earlier->withdraws;

    if (earlier != NULL && letter->only_replaces)
        letter->only_replaces = earlier->only_replaces;
    wh_notifier_letter_free(keeps ? letter : earlier);
    return keeps ? earlier : letter;
}

/* Whether there will be anything to do once the server answers. */
static gboolean is_wanted(Worker *worker, const WhNotifierLetter *letter)
{
    return (!letter->withdraws && !letter->only_replaces) ||
           wh_notifier_server_shows(worker->server, letter->key);
}

static gboolean do_job(gpointer data)
{
    Job *job = data;
    Worker *worker = job->worker;
    g_autoptr(WhNotifierLetter) letter = NULL;

    if (g_atomic_int_get(&worker->ended))
        return G_SOURCE_REMOVE;
    letter = later_of(waiting_take(worker, job->key), g_steal_pointer(&job->letter));
    if (!is_wanted(worker, letter))
        return G_SOURCE_REMOVE;
    if (worker->waiting.length == WAITING_MOST)
        waiting_drop_one(worker);
    g_queue_push_tail(&worker->waiting, g_steal_pointer(&letter));
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
