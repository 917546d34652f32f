#include "service/detect/detector_private.h"

#include <string.h>

#include "service/detect/evidence.h"
#include "service/detect/tally.h"

void wh_detector_settle(WhDetector *detector, WhVerdict *verdict)
{
    WhDetectorFamily *family = &detector->families[verdict->family];
    g_autoptr(WhVerdict) before = g_steal_pointer(&family->verdict);
    family->verdict = verdict;
    gboolean same = before->reason == verdict->reason && before->known == verdict->known &&
                    (verdict->reason != WH_VERDICT_VPN || strcmp(before->vpn, verdict->vpn) == 0) &&
                    (!verdict->known || wh_address_equal(&before->address, &verdict->address));
    if (same) {
        verdict->at = before->at;
        return;
    }
    /* Who is told may look again, and that may replace the standing one. */
    g_autoptr(WhVerdict) told = wh_verdict_copy(verdict);
    detector->changed(told, detector->data);
}

WhObservation *wh_detector_router_word(const WhDetector *detector)
{
    if (!detector->behind_router || detector->vpn[0] != '\0')
        return NULL;
    return wh_router_observation(&detector->router);
}

gboolean wh_detector_router_confirms(const WhDetector *detector)
{
    const WhVerdict *standing = detector->families[WH_FAMILY_IPV4].verdict;
    return standing->reason == WH_VERDICT_AGREED && detector->vpn[0] == '\0' &&
           wh_router_confirms(&detector->router, &standing->address);
}

/* All that is known now; the caller frees it. */
static GPtrArray *gather(const WhDetector *detector, WhFamily which)
{
    const WhDetectorFamily *family = &detector->families[which];
    GPtrArray *all = wh_evidence_new();
    wh_evidence_append_copies(all, family->inside);
    WhObservation *router = which == WH_FAMILY_IPV4 ? wh_detector_router_word(detector) : NULL;
    if (router != NULL)
        g_ptr_array_add(all, router);
    wh_evidence_append_copies(all, family->outside);
    return all;
}

void wh_detector_refresh(WhDetector *detector, WhFamily which)
{
    WhVerdict *standing = detector->families[which].verdict;
    g_ptr_array_unref(standing->observations);
    standing->observations = gather(detector, which);
}

void wh_detector_tell_survey(WhDetector *detector)
{
    g_autoptr(WhObservation) word = wh_detector_router_word(detector);
    wh_survey_set_router(detector->survey, word);
}

void wh_detector_set_pace(WhDetector *detector)
{
    wh_survey_set_rare(detector->survey, detector->router.report.watched && detector->backed &&
                                             wh_detector_router_confirms(detector));
}

/* Whether this round upholds the agreement that stands: two voices back it, and then a third one
 * that says something else is a finding, and nothing more; or the router does, and nobody outside
 * answers. */
static gboolean is_upheld(const WhDetector *detector, const WhInquiry *inquiry)
{
    const WhVerdict *standing = detector->families[WH_FAMILY_IPV4].verdict;
    g_autoptr(GPtrArray) evidence = wh_inquiry_evidence(inquiry);
    WhTally tally = wh_tally(WH_FAMILY_IPV4, evidence);
    if (standing->reason != WH_VERDICT_AGREED)
        return FALSE;
    if (tally.agreed)
        return wh_address_equal(&tally.address, &standing->address);
    if (!tally.answered)
        return wh_detector_router_confirms(detector);
    return wh_tally_voices(evidence, &standing->address) >= WH_TALLY_QUORUM;
}

static void take_outside(WhDetector *detector, const GPtrArray *heard)
{
    WhDetectorFamily *family = &detector->families[WH_FAMILY_IPV4];
    g_ptr_array_set_size(family->outside, 0);
    wh_evidence_append_copies(family->outside, heard);
    g_autoptr(GPtrArray) all = gather(detector, WH_FAMILY_IPV4);
    WhVerdictContext context = detector->context;
    context.asking = FALSE;
    wh_detector_settle(detector, wh_verdict_reach(WH_FAMILY_IPV4, &context, all,
                                                  wh_clock_monotonic(detector->clock)));
}

static void take_nobody_to_ask(WhDetector *detector)
{
    g_autoptr(GPtrArray) heard = wh_evidence_new();
    g_ptr_array_add(heard, wh_observation_new_failed(
                               "outside", "nobody", WH_SOURCE_OUTSIDE, WH_FAMILY_IPV4,
                               "the list of operators names none that can be asked over IPv4",
                               wh_clock_monotonic(detector->clock)));
    take_outside(detector, heard);
}

/* What two voices agree on shows whether the router is right. */
static void judge_router(WhDetector *detector, const WhInquiry *inquiry)
{
    g_autoptr(GPtrArray) evidence = wh_inquiry_evidence(inquiry);
    WhTally tally = wh_tally(WH_FAMILY_IPV4, evidence);
    if (!tally.agreed)
        return;
    wh_router_judge(&detector->router, &tally.address);
    wh_detector_tell_survey(detector);
}

static gboolean is_known(const WhDetector *detector, const WhAddress *address)
{
    const WhVerdict *standing = detector->families[WH_FAMILY_IPV4].verdict;
    return standing->known && wh_address_equal(&standing->address, address);
}

/* The router's word was in the evidence of the round, so it is judged before anybody is told. */
static void weigh_round(WhDetector *detector, const WhInquiry *inquiry)
{
    WhDetectorFamily *family = &detector->families[WH_FAMILY_IPV4];
    const GPtrArray *heard = wh_inquiry_observations(inquiry);
    gboolean stays =
        is_upheld(detector, inquiry) ||
        (wh_inquiry_is_confirmed(inquiry) && is_known(detector, wh_inquiry_known(inquiry)));
    judge_router(detector, inquiry);
    if (stays) {
        wh_evidence_merge(family->outside, heard);
        wh_evidence_drop_old(family->outside,
                             wh_clock_monotonic(detector->clock) - WH_DETECTOR_EVIDENCE_LASTS);
        wh_detector_refresh(detector, WH_FAMILY_IPV4);
    } else {
        take_outside(detector, heard);
    }
    detector->backed = family->verdict->reason == WH_VERDICT_AGREED &&
                       wh_evidence_backs(heard, &family->verdict->address, G_MININT64);
    wh_detector_set_pace(detector);
}

const WhAddress *wh_detector_weigh(const WhInquiry *inquiry, gpointer data)
{
    WhDetector *detector = data;
    WhDetectorFamily *family = &detector->families[WH_FAMILY_IPV4];
    if (inquiry == NULL)
        take_nobody_to_ask(detector);
    else
        weigh_round(detector, inquiry);
    return family->verdict->known ? &family->verdict->address : NULL;
}
