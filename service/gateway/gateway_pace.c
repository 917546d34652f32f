#include "service/gateway/gateway_pace.h"

void wh_gateway_pace_answered(WhGatewayPace *pace, gboolean upset, gint64 now)
{
    gboolean was_lost = pace->lost > 0;
    pace->answered_ever = TRUE;
    pace->lost = 0;
    if (upset)
        pace->hurry_until = now + WH_GATEWAY_HURRY_LASTS;
    else if (was_lost)
        pace->hurry_until = 0;
}

void wh_gateway_pace_lost(WhGatewayPace *pace, gint64 now)
{
    pace->lost++;
    if (pace->answered_ever && pace->lost <= WH_GATEWAY_LOST_UNTIL_SILENT)
        pace->hurry_until = now + WH_GATEWAY_HURRY_LASTS;
}

gboolean wh_gateway_pace_is_silent(const WhGatewayPace *pace)
{
    return pace->lost >= (pace->answered_ever ? WH_GATEWAY_LOST_UNTIL_SILENT : 1);
}

gint64 wh_gateway_pace_wait(const WhGatewayPace *pace, gboolean announces, gint64 now)
{
    if (now < pace->hurry_until)
        return WH_GATEWAY_PACE_HURRY;
    if (wh_gateway_pace_is_silent(pace))
        return WH_GATEWAY_PACE_SILENT;
    return announces ? WH_GATEWAY_PACE_ANNOUNCING : WH_GATEWAY_PACE_POLLED;
}
