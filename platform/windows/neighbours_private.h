/* What the tests of the neighbours need besides. */
#pragma once

#include "platform/neighbours.h"
#include "platform/windows/network_tables.h"

G_BEGIN_DECLS

/* The neighbours of a table, as wh_neighbours_read() gives them. */
GArray *wh_neighbours_convert(const MIB_IPNET_TABLE2 *table);

G_END_DECLS
