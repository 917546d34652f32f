/* Addresses in the form that sockets take. Private to this room. */
#pragma once

#include <gio/gio.h>

#include "service/base/address.h"

G_BEGIN_DECLS

GSocketAddress *wh_endpoint_new(const WhAddress *address, guint16 port);

/* FALSE, with `address` untouched: it is no IP address. */
gboolean wh_endpoint_read(GSocketAddress *endpoint, WhAddress *address);

G_END_DECLS
