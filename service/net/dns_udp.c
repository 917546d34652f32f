#include "service/net/dns_link.h"

/* Answers to questions without EDNS have 512 octets at most; what is longer than this is cut, and
 * then malformed. */
#define MAX_DATAGRAM 4096

/* Datagrams read in one turn of the main loop, so that a flood holds nobody else up. */
#define MAX_IN_ONE_TURN 16

struct WhDnsUdp {
    GSocket *socket;
    GSource *source;
    const WhDnsLinkEvents *events;
    gpointer data;
};

static gboolean on_readable(GSocket *socket, GIOCondition condition, gpointer data)
{
    WhDnsUdp *udp = data;
    for (guint i = 0; i < MAX_IN_ONE_TURN; i++) {
        char bytes[MAX_DATAGRAM];
        g_autoptr(GError) error = NULL;
        gssize length = g_socket_receive(socket, bytes, sizeof bytes, NULL, &error);
        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
            return G_SOURCE_CONTINUE;
        if (error != NULL) {
            udp->events->failed(error, udp->data);
            return G_SOURCE_CONTINUE;
        }
        if (!udp->events->message((const guint8 *)bytes, (gsize)length, udp->data))
            return G_SOURCE_CONTINUE;
    }
    return G_SOURCE_CONTINUE;
}

WhDnsUdp *wh_dns_udp_new(const WhDnsLinkTarget *target, const WhDnsLinkEvents *events,
                         gpointer data, GError **error)
{
    g_autoptr(GSocket) socket =
        wh_dns_link_socket(target, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);
    if (socket == NULL)
        return NULL;
    if (!g_socket_connect(socket, target->server, NULL, error))
        return NULL;
    WhDnsUdp *udp = g_new0(WhDnsUdp, 1);
    udp->events = events;
    udp->data = data;
    udp->source = g_socket_create_source(socket, G_IO_IN, NULL);
    udp->socket = g_steal_pointer(&socket);
    g_source_set_callback(udp->source, G_SOURCE_FUNC(on_readable), udp, NULL);
    g_source_attach(udp->source, NULL);
    return udp;
}

gboolean wh_dns_udp_send(WhDnsUdp *udp, GBytes *message, GError **error)
{
    gsize length;
    const char *bytes = g_bytes_get_data(message, &length);
    g_autoptr(GError) failure = NULL;
    if (g_socket_send(udp->socket, bytes, length, NULL, &failure) >= 0)
        return TRUE;
    /* A full queue loses the datagram, as the network may; the next try follows. */
    if (g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

void wh_dns_udp_free(WhDnsUdp *udp)
{
    if (udp == NULL)
        return;
    g_source_destroy(udp->source);
    g_source_unref(udp->source);
    g_object_unref(udp->socket);
    g_free(udp);
}
