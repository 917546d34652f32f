#include "platform/windows/pipe_stream.h"

#include "platform/windows/pipe_input.h"
#include "platform/windows/pipe_output.h"

struct _WhPipeStream {
    GIOStream parent_instance;
    WhPipe *pipe;
    GInputStream *input;
    GOutputStream *output;
};

G_DEFINE_FINAL_TYPE(WhPipeStream, wh_pipe_stream, G_TYPE_IO_STREAM)

static void wh_pipe_stream_finalize(GObject *object)
{
    WhPipeStream *stream = WH_PIPE_STREAM(object);
    g_object_unref(stream->input);
    g_object_unref(stream->output);
    wh_pipe_unref(stream->pipe);
    G_OBJECT_CLASS(wh_pipe_stream_parent_class)->finalize(object);
}

static GInputStream *stream_input(GIOStream *stream)
{
    return WH_PIPE_STREAM(stream)->input;
}

static GOutputStream *stream_output(GIOStream *stream)
{
    return WH_PIPE_STREAM(stream)->output;
}

static gboolean stream_close(GIOStream *stream, GCancellable *cancellable, GError **error)
{
    wh_pipe_close(WH_PIPE_STREAM(stream)->pipe);
    return TRUE;
}

/* Hanging up never waits. */
static void stream_close_async(GIOStream *stream, int priority, GCancellable *cancellable,
                               GAsyncReadyCallback done, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(stream, cancellable, done, data);
    wh_pipe_close(WH_PIPE_STREAM(stream)->pipe);
    g_task_return_boolean(task, TRUE);
}

static gboolean stream_close_finish(GIOStream *stream, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void wh_pipe_stream_class_init(WhPipeStreamClass *class)
{
    GIOStreamClass *stream = G_IO_STREAM_CLASS(class);

    G_OBJECT_CLASS(class)->finalize = wh_pipe_stream_finalize;
    stream->get_input_stream = stream_input;
    stream->get_output_stream = stream_output;
    stream->close_fn = stream_close;
    stream->close_async = stream_close_async;
    stream->close_finish = stream_close_finish;
}

static void wh_pipe_stream_init(WhPipeStream *stream)
{
}

GIOStream *wh_pipe_stream_new(WhPipe *pipe, GBytes *early)
{
    WhPipeStream *stream = g_object_new(WH_TYPE_PIPE_STREAM, NULL);

    stream->pipe = wh_pipe_ref(pipe);
    stream->input = wh_pipe_input_new(pipe, early);
    stream->output = wh_pipe_output_new(pipe);
    return G_IO_STREAM(stream);
}

WhPipe *wh_pipe_stream_pipe(WhPipeStream *stream)
{
    return stream->pipe;
}
