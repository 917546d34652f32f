/* What the tests of calling neighbours need besides. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The addresses of an interface from which its machines are called: array of WhInterfaceAddress,
 * global IPv6 ones that are in use, one a subnet, the stable one before a temporary one. */
GArray *wh_neighbour_origins(const GArray *addresses, guint interface);

G_END_DECLS
