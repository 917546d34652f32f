#include "platform/fake/socket_pair.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

static GIOStream *stream_new(int fd)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocket) socket = g_socket_new_from_fd(fd, &error);

    g_assert_no_error(error);
    return G_IO_STREAM(g_socket_connection_factory_create_connection(socket));
}

gboolean wh_fake_socket_pair(GIOStream *ends[2], GError **error)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0) {
        g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(errno), "%s", g_strerror(errno));
        return FALSE;
    }
    for (guint i = 0; i < 2; i++)
        ends[i] = stream_new(pair[i]);
    return TRUE;
}

void wh_fake_self(WhPeer *peer)
{
    *peer = (WhPeer){.known = TRUE,
                     .is_root = geteuid() == 0,
                     .is_self = TRUE,
                     .is_person = geteuid() != 0,
                     .pid = getpid(),
                     .started = 1};
    g_snprintf(peer->principal, sizeof peer->principal, "uid:%u", geteuid());
}
