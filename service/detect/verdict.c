#include "service/detect/verdict.h"

#include "service/base/special_address.h"
#include "service/detect/tally.h"

static const char *const reason_names[] = {
    [WH_VERDICT_DIRECT] = "direct",           [WH_VERDICT_AGREED] = "agreed",
    [WH_VERDICT_NO_ROUTE] = "no_route",       [WH_VERDICT_NO_ADDRESS] = "no_address",
    [WH_VERDICT_ASKING] = "asking",           [WH_VERDICT_SILENT] = "silent",
    [WH_VERDICT_ONE_WITNESS] = "one_witness", [WH_VERDICT_DISAGREED] = "disagreed",
    [WH_VERDICT_SPECIAL] = "special",
};

G_STATIC_ASSERT(G_N_ELEMENTS(reason_names) == WH_N_VERDICT_REASONS);

const char *wh_verdict_reason_name(WhVerdictReason reason)
{
    return reason_names[reason];
}

static GPtrArray *copy_observations(const GPtrArray *observations)
{
    GPtrArray *copy = g_ptr_array_new_full(observations->len, (GDestroyNotify)wh_observation_free);
    for (guint i = 0; i < observations->len; i++)
        g_ptr_array_add(copy, wh_observation_copy(observations->pdata[i]));
    return copy;
}

/* The first ordinary global address on the interface; the reader's order is the preference. */
static const WhAddress *find_direct(WhFamily family, const GPtrArray *observations)
{
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (observation->kind == WH_SOURCE_INTERFACE && observation->family == family &&
            observation->ok && wh_special_address_find(&observation->address) == NULL)
            return &observation->address;
    }
    return NULL;
}

static WhVerdictReason judge_outside(const WhVerdictContext *context, const GPtrArray *observations,
                                     const WhTally *tally)
{
    if (tally->contradicted)
        return WH_VERDICT_DISAGREED;
    if (tally->organisations >= WH_TALLY_QUORUM)
        return wh_special_address_find(&tally->address) == NULL ? WH_VERDICT_AGREED
                                                                : WH_VERDICT_SPECIAL;
    if (context->asking)
        return WH_VERDICT_ASKING;
    if (tally->answered)
        return WH_VERDICT_ONE_WITNESS;
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (observation->kind == WH_SOURCE_OUTSIDE)
            return WH_VERDICT_SILENT;
    }
    return WH_VERDICT_ASKING;
}

WhVerdict *wh_verdict_reach(WhFamily family, const WhVerdictContext *context,
                            const GPtrArray *observations, gint64 now)
{
    WhVerdict *verdict = g_new0(WhVerdict, 1);
    verdict->family = family;
    verdict->at = now;
    verdict->observations = copy_observations(observations);
    const WhAddress *direct = find_direct(family, observations);
    WhTally tally = wh_tally(family, observations);
    if (!context->has_route) {
        verdict->reason = WH_VERDICT_NO_ROUTE;
    } else if (direct != NULL) {
        verdict->reason = WH_VERDICT_DIRECT;
        verdict->address = *direct;
    } else if (!context->has_address || family == WH_FAMILY_IPV6) {
        /* What an outside source sees of IPv6 is a temporary address, or one that a router put in.
         */
        verdict->reason = WH_VERDICT_NO_ADDRESS;
    } else {
        verdict->reason = judge_outside(context, observations, &tally);
        if (verdict->reason == WH_VERDICT_AGREED)
            verdict->address = tally.address;
    }
    verdict->known = verdict->reason == WH_VERDICT_DIRECT || verdict->reason == WH_VERDICT_AGREED;
    return verdict;
}

WhVerdict *wh_verdict_copy(const WhVerdict *verdict)
{
    WhVerdict *copy = g_memdup2(verdict, sizeof *verdict);
    copy->observations = copy_observations(verdict->observations);
    return copy;
}

void wh_verdict_free(WhVerdict *verdict)
{
    if (verdict == NULL)
        return;
    g_ptr_array_unref(verdict->observations);
    g_free(verdict);
}
