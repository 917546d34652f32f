#include "service/gateway/gateway_alarm.h"

#define REFILL WH_SECOND

void wh_gateway_alarm_init(WhGatewayAlarm *alarm, gint64 now)
{
    *alarm = (WhGatewayAlarm){
        .asked = now - WH_GATEWAY_ALARM_SHARED,
        .left = wh_bucket_new(WH_GATEWAY_ALARM_BURST, REFILL, now),
        .again = {WH_GATEWAY_ALARM_NEVER, WH_GATEWAY_ALARM_NEVER, WH_GATEWAY_ALARM_NEVER},
    };
}

static void ask_again_at(WhGatewayAlarm *alarm, gint64 first, gint64 second, gint64 third)
{
    alarm->again[0] = first;
    alarm->again[1] = second;
    alarm->again[2] = third;
}

gboolean wh_gateway_alarm_ring(WhGatewayAlarm *alarm, gint64 now)
{
    gint64 again = now + WH_GATEWAY_ALARM_AGAIN;
    gint64 once_more = now + WH_GATEWAY_ALARM_ONCE_MORE;
    if (!wh_bucket_has(&alarm->left, now)) {
        ask_again_at(alarm, now + REFILL, WH_GATEWAY_ALARM_NEVER, WH_GATEWAY_ALARM_NEVER);
        return FALSE;
    }
    if (now - alarm->asked < WH_GATEWAY_ALARM_SHARED) {
        ask_again_at(alarm, alarm->asked + WH_GATEWAY_ALARM_SHARED, again, once_more);
        return FALSE;
    }
    ask_again_at(alarm, again, once_more, WH_GATEWAY_ALARM_NEVER);
    wh_bucket_take(&alarm->left, now);
    alarm->asked = now;
    return TRUE;
}

gint64 wh_gateway_alarm_next(const WhGatewayAlarm *alarm)
{
    return alarm->again[0];
}

gboolean wh_gateway_alarm_take(WhGatewayAlarm *alarm, gint64 now)
{
    if (now < alarm->again[0])
        return FALSE;
    ask_again_at(alarm, alarm->again[1], alarm->again[2], WH_GATEWAY_ALARM_NEVER);
    alarm->asked = now;
    return TRUE;
}
