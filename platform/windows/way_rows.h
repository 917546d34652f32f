/* What the system's tables say of the ways to the internet: nothing here asks the system.
 *
 * The way that the system takes is what it says by itself. Where it does not (Wine), it is the row
 * that covers the probe most closely, of these the one with the lowest metric. */
#pragma once

#include "platform/address_monitor.h"
#include "platform/windows/network_tables.h"

G_BEGIN_DECLS

/* Sets `route` and `line` of a snapshot whose interfaces are there already. */
void wh_way_rows_convert(const WhNetworkTables *tables, WhAddressSnapshot *snapshot);

/* Whether everything that is not closer goes there. */
gboolean wh_way_rows_is_default(const MIB_IPFORWARD_ROW2 *row);

/* Writes 4 or 16 bytes; the family, 0 when it is neither. */
guint wh_way_rows_read_address(const SOCKADDR_INET *address, guint8 bytes[16]);

G_END_DECLS
