#include "platform/windows/pipe.h"

#include "platform/windows/hop.h"
#include "platform/windows/text.h"

#include <string.h>

/* lock: between closing and cancelling, which comes from any thread. */
struct WhPipe {
    gint references;
    GMutex lock;
    HANDLE handle;
    PTP_IO io;
    WhHop *hop;
};

/* `overlapped` comes first: the system gives it back. */
struct WhPipeOperation {
    OVERLAPPED overlapped;
    WhPipe *pipe;
    guint32 error;
    gsize size;
    gsize length;
    WhPipeDone done;
    gpointer data;
    guint8 bytes[];
};

G_STATIC_ASSERT(G_STRUCT_OFFSET(WhPipeOperation, overlapped) == 0);

static void operation_free(gpointer data)
{
    WhPipeOperation *operation = data;
    SecureZeroMemory(operation->bytes, operation->size);
    wh_pipe_unref(operation->pipe);
    g_free(operation);
}

static void operation_tell(gpointer data)
{
    WhPipeOperation *operation = data;
    operation->done(operation->error, operation->bytes, operation->length, operation->data);
}

/* The operation, and with it the pipe, may be gone before this returns. */
static void operation_hop(WhPipeOperation *operation)
{
    WhHop *hop = wh_hop_ref(operation->pipe->hop);
    wh_hop_send(hop, operation_tell, operation, operation_free);
    wh_hop_unref(hop);
}

static VOID CALLBACK completed(PTP_CALLBACK_INSTANCE instance, PVOID context, PVOID overlapped,
                               ULONG result, ULONG_PTR length, PTP_IO io)
{
    WhPipeOperation *operation = overlapped;
    operation->error = result;
    operation->length = length;
    operation_hop(operation);
}

WhPipe *wh_pipe_new(HANDLE handle, GError **error)
{
    PTP_IO io = CreateThreadpoolIo(handle, completed, NULL, NULL);
    if (io == NULL) {
        wh_windows_set_error(error, GetLastError(), "A connection cannot be waited for");
        CloseHandle(handle);
        return NULL;
    }
    WhPipe *pipe = g_new0(WhPipe, 1);
    pipe->references = 1;
    g_mutex_init(&pipe->lock);
    pipe->handle = handle;
    pipe->io = io;
    pipe->hop = wh_hop_new(NULL, NULL);
    return pipe;
}

WhPipe *wh_pipe_ref(WhPipe *pipe)
{
    g_atomic_int_inc(&pipe->references);
    return pipe;
}

void wh_pipe_unref(WhPipe *pipe)
{
    if (pipe == NULL || !g_atomic_int_dec_and_test(&pipe->references))
        return;
    wh_pipe_close(pipe);
    CloseThreadpoolIo(pipe->io);
    wh_hop_free(pipe->hop);
    g_mutex_clear(&pipe->lock);
    g_free(pipe);
}

void wh_pipe_close(WhPipe *pipe)
{
    g_mutex_lock(&pipe->lock);
    if (pipe->handle != INVALID_HANDLE_VALUE) {
        CancelIoEx(pipe->handle, NULL);
        CloseHandle(pipe->handle);
    }
    pipe->handle = INVALID_HANDLE_VALUE;
    g_mutex_unlock(&pipe->lock);
}

HANDLE wh_pipe_handle(WhPipe *pipe)
{
    return pipe->handle;
}

void wh_pipe_operation_cancel(WhPipeOperation *operation)
{
    WhPipe *pipe = operation->pipe;
    g_mutex_lock(&pipe->lock);
    if (pipe->handle != INVALID_HANDLE_VALUE)
        CancelIoEx(pipe->handle, &operation->overlapped);
    g_mutex_unlock(&pipe->lock);
}

static BOOL begin(HANDLE handle, WhPipeKind kind, gpointer bytes, gsize size,
                  OVERLAPPED *overlapped)
{
    switch (kind) {
    case WH_PIPE_CONNECT:
        return ConnectNamedPipe(handle, overlapped);
    case WH_PIPE_READ:
        return ReadFile(handle, bytes, (DWORD)size, NULL, overlapped);
    case WH_PIPE_WRITE:
        return WriteFile(handle, bytes, (DWORD)size, NULL, overlapped);
    }
    g_return_val_if_reached(FALSE);
}

