/* Finds another machine of the network by its MAC address among what was seen of it. Private to
 * this room. */
#pragma once

#include "service/base/device.h"

G_BEGIN_DECLS

/* The machine's address inside `prefix`, of several the first that there is: the one that the
 * machine makes of its MAC; the one with the lower half of `last` (what its record holds; may be
 * NULL), because machines have passing addresses too; the lowest that is reachable; the lowest.
 * FALSE: it was not seen there. sightings: WhSighting; own: WhAddress of this computer. */
gboolean wh_machine_find(const GArray *sightings, const GArray *own, const guint8 mac[WH_MAC_SIZE],
                         const WhAddress *prefix, const WhAddress *last, WhAddress *address);

G_END_DECLS
