#include "service/detect/detector.h"

#include <string.h>

#include "service/detect/survey.h"
#include "service/detect/tally.h"

/* Answers older than this are no evidence. */
#define EVIDENCE_LASTS (15 * WH_MINUTE)

/* inside: what the interface showed when it was last read. outside: the newest answer of each
 * operator that bears on the standing verdict. */
typedef struct {
    gboolean wanted;
    GPtrArray *inside;
    GPtrArray *outside;
    WhVerdict *verdict;
} Family;

/* Only IPv4 is asked about outside: for IPv6 the interface decides. ageing: runs while an agreement
 * stands that nobody wants to be checked. */
struct WhDetector {
    WhClock *clock;
    WhInterfaceReader *reader;
    WhDetectorFunc changed;
    gpointer data;
    WhSurvey *survey;
    Family families[WH_N_FAMILIES];
    gboolean paused;
    gboolean behind_router;
    guint ageing;
};

static GPtrArray *new_observations(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)wh_observation_free);
}

static void append_copies(GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, wh_observation_copy(from->pdata[i]));
}

/* Makes `verdict`, which is taken over, the standing one, and tells when it says something else. */
static void settle(WhDetector *detector, WhVerdict *verdict)
{
    Family *family = &detector->families[verdict->family];
    g_autoptr(WhVerdict) before = g_steal_pointer(&family->verdict);
    family->verdict = verdict;
    gboolean same = before->reason == verdict->reason && before->known == verdict->known &&
                    (!verdict->known || wh_address_equal(&before->address, &verdict->address));
    if (same) {
        verdict->at = before->at;
        return;
    }
    /* Who is told may look again, and that may replace the standing one. */
    g_autoptr(WhVerdict) told = wh_verdict_copy(verdict);
    detector->changed(told, detector->data);
}

/* The standing verdict stays; its evidence is what is known now. */
static void refresh_evidence(Family *family)
{
    g_ptr_array_set_size(family->verdict->observations, 0);
    append_copies(family->verdict->observations, family->inside);
    append_copies(family->verdict->observations, family->outside);
}

static void drop_old(GPtrArray *observations, gint64 now)
{
    for (guint i = observations->len; i-- > 0;) {
        const WhObservation *observation = observations->pdata[i];
        if (now - observation->at > EVIDENCE_LASTS)
            g_ptr_array_remove_index(observations, i);
    }
}

/* Adds copies of `heard`, each in the place of what the same source said before. */
static void merge(GPtrArray *observations, const GPtrArray *heard)
{
    for (guint i = 0; i < heard->len; i++) {
        const WhObservation *newer = heard->pdata[i];
        for (guint k = observations->len; k-- > 0;) {
            const WhObservation *older = observations->pdata[k];
            if (strcmp(older->source, newer->source) == 0)
                g_ptr_array_remove_index(observations, k);
        }
        g_ptr_array_add(observations, wh_observation_copy(newer));
    }
}

/* Whether two organisations in this round back the agreement that stands: then a third one that
 * says something else is a finding, and nothing more. */
static gboolean is_upheld(const WhVerdict *standing, const WhInquiry *inquiry)
{
    return standing->reason == WH_VERDICT_AGREED &&
           wh_tally_organisations(wh_inquiry_observations(inquiry), &standing->address) >=
               WH_TALLY_QUORUM;
}

static void take_outside(WhDetector *detector, const GPtrArray *heard)
{
    Family *family = &detector->families[WH_FAMILY_IPV4];
    g_ptr_array_set_size(family->outside, 0);
    append_copies(family->outside, heard);
    g_autoptr(GPtrArray) all = new_observations();
    append_copies(all, family->inside);
    append_copies(all, family->outside);
    WhVerdictContext context = {.has_route = TRUE, .has_address = TRUE};
    settle(detector,
           wh_verdict_reach(WH_FAMILY_IPV4, &context, all, wh_clock_monotonic(detector->clock)));
}

static void take_nobody_to_ask(WhDetector *detector)
{
    g_autoptr(GPtrArray) heard = new_observations();
    g_ptr_array_add(heard, wh_observation_new_failed(
                               "outside", "nobody", WH_SOURCE_OUTSIDE, WH_FAMILY_IPV4,
                               "the list of operators names none that can be asked over IPv4",
                               wh_clock_monotonic(detector->clock)));
    take_outside(detector, heard);
}

