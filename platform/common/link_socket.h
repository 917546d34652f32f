/* Sockets for single datagrams on one link, which wait for nobody. */
#pragma once

#include "platform/address_monitor.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* An address of a link as GIO wants it; `family` 4 or 6, `bytes` has 4 or 16. */
GSocketAddress *wh_link_socket_address(guint interface, guint family, const guint8 *bytes,
                                       guint16 port);

/* A UDP socket that sends over this interface only, whatever the routes say. NULL with G_IO_ERROR.
 */
GSocket *wh_link_socket_new(guint interface, guint family, GError **error);

/* A UDP socket for a question to a group of the link, from `origin`, an IPv6 address. NULL with
 * G_IO_ERROR. */
GSocket *wh_link_socket_new_from(const WhInterfaceAddress *origin, GError **error);

/* The same for a socket that is there: it sends from `origin`, to groups over its interface, and
 * does not hear itself. */
gboolean wh_link_socket_set_origin(GSocket *socket, const WhInterfaceAddress *origin,
                                   GError **error);

G_END_DECLS
