/* What the gateway is made of, so that tests can put other parts in. Private to this room. */
#pragma once

#include "service/gateway/announcements.h"
#include "service/gateway/gateway.h"
#include "service/gateway/igd.h"
#include "service/gateway/natpmp_client.h"

G_BEGIN_DECLS

/* maker: handed to every `new`. Every other pointer is what `new` of the same part returned; they
 * behave as natpmp_client.h, announcements.h and igd.h say. */
typedef struct {
    gpointer maker;
    gpointer (*natpmp_new)(gpointer maker, WhClock *clock, const WhGatewayRoute *route,
                           WhComplaints *complaints, WhNatpmpFunc heard, gpointer data);
    void (*natpmp_ask)(gpointer natpmp);
    void (*natpmp_free)(gpointer natpmp);
    gpointer (*announcements_new)(gpointer maker, const WhGatewayRoute *route,
                                  WhComplaints *complaints, WhAnnouncementsFunc heard,
                                  gpointer data);
    const char *(*announcements_trouble)(gpointer announcements);
    void (*announcements_free)(gpointer announcements);
    gpointer (*igd_new)(gpointer maker, WhClock *clock, WhHttp *http, const WhGatewayRoute *route,
                        WhIgdFunc heard, gpointer data);
    void (*igd_ask)(gpointer igd);
    void (*igd_count)(gpointer igd);
    void (*igd_router_restarted)(gpointer igd);
    void (*igd_free)(gpointer igd);
} WhGatewayParts;

/* The real ones. */
const WhGatewayParts *wh_gateway_parts(void);

/* wh_gateway_new() with these parts, which must outlive it. */
WhGateway *wh_gateway_new_from(const WhGatewayParts *parts, WhClock *clock, WhHttp *http,
                               WhGatewayFunc changed, gpointer data);

G_END_DECLS
