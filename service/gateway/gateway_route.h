/* The home's own IPv4 line as far as its router: who is asked, and from where. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* Long enough for an interface's name on every system, with its terminating NUL. */
#define WH_GATEWAY_ROUTE_NAME 64

/* interface, name: the one that leads to the router; name "": the system picks it. router: its
 * address there, IPv4. self: this computer's address there, IPv4. prefix_length: of the network
 * both are in. */
typedef struct {
    guint interface;
    char name[WH_GATEWAY_ROUTE_NAME];
    WhAddress router;
    WhAddress self;
    guint prefix_length;
} WhGatewayRoute;

gboolean wh_gateway_route_equal(const WhGatewayRoute *a, const WhGatewayRoute *b);

G_END_DECLS
