/* What the system's tables say of the interfaces: nothing here asks the system.
 *
 * - A tunnel: IF_TYPE_TUNNEL, and IF_TYPE_PROP_VIRTUAL, which is what WireGuard and Wintun are.
 * - PPP (a built-in VPN, or PPPoE) and an Ethernet adapter without a connector or medium (TAP, or
 *   one that belongs to some other program) may be both: each is a tunnel while another adapter,
 * one that is none, has a default route. The switch of Hyper-V is never one. */
#pragma once

#include "platform/address_monitor.h"
#include "platform/windows/network_tables.h"

G_BEGIN_DECLS

/* An array of WhInterface, of adapters that are usable, by number. */
GArray *wh_interface_rows_convert(const WhNetworkTables *tables);

/* Whether two of these arrays say different things. */
gboolean wh_interface_rows_differ(const GArray *a, const GArray *b);

G_END_DECLS
