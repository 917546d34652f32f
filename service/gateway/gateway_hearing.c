#include "service/gateway/gateway_hearing.h"

#include "service/base/clock.h"

/* An event that comes so long after the answer that has it is about the same change. */
#define LATE_EVENT (10 * WH_SECOND)

/* Whoever left a change out may leave the next one out, too; unless the event only was late. */
void wh_gateway_hearing_event(WhGatewayHearing *hearing, gint64 now)
{
    hearing->event_seen = TRUE;
    if (now - hearing->unheard_at <= LATE_EVENT)
        hearing->change_unheard = FALSE;
}

void wh_gateway_hearing_named(WhGatewayHearing *hearing, const WhAddress *address, gboolean polled,
                              gint64 now)
{
    if (polled && hearing->has_named && !wh_address_equal(&hearing->named, address)) {
        hearing->change_unheard = TRUE;
        hearing->unheard_at = now;
    }
    hearing->has_named = TRUE;
    hearing->named = *address;
}

gboolean wh_gateway_hearing_is_good(const WhGatewayHearing *hearing)
{
    return hearing->event_seen && !hearing->change_unheard;
}
