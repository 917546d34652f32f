/* What the home's router says about the line's public IPv4 address.
 *
 * It is asked over the network at home only, by NAT-PMP (RFC 6886) and by UPnP; no request leaves
 * to the internet. What it announces by itself is never believed: an announcement means "ask it
 * now". Nothing is opened or changed in the router. */
#pragma once

#include "service/base/clock.h"
#include "service/detect/gateway_report.h"
#include "service/gateway/gateway_route.h"
#include "service/net/http.h"

G_BEGIN_DECLS

/* For the doctor. nat_pmp, pcp, upnp: the router has answered that way (pcp: it spoke PCP, which
 * names no address without opening a port). announcements: how many were heard since the route is
 * this one. event_ever_seen: one of any kind, GENA's included, was heard from this router, and none
 * of them may be hidden by a firewall. change_unheard: a poll found another address than before,
 * and no event came soon after it; then the router is polled as if it had none. subscribed: it
 * promised UPnP events, the first one at once. listener_trouble: why announcements cannot be heard,
 * or NULL. model: what the router calls itself, bounded and without control characters, or NULL.
 * mappings_here: how many of its port mappings lead to this computer, or -1. */
typedef struct {
    gboolean nat_pmp;
    gboolean pcp;
    gboolean upnp;
    guint announcements;
    gboolean event_ever_seen;
    gboolean change_unheard;
    gboolean subscribed;
    const char *listener_trouble;
    const char *model;
    gint mappings_here;
} WhGatewayFacts;

typedef struct WhGateway WhGateway;

/* The report is another, or the router has said the same again and only `at` is newer, or a fact
 * for the doctor is another. Called from the main loop, never from within a call of this header;
 * everything here may be called from it. */
typedef void (*WhGatewayFunc)(const WhGatewayReport *report, gpointer data);

/* Does nothing before it has a route and is wanted. `clock` and `http` must outlive it. Free with
 * wh_gateway_free(); no call comes afterwards. */
WhGateway *wh_gateway_new(WhClock *clock, WhHttp *http, WhGatewayFunc changed, gpointer data);
void wh_gateway_free(WhGateway *gateway);

/* Another route begins from nothing; the same one changes nothing. NULL: there is no router. */
void wh_gateway_set_route(WhGateway *gateway, const WhGatewayRoute *route);

/* While nobody wants it, nothing is sent and no socket is open; what was known is forgotten. Off
 * at first. */
void wh_gateway_set_wanted(WhGateway *gateway, gboolean wanted);

/* Something changed, on this computer or outside: the router is asked again now. */
void wh_gateway_look(WhGateway *gateway);

/* Owned by the gateway, valid until the main loop turns again. */
const WhGatewayReport *wh_gateway_report(WhGateway *gateway);
const WhGatewayFacts *wh_gateway_facts(WhGateway *gateway);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhGateway, wh_gateway_free)

G_END_DECLS
