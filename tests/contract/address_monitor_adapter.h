/* How the contract tests of address_monitor.h make things happen. */
#pragma once

#include "platform/address_monitor.h"

G_BEGIN_DECLS

/* A computer without addresses whose one line is up. FALSE: cannot be had here; the test is skipped
 * with the reason. */
gboolean wh_adapter_begin(void);
void wh_adapter_end(void);

/* The number of that line. */
guint wh_adapter_interface(void);

/* "192.0.2.1/24" comes or goes, at once usable. */
void wh_adapter_address_add(const char *address);
void wh_adapter_address_remove(const char *address);

/* FALSE: what the system says of lifetimes here is made up. */
gboolean wh_adapter_has_lifetimes(void);

/* FALSE: default routes of the family cannot be seen here; the test is skipped with the reason. */
gboolean wh_adapter_has_routes(guint family);

/* The default route of the family (4 or 6) is now this gateway; NULL: there is none. */
void wh_adapter_route_set(guint family, const char *gateway);

/* A VPN takes over the way of IPv4: the number of its tunnel, and its end. 0: cannot be had here;
 * the test is skipped with the reason. */
guint wh_adapter_vpn_start(void);
void wh_adapter_vpn_stop(void);

/* As wh_address_monitor_new(), but the system refuses notifications. */
WhAddressMonitor *wh_adapter_monitor_new_refused(WhAddressMonitorFunc changed, gpointer data);
void wh_adapter_add_tests(void);

G_END_DECLS
