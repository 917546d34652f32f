#include "service/detect/verdict.h"

#include <string.h>

#include "service/base/special_address.h"
#include "service/detect/evidence.h"
#include "service/detect/tally.h"

static const char *const reason_names[] = {
    [WH_VERDICT_DIRECT] = "direct",           [WH_VERDICT_AGREED] = "agreed",
    [WH_VERDICT_NO_ROUTE] = "no_route",       [WH_VERDICT_NO_ADDRESS] = "no_address",
    [WH_VERDICT_ASKING] = "asking",           [WH_VERDICT_SILENT] = "silent",
    [WH_VERDICT_ONE_WITNESS] = "one_witness", [WH_VERDICT_DISAGREED] = "disagreed",
    [WH_VERDICT_SPECIAL] = "special",         [WH_VERDICT_VPN] = "vpn",
};

G_STATIC_ASSERT(G_N_ELEMENTS(reason_names) == WH_N_VERDICT_REASONS);

const char *wh_verdict_reason_name(WhVerdictReason reason)
{
    return reason_names[reason];
}

static const char *const vpn_choices[] = {
    [WH_VPN_NOTHING] = "nothing",
    [WH_VPN_LINE] = "line",
    [WH_VPN_VPN] = "vpn",
};

G_STATIC_ASSERT(G_N_ELEMENTS(vpn_choices) == WH_N_VPN_CHOICES);

const char *wh_vpn_choice_name(WhVpnChoice choice)
{
    return vpn_choices[choice];
}

gboolean wh_vpn_choice_parse(const char *name, WhVpnChoice *choice)
{
    for (guint i = 0; i < G_N_ELEMENTS(vpn_choices); i++) {
        if (strcmp(vpn_choices[i], name) != 0)
            continue;
        *choice = (WhVpnChoice)i;
        return TRUE;
    }
    return FALSE;
}

static GPtrArray *copy_observations(const GPtrArray *observations)
{
    GPtrArray *copy = wh_evidence_new();
    wh_evidence_append_copies(copy, observations);
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

static WhVerdictReason judge_sources(const WhVerdictContext *context, const GPtrArray *observations,
                                     const WhTally *tally)
{
    if (tally->agreed)
        return wh_special_address_find(&tally->address) == NULL ? WH_VERDICT_AGREED
                                                                : WH_VERDICT_SPECIAL;
    if (tally->contradicted)
        return WH_VERDICT_DISAGREED;
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

/* Sets reason and address. */
static void judge(WhVerdict *verdict, const WhVerdictContext *context)
{
    const WhAddress *direct = find_direct(verdict->family, verdict->observations);
    WhTally tally = wh_tally(verdict->family, verdict->observations);
    if (!context->has_route) {
        verdict->reason = WH_VERDICT_NO_ROUTE;
    } else if (context->vpn[0] != '\0' && context->vpn_choice == WH_VPN_NOTHING) {
        verdict->reason = WH_VERDICT_VPN;
    } else if (direct != NULL) {
        verdict->reason = WH_VERDICT_DIRECT;
        verdict->address = *direct;
    } else if (!context->has_address || verdict->family == WH_FAMILY_IPV6) {
        /* What an outside source sees of IPv6 is a temporary address, or one that a router put in.
         */
        verdict->reason = WH_VERDICT_NO_ADDRESS;
        verdict->hint = context->hint;
    } else {
        verdict->reason = judge_sources(context, verdict->observations, &tally);
        if (verdict->reason == WH_VERDICT_AGREED)
            verdict->address = tally.address;
    }
}

WhVerdict *wh_verdict_reach(WhFamily family, const WhVerdictContext *context,
                            const GPtrArray *observations, gint64 now)
{
    WhVerdict *verdict = g_new0(WhVerdict, 1);
    verdict->family = family;
    verdict->at = now;
    verdict->observations = copy_observations(observations);
    verdict->vpn_choice = context->vpn_choice;
    memcpy(verdict->vpn, context->vpn, sizeof verdict->vpn);
    judge(verdict, context);
    verdict->known = verdict->reason == WH_VERDICT_DIRECT || verdict->reason == WH_VERDICT_AGREED;
    return verdict;
}

const WhAddress *wh_verdict_shared_line(const WhVerdict *verdict)
{
    for (guint i = 0; i < verdict->observations->len; i++) {
        const WhObservation *observation = g_ptr_array_index(verdict->observations, i);
        if (observation->kind == WH_SOURCE_INTERFACE && observation->ok &&
            wh_special_address_is_shared(&observation->address))
            return &observation->address;
    }
    return NULL;
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
