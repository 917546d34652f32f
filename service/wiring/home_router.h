/* Joins the room that asks the home's router to those that use what it says: the detector, the
 * targets and the doctor. Decides which router that is, and whether anybody needs to know. */
#pragma once

#include "platform/address_monitor.h"
#include "service/detect/verdict.h"
#include "service/doctor/facts.h"
#include "service/wiring/service.h"

G_BEGIN_DECLS

typedef struct WhHomeRouter WhHomeRouter;

/* Of a service that has its network, targets and detector. Asks nobody
 * before wh_home_router_look(). */
WhHomeRouter *wh_home_router_new(WhService *service);
void wh_home_router_free(WhHomeRouter *router);

/* Whether the router has to be known may be another now: it is asked only while some host needs a
 * public IPv4 address that is not on this computer's own interface. NULL does nothing. */
void wh_home_router_settle(WhHomeRouter *router);

/* The line may be another now; to be called before the detector looks, because what another router
 * said is worth nothing here. NULL does nothing. */
void wh_home_router_read_line(WhHomeRouter *router);

/* It is another one, though it may have the same address: what was heard of it is worth nothing. To
 * be followed by wh_home_router_read_line(). NULL does nothing. */
void wh_home_router_forget(WhHomeRouter *router);

/* The verdict is another: whether anybody can connect to its address may be, too. TRUE: records may
 * have another aim. To be called before the verdict is used. NULL does nothing. */
gboolean wh_home_router_weigh(WhHomeRouter *router);

/* Whether what the router says concerns this verdict on IPv4: an address on this computer's own
 * interface is heard of from the system itself, and of a VPN's other end the router knows nothing.
 */
gboolean wh_home_router_concerns(const WhVerdict *verdict);

/* Fills in what the doctor goes by. NULL does nothing. */
void wh_home_router_tell(WhHomeRouter *router, WhFactsGateway *facts);

/* Something changed: the router is asked again, if it has to be known. NULL does nothing. */
void wh_home_router_look(WhHomeRouter *router);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhHomeRouter, wh_home_router_free)

G_END_DECLS
