/* Counts what independent sources say. Private to this room.
 *
 * Each organisation that is asked over HTTPS is a voice, and so is the home's router when it names
 * an ordinary address and was not outvoted. All that is heard over DNS is one voice together,
 * because somebody in between may answer there, and none beside the same organisation over HTTPS.
 */
#pragma once

#include "service/detect/observation.h"

G_BEGIN_DECLS

/* agreed: `address` may be believed: two voices say so, no organisation over HTTPS says otherwise,
 * and, where a voice over DNS is needed for that, no other one over DNS. The router's dissent does
 * not count against two from outside.
 *
 * answered: some outside source gave an address. address: the agreed one, else the one that most
 * outside voices back (of equals the first given). voices: how many outside back it. contradicted:
 * another source whose voice counts gave another address. */
typedef struct {
    gboolean agreed;
    gboolean answered;
    gboolean contradicted;
    guint voices;
    WhAddress address;
} WhTally;

/* Voices that must agree before their word counts. */
#define WH_TALLY_QUORUM 2

/* The count over the observations of `family` among `observations` (WhObservation). */
WhTally wh_tally(WhFamily family, const GPtrArray *observations);

/* How many voices back `address`, the router's included. */
guint wh_tally_voices(const GPtrArray *observations, const WhAddress *address);

/* Whether the router's word counts: it names an ordinary address and was not outvoted. */
gboolean wh_tally_is_word(const WhObservation *observation);

G_END_DECLS
