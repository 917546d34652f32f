/* What tests of the UPnP client put in the place of the network's own. Private to this room. */
#pragma once

#include "service/gateway/igd.h"

G_BEGIN_DECLS

/* wh_igd_new() that searches at `group` and `port`. */
WhIgd *wh_igd_new_at(WhClock *clock, WhHttp *http, const WhGatewayRoute *route,
                     const WhAddress *group, guint16 port, WhIgdFunc heard, gpointer data);

G_END_DECLS
