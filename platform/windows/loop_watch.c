#include "platform/windows/loop_watch.h"

#include <windows.h>

struct WhLoopWatch {
    WhLoopWatchFunc ask;
    WhLoopWatchFunc stuck;
    gpointer data;
    gint unanswered;
    PTP_TIMER timer;
};

static void CALLBACK tick(PTP_CALLBACK_INSTANCE instance, void *context, PTP_TIMER timer)
{
    WhLoopWatch *watch = context;

    if (IsDebuggerPresent())
        return;
    if (g_atomic_int_add(&watch->unanswered, 1) == WH_LOOP_WATCH_PATIENCE)
        watch->stuck(watch->data);
    else
        watch->ask(watch->data);
}

/* From now on, in units of 100 ns; the system may join it with other timers that are due in the
 * next fifth of a period. */
static void start(WhLoopWatch *watch, guint period_ms)
{
    ULARGE_INTEGER due = {.QuadPart = (ULONGLONG)(-(gint64)period_ms * 10000)};
    FILETIME time = {due.LowPart, due.HighPart};

    SetThreadpoolTimer(watch->timer, &time, period_ms, period_ms / 5);
}

WhLoopWatch *wh_loop_watch_new(guint period_ms, WhLoopWatchFunc ask, WhLoopWatchFunc stuck,
                               gpointer data)
{
    g_autoptr(WhLoopWatch) watch = g_new0(WhLoopWatch, 1);

    watch->ask = ask;
    watch->stuck = stuck;
    watch->data = data;
    watch->timer = CreateThreadpoolTimer(tick, watch, NULL);
    if (watch->timer == NULL)
        return NULL;
    start(watch, period_ms);
    return g_steal_pointer(&watch);
}

void wh_loop_watch_free(WhLoopWatch *watch)
{
    if (watch == NULL)
        return;
    if (watch->timer != NULL) {
        SetThreadpoolTimer(watch->timer, NULL, 0, 0);
        WaitForThreadpoolTimerCallbacks(watch->timer, TRUE);
        CloseThreadpoolTimer(watch->timer);
    }
    g_free(watch);
}

void wh_loop_watch_answer(WhLoopWatch *watch)
{
    if (watch != NULL)
        g_atomic_int_set(&watch->unanswered, 0);
}
