/* What the two halves of the detector share: detector.c reads the interfaces and decides when the
 * outside is asked, weighing.c makes verdicts of what was heard. Private to this room. */
#pragma once

#include "service/detect/detector.h"
#include "service/detect/router.h"
#include "service/detect/survey.h"

G_BEGIN_DECLS

/* Answers older than this are no evidence. */
#define WH_DETECTOR_EVIDENCE_LASTS (15 * WH_MINUTE)

/* inside: what the interface showed when it was last read. outside: the newest answer of each
 * operator that bears on the standing verdict. */
typedef struct {
    gboolean wanted;
    GPtrArray *inside;
    GPtrArray *outside;
    WhVerdict *verdict;
} WhDetectorFamily;

/* Only IPv4 is asked about outside: for IPv6 the interface decides. behind_router: the
 * interface leaves it to the outside. way, vpn, uplink: the way out that counts, the tunnel whose
 * other end is published ("": none), and the interface that questions leave by. backed: the last
 * round heard from outside what stands. ageing: runs while an agreement stands that nobody wants to
 * be checked. */
struct WhDetector {
    WhClock *clock;
    WhInterfaceReader *reader;
    WhDetectorFunc changed;
    gpointer data;
    WhSurvey *survey;
    WhDetectorFamily families[WH_N_FAMILIES];
    gboolean paused;
    gboolean behind_router;
    WhWayOut way;
    char vpn[WH_TUNNEL_NAME_SIZE];
    guint uplink;
    WhVerdictContext context;
    WhRouter router;
    gboolean backed;
    guint ageing;
};

/* Makes `verdict`, which is taken over, the standing one, and tells when it says something else. */
void wh_detector_settle(WhDetector *detector, WhVerdict *verdict);

/* The standing verdict stays; its evidence is what is known now. */
void wh_detector_refresh(WhDetector *detector, WhFamily which);

/* The router's word, where its line is the way out; NULL otherwise. */
WhObservation *wh_detector_router_word(const WhDetector *detector);

/* Whether the router is believed and says what stands. */
gboolean wh_detector_router_confirms(const WhDetector *detector);

/* The survey learns what the router says now. */
void wh_detector_tell_survey(WhDetector *detector);

/* Polls are rare while the router would tell of a change, and the outside has said that it is
 * right.
 */
void wh_detector_set_pace(WhDetector *detector);

/* A WhSurveyFunc whose data is the detector: makes a verdict of what a round heard. */
const WhAddress *wh_detector_weigh(const WhInquiry *inquiry, gpointer data);

G_END_DECLS
