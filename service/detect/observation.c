#include "service/detect/observation.h"

static WhObservation *make(const char *source, const char *organisation, WhSourceKind kind,
                           WhFamily family, gint64 at)
{
    WhObservation *observation = g_new0(WhObservation, 1);
    observation->source = g_strdup(source);
    observation->organisation = g_strdup(organisation);
    observation->kind = kind;
    observation->family = family;
    observation->at = at;
    return observation;
}

WhObservation *wh_observation_new(const char *source, const char *organisation, WhSourceKind kind,
                                  const WhAddress *address, gint64 at)
{
    WhObservation *observation = make(source, organisation, kind, address->family, at);
    observation->ok = TRUE;
    observation->address = *address;
    return observation;
}

WhObservation *wh_observation_new_failed(const char *source, const char *organisation,
                                         WhSourceKind kind, WhFamily family, const char *failure,
                                         gint64 at)
{
    WhObservation *observation = make(source, organisation, kind, family, at);
    observation->failure = g_strdup(failure);
    return observation;
}

WhObservation *wh_observation_copy(const WhObservation *observation)
{
    WhObservation *copy = g_memdup2(observation, sizeof *observation);
    copy->source = g_strdup(observation->source);
    copy->organisation = g_strdup(observation->organisation);
    copy->failure = g_strdup(observation->failure);
    return copy;
}

void wh_observation_free(WhObservation *observation)
{
    if (observation == NULL)
        return;
    g_free(observation->source);
    g_free(observation->organisation);
    g_free(observation->failure);
    g_free(observation);
}
