#include "service/detect/detector_private.h"

#include <string.h>

#include "service/detect/evidence.h"
#include "service/detect/rank.h"
#include "service/detect/tally.h"

static void set_context(WhVerdictContext *context, const WhInside *inside)
{
    *context = (WhVerdictContext){.has_route = inside->has_route,
                                  .has_address = inside->addresses->len > 0,
                                  .asking = TRUE,
                                  .hint = inside->hint,
                                  .vpn_choice = inside->choice};
    memcpy(context->vpn, inside->vpn, sizeof context->vpn);
}

static gboolean is_same_way(const WhWayOut *a, const WhWayOut *b)
{
    return a->interface == b->interface && !a->has_router == !b->has_router &&
           (!a->has_router || wh_address_equal(&a->router, &b->router));
}

static void forget_outside(WhDetector *detector)
{
    g_ptr_array_set_size(detector->families[WH_FAMILY_IPV4].outside, 0);
    wh_survey_stop(detector->survey);
}

/* What was heard over another way out says nothing of this one; and a round that goes on would ask
 * by what led past a VPN, or did not, before. */
static void set_way(WhDetector *detector, const WhInside *inside)
{
    const char *vpn = inside->choice == WH_VPN_VPN ? inside->vpn : "";
    if (!is_same_way(&detector->way, &inside->way) || strcmp(detector->vpn, vpn) != 0)
        forget_outside(detector);
    else if (detector->uplink != inside->uplink)
        wh_survey_stop(detector->survey);
    detector->way = inside->way;
    detector->uplink = inside->uplink;
    g_strlcpy(detector->vpn, vpn, sizeof detector->vpn);
    wh_survey_set_uplink(detector->survey, inside->uplink);
}

/* Reads the interface and returns the verdict that it allows by itself; ASKING: only the outside
 * knows. */
static WhVerdict *look_inside(WhDetector *detector, WhFamily which)
{
    WhDetectorFamily *family = &detector->families[which];
    gint64 now = wh_clock_monotonic(detector->clock);
    g_autoptr(GArray) addresses = g_array_new(FALSE, FALSE, sizeof(WhRouteAddress));
    WhInside inside = {.addresses = addresses};
    WhVerdictContext context;
    detector->reader->read(detector->reader, which, &inside);
    set_context(&context, &inside);
    if (which == WH_FAMILY_IPV4) {
        detector->context = context;
        set_way(detector, &inside);
    }
    wh_rank_sort(addresses, family->verdict->known ? &family->verdict->address : NULL, now);
    g_ptr_array_set_size(family->inside, 0);
    for (guint i = 0; i < addresses->len; i++)
        g_ptr_array_add(family->inside,
                        wh_observation_new("interface", "this computer", WH_SOURCE_INTERFACE,
                                           &g_array_index(addresses, WhRouteAddress, i).address,
                                           now));
    return wh_verdict_reach(which, &context, family->inside, now);
}

/* Whether the verdict still stands while the outside is asked again. */
static gboolean stands(const WhDetector *detector, WhFamily which)
{
    const WhDetectorFamily *family = &detector->families[which];
    gint64 now = wh_clock_monotonic(detector->clock);
    switch (family->verdict->reason) {
    case WH_VERDICT_DIRECT:
    case WH_VERDICT_NO_ROUTE:
    case WH_VERDICT_NO_ADDRESS:
    case WH_VERDICT_VPN:
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
    return (detector->router.report.watched && wh_detector_router_confirms(detector)) ||
           wh_evidence_backs(family->outside, &family->verdict->address,
                             now - WH_DETECTOR_EVIDENCE_LASTS);
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
            wh_clock_add_timer(detector->clock, WH_DETECTOR_EVIDENCE_LASTS + 1, grow_old, detector);
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

/* The standing verdict stays, and goes on to say what the way out is now. */
static void take_way(WhVerdict *standing, const WhVerdict *inside)
{
    standing->vpn_choice = inside->vpn_choice;
    memcpy(standing->vpn, inside->vpn, sizeof standing->vpn);
}

/* Takes what the interface says, unless what the outside said before still stands. */
static void take_inside(WhDetector *detector, WhVerdict *inside)
{
    WhDetectorFamily *family = &detector->families[inside->family];
    g_autoptr(WhVerdict) verdict = inside;
    if (verdict->reason == WH_VERDICT_ASKING && stands(detector, verdict->family)) {
        take_way(family->verdict, verdict);
        wh_detector_refresh(detector, verdict->family);
        return;
    }
    g_ptr_array_set_size(family->outside, 0);
    wh_detector_settle(detector, g_steal_pointer(&verdict));
}

static void grow_old(gpointer data)
{
    WhDetector *detector = data;
    detector->ageing = 0;
    take_inside(detector, look_inside(detector, WH_FAMILY_IPV4));
    if (!may_ask(detector))
        stop_asking(detector);
}

void wh_detector_look(WhDetector *detector)
{
    WhVerdict *ipv4 = look_inside(detector, WH_FAMILY_IPV4);
    WhVerdict *ipv6 = look_inside(detector, WH_FAMILY_IPV6);
    detector->behind_router = ipv4->reason == WH_VERDICT_ASKING;
    take_inside(detector, ipv4);
    take_inside(detector, ipv6);
    wh_detector_tell_survey(detector);
    ask_outside(detector);
}

void wh_detector_forget(WhDetector *detector)
{
    forget_outside(detector);
    detector->router = (WhRouter){0};
}

/* Whether what the router says now gives reason to ask the outside. Its first word does not while a
 * round is under way, which takes it into account, nor while it is not about the internet. */
static gboolean is_event(const WhDetector *detector, WhRouterNews news)
{
    g_autoptr(WhObservation) word = wh_detector_router_word(detector);
    if (news == WH_ROUTER_SAME || !may_ask(detector) || word == NULL ||
        wh_detector_router_confirms(detector))
        return FALSE;
    if (news == WH_ROUTER_CHANGED)
        return TRUE;
    return wh_tally_is_word(word) && !wh_survey_is_asking(detector->survey);
}

void wh_detector_set_gateway(WhDetector *detector, const WhGatewayReport *report)
{
    WhRouterNews news = wh_router_take(&detector->router, report);
    if (detector->behind_router)
        wh_detector_refresh(detector, WH_FAMILY_IPV4);
    wh_detector_tell_survey(detector);
    wh_detector_set_pace(detector);
    if (is_event(detector, news))
        wh_survey_event(detector->survey);
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
    /* Nobody looked meanwhile, so what stood may be over. */
    if (!same && !paused)
        forget_outside(detector);
    if (!same)
        reconsider(detector);
}

const WhVerdict *wh_detector_verdict(WhDetector *detector, WhFamily family)
{
    return detector->families[family].verdict;
}

static void family_init(WhDetectorFamily *family, WhFamily which, gint64 now)
{
    WhVerdictContext context = {.has_route = TRUE, .has_address = TRUE, .asking = TRUE};
    family->inside = wh_evidence_new();
    family->outside = wh_evidence_new();
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
    detector->survey =
        wh_survey_new(clock, asker, operators, WH_FAMILY_IPV4, wh_detector_weigh, detector);
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
