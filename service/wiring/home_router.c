#include "service/wiring/home_router.h"

#include "service/base/special_address.h"
#include "service/gateway/gateway.h"
#include "service/wiring/service_private.h"

/* looked: the line was read once; before, nobody knows whether a router is needed. unreachable:
 * nobody can connect to what stands. told: what the doctor was last told of. */
struct WhHomeRouter {
    WhService *service;
    WhGateway *gateway;
    gboolean looked;
    gboolean unreachable;
    WhFactsGateway told;
};

/* This computer's own address beside the router. FALSE: none that is usable. */
static gboolean find_self(const WhAddressSnapshot *snapshot, const WhDefaultRoute *line,
                          WhGatewayRoute *route)
{
    for (guint i = 0; i < snapshot->addresses->len; i++) {
        const WhInterfaceAddress *found =
            &g_array_index(snapshot->addresses, WhInterfaceAddress, i);
        WhAddress self;

        if (found->family != 4 || found->interface != line->interface)
            continue;
        self = wh_address_from_bytes(WH_FAMILY_IPV4, found->bytes);
        if (!wh_address_shares_prefix(&self, &route->router, found->prefix_length))
            continue;
        route->self = self;
        route->prefix_length = found->prefix_length;
        return TRUE;
    }
    return FALSE;
}

static gboolean find_route(const WhAddressSnapshot *snapshot, WhGatewayRoute *route)
{
    const WhDefaultRoute *line = &snapshot->line[WH_FAMILY_IPV4];
    const WhInterface *interface = wh_address_snapshot_find_interface(snapshot, line->interface);

    if (interface == NULL || !line->has_gateway)
        return FALSE;
    *route = (WhGatewayRoute){.interface = line->interface};
    g_strlcpy(route->name, interface->name, sizeof route->name);
    route->router = wh_address_from_bytes(WH_FAMILY_IPV4, line->gateway);
    return find_self(snapshot, line, route);
}

gboolean wh_home_router_concerns(const WhVerdict *verdict)
{
    if (*verdict->vpn != '\0' && verdict->vpn_choice == WH_VPN_VPN)
        return FALSE;
    switch (verdict->reason) {
    case WH_VERDICT_DIRECT:
    case WH_VERDICT_NO_ROUTE:
    case WH_VERDICT_NO_ADDRESS:
    case WH_VERDICT_VPN:
        return FALSE;
    default:
        return TRUE;
    }
}

static gboolean is_needed(const WhHomeRouter *router)
{
    WhService *service = router->service;

    return router->looked && service->wanted[WH_FAMILY_IPV4] &&
           !wh_keeper_is_paused(service->keeper) &&
           wh_home_router_concerns(wh_detector_verdict(service->detector, WH_FAMILY_IPV4));
}

/* What stands was found before the router said another word, which the outside has not judged yet:
 * it may be what the router had when nobody could connect to it. */
static gboolean is_behind(const WhVerdict *verdict, const WhGatewayReport *report)
{
    if (!verdict->known || report->state != WH_GATEWAY_ADDRESS ||
        wh_address_equal(&verdict->address, &report->address))
        return FALSE;
    for (guint i = 0; i < verdict->observations->len; i++) {
        const WhObservation *observation = g_ptr_array_index(verdict->observations, i);

        if (observation->kind == WH_SOURCE_GATEWAY && observation->ok && observation->outvoted &&
            wh_address_equal(&observation->address, &report->address))
            return FALSE;
    }
    return TRUE;
}

static gboolean names_itself(WhHomeRouter *router)
{
    WhFactsGateway facts = {.missed = FALSE};

    wh_home_router_tell(router, &facts);
    return wh_facts_gateway_names_itself(&facts);
}

/* A router that has no public address itself has nothing that others could connect to. One that was
 * not heard yet may be such a one, and is heard in a moment. */
