/* One end of a named pipe. Its operations are overlapped: the system's thread pool says when one is
 * over, and the main context of the thread that made the pipe hears of it. */
#pragma once

#include <gio/gio.h>
#include <windows.h>

G_BEGIN_DECLS

/* What one operation moves at most. */
#define WH_PIPE_MOST ((gsize)64 * 1024)

/* Counted. Each operation under way holds a reference, so nothing that the system still uses goes
 * away before it is done. */
typedef struct WhPipe WhPipe;

typedef enum {
    WH_PIPE_CONNECT, /* the server's end: waits for somebody */
    WH_PIPE_READ,
    WH_PIPE_WRITE,
} WhPipeKind;

typedef struct WhPipeOperation WhPipeOperation;

/* Called once for each operation, in the main context, never before wh_pipe_start() returned.
 * `error` is 0 or a code of GetLastError(); then `length` bytes were moved. What was read is at
 * `bytes`, during the call; it is wiped afterwards. */
typedef void (*WhPipeDone)(guint32 error, const guint8 *bytes, gsize length, gpointer data);

/* Takes `handle`, which was opened with FILE_FLAG_OVERLAPPED, over, also on failure. */
WhPipe *wh_pipe_new(HANDLE handle, GError **error);
WhPipe *wh_pipe_ref(WhPipe *pipe);
void wh_pipe_unref(WhPipe *pipe);

/* Hangs up: the other end reads what was written before, and then the end. Operations under way end
 * with an error. */
void wh_pipe_close(WhPipe *pipe);

/* INVALID_HANDLE_VALUE when it is closed. */
HANDLE wh_pipe_handle(WhPipe *pipe);

/* Begins to read up to `size` bytes, or to write those at `bytes`, which are copied; not more than
 * WH_PIPE_MOST. The operation is valid until `done` was called. Documentation: ConnectNamedPipe,
 * ReadFile, WriteFile. */
WhPipeOperation *wh_pipe_start(WhPipe *pipe, WhPipeKind kind, gconstpointer bytes, gsize size,
                               WhPipeDone done, gpointer data);

/* From any thread. `done` is called all the same, with ERROR_OPERATION_ABORTED unless it was over
 * already. */
void wh_pipe_operation_cancel(WhPipeOperation *operation);

/* Reads into, or writes from, `bytes` and waits for it. Returns 0 or a code of GetLastError(). */
guint32 wh_pipe_wait(WhPipe *pipe, WhPipeKind kind, gpointer bytes, gsize size,
                     GCancellable *cancellable, gsize *length);

/* Whether the code says that the other end is gone. */
gboolean wh_pipe_is_end(guint32 error);

/* Sets a G_IO_ERROR for the code of a read or write. */
void wh_pipe_set_error(GError **error, guint32 code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhPipe, wh_pipe_unref)

G_END_DECLS
