/* Finds the router's UPnP services: searches, and reads the descriptions that the search leads to
 * until one is right. Private to this room. */
#pragma once

#include "service/gateway/complaints.h"
#include "service/gateway/gateway_route.h"
#include "service/gateway/igd_description.h"
#include "service/net/http.h"

G_BEGIN_DECLS

/* description NULL: there is none. Takes it over. The finder may be freed in it. */
typedef void (*WhIgdFinderFunc)(WhIgdDescription *description, gpointer data);

typedef struct WhIgdFinder WhIgdFinder;

/* `group`, `port`: see igd_search.h. `done` is called once, never before this returned. */
WhIgdFinder *wh_igd_finder_new(WhClock *clock, WhHttp *http, const WhGatewayRoute *route,
                               const WhAddress *group, guint16 port, WhComplaints *complaints,
                               WhIgdFinderFunc done, gpointer data);
void wh_igd_finder_free(WhIgdFinder *finder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhIgdFinder, wh_igd_finder_free)

G_END_DECLS
