#include "platform/windows/pipe_input.h"

#include "platform/windows/pipe_task.h"

#include <string.h>

/* early: bytes that were read and wait for a reader. room: where the reader who waits wants them.
 */
struct _WhPipeInput {
    GInputStream parent_instance;
    WhPipe *pipe;
    GByteArray *early;
    guint8 *room;
    gsize size;
};

G_DEFINE_FINAL_TYPE(WhPipeInput, wh_pipe_input, G_TYPE_INPUT_STREAM)

static void wipe(GByteArray *bytes)
{
    SecureZeroMemory(bytes->data, bytes->len);
    g_byte_array_set_size(bytes, 0);
}

static void wh_pipe_input_finalize(GObject *object)
{
    WhPipeInput *input = WH_PIPE_INPUT(object);
    wipe(input->early);
    g_byte_array_unref(input->early);
    wh_pipe_unref(input->pipe);
    G_OBJECT_CLASS(wh_pipe_input_parent_class)->finalize(object);
}

static gsize take_early(WhPipeInput *input, guint8 *room, gsize size)
{
    gsize length = MIN(size, input->early->len);
    if (length == 0)
        return 0;
    memcpy(room, input->early->data, length);
    /* What moves up leaves a copy of its tail behind. */
    guint left = input->early->len - (guint)length;
    memmove(input->early->data, input->early->data + length, left);
    SecureZeroMemory(input->early->data + left, length);
    g_byte_array_set_size(input->early, left);
    return length;
}

static void begin(WhPipeInput *input, GTask *task);

/* Somebody may write nothing at all; that is not the end. What was read when nobody wanted it any
 * more is the next reader's. */
static void was_read(GTask *task, guint32 code, const guint8 *bytes, gsize length)
{
    WhPipeInput *input = g_task_get_source_object(task);
    GError *error = NULL;

    g_byte_array_append(input->early, bytes, (guint)length);
    if (g_task_return_error_if_cancelled(task))
        return;
    if (code == 0 && length == 0) {
        begin(input, g_object_ref(task));
    } else if (code == 0 || wh_pipe_is_end(code)) {
        g_task_return_int(task, (gssize)take_early(input, input->room, input->size));
    } else {
        wh_pipe_set_error(&error, code);
        g_task_return_error(task, error);
    }
}

static void begin(WhPipeInput *input, GTask *task)
{
    wh_pipe_task_start(input->pipe, WH_PIPE_READ, NULL, input->size, task, was_read);
}

static void input_read_async(GInputStream *stream, void *room, gsize size, int priority,
                             GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
    WhPipeInput *input = WH_PIPE_INPUT(stream);
    g_autoptr(GTask) task = g_task_new(stream, cancellable, done, data);

    g_task_set_check_cancellable(task, FALSE);
    if (g_task_return_error_if_cancelled(task))
        return;
    if (input->early->len > 0) {
        g_task_return_int(task, (gssize)take_early(input, room, size));
        return;
    }
    input->room = room;
    input->size = size;
    begin(input, g_steal_pointer(&task));
}

static gssize input_read_finish(GInputStream *stream, GAsyncResult *result, GError **error)
{
    return g_task_propagate_int(G_TASK(result), error);
}

static gssize input_read(GInputStream *stream, void *room, gsize size, GCancellable *cancellable,
                         GError **error)
{
    WhPipeInput *input = WH_PIPE_INPUT(stream);
    gsize length = take_early(input, room, size);
    guint32 code = 0;

    while (length == 0 && code == 0)
        code = wh_pipe_wait(input->pipe, WH_PIPE_READ, room, size, cancellable, &length);
    if (code == 0)
        return (gssize)length;
    if (wh_pipe_is_end(code))
        return 0;
    wh_pipe_set_error(error, code);
    return -1;
}

/* The pipe is closed with the whole stream. */
static gboolean input_close(GInputStream *stream, GCancellable *cancellable, GError **error)
{
    return TRUE;
}

static void wh_pipe_input_class_init(WhPipeInputClass *class)
{
    GInputStreamClass *stream = G_INPUT_STREAM_CLASS(class);

    G_OBJECT_CLASS(class)->finalize = wh_pipe_input_finalize;
    stream->read_fn = input_read;
    stream->read_async = input_read_async;
    stream->read_finish = input_read_finish;
    stream->close_fn = input_close;
}

static void wh_pipe_input_init(WhPipeInput *input)
{
    input->early = g_byte_array_new();
}

GInputStream *wh_pipe_input_new(WhPipe *pipe, GBytes *early)
{
    WhPipeInput *input = g_object_new(WH_TYPE_PIPE_INPUT, NULL);
    gsize length = 0;
    const guint8 *bytes = early != NULL ? g_bytes_get_data(early, &length) : NULL;

    input->pipe = wh_pipe_ref(pipe);
    g_byte_array_append(input->early, bytes, (guint)length);
    return G_INPUT_STREAM(input);
}
