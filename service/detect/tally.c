#include "service/detect/tally.h"

#include <string.h>

#include "service/base/special_address.h"

static gboolean backs(const WhObservation *observation, const WhAddress *address)
{
    return observation->kind == WH_SOURCE_OUTSIDE && observation->ok &&
           wh_address_equal(&observation->address, address);
}

static gboolean backs_by_https(const WhObservation *observation, const WhAddress *address)
{
    return backs(observation, address) && !observation->witness_by_dns;
}

/* Whether one of the first `length` observations backs `address` over HTTPS in the name of
 * `organisation`. */
static gboolean has_organisation(const GPtrArray *observations, guint length,
                                 const char *organisation, const WhAddress *address)
{
    for (guint i = 0; i < length; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (backs_by_https(observation, address) &&
            strcmp(observation->organisation, organisation) == 0)
            return TRUE;
    }
    return FALSE;
}

static guint count_organisations(const GPtrArray *observations, const WhAddress *address)
{
    guint organisations = 0;
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (backs_by_https(observation, address) &&
            !has_organisation(observations, i, observation->organisation, address))
            organisations++;
    }
    return organisations;
}

/* 1 or 0. */
static guint count_dns(const GPtrArray *observations, const WhAddress *address)
{
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (backs(observation, address) && observation->witness_by_dns &&
            !has_organisation(observations, observations->len, observation->organisation, address))
            return 1;
    }
    return 0;
}

gboolean wh_tally_is_word(const WhObservation *observation)
{
    return observation->kind == WH_SOURCE_GATEWAY && observation->ok && !observation->outvoted &&
           wh_special_address_find(&observation->address) == NULL;
}

/* 1 or 0. */
static guint count_router(const GPtrArray *observations, const WhAddress *address)
{
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (wh_tally_is_word(observation) && wh_address_equal(&observation->address, address))
            return 1;
    }
    return 0;
}

guint wh_tally_voices(const GPtrArray *observations, const WhAddress *address)
{
    return count_organisations(observations, address) + count_dns(observations, address) +
           count_router(observations, address);
}

/* Whether something else than `address` was heard outside over DNS (TRUE) or HTTPS (FALSE). */
static gboolean is_contradicted(const GPtrArray *observations, const WhAddress *address,
                                gboolean by_dns)
{
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (observation->kind == WH_SOURCE_OUTSIDE && observation->ok &&
            observation->family == address->family && !observation->witness_by_dns == !by_dns &&
            !wh_address_equal(&observation->address, address))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_agreed(const GPtrArray *observations, const WhAddress *address)
{
    guint strong = count_organisations(observations, address) + count_router(observations, address);
    if (strong + count_dns(observations, address) < WH_TALLY_QUORUM ||
        is_contradicted(observations, address, FALSE))
        return FALSE;
    return strong >= WH_TALLY_QUORUM || !is_contradicted(observations, address, TRUE);
}

static gboolean counts(const WhObservation *observation, WhFamily family)
{
    if (observation->family != family || !observation->ok)
        return FALSE;
    return observation->kind == WH_SOURCE_OUTSIDE || wh_tally_is_word(observation);
}

static gboolean has_dissent(WhFamily family, const GPtrArray *observations,
                            const WhAddress *address)
{
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (counts(observation, family) && !wh_address_equal(&observation->address, address))
            return TRUE;
    }
    return FALSE;
}

WhTally wh_tally(WhFamily family, const GPtrArray *observations)
{
    WhTally tally = {.answered = FALSE};
    for (guint i = 0; i < observations->len && !tally.agreed; i++) {
        const WhObservation *observation = observations->pdata[i];
        const WhAddress *address = &observation->address;
        if (observation->kind != WH_SOURCE_OUTSIDE || !counts(observation, family))
            continue;
        guint voices =
            count_organisations(observations, address) + count_dns(observations, address);
        tally.agreed = is_agreed(observations, address);
        if (tally.agreed || voices > tally.voices || !tally.answered) {
            tally.voices = voices;
            tally.address = *address;
        }
        tally.answered = TRUE;
    }
    tally.contradicted = tally.answered && has_dissent(family, observations, &tally.address);
    return tally;
}
