/* When to ask after the router announced something: at once, and again shortly after, for an
 * announcement may come before what it announces is true. Bursts share a question, and a flood
 * costs no more than a few. Pure; times are monotonic microseconds. */
#pragma once

#include "service/base/bucket.h"
#include "service/base/clock.h"

G_BEGIN_DECLS

/* Announcements that come so soon after a question share the next one, when this time is over. */
#define WH_GATEWAY_ALARM_SHARED (10 * WH_MILLISECOND)

#define WH_GATEWAY_ALARM_AGAIN (100 * WH_MILLISECOND)
#define WH_GATEWAY_ALARM_ONCE_MORE WH_SECOND

/* So many questions at once, then one more each second. */
#define WH_GATEWAY_ALARM_BURST 10

#define WH_GATEWAY_ALARM_NEVER G_MAXINT64

/* again: when to ask again, the nearest first. left: questions that are. */
typedef struct {
    gint64 asked;
    WhBucket left;
    gint64 again[3];
} WhGatewayAlarm;

void wh_gateway_alarm_init(WhGatewayAlarm *alarm, gint64 now);

/* Something was announced. TRUE: ask at once. */
gboolean wh_gateway_alarm_ring(WhGatewayAlarm *alarm, gint64 now);

/* When to ask again, or WH_GATEWAY_ALARM_NEVER. */
gint64 wh_gateway_alarm_next(const WhGatewayAlarm *alarm);

/* TRUE: the time to ask again has come; counts as asked. */
gboolean wh_gateway_alarm_take(WhGatewayAlarm *alarm, gint64 now);

G_END_DECLS
