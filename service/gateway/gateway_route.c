#include "service/gateway/gateway_route.h"

#include <string.h>

gboolean wh_gateway_route_equal(const WhGatewayRoute *a, const WhGatewayRoute *b)
{
    return a->interface == b->interface && a->prefix_length == b->prefix_length &&
           strcmp(a->name, b->name) == 0 && wh_address_equal(&a->router, &b->router) &&
           wh_address_equal(&a->self, &b->self);
}
