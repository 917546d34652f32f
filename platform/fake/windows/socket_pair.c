#include "platform/fake/socket_pair.h"

#include <gio/gnetworking.h>
#include <process.h>

static GSocket *socket_new(GError **error)
{
    return g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
}

static GIOStream *stream_new(GSocket *socket)
{
    g_socket_set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
    return G_IO_STREAM(g_socket_connection_factory_create_connection(socket));
}

/* As much may be on its way as in a pair of Linux. */
static gboolean bounded(GSocket *socket)
{
    return g_socket_set_option(socket, SOL_SOCKET, SO_SNDBUF, 100000, NULL) &&
           g_socket_set_option(socket, SOL_SOCKET, SO_RCVBUF, 100000, NULL);
}

/* This system has no pairs of sockets; the loopback carries one. */
gboolean wh_fake_socket_pair(GIOStream *ends[2], GError **error)
{
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) any = g_inet_socket_address_new(loopback, 0);
    g_autoptr(GSocket) listening = socket_new(error);
    g_autoptr(GSocketAddress) address = NULL;
    g_autoptr(GSocket) one = NULL;
    g_autoptr(GSocket) other = NULL;

    if (listening == NULL || !bounded(listening) || !g_socket_bind(listening, any, FALSE, error) ||
        !g_socket_listen(listening, error) ||
        (address = g_socket_get_local_address(listening, error)) == NULL ||
        (one = socket_new(error)) == NULL || !bounded(one) ||
        !g_socket_connect(one, address, NULL, error) ||
        (other = g_socket_accept(listening, NULL, error)) == NULL)
        return FALSE;
    ends[0] = stream_new(one);
    ends[1] = stream_new(other);
    return TRUE;
}

/* A principal as the tests write them. */
void wh_fake_self(WhPeer *peer)
{
    *peer = (WhPeer){.known = TRUE,
                     .is_self = TRUE,
                     .is_person = TRUE,
                     .pid = _getpid(),
                     .started = 1,
                     .principal = "uid:1000"};
}
