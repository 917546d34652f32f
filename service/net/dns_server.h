/* One DNS server: where it is. */
#pragma once

#include "service/base/address.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WH_DNS_PORT 53

/* scope: the interface of a link-local IPv6 address by its index, else 0. uplink: the interface
 * that questions must leave by; 0: the system's own way. */
typedef struct {
    WhAddress address;
    guint16 port;
    guint32 scope;
    guint uplink;
} WhDnsServer;

/* Reads an address in text, with a zone if need be ("fe80::1%eth0", RFC 4007 section 11). FALSE,
 * with *server untouched: it is none, or there is no such interface. */
gboolean wh_dns_server_parse(const char *text, guint16 port, WhDnsServer *server);

/* A new reference. */
GSocketAddress *wh_dns_server_socket_address(const WhDnsServer *server);

G_END_DECLS
