#include "platform/windows/pipe_output.h"

#include "platform/windows/pipe_task.h"

struct _WhPipeOutput {
    GOutputStream parent_instance;
    WhPipe *pipe;
};

G_DEFINE_FINAL_TYPE(WhPipeOutput, wh_pipe_output, G_TYPE_OUTPUT_STREAM)

static void wh_pipe_output_finalize(GObject *object)
{
    wh_pipe_unref(WH_PIPE_OUTPUT(object)->pipe);
    G_OBJECT_CLASS(wh_pipe_output_parent_class)->finalize(object);
}

static void was_written(GTask *task, guint32 code, const guint8 *bytes, gsize length)
{
    GError *error = NULL;

    if (code == 0) {
        g_task_return_int(task, (gssize)length);
    } else if (!g_task_return_error_if_cancelled(task)) {
        wh_pipe_set_error(&error, code);
        g_task_return_error(task, error);
    }
}

static void output_write_async(GOutputStream *stream, const void *bytes, gsize size, int priority,
                               GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(stream, cancellable, done, data);

    g_task_set_check_cancellable(task, FALSE);
    if (!g_task_return_error_if_cancelled(task))
        wh_pipe_task_start(WH_PIPE_OUTPUT(stream)->pipe, WH_PIPE_WRITE, bytes, size,
                           g_steal_pointer(&task), was_written);
}

static gssize output_write_finish(GOutputStream *stream, GAsyncResult *result, GError **error)
{
    return g_task_propagate_int(G_TASK(result), error);
}

static gssize output_write(GOutputStream *stream, const void *bytes, gsize size,
                           GCancellable *cancellable, GError **error)
{
    gsize length = 0;
    guint32 code = wh_pipe_wait(WH_PIPE_OUTPUT(stream)->pipe, WH_PIPE_WRITE, (gpointer)bytes, size,
                                cancellable, &length);

    if (code == 0)
        return (gssize)length;
    wh_pipe_set_error(error, code);
    return -1;
}

/* The pipe is closed with the whole stream. */
static gboolean output_close(GOutputStream *stream, GCancellable *cancellable, GError **error)
{
    return TRUE;
}

static void wh_pipe_output_class_init(WhPipeOutputClass *class)
{
    GOutputStreamClass *stream = G_OUTPUT_STREAM_CLASS(class);

    G_OBJECT_CLASS(class)->finalize = wh_pipe_output_finalize;
    stream->write_fn = output_write;
    stream->write_async = output_write_async;
    stream->write_finish = output_write_finish;
    stream->close_fn = output_close;
}

static void wh_pipe_output_init(WhPipeOutput *output)
{
}

GOutputStream *wh_pipe_output_new(WhPipe *pipe)
{
    WhPipeOutput *output = g_object_new(WH_TYPE_PIPE_OUTPUT, NULL);

    output->pipe = wh_pipe_ref(pipe);
    return G_OUTPUT_STREAM(output);
}
