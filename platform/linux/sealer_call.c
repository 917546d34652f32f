#include "platform/linux/sealer_call.h"

#include "platform/linux/peer.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST_BUFFER 1024

/* sent: how much of `bytes` the other end has. error: found out before the loop turned. */
struct WhSealerCall {
    int fd;
    const char *bytes;
    gsize length;
    gsize sent;
    char *answer;
    gsize got;
    gsize room;
    gsize most;
    guint seconds;
    GError *error;
    GSource *wait;
    GSource *limit;
    WhSealerCallDone done;
    gpointer data;
};

static void end_source(GSource **source)
{
    if (*source == NULL)
        return;
    g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}

static void forget_answer(WhSealerCall *call)
{
    if (call->answer != NULL)
        explicit_bzero(call->answer, call->room);
    g_clear_pointer(&call->answer, g_free);
}

void wh_sealer_call_free(WhSealerCall *call)
{
    end_source(&call->wait);
    end_source(&call->limit);
    if (call->fd >= 0)
        close(call->fd);
    forget_answer(call);
    g_clear_error(&call->error);
    g_free(call);
}

static void finish(WhSealerCall *call)
{
    call->done(call->answer != NULL ? call->answer : "", call->error == NULL ? call->got : 0,
               call->error, call->data);
    wh_sealer_call_free(call);
}

static void fail(WhSealerCall *call, GIOErrorEnum code, const char *reason)
{
    g_clear_error(&call->error);
    call->error = g_error_new(G_IO_ERROR, (gint)code, "%s", reason);
}

static void fail_with(WhSealerCall *call, int problem)
{
    GIOErrorEnum code = problem == ENOTDIR ? G_IO_ERROR_NOT_FOUND : g_io_error_from_errno(problem);

    if (problem == ECONNRESET || problem == EPIPE)
        code = G_IO_ERROR_CONNECTION_CLOSED;
    fail(call, code, g_strerror(problem));
}

/* What was in the smaller place is wiped there. One byte more, for a NUL that is not counted. */
static gboolean make_room(WhSealerCall *call)
{
    gsize room = call->room == 0 ? FIRST_BUFFER : call->room * 2;
    char *larger;

    if (call->got + 1 < call->room)
        return TRUE;
    if (call->got > call->most) {
        fail(call, G_IO_ERROR_MESSAGE_TOO_LARGE, "its answer has no end");
        return FALSE;
    }
    larger = g_malloc0(room);
    if (call->got > 0)
        memcpy(larger, call->answer, call->got);
    forget_answer(call);
    call->answer = larger;
    call->room = room;
    return TRUE;
}

/* TRUE: it is over, well or not. */
static gboolean read_more(WhSealerCall *call)
{
    while (make_room(call)) {
        gssize count = TEMP_FAILURE_RETRY(
            recv(call->fd, call->answer + call->got, call->room - call->got - 1, 0));

        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return FALSE;
        if (count < 0)
            fail_with(call, errno);
        if (count == 0 && call->sent < call->length)
            fail(call, G_IO_ERROR_CONNECTION_CLOSED, "it did not listen to the end");
        if (count <= 0)
            return TRUE;
        call->got += (gsize)count;
    }
    return TRUE;
}

/* TRUE: it is over, and not well. */
static gboolean send_more(WhSealerCall *call)
{
    while (call->sent < call->length) {
        gssize count = TEMP_FAILURE_RETRY(
            send(call->fd, call->bytes + call->sent, call->length - call->sent, MSG_NOSIGNAL));

        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return FALSE;
        if (count < 0) {
            fail_with(call, errno);
            return TRUE;
        }
        call->sent += (gsize)count;
    }
    shutdown(call->fd, SHUT_WR);
    return FALSE;
}

static void wait_for(WhSealerCall *call, GIOCondition condition);

static gboolean on_ready(int fd, GIOCondition condition, gpointer data)
{
    WhSealerCall *call = data;
    gboolean sending = call->sent < call->length;

    if ((sending && send_more(call)) || read_more(call)) {
        finish(call);
        return G_SOURCE_REMOVE;
    }
    if (sending && call->sent == call->length)
        wait_for(call, G_IO_IN);
    return G_SOURCE_CONTINUE;
}

static void wait_for(WhSealerCall *call, GIOCondition condition)
{
    end_source(&call->wait);
    call->wait = g_unix_fd_source_new(call->fd, condition);
    g_source_set_callback(call->wait, G_SOURCE_FUNC(on_ready), call, NULL);
    g_source_attach(call->wait, g_main_context_get_thread_default());
}

static gboolean on_limit(gpointer data)
{
    WhSealerCall *call = data;
    g_autofree char *reason = g_strdup_printf("it did not answer within %u second%s", call->seconds,
                                              call->seconds == 1 ? "" : "s");

    if (call->error == NULL)
        fail(call, G_IO_ERROR_TIMED_OUT, reason);
    finish(call);
    return G_SOURCE_REMOVE;
}

static void set_limit(WhSealerCall *call, guint seconds)
{
    call->limit = g_timeout_source_new(seconds * 1000);
    g_source_set_callback(call->limit, on_limit, call, NULL);
    g_source_attach(call->limit, g_main_context_get_thread_default());
}

/* The secret goes to nobody who only put a socket there. */
static gboolean check_peer(WhSealerCall *call)
{
    WhPeer peer;

    wh_peer_from_fd(call->fd, &peer);
    if (peer.known && (peer.is_root || peer.is_self))
        return TRUE;
    fail(call, G_IO_ERROR_PERMISSION_DENIED, "another user answers there");
    return FALSE;
}

static gboolean connect_to(WhSealerCall *call, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (g_strlcpy(address.sun_path, path, sizeof address.sun_path) >= sizeof address.sun_path) {
        fail(call, G_IO_ERROR_INVALID_FILENAME, "the name of its socket is too long");
        return FALSE;
    }
    call->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (call->fd < 0 || connect(call->fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        fail_with(call, errno);
        return FALSE;
    }
    return check_peer(call);
}

WhSealerCall *wh_sealer_call_new(const char *path, const char *bytes, gsize length, gsize most,
                                 guint seconds, WhSealerCallDone done, gpointer data)
{
    WhSealerCall *call = g_new0(WhSealerCall, 1);

    call->bytes = bytes;
    call->length = length;
    call->most = most;
    call->seconds = seconds;
    call->done = done;
    call->data = data;
    call->fd = -1;
    if (!connect_to(call, path)) {
        set_limit(call, 0);
        return call;
    }
    set_limit(call, seconds);
    if (length == 0)
        shutdown(call->fd, SHUT_WR);
    wait_for(call, length == 0 ? G_IO_IN : G_IO_IN | G_IO_OUT);
    return call;
}
