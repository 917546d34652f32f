/* What this computer's own interface to its network says: its addresses there, and the IPv6
 * prefixes that everybody on it shares. Pure. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* One address of the interface. Tentative, duplicate and deprecated ones are left out by whoever
 * reads them. stable: no privacy address (RFC 8981). preferred: the system would send from it. */
typedef struct {
    WhAddress address;
    gboolean stable;
    gboolean preferred;
} WhLanAddress;

/* has, address: the one that a name of this computer on its own network leads to. prefixes:
 * WhAddress, IPv6 with a lower half of zero, the preferred one first. own: WhAddress, IPv6, all
 * that are this computer's. */
typedef struct {
    gboolean has[WH_N_FAMILIES];
    WhAddress address[WH_N_FAMILIES];
    GArray *prefixes;
    GArray *own;
} WhLan;

/* Of `found` (WhLanAddress). IPv4: the preferred one, else the first, none that this computer gave
 * itself (169.254/16, RFC 3927). IPv6: a stable global one before a unique local one (fc00::/7, RFC
 * 4193), never a link-local one. A prefix is one of a global address, temporary ones included:
 * every machine of the network has it. */
WhLan *wh_lan_new(const GArray *found);
WhLan *wh_lan_copy(const WhLan *lan);
gboolean wh_lan_equal(const WhLan *a, const WhLan *b);
void wh_lan_free(WhLan *lan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhLan, wh_lan_free)

G_END_DECLS
