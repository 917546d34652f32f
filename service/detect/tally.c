#include "service/detect/tally.h"

#include <string.h>

static gboolean backs(const WhObservation *observation, const WhAddress *address)
{
    return observation->kind == WH_SOURCE_OUTSIDE && observation->ok &&
           wh_address_equal(&observation->address, address);
}

/* Whether an observation before the one at `index` has the same organisation and address. */
static gboolean is_repeated(const GPtrArray *observations, guint index)
{
    const WhObservation *observation = observations->pdata[index];
    for (guint i = 0; i < index; i++) {
        const WhObservation *earlier = observations->pdata[i];
        if (backs(earlier, &observation->address) &&
            strcmp(earlier->organisation, observation->organisation) == 0)
            return TRUE;
    }
    return FALSE;
}

guint wh_tally_organisations(const GPtrArray *observations, const WhAddress *address)
{
    guint organisations = 0;
    for (guint i = 0; i < observations->len; i++)
        if (backs(observations->pdata[i], address) && !is_repeated(observations, i))
            organisations++;
    return organisations;
}

WhTally wh_tally(WhFamily family, const GPtrArray *observations)
{
    WhTally tally = {.answered = FALSE};
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (observation->kind != WH_SOURCE_OUTSIDE || !observation->ok ||
            observation->family != family)
            continue;
        if (tally.answered && !wh_address_equal(&tally.address, &observation->address))
            tally.contradicted = TRUE;
        tally.answered = TRUE;
        guint organisations = wh_tally_organisations(observations, &observation->address);
        if (organisations > tally.organisations) {
            tally.organisations = organisations;
            tally.address = observation->address;
        }
    }
    return tally;
}
