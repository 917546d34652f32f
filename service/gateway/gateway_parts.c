#include "service/gateway/gateway_parts.h"

static gpointer natpmp_new(gpointer maker, WhClock *clock, const WhGatewayRoute *route,
                           WhComplaints *complaints, WhNatpmpFunc heard, gpointer data)
{
    return wh_natpmp_client_new(clock, route, WH_NATPMP_PORT, complaints, heard, data);
}

static void natpmp_ask(gpointer natpmp)
{
    wh_natpmp_client_ask(natpmp);
}

static void natpmp_free(gpointer natpmp)
{
    wh_natpmp_client_free(natpmp);
}

static gpointer announcements_new(gpointer maker, const WhGatewayRoute *route,
                                  WhComplaints *complaints, WhAnnouncementsFunc heard,
                                  gpointer data)
{
    return wh_announcements_new(route, WH_ANNOUNCEMENTS_PORT, WH_ANNOUNCEMENTS_OLD_PORT, complaints,
                                heard, data);
}

static const char *announcements_trouble(gpointer announcements)
{
    return wh_announcements_trouble(announcements);
}

static void announcements_free(gpointer announcements)
{
    wh_announcements_free(announcements);
}

static gpointer igd_new(gpointer maker, WhClock *clock, WhHttp *http, const WhGatewayRoute *route,
                        WhIgdFunc heard, gpointer data)
{
    return wh_igd_new(clock, http, route, heard, data);
}

static void igd_ask(gpointer igd)
{
    wh_igd_ask(igd);
}

static void igd_count(gpointer igd)
{
    wh_igd_count(igd);
}

static void igd_router_restarted(gpointer igd)
{
    wh_igd_router_restarted(igd);
}

static void igd_free(gpointer igd)
{
    wh_igd_free(igd);
}

const WhGatewayParts *wh_gateway_parts(void)
{
    static const WhGatewayParts parts = {
        .natpmp_new = natpmp_new,
        .natpmp_ask = natpmp_ask,
        .natpmp_free = natpmp_free,
        .announcements_new = announcements_new,
        .announcements_trouble = announcements_trouble,
        .announcements_free = announcements_free,
        .igd_new = igd_new,
        .igd_ask = igd_ask,
        .igd_count = igd_count,
        .igd_router_restarted = igd_router_restarted,
        .igd_free = igd_free,
    };
    return &parts;
}
