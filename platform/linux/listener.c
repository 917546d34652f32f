#include "platform/local_socket.h"

#include "platform/linux/peer.h"
#include "platform/linux/service_manager.h"
#include "platform/linux/socket_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long to accept nobody when files or memory have run out: without it the waiting connection
 * would wake the loop again and again. */
#define PAUSE (1 * G_USEC_PER_SEC)
#define ACCEPTS_A_TURN 64

/* The source comes first: its memory lives until the last dispatch is over, so that the owner may
 * free the listener inside the callback. */
struct WhListener {
    GSource source;
    WhListenerFunc accepted;
    gpointer data;
    int fd;
    gpointer fd_tag;
    char *path; /* NULL: not ours to remove */
    struct stat made;
};

static void connection_announce(WhListener *listener, int fd)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocket) socket = g_socket_new_from_fd(fd, &error);
    g_autoptr(GSocketConnection) connection = NULL;
    WhPeer peer;

    if (socket == NULL) {
        g_info("A connection could not be taken: %s", error->message);
        close(fd);
        return;
    }
    wh_peer_from_fd(fd, &peer);
    connection = g_socket_connection_factory_create_connection(socket);
    listener->accepted(G_IO_STREAM(connection), &peer, listener->data);
}

static gboolean is_exhaustion(int code)
{
    return code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM;
}

static void accepting_pause(WhListener *listener)
{
    g_warning("No connection can be accepted for a moment: %s", g_strerror(errno));
    g_source_modify_unix_fd(&listener->source, listener->fd_tag, 0);
    g_source_set_ready_time(&listener->source, g_get_monotonic_time() + PAUSE);
}

static void accepting_resume(WhListener *listener)
{
    if (g_source_get_ready_time(&listener->source) < 0)
        return;
    g_source_set_ready_time(&listener->source, -1);
    g_source_modify_unix_fd(&listener->source, listener->fd_tag, G_IO_IN);
}

static gboolean listener_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    WhListener *listener = (WhListener *)source;

    accepting_resume(listener);
    for (guint i = 0; i < ACCEPTS_A_TURN && !g_source_is_destroyed(source); i++) {
        int fd = accept4(listener->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

        if (fd >= 0)
            connection_announce(listener, fd);
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            break;
        else if (is_exhaustion(errno)) {
            accepting_pause(listener);
            break;
        }
    }
    return G_SOURCE_CONTINUE;
}

static void listener_finalize(GSource *source)
{
    WhListener *listener = (WhListener *)source;

    close(listener->fd);
    g_free(listener->path);
}

static WhListener *listener_new(int fd, WhListenerFunc accepted, gpointer data)
{
    static GSourceFuncs funcs = {.dispatch = listener_dispatch, .finalize = listener_finalize};
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    WhListener *listener = (WhListener *)g_source_new(&funcs, sizeof *listener);

    listener->fd = fd;
    listener->accepted = accepted;
    listener->data = data;
    listener->fd_tag = g_source_add_unix_fd(&listener->source, fd, G_IO_IN);
    g_source_set_static_name(&listener->source, "wh-listener");
    g_source_attach(&listener->source, context);
    return listener;
}

WhListener *wh_listener_new(const char *address, gboolean everyone, WhListenerFunc accepted,
                            gpointer data, GError **error)
{
    struct stat made;
    int fd = wh_socket_file_listen(address, everyone, &made, error);
    WhListener *listener;

    if (fd < 0)
        return NULL;
    listener = listener_new(fd, accepted, data);
    listener->path = g_canonicalize_filename(address, NULL);
    listener->made = made;
    return listener;
}

static int socket_option(int fd, int option)
{
    int value = -1;
    socklen_t length = sizeof value;

    return getsockopt(fd, SOL_SOCKET, option, &value, &length) == 0 ? value : -1;
}

static gboolean is_listening_local_stream(int fd)
{
    return socket_option(fd, SO_DOMAIN) == AF_UNIX && socket_option(fd, SO_TYPE) == SOCK_STREAM &&
           socket_option(fd, SO_ACCEPTCONN) == 1;
}

WhListener *wh_listener_new_activated(WhListenerFunc accepted, gpointer data, GError **error)
{
    int fd;
    guint count = wh_service_manager_take_sockets(&fd);

    if (count == 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "The service manager handed over no socket");
        return NULL;
    }
    for (guint i = 1; i < count; i++)
        close(fd + (int)i);
    if (count > 1)
        g_warning("The service manager handed over %u sockets; only the first is used", count);
    if (!is_listening_local_stream(fd)) {
        close(fd);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "The socket that the service manager handed over is not a listening local "
                    "stream socket. Use ListenStream= with a path in the socket unit.");
        return NULL;
    }
    if (!g_unix_set_fd_nonblocking(fd, TRUE, error)) {
        close(fd);
        return NULL;
    }
    return listener_new(fd, accepted, data);
}

void wh_listener_free(WhListener *listener)
{
    if (listener == NULL)
        return;
    if (listener->path != NULL)
        wh_socket_file_remove(listener->path, &listener->made);
    g_source_destroy(&listener->source);
    g_source_unref(&listener->source);
}
