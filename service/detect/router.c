#include "service/detect/router.h"

#include "service/detect/tally.h"

static gboolean has_spoken(const WhGatewayReport *report)
{
    return report->state == WH_GATEWAY_ADDRESS || report->state == WH_GATEWAY_NO_ADDRESS;
}

static gboolean is_same_word(const WhGatewayReport *a, const WhGatewayReport *b)
{
    return a->state == b->state &&
           (a->state != WH_GATEWAY_ADDRESS || wh_address_equal(&a->address, &b->address));
}

WhRouterNews wh_router_take(WhRouter *router, const WhGatewayReport *report)
{
    const WhGatewayReport before = router->report;
    router->report = *report;
    if (is_same_word(&before, report))
        return WH_ROUTER_SAME;
    router->outvoted = FALSE;
    if (!has_spoken(report))
        return WH_ROUTER_SAME;
    return has_spoken(&before) ? WH_ROUTER_CHANGED : WH_ROUTER_SPOKE;
}

static const char *failure_of(const WhGatewayReport *report)
{
    switch (report->state) {
    case WH_GATEWAY_SILENT:
        return "does not tell its address";
    case WH_GATEWAY_NO_ADDRESS:
        return "has no address on the internet";
    case WH_GATEWAY_NONE:
    case WH_GATEWAY_ASKING:
    case WH_GATEWAY_ADDRESS:
        break;
    }
    return NULL;
}

WhObservation *wh_router_observation(const WhRouter *router)
{
    const WhGatewayReport *report = &router->report;
    const char *failure = failure_of(report);
    WhObservation *observation;
    if (failure != NULL)
        return wh_observation_new_failed(WH_SOURCE_GATEWAY_NAME, WH_SOURCE_GATEWAY_ORGANISATION,
                                         WH_SOURCE_GATEWAY, WH_FAMILY_IPV4, failure, report->at);
    if (report->state != WH_GATEWAY_ADDRESS || report->address.family != WH_FAMILY_IPV4)
        return NULL;
    observation = wh_observation_new(WH_SOURCE_GATEWAY_NAME, WH_SOURCE_GATEWAY_ORGANISATION,
                                     WH_SOURCE_GATEWAY, &report->address, report->at);
    observation->outvoted = router->outvoted;
    return observation;
}

gboolean wh_router_confirms(const WhRouter *router, const WhAddress *address)
{
    g_autoptr(WhObservation) observation = wh_router_observation(router);
    return observation != NULL && wh_tally_is_word(observation) &&
           wh_address_equal(&observation->address, address);
}

void wh_router_judge(WhRouter *router, const WhAddress *address)
{
    router->outvoted = router->report.state == WH_GATEWAY_ADDRESS &&
                       !wh_address_equal(&router->report.address, address);
}
