/* When the outside is asked about one family: at once after an event, regularly while an answer
 * stands, and with growing pauses while none is to be had. Private to this room. */
#pragma once

#include "service/detect/inquiry.h"

G_BEGIN_DECLS

/* A standing answer is checked this often, give or take WH_SURVEY_JITTER of it. */
#define WH_SURVEY_POLL (90 * WH_SECOND)
#define WH_SURVEY_JITTER 0.1

/* The same while the home's router would tell of a change: less than one request an hour. */
#define WH_SURVEY_RARE_POLL (70 * WH_MINUTE)

/* What was agreed on so short a time ago is not asked about again after an event at which the
 * router says the same, until that time is over: events come in bursts, and the router may be late.
 */
#define WH_SURVEY_FRESH (5 * WH_SECOND)

/* An address is new when it was not found to be the right one within the last so many. */
#define WH_SURVEY_REMEMBERED 4

/* Events start rounds no more often than this; and after so many rounds in a row that found nothing
 * new, one more becomes free only so often, or a flapping line would ask the outside without end.
 * Addresses that take turns are nothing new. */
#define WH_SURVEY_EVENT_GAP WH_SECOND
#define WH_SURVEY_EVENT_BURST 10
#define WH_SURVEY_EVENT_REFILL (30 * WH_SECOND)

/* So many retries may ask whoever answered a moment ago. */
#define WH_SURVEY_EARLY_RETRIES 3

/* An event cuts a round older than this: its questions may have left over a line that is gone. */
#define WH_SURVEY_ROUND_IS_OLD (3 * WH_SECOND)

typedef struct WhSurvey WhSurvey;

/* Called when a round has ended: weighs what it heard, and returns the address that stands now, or
 * NULL. May call any function of the survey but wh_survey_free(). */
typedef const WhAddress *(*WhSurveyFunc)(const WhInquiry *inquiry, gpointer data);

/* `operators` is taken over. Asks nobody before wh_survey_event(). */
WhSurvey *wh_survey_new(WhClock *clock, WhOutsideAsker *asker, GPtrArray *operators,
                        WhFamily family, WhSurveyFunc ended, gpointer data);
void wh_survey_free(WhSurvey *survey);

/* Something may have changed: asks at once; one alone, or nobody, while the router says what
 * stands. A young round under way is shared, and another follows it, because what it heard may be
 * from before the event; an old one is cut. */
void wh_survey_event(WhSurvey *survey);

/* What the home's router says now (copied; NULL: nothing). A round under way takes it into account.
 */
void wh_survey_set_router(WhSurvey *survey, const WhObservation *router);

/* Whether polls are rare from now on. */
void wh_survey_set_rare(WhSurvey *survey, gboolean rare);

/* Which interface questions leave by from now on; 0: the system's own way. */
void wh_survey_set_uplink(WhSurvey *survey, guint uplink);

/* Whether a round is under way. */
gboolean wh_survey_is_asking(const WhSurvey *survey);

/* Cancels what is under way and asks no more until the next event. */
void wh_survey_stop(WhSurvey *survey);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhSurvey, wh_survey_free)

G_END_DECLS
