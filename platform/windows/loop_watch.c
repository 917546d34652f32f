#include "platform/windows/loop_watch.h"

#include <windows.h>

/* The source comes first: its memory lives until the last dispatch is over. question: set while the
 * loop has one to answer. ended: set when the thread is to end. */
struct WhLoopWatch {
    GSource source;
    GPollFD poll;
    guint period_ms;
    WhLoopWatchFunc stuck;
    gpointer data;
    gint unanswered;
    HANDLE question;
    HANDLE ended;
    GThread *thread;
};

static void tick(WhLoopWatch *watch)
{
    if (IsDebuggerPresent())
        return;
    if (g_atomic_int_add(&watch->unanswered, 1) == WH_LOOP_WATCH_PATIENCE)
        watch->stuck(watch->data);
    else
        SetEvent(watch->question);
}

static gpointer run(gpointer data)
{
    WhLoopWatch *watch = data;

    while (WaitForSingleObject(watch->ended, watch->period_ms) == WAIT_TIMEOUT)
        tick(watch);
    return NULL;
}

static gboolean watch_check(GSource *source)
{
    return (((WhLoopWatch *)source)->poll.revents & G_IO_IN) != 0;
}

static gboolean watch_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    WhLoopWatch *watch = (WhLoopWatch *)source;

    ResetEvent(watch->question);
    g_atomic_int_set(&watch->unanswered, 0);
    return G_SOURCE_CONTINUE;
}

static void watch_finalize(GSource *source)
{
    WhLoopWatch *watch = (WhLoopWatch *)source;

    if (watch->question != NULL)
        CloseHandle(watch->question);
    if (watch->ended != NULL)
        CloseHandle(watch->ended);
}

static gboolean begin(WhLoopWatch *watch)
{
    watch->question = CreateEventW(NULL, TRUE, FALSE, NULL);
    watch->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (watch->question == NULL || watch->ended == NULL)
        return FALSE;
    watch->thread = g_thread_try_new("loop-watch", run, watch, NULL);
    return watch->thread != NULL;
}

WhLoopWatch *wh_loop_watch_new(guint period_ms, WhLoopWatchFunc stuck, gpointer data)
{
    static GSourceFuncs funcs = {
        .check = watch_check, .dispatch = watch_dispatch, .finalize = watch_finalize};
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    WhLoopWatch *watch = (WhLoopWatch *)g_source_new(&funcs, sizeof *watch);

    watch->period_ms = period_ms;
    watch->stuck = stuck;
    watch->data = data;
    if (!begin(watch)) {
        g_source_unref(&watch->source);
        return NULL;
    }
    watch->poll = (GPollFD){.fd = (gintptr)watch->question, .events = G_IO_IN};
    g_source_add_poll(&watch->source, &watch->poll);
    g_source_set_static_name(&watch->source, "wh-loop-watch");
    g_source_attach(&watch->source, context);
    return watch;
}

void wh_loop_watch_free(WhLoopWatch *watch)
{
    if (watch == NULL)
        return;
    SetEvent(watch->ended);
    g_thread_join(watch->thread);
    g_source_destroy(&watch->source);
    g_source_unref(&watch->source);
}
