/* Searches the home network for the router's UPnP description. Private to this room.
 *
 * Anybody there may answer a search, with anything, as often as they like: only what comes from the
 * router and leads to the router counts, and only so much of it is read. That is why this is not
 * miniupnpc's search, which believes everybody and goes on for as long as somebody answers. */
#pragma once

#include "service/gateway/complaints.h"
#include "service/gateway/gateway_route.h"

G_BEGIN_DECLS

/* A router that is there answers within this. It is asked at once, and again in the middle. */
#define WH_IGD_SEARCH_PATIENCE (3 * WH_SECOND)

/* `location`: a description at the router, another one each time, a few of them at most. NULL: the
 * search is over. The search may be freed in it. */
typedef void (*WhIgdSearchFunc)(const char *location, gpointer data);

typedef struct WhIgdSearch WhIgdSearch;

/* `group`, `port`: where devices listen, WH_IGD_SSDP_GROUP and WH_IGD_SSDP_PORT but for tests; the
 * router itself is asked as well. `found` is never called before this returned. */
WhIgdSearch *wh_igd_search_new(WhClock *clock, const WhGatewayRoute *route, const WhAddress *group,
                               guint16 port, WhComplaints *complaints, WhIgdSearchFunc found,
                               gpointer data);
void wh_igd_search_free(WhIgdSearch *search);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhIgdSearch, wh_igd_search_free)

G_END_DECLS
