/* An echo request to all machines of a link. */
#pragma once

#include "platform/address_monitor.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Sends it from `origin`, an IPv6 address of the link, to ff02::1; who answers is probed. FALSE
 * with G_IO_ERROR: nothing was sent; G_IO_ERROR_NOT_SUPPORTED: programs without privileges may not.
 */
gboolean wh_neighbour_echo(const WhInterfaceAddress *origin, GError **error);

G_END_DECLS
