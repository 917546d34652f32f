#include "platform/local_socket.h"

#include "platform/common/socket_gone.h"
#include "platform/linux/peer.h"
#include "platform/linux/socket_file.h"

#include <errno.h>
#include <unistd.h>

/* Whoever owns the socket's folder, with nobody else allowed to write there, decides who serves in
 * it. */
static gboolean owns_folder(const char *address, gint64 uid)
{
    g_autofree char *folder = g_path_get_dirname(address);
    struct stat there;

    return stat(folder, &there) == 0 && (there.st_mode & (S_IWGRP | S_IWOTH)) == 0 &&
           there.st_uid == uid;
}

static gboolean server_is_trusted(int fd, const char *address, GError **error)
{
    WhPeer server;

    wh_peer_from_fd(fd, &server);
    if (server.known &&
        (server.is_root || server.is_self || owns_folder(address, wh_peer_uid(&server))))
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                "The program that answers at %s belongs to another user (%s) and is not trusted",
                address, server.principal);
    return FALSE;
}

static GIOStream *stream_new(int fd, GError **error)
{
    g_autoptr(GSocket) socket = g_socket_new_from_fd(fd, error);

    if (socket == NULL) {
        close(fd);
        return NULL;
    }
    return G_IO_STREAM(g_socket_connection_factory_create_connection(socket));
}

GIOStream *wh_local_socket_connect(const char *address, GError **error)
{
    int fd = wh_socket_file_connect(address);

    if (fd < 0) {
        int code = errno;

        g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(code),
                    "Nobody can be reached at %s: %s", address, g_strerror(code));
        return NULL;
    }
    if (!server_is_trusted(fd, address, error)) {
        close(fd);
        return NULL;
    }
    return stream_new(fd, error);
}

GSource *wh_local_socket_watch_gone(GIOStream *stream, WhLocalSocketGone gone, gpointer data)
{
    return wh_socket_gone_watch(stream, gone, data);
}
