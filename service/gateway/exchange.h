/* One question to the router over UDP, sent again while nothing is heard (RFC 6886 section 3.1).
 * Private to this room.
 *
 * Each has a socket and a port of its own, connected to the router: the kernel turns everybody
 * else's datagrams away, and what comes late for another question finds nobody. */
#pragma once

#include "service/base/clock.h"
#include "service/gateway/gateway_route.h"

G_BEGIN_DECLS

/* After this long without an answer the router is silent: sent at 0, 0.25, 0.75 and 1.75 s. The RFC
 * would go on for 64 s, which is longer than anybody wants to wait for a router at home. */
#define WH_EXCHANGE_PATIENCE (3750 * WH_MILLISECOND)

/* answer: whether these bytes answer the question; what does not is ignored, and the wait goes on.
 * done: the question is over, exactly once, never before wh_exchange_new() returned; the exchange
 * may be freed in it. answered FALSE: nothing came, or the router has nobody at that port. */
typedef struct {
    gboolean (*answer)(const guint8 *bytes, gsize length, gpointer data);
    void (*done)(gboolean answered, gpointer data);
} WhExchangeEvents;

typedef struct WhExchange WhExchange;

/* Sends `request`, which is copied, to `port` of the route's router from the route's own address.
 */
WhExchange *wh_exchange_new(WhClock *clock, const WhGatewayRoute *route, guint16 port,
                            const guint8 *request, gsize length, const WhExchangeEvents *events,
                            gpointer data);

/* There is news that the router is there: where it did not answer at first, it is asked at once and
 * the wait begins anew. */
void wh_exchange_hurry(WhExchange *exchange);

/* Takes it back: no call comes any more. */
void wh_exchange_free(WhExchange *exchange);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhExchange, wh_exchange_free)

G_END_DECLS
