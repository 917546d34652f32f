/* What the home's router says about the line's public IPv4 address, as the gateway room hands it to
 * the detector. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

typedef enum {
    WH_GATEWAY_NONE,       /* there is no router on the way out */
    WH_GATEWAY_ASKING,     /* not heard yet */
    WH_GATEWAY_SILENT,     /* it answers none of NAT-PMP, PCP and UPnP */
    WH_GATEWAY_ADDRESS,    /* it names an address, which may be a special one */
    WH_GATEWAY_NO_ADDRESS, /* it answers, and has none (0.0.0.0, a network failure) */
} WhGatewayState;

/* address: only of WH_GATEWAY_ADDRESS. watched: a change will be heard of without asking the
 * internet, because the router announces it or is asked every few seconds. announces: it was seen
 * to announce by itself. method: "NAT-PMP", "UPnP", static, or NULL. at: when the router last said
 * it, monotonic. */
typedef struct {
    WhGatewayState state;
    WhAddress address;
    gboolean watched;
    gboolean announces;
    const char *method;
    gint64 at;
} WhGatewayReport;

G_END_DECLS