static const WhAddress *weigh(const WhInquiry *inquiry, gpointer data)
{
    WhDetector *detector = data;
    Family *family = &detector->families[WH_FAMILY_IPV4];
    if (inquiry == NULL) {
        take_nobody_to_ask(detector);
    } else if (wh_inquiry_is_confirmed(inquiry) || is_upheld(family->verdict, inquiry)) {
        merge(family->outside, wh_inquiry_observations(inquiry));
        drop_old(family->outside, wh_clock_monotonic(detector->clock));
        refresh_evidence(family);
    } else {
        take_outside(detector, wh_inquiry_observations(inquiry));
    }
    return family->verdict->known ? &family->verdict->address : NULL;
}

static gboolean is_standing_address(const Family *family, const WhRouteAddress *candidate)
{
    return family->verdict->known &&
           wh_address_equal(&family->verdict->address, &candidate->address);
}

/* Whether `a` is to be taken rather than `b`. What stands wins among equals, so that two good
 * addresses do not take turns. */
static gboolean is_better(const Family *family, const WhRouteAddress *a, const WhRouteAddress *b)
{
    if (a->preferred != b->preferred)
        return a->preferred;
    return is_standing_address(family, a) && !is_standing_address(family, b);
}

static void sort_addresses(const Family *family, GArray *addresses)
{
    for (guint i = 1; i < addresses->len; i++) {
        WhRouteAddress moved = g_array_index(addresses, WhRouteAddress, i);
        guint to = i;
        for (;
             to > 0 && is_better(family, &moved, &g_array_index(addresses, WhRouteAddress, to - 1));
             to--)
            g_array_index(addresses, WhRouteAddress, to) =
                g_array_index(addresses, WhRouteAddress, to - 1);
        g_array_index(addresses, WhRouteAddress, to) = moved;
    }
}

/* Reads the interface and returns the verdict that it allows by itself; ASKING: only the outside
 * knows. */
static WhVerdict *look_inside(WhDetector *detector, WhFamily which)
{
    Family *family = &detector->families[which];
    gint64 now = wh_clock_monotonic(detector->clock);
    g_autoptr(GArray) addresses = g_array_new(FALSE, FALSE, sizeof(WhRouteAddress));
    WhVerdictContext context = {.asking = TRUE};
    context.has_route = detector->reader->read(detector->reader, which, addresses);
    context.has_address = addresses->len > 0;
    sort_addresses(family, addresses);
    g_ptr_array_set_size(family->inside, 0);
    for (guint i = 0; i < addresses->len; i++)
        g_ptr_array_add(family->inside,
                        wh_observation_new("interface", "this computer", WH_SOURCE_INTERFACE,
                                           &g_array_index(addresses, WhRouteAddress, i).address,
                                           now));
    return wh_verdict_reach(which, &context, family->inside, now);
}

/* Whether the verdict still stands while the outside is asked again. */
static gboolean stands(const Family *family, gint64 now)
{
    switch (family->verdict->reason) {
    case WH_VERDICT_DIRECT:
    case WH_VERDICT_NO_ROUTE:
    case WH_VERDICT_NO_ADDRESS:
        return FALSE;
    case WH_VERDICT_AGREED:
        break;
    case WH_VERDICT_ASKING:
    case WH_VERDICT_SILENT:
    case WH_VERDICT_ONE_WITNESS:
    case WH_VERDICT_DISAGREED:
    case WH_VERDICT_SPECIAL:
        return TRUE;
    }
    for (guint i = 0; i < family->outside->len; i++) {
        const WhObservation *observation = family->outside->pdata[i];
        if (observation->ok && now - observation->at <= EVIDENCE_LASTS &&
            wh_address_equal(&observation->address, &family->verdict->address))
            return TRUE;
    }
    return FALSE;
}

static gboolean may_ask(const WhDetector *detector)
{
    return detector->behind_router && detector->families[WH_FAMILY_IPV4].wanted &&
           !detector->paused;
}

static void grow_old(gpointer data);

/* What was agreed on must not be there for ever: somebody may want it again much later, and would
 * get it before the outside could be asked. */
