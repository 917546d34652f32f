/* A subscription to the events of the router: UPnP Device Architecture 1.1 section 4. Private to
 * this room.
 *
 * An event says nothing but "ask the router": what stands in it is never read. It is renewed after
 * three quarters of the time that the router grants, and made anew when it is lost, in growing
 * intervals. */
#pragma once

#include "service/gateway/complaints.h"
#include "service/gateway/gateway_route.h"
#include "service/net/http.h"

G_BEGIN_DECLS

/* An event came; the first one of a subscription comes at once (section 4.3.1), and shows that no
 * firewall hides them. The subscription may be freed in it. */
typedef void (*WhGenaFunc)(gpointer data);

typedef struct WhGena WhGena;

/* `url`: where the router takes subscriptions. `heard` is never called before this returned. */
WhGena *wh_gena_new(WhClock *clock, WhHttp *http, const WhGatewayRoute *route, const char *url,
                    WhComplaints *complaints, WhGenaFunc heard, gpointer data);

/* Tells the router that nothing is wanted any more, as far as it can be told without waiting. */
void wh_gena_free(WhGena *gena);

/* Whether the router has promised events, and the promise still holds. */
gboolean wh_gena_is_subscribed(const WhGena *gena);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhGena, wh_gena_free)

G_END_DECLS
