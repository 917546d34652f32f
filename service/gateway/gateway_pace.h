/* How often the router is asked without cause. Pure; times are monotonic microseconds. */
#pragma once

#include "service/base/clock.h"

G_BEGIN_DECLS

/* It announces changes: this only makes sure that it still does. */
#define WH_GATEWAY_PACE_ANNOUNCING (30 * WH_MINUTE)

/* It answers, and was never heard to announce anything. A question and its answer wake this
 * computer once each. */
#define WH_GATEWAY_PACE_POLLED (30 * WH_SECOND)

/* It answers nothing; an update of the router may change that. */
#define WH_GATEWAY_PACE_SILENT (30 * WH_MINUTE)

/* It has just begun anew, lost its address or stopped to answer: it may be starting. */
#define WH_GATEWAY_PACE_HURRY (5 * WH_SECOND)
#define WH_GATEWAY_HURRY_LASTS (2 * WH_MINUTE)

/* Between two counts of port mappings after events on this computer: one may be a hundred requests.
 */
#define WH_GATEWAY_COUNT_PAUSE (10 * WH_SECOND)

/* A router that has answered before is silent after so many questions without an answer. */
#define WH_GATEWAY_LOST_UNTIL_SILENT 3

/* All zero: never asked. */
typedef struct {
    gboolean answered_ever;
    guint lost;
    gint64 hurry_until;
} WhGatewayPace;

/* A question was answered. upset: the router has begun anew, or has no address any more. */
void wh_gateway_pace_answered(WhGatewayPace *pace, gboolean upset, gint64 now);

/* A question was not. */
void wh_gateway_pace_lost(WhGatewayPace *pace, gint64 now);

/* Whether so many questions were lost that the router counts as silent. */
gboolean wh_gateway_pace_is_silent(const WhGatewayPace *pace);

/* How long to wait from now, with nothing to ask for, before the next question. */
gint64 wh_gateway_pace_wait(const WhGatewayPace *pace, gboolean announces, gint64 now);

G_END_DECLS
