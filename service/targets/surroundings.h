/* Everything around this computer that decides what a record should hold: the public addresses, the
 * network it is on, who else is there. A collection of values that others set. Pure. */
#pragma once

#include "service/base/device.h"
#include "service/targets/lan.h"

G_BEGIN_DECLS

/* Another machine as this computer's neighbour table knows it. reachable: it answered lately. */
typedef struct {
    guint8 mac[WH_MAC_SIZE];
    WhAddress address;
    gboolean reachable;
} WhSighting;

/* Nothing is known at first. */
typedef struct WhSurroundings WhSurroundings;

WhSurroundings *wh_surroundings_new(void);
void wh_surroundings_free(WhSurroundings *surroundings);

/* Each returns TRUE when that is another now, so that records may have another aim. All values are
 * copied. */

/* The verdict on the public address of a family; NULL: not known. direct: no other machine of the
 * network has a part in it, because it is an address of this computer's own interface or that of
 * its VPN. */
gboolean wh_surroundings_set_public(WhSurroundings *surroundings, WhFamily family,
                                    const WhAddress *address, gboolean direct);

/* The public address of the family is not known because everything goes through a VPN, and nobody
 * has said what is to be published then. */
gboolean wh_surroundings_set_undecided(WhSurroundings *surroundings, WhFamily family,
                                       gboolean undecided);

/* The id of the network this computer is on (see service/base/network_id.h); NULL: not known. To be
 * set before the public address that was found on another network: what is bound to the home must
 * never see a café's. */
gboolean wh_surroundings_set_network(WhSurroundings *surroundings, const char *id);

/* NULL: this computer is on no network. */
gboolean wh_surroundings_set_lan(WhSurroundings *surroundings, const WhLan *lan);

/* WhSighting, in the order of the table. */
gboolean wh_surroundings_set_neighbours(WhSurroundings *surroundings, const GArray *sightings);

/* Nobody can connect to the public IPv4 address: the router's own is private or shared by many
 * customers (CGNAT). */
gboolean wh_surroundings_set_unreachable(WhSurroundings *surroundings, gboolean unreachable);

/* The id of the present network, or NULL. */
const char *wh_surroundings_network(const WhSurroundings *surroundings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhSurroundings, wh_surroundings_free)

G_END_DECLS