static void stop_asking(WhDetector *detector)
{
    const WhVerdict *standing = detector->families[WH_FAMILY_IPV4].verdict;
    wh_survey_stop(detector->survey);
    wh_clock_remove_timer(detector->clock, &detector->ageing);
    if (!detector->paused && standing->reason == WH_VERDICT_AGREED)
        detector->ageing =
            wh_clock_add_timer(detector->clock, EVIDENCE_LASTS + 1, grow_old, detector);
}

static void ask_outside(WhDetector *detector)
{
    if (!may_ask(detector)) {
        stop_asking(detector);
        return;
    }
    wh_clock_remove_timer(detector->clock, &detector->ageing);
    wh_survey_event(detector->survey);
}

/* Takes what the interface says, unless what the outside said before still stands. */
static void take_inside(WhDetector *detector, WhVerdict *inside)
{
    Family *family = &detector->families[inside->family];
    g_autoptr(WhVerdict) verdict = inside;
    if (verdict->reason == WH_VERDICT_ASKING &&
        stands(family, wh_clock_monotonic(detector->clock))) {
        refresh_evidence(family);
        return;
    }
    g_ptr_array_set_size(family->outside, 0);
    settle(detector, g_steal_pointer(&verdict));
}

static void grow_old(gpointer data)
{
    WhDetector *detector = data;
    detector->ageing = 0;
    take_inside(detector, look_inside(detector, WH_FAMILY_IPV4));
}

void wh_detector_look(WhDetector *detector)
{
    WhVerdict *ipv4 = look_inside(detector, WH_FAMILY_IPV4);
    WhVerdict *ipv6 = look_inside(detector, WH_FAMILY_IPV6);
    detector->behind_router = ipv4->reason == WH_VERDICT_ASKING;
    take_inside(detector, ipv4);
    take_inside(detector, ipv6);
    ask_outside(detector);
}

/* What was stopped begins as after an event, on evidence that still counts. */
static void reconsider(WhDetector *detector)
{
    if (detector->behind_router && !detector->paused)
        wh_detector_look(detector);
    else
        stop_asking(detector);
}

void wh_detector_set_wanted(WhDetector *detector, gboolean ipv4, gboolean ipv6)
{
    gboolean same = !detector->families[WH_FAMILY_IPV4].wanted == !ipv4;
    detector->families[WH_FAMILY_IPV4].wanted = ipv4;
    detector->families[WH_FAMILY_IPV6].wanted = ipv6;
    if (!same)
        reconsider(detector);
}

void wh_detector_set_paused(WhDetector *detector, gboolean paused)
{
    gboolean same = !detector->paused == !paused;
    detector->paused = paused;
    if (!same)
        reconsider(detector);
}

const WhVerdict *wh_detector_verdict(WhDetector *detector, WhFamily family)
{
    return detector->families[family].verdict;
}

static void family_init(Family *family, WhFamily which, gint64 now)
{
    WhVerdictContext context = {.has_route = TRUE, .has_address = TRUE, .asking = TRUE};
    family->inside = new_observations();
    family->outside = new_observations();
    family->verdict = wh_verdict_reach(WH_FAMILY_IPV4, &context, family->inside, now);
    family->verdict->family = which;
}

WhDetector *wh_detector_new(WhClock *clock, WhInterfaceReader *reader, WhOutsideAsker *asker,
                            GPtrArray *operators, WhDetectorFunc changed, gpointer data)
{
    WhDetector *detector = g_new0(WhDetector, 1);
    detector->clock = clock;
    detector->reader = reader;
    detector->changed = changed;
    detector->data = data;
    detector->survey = wh_survey_new(clock, asker, operators, WH_FAMILY_IPV4, weigh, detector);
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        family_init(&detector->families[i], (WhFamily)i, wh_clock_monotonic(clock));
    return detector;
}

void wh_detector_free(WhDetector *detector)
{
    if (detector == NULL)
        return;
    wh_clock_remove_timer(detector->clock, &detector->ageing);
    wh_survey_free(detector->survey);
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        g_ptr_array_unref(detector->families[i].inside);
        g_ptr_array_unref(detector->families[i].outside);
        wh_verdict_free(detector->families[i].verdict);
    }
    g_free(detector);
}
