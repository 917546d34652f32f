/* Counts what outside sources say. Private to this room. */
#pragma once

#include "service/detect/observation.h"

G_BEGIN_DECLS

/* answered: some source gave an address. organisations: how many different ones back `address`, the
 * one that most back (of equals the first given). contradicted: somebody gave another address. */
typedef struct {
    gboolean answered;
    guint organisations;
    WhAddress address;
    gboolean contradicted;
} WhTally;

/* Organisations that must agree before their word counts. */
#define WH_TALLY_QUORUM 2

/* The count over the outside observations of `family` among `observations` (WhObservation). */
WhTally wh_tally(WhFamily family, const GPtrArray *observations);

/* How many different organisations back `address`. */
guint wh_tally_organisations(const GPtrArray *observations, const WhAddress *address);

G_END_DECLS
