/* What every implementation does with the neighbours that it read. */
#pragma once

#include "platform/neighbours.h"

G_BEGIN_DECLS

/* Whether the address may belong to one machine: neither a group, nor the whole subnet, nor
 * nobody, nor this computer itself. The hardware address is judged likewise. */
gboolean wh_neighbour_is_machine(const WhNeighbour *neighbour);

/* Takes out those that are no machines, sorts by interface, family and address, takes out the
 * second and later of one address, and what is beyond WH_NEIGHBOURS_MAX. */
void wh_neighbour_list_settle(GArray *neighbours);

/* Whether two settled lists have the same pairs of address and hardware address on the same
 * interfaces. */
gboolean wh_neighbour_list_same_pairs(const GArray *a, const GArray *b);

G_END_DECLS
