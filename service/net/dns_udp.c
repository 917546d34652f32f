#include "service/net/datagrams.h"
#include "service/net/dns_link.h"

struct WhDnsUdp {
    WhDatagrams *datagrams;
    const WhDnsLinkEvents *events;
    gpointer data;
};

static gboolean on_datagram(GSocketAddress *sender, const guint8 *bytes, gsize length,
                            gpointer data)
{
    WhDnsUdp *udp = data;
    return udp->events->message(bytes, length, udp->data);
}

static void on_failure(const GError *error, gpointer data)
{
    WhDnsUdp *udp = data;
    udp->events->failed(error, udp->data);
}

WhDnsUdp *wh_dns_udp_new(const WhDnsLinkTarget *target, const WhDnsLinkEvents *events,
                         gpointer data, GError **error)
{
    static const WhDatagramEvents arrivals = {.datagram = on_datagram, .failed = on_failure};
    g_autoptr(GSocket) socket =
        wh_dns_link_socket(target, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);
    if (socket == NULL)
        return NULL;
    if (!g_socket_connect(socket, target->server, NULL, error))
        return NULL;
    WhDnsUdp *udp = g_new0(WhDnsUdp, 1);
    udp->events = events;
    udp->data = data;
    udp->datagrams = wh_datagrams_new(g_steal_pointer(&socket), &arrivals, udp);
    return udp;
}

gboolean wh_dns_udp_send(WhDnsUdp *udp, GBytes *message, GError **error)
{
    gsize length;
    const char *bytes = g_bytes_get_data(message, &length);
    g_autoptr(GError) failure = NULL;
    if (g_socket_send(wh_datagrams_socket(udp->datagrams), bytes, length, NULL, &failure) >= 0)
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
    wh_datagrams_free(udp->datagrams);
    g_free(udp);
}