/* What is over at once is told by the thread pool like everything else; what cannot begin is not.
 */
static void operation_begin(WhPipeOperation *operation, WhPipeKind kind)
{
    WhPipe *pipe = operation->pipe;
    if (pipe->handle == INVALID_HANDLE_VALUE) {
        operation->error = ERROR_INVALID_HANDLE;
        operation_hop(operation);
        return;
    }
    StartThreadpoolIo(pipe->io);
    if (begin(pipe->handle, kind, operation->bytes, operation->size, &operation->overlapped))
        return;
    DWORD code = GetLastError();
    if (code == ERROR_IO_PENDING)
        return;
    CancelThreadpoolIo(pipe->io);
    operation->error = kind == WH_PIPE_CONNECT && code == ERROR_PIPE_CONNECTED ? 0 : code;
    operation_hop(operation);
}

WhPipeOperation *wh_pipe_start(WhPipe *pipe, WhPipeKind kind, gconstpointer bytes, gsize size,
                               WhPipeDone done, gpointer data)
{
    gsize length = MIN(size, WH_PIPE_MOST);
    WhPipeOperation *operation = g_malloc0(sizeof *operation + length);
    operation->pipe = wh_pipe_ref(pipe);
    operation->size = length;
    operation->done = done;
    operation->data = data;
    if (kind == WH_PIPE_WRITE)
        memcpy(operation->bytes, bytes, length);
    operation_begin(operation, kind);
    return operation;
}

typedef struct {
    WhPipe *pipe;
    OVERLAPPED overlapped;
} Waiting;

static void cancel_waiting(GCancellable *cancellable, gpointer data)
{
    Waiting *waiting = data;
    g_mutex_lock(&waiting->pipe->lock);
    if (waiting->pipe->handle != INVALID_HANDLE_VALUE)
        CancelIoEx(waiting->pipe->handle, &waiting->overlapped);
    g_mutex_unlock(&waiting->pipe->lock);
}

static guint32 wait_for_end(Waiting *waiting, GCancellable *cancellable, gsize *length)
{
    DWORD moved = 0;
    gulong id = cancellable != NULL
                    ? g_cancellable_connect(cancellable, G_CALLBACK(cancel_waiting), waiting, NULL)
                    : 0;
    guint32 code = 0;
    if (!GetOverlappedResult(waiting->pipe->handle, &waiting->overlapped, &moved, TRUE))
        code = GetLastError();
    g_cancellable_disconnect(cancellable, id);
    *length = moved;
    return code;
}

guint32 wh_pipe_wait(WhPipe *pipe, WhPipeKind kind, gpointer bytes, gsize size,
                     GCancellable *cancellable, gsize *length)
{
    if (pipe->handle == INVALID_HANDLE_VALUE)
        return ERROR_INVALID_HANDLE;
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (event == NULL)
        return GetLastError();
    /* The lowest bit keeps the thread pool out of it (GetQueuedCompletionStatus). */
    Waiting waiting = {pipe, {.hEvent = (HANDLE)((ULONG_PTR)event | 1)}};
    guint32 code = 0;
    *length = 0;
    if (!begin(pipe->handle, kind, bytes, MIN(size, WH_PIPE_MOST), &waiting.overlapped))
        code = GetLastError();
    if (code == 0 || code == ERROR_IO_PENDING)
        code = wait_for_end(&waiting, cancellable, length);
    CloseHandle(event);
    return code;
}

gboolean wh_pipe_is_end(guint32 error)
{
    return error == ERROR_BROKEN_PIPE || error == ERROR_PIPE_NOT_CONNECTED ||
           error == ERROR_NO_DATA || error == ERROR_HANDLE_EOF;
}

void wh_pipe_set_error(GError **error, guint32 code)
{
    if (code == ERROR_INVALID_HANDLE)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection is closed");
    else if (wh_pipe_is_end(code))
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "The other end has hung up");
    else
        wh_windows_set_error(error, code, "The connection does not work");
}
