/* The system's name look-up as a plain function that blocks. Private to this room. */
#pragma once

#include "service/base/address.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* WhAddress values in the system's order (RFC 6724), each once; NULL and a G_RESOLVER_ERROR
 * otherwise. */
GArray *wh_system_lookup(const char *name, GError **error);

G_END_DECLS
