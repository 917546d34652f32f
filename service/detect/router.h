/* What the home's router last said, and whether it is believed. A value without anything to free.
 * Private to this room. */
#pragma once

#include "service/detect/gateway_report.h"
#include "service/detect/observation.h"

G_BEGIN_DECLS

/* outvoted: the outside has agreed on another address; its word does not count until it says
 * something else, or the outside comes round to it. */
typedef struct {
    WhGatewayReport report;
    gboolean outvoted;
} WhRouter;

typedef enum {
    WH_ROUTER_SAME,   /* nothing that matters for what the address is */
    WH_ROUTER_SPOKE,  /* its first word since it was asked anew; what is known may go with it */
    WH_ROUTER_CHANGED /* it says something else than before: something has happened */
} WhRouterNews;

/* Takes its report. A router that falls silent or is asked anew has no news. */
WhRouterNews wh_router_take(WhRouter *router, const WhGatewayReport *report);

/* Its word as evidence; NULL: there is no router, or it was not heard yet. */
WhObservation *wh_router_observation(const WhRouter *router);

/* Whether it is believed and names `address`. */
gboolean wh_router_confirms(const WhRouter *router, const WhAddress *address);

/* The outside agrees on `address`. */
void wh_router_judge(WhRouter *router, const WhAddress *address);

G_END_DECLS
