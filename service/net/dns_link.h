/* The two ways to a DNS server: datagrams and a stream. Private to this room. */
#pragma once

#include "service/net/binder.h"

G_BEGIN_DECLS

/* Where a link leads: to `server`, by the interface `uplink` with the help of `binder`; uplink 0:
 * the system's own way. */
typedef struct {
    GSocketAddress *server;
    guint uplink;
    WhBinder binder;
} WhDnsLinkTarget;

/* A socket for `target` that does not block, tied to its uplink. */
GSocket *wh_dns_link_socket(const WhDnsLinkTarget *target, GSocketType type,
                            GSocketProtocol protocol, GError **error);

/* What a link tells its owner, who may free the link within `failed`, and within `message` when
 * that returns FALSE. message: one whole message came; TRUE when more are welcome. sent: the stream
 * has taken the last octet. */
typedef struct {
    void (*sent)(gpointer data);
    gboolean (*message)(const guint8 *bytes, gsize length, gpointer data);
    void (*failed)(const GError *error, gpointer data);
} WhDnsLinkEvents;

typedef struct WhDnsUdp WhDnsUdp;

/* A datagram socket of its own, with a port that the system picks, connected to the server: only
 * its datagrams and its refusals arrive. NULL and `error` when that is not possible now. */
WhDnsUdp *wh_dns_udp_new(const WhDnsLinkTarget *target, const WhDnsLinkEvents *events,
                         gpointer data, GError **error);
gboolean wh_dns_udp_send(WhDnsUdp *udp, GBytes *message, GError **error);
void wh_dns_udp_free(WhDnsUdp *udp);

typedef struct WhDnsTcp WhDnsTcp;

/* Connects, sends `message` with its length before it (RFC 1035 section 4.2.2) and reads. */
WhDnsTcp *wh_dns_tcp_new(const WhDnsLinkTarget *target, GBytes *message,
                         const WhDnsLinkEvents *events, gpointer data, GError **error);
void wh_dns_tcp_free(WhDnsTcp *tcp);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDnsUdp, wh_dns_udp_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDnsTcp, wh_dns_tcp_free)

G_END_DECLS
