/* The two ways to a DNS server: datagrams and a stream. Private to this room. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a link tells its owner, who may free the link within `failed`, and within `message` when
 * that returns FALSE. message: one whole message came; TRUE when more are welcome. sent: the stream
 * has taken the last octet. */
typedef struct {
    void (*sent)(gpointer data);
    gboolean (*message)(const guint8 *bytes, gsize length, gpointer data);
    void (*failed)(const GError *error, gpointer data);
} WhDnsLinkEvents;

typedef struct WhDnsUdp WhDnsUdp;

/* A datagram socket of its own, with a port that the system picks, connected to `server`: only its
 * datagrams and its refusals arrive. NULL and `error` when that is not possible now. */
WhDnsUdp *wh_dns_udp_new(GSocketAddress *server, const WhDnsLinkEvents *events, gpointer data,
                         GError **error);
gboolean wh_dns_udp_send(WhDnsUdp *udp, GBytes *message, GError **error);
void wh_dns_udp_free(WhDnsUdp *udp);

typedef struct WhDnsTcp WhDnsTcp;

/* Connects, sends `message` with its length before it (RFC 1035 section 4.2.2) and reads. */
WhDnsTcp *wh_dns_tcp_new(GSocketAddress *server, GBytes *message, const WhDnsLinkEvents *events,
                         gpointer data, GError **error);
void wh_dns_tcp_free(WhDnsTcp *tcp);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDnsUdp, wh_dns_udp_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDnsTcp, wh_dns_tcp_free)

G_END_DECLS
