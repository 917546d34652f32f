#include "platform/windows/pipe_task.h"

typedef struct {
    GTask *task;
    gulong cancelled;
    WhPipeOperation *operation;
    void (*done)(GTask *task, guint32 error, const guint8 *bytes, gsize length);
} Waiting;

static void was_cancelled(GCancellable *cancellable, gpointer data)
{
    Waiting *waiting = data;
    wh_pipe_operation_cancel(waiting->operation);
}

static void over(guint32 error, const guint8 *bytes, gsize length, gpointer data)
{
    g_autofree Waiting *waiting = data;
    g_autoptr(GTask) task = waiting->task;
    /* Waits for was_cancelled(), which may be on its way in another thread. */
    g_cancellable_disconnect(g_task_get_cancellable(task), waiting->cancelled);
    waiting->done(task, error, bytes, length);
}

void wh_pipe_task_start(WhPipe *pipe, WhPipeKind kind, gconstpointer bytes, gsize size, GTask *task,
                        void (*done)(GTask *task, guint32 error, const guint8 *bytes, gsize length))
{
    Waiting *waiting = g_new0(Waiting, 1);
    GCancellable *cancellable = g_task_get_cancellable(task);

    waiting->task = task;
    waiting->done = done;
    waiting->operation = wh_pipe_start(pipe, kind, bytes, size, over, waiting);
    if (cancellable != NULL)
        waiting->cancelled =
            g_cancellable_connect(cancellable, G_CALLBACK(was_cancelled), waiting, NULL);
}
