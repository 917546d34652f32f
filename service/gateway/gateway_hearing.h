/* Whether the router's events can be relied on, so that it need not be asked often. Pure; times are
 * monotonic microseconds. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* All zero: nothing was heard. event_seen: an event was. change_unheard: a poll found another
 * address than before, and no event came soon after it. unheard_at: when. named: the address that
 * the router said last. */
typedef struct {
    gboolean event_seen;
    gboolean change_unheard;
    gint64 unheard_at;
    gboolean has_named;
    WhAddress named;
} WhGatewayHearing;

/* An event came. */
void wh_gateway_hearing_event(WhGatewayHearing *hearing, gint64 now);

/* The router names `address`. polled: it was asked without cause. */
void wh_gateway_hearing_named(WhGatewayHearing *hearing, const WhAddress *address, gboolean polled,
                              gint64 now);

/* Whether it announces what changes, as far as is known. */
gboolean wh_gateway_hearing_is_good(const WhGatewayHearing *hearing);

G_END_DECLS
