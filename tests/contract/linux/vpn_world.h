/* A namespace with a home's own line, "wire0", and a tunnel beside it, "vpn0", in the ways in which
 * VPN programs take over. What is sent over either can be seen; it goes nowhere. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WH_VPN_WORLD_ROUTER "192.0.2.254"
#define WH_VPN_WORLD_ROUTER_IPV6 "2001:db8::fe"

/* Somebody in the internet. */
#define WH_VPN_WORLD_TARGET "203.0.113.9"
#define WH_VPN_WORLD_TARGET_IPV6 "2001:db8:9::9"

/* Makes the line with addresses and default routes of both families. Skips the test with the reason
 * and returns FALSE where that is not possible. */
gboolean wh_vpn_world_enter(void);

/* The tunnel comes up, without routes, and goes. -1: the kernel has no tunnels, and the test is
 * skipped with the reason; otherwise the descriptor out of which comes what is sent over it. */
int wh_vpn_world_open_tunnel(void);
void wh_vpn_world_close_tunnel(int tunnel);

/* How it takes the ways over: better default routes; routes that cover everything by halves
 * (OpenVPN); rules and a table of its own (wg-quick). */
void wh_vpn_world_take_by_default(void);
void wh_vpn_world_take_by_halves(void);
void wh_vpn_world_take_by_rules(void);
void wh_vpn_world_release_rules(void);

/* Hears what is sent over the line. Close it. */
int wh_vpn_world_listen_to_line(void);

/* Takes what waits there and tells whether something of it was for the target of the family.
 * `header`: bytes before the IP header, 14 on the line, 0 in the tunnel. */
gboolean wh_vpn_world_was_sent(int descriptor, guint family, gsize header);

G_END_DECLS