static gboolean is_unreachable(WhHomeRouter *router, const WhGatewayReport *report)
{
    if (!is_needed(router))
        return FALSE;
    switch (report->state) {
    case WH_GATEWAY_ASKING:
    case WH_GATEWAY_NO_ADDRESS:
        return TRUE;
    case WH_GATEWAY_ADDRESS:
        return wh_special_address_find(&report->address) != NULL && !names_itself(router);
    case WH_GATEWAY_NONE:
    case WH_GATEWAY_SILENT:
        break;
    }
    return wh_verdict_shared_line(wh_detector_verdict(router->service->detector, WH_FAMILY_IPV4)) !=
           NULL;
}

void wh_home_router_tell(WhHomeRouter *router, WhFactsGateway *facts)
{
    WhGatewayRoute route;

    if (router == NULL)
        return;
    const WhGatewayFacts *known = wh_gateway_facts(router->gateway);
    facts->report = *wh_gateway_report(router->gateway);
    facts->missed = known->subscribed || known->change_unheard;
    facts->event_seen = known->event_ever_seen;
    facts->mappings = known->mappings_here;
    if (router->service->monitor == NULL ||
        !find_route(wh_address_monitor_snapshot(router->service->monitor), &route))
        return;
    facts->has_router = TRUE;
    facts->router = route.router;
    facts->self = route.self;
}

static gboolean is_same(const WhFactsGateway *a, const WhFactsGateway *b)
{
    return a->report.state == b->report.state &&
           (a->report.state != WH_GATEWAY_ADDRESS ||
            wh_address_equal(&a->report.address, &b->report.address)) &&
           a->report.watched == b->report.watched && a->missed == b->missed &&
           a->event_seen == b->event_seen && a->mappings == b->mappings;
}

/* A router that is asked again and again mostly says the same. */
static void tell_doctor(WhHomeRouter *router)
{
    WhFactsGateway facts = {.missed = FALSE};

    wh_home_router_tell(router, &facts);
    if (is_same(&facts, &router->told))
        return;
    router->told = facts;
    wh_doctor_look_soon(router->service->doctor);
}

static gboolean weigh(WhHomeRouter *router, const WhGatewayReport *report)
{
    WhService *service = router->service;
    const WhVerdict *verdict = wh_detector_verdict(service->detector, WH_FAMILY_IPV4);

    router->unreachable =
        is_unreachable(router, report) || (router->unreachable && is_behind(verdict, report));
    return wh_surroundings_set_unreachable(wh_targets_surroundings(service->targets),
                                           router->unreachable);
}

gboolean wh_home_router_weigh(WhHomeRouter *router)
{
    return router != NULL && weigh(router, wh_gateway_report(router->gateway));
}

static void on_report(const WhGatewayReport *report, gpointer data)
{
    WhHomeRouter *router = data;
    WhService *service = router->service;
    gboolean changed = weigh(router, report);

    wh_detector_set_gateway(service->detector, report);
    if (changed)
        wh_keeper_look(service->keeper);
    tell_doctor(router);
}

void wh_home_router_settle(WhHomeRouter *router)
{
    if (router != NULL)
        wh_gateway_set_wanted(router->gateway, is_needed(router));
}

void wh_home_router_read_line(WhHomeRouter *router)
{
    WhGatewayRoute route;

    if (router == NULL || router->service->monitor == NULL)
        return;
    gboolean there = find_route(wh_address_monitor_snapshot(router->service->monitor), &route);
    wh_gateway_set_route(router->gateway, there ? &route : NULL);
    wh_detector_set_gateway(router->service->detector, wh_gateway_report(router->gateway));
}

void wh_home_router_forget(WhHomeRouter *router)
{
    if (router != NULL)
        wh_gateway_set_route(router->gateway, NULL);
}

void wh_home_router_look(WhHomeRouter *router)
{
    if (router == NULL)
        return;
    router->looked = TRUE;
    wh_home_router_settle(router);
    wh_gateway_look(router->gateway);
}

WhHomeRouter *wh_home_router_new(WhService *service)
{
    WhHomeRouter *router = g_new0(WhHomeRouter, 1);

    router->service = service;
    router->gateway = wh_gateway_new(service->clock, service->http, on_report, router);
    wh_doctor_look_soon(service->doctor);
    return router;
}

void wh_home_router_free(WhHomeRouter *router)
{
    wh_gateway_free(router->gateway);
    g_free(router);
}
