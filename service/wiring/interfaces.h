/* The detector's view of this computer's interfaces, read from the platform's address monitor. */
#pragma once

#include "platform/address_monitor.h"
#include "service/detect/detector.h"
#include "service/detect/vpn_choices.h"

G_BEGIN_DECLS

/* Both must outlive the reader. monitor NULL: nothing can be read, no family has a route. Free with
 * wh_interfaces_free(). */
WhInterfaceReader *wh_interfaces_new(WhAddressMonitor *monitor, const WhVpnChoices *choices);
void wh_interfaces_free(WhInterfaceReader *reader);

/* What the snapshot shows of one family; `inside` as in WhInterfaceReader. */
void wh_interfaces_read(const WhAddressSnapshot *snapshot, const WhVpnChoices *choices,
                        WhFamily family, WhInside *inside);

/* The tunnel that the family's way to the internet leads through, past the home's own line; NULL:
 * none. */
const WhInterface *wh_interfaces_find_vpn(const WhAddressSnapshot *snapshot, WhFamily family);

/* An address of this computer on the interface that tells which network it leads to: the first of
 * IPv4, else of IPv6, but no link-local one. FALSE: there is none. */
gboolean wh_interfaces_find_own(const WhAddressSnapshot *snapshot, guint interface, WhAddress *own);

/* Whether the system would send from this address by itself, where `route` is its way. */
gboolean wh_interfaces_is_preferred(const WhAddress *address, guint prefix_length,
                                    const WhDefaultRoute *route);

G_END_DECLS
