/* From the surroundings to what one record should hold. Pure. */
#pragma once

#include "service/base/aim.h"
#include "service/base/host.h"
#include "service/targets/surroundings.h"

G_BEGIN_DECLS

/* What the host's record of the family should hold. last: what the provider last confirmed of it,
 * or NULL.
 *
 * Bound to networks: nothing on any other, nor while the present one is not known. A local name:
 * this computer's address on its network. Another machine, IPv6: its lower half in the prefix that
 * is in use (by suffix at once; by MAC when it was seen there); IPv4: that of the line, but nothing
 * where this computer has the line's address itself. IPv4 that is withheld: nothing while nobody
 * can connect to it. All others: the public address. */
WhAim wh_target_find(const WhHost *host, WhFamily family, const WhAddress *last,
                     const WhSurroundings *surroundings);

/* Where a machine that was not seen (WH_AIM_DEVICE_UNSEEN) may be: at the lower half of `last`, or,
 * as long as nothing is known of it, at the one that it makes of its MAC. FALSE: there is no
 * prefix. */
gboolean wh_target_guess(const WhHost *host, const WhAddress *last,
                         const WhSurroundings *surroundings, WhAddress *address);

G_END_DECLS
