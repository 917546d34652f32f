/* Sends what a socket sends over one interface, whatever the routes say: past a VPN, over the
 * home's own line. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What this socket (a descriptor; a SOCKET on Windows) sends from now on leaves by that interface,
 * by the best of its routes; a destination that none of them reaches is unreachable. To be called
 * before the socket is connected. `family`: 4 or 6, that of the socket. FALSE with G_IO_ERROR, and
 * nothing may be sent over the socket then: it would go the usual way.
 *
 * Linux: SO_BINDTODEVICE, which needs no privilege for a socket that is not bound to one yet
 * (socket(7), since 5.7), and holds for TCP, too; IP_UNICAST_IF does not. Windows: IP_UNICAST_IF
 * and IPV6_UNICAST_IF.
 *
 * Somebody may still be in the way, and then no answer comes: a VPN's firewall that lets nothing
 * pass beside it, and on Linux a strict check of where answers come from (rp_filter 1, RFC 3704
 * section 2.2; most distributions have 0 or 2). */
gboolean wh_uplink_bind(guint64 socket, guint interface, guint family, GError **error);

G_END_DECLS
