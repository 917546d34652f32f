#include "platform/local_socket.h"

#include "platform/windows/door.h"
#include "platform/windows/pipe_stream.h"
#include "platform/windows/server_trust.h"
#include "platform/windows/text.h"

/* A server that is busy for a moment makes room as soon as its loop turns. */
#define PATIENCE_MS 200
#define MOMENT_MS 50

/* Reading, and writing without the right to add data, which is that to make a further instance. The
 * server may learn who this is and not act in its name. */
#define RIGHTS (GENERIC_READ | FILE_WRITE_DATA | FILE_WRITE_ATTRIBUTES)
#define HOW (FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION)

static HANDLE open_once(const wchar_t *name)
{
    return CreateFileW(name, RIGHTS, 0, NULL, OPEN_EXISTING, HOW, NULL);
}

/* Who waited may find that somebody else was faster. */
static HANDLE open_pipe(const wchar_t *name)
{
    ULONGLONG end = GetTickCount64() + PATIENCE_MS;
    HANDLE handle = open_once(name);
    while (handle == INVALID_HANDLE_VALUE && GetLastError() == ERROR_PIPE_BUSY &&
           GetTickCount64() < end) {
        WaitNamedPipeW(name, MOMENT_MS);
        handle = open_once(name);
    }
    return handle;
}

static void set_open_error(GError **error, DWORD code, const char *address)
{
    if (code == ERROR_PIPE_BUSY || code == ERROR_SEM_TIMEOUT)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED,
                    "What answers at %s is too busy. Try again in a moment.", address);
    else if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Nobody can be reached at %s",
                    address);
    else
        wh_windows_set_error(error, code, "Nobody can be reached at %s", address);
}

GIOStream *wh_local_socket_connect(const char *address, GError **error)
{
    g_autofree wchar_t *name = wh_door_name(address, error);
    if (name == NULL)
        return NULL;
    HANDLE handle = open_pipe(name);
    if (handle == INVALID_HANDLE_VALUE) {
        set_open_error(error, GetLastError(), address);
        return NULL;
    }
    if (!wh_server_trust_check(handle, address, error)) {
        CloseHandle(handle);
        return NULL;
    }
    g_autoptr(WhPipe) pipe = wh_pipe_new(handle, error);
    return pipe != NULL ? wh_pipe_stream_new(pipe, NULL) : NULL;
}

typedef struct {
    WhLocalSocketGone gone;
    gpointer data;
} Gone;

static gboolean went(gpointer data)
{
    Gone *gone = data;
    gone->gone(gone->data);
    return G_SOURCE_REMOVE;
}

/* A pipe has no half that ends alone. */
GSource *wh_local_socket_watch_gone(GIOStream *stream, WhLocalSocketGone gone, gpointer data)
{
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    if (!WH_IS_PIPE_STREAM(stream))
        return NULL;
    GSource *source = g_idle_source_new();
    Gone *whom = g_new(Gone, 1);
    *whom = (Gone){gone, data};
    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, went, whom, g_free);
    g_source_attach(source, context);
    return source;
}
