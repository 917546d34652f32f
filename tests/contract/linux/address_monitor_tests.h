/* What only the Linux address monitor can show, by subject. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wh_address_monitor_tests_add_addresses(void);
void wh_address_monitor_tests_add_links(void);
void wh_address_monitor_tests_add_routes(void);
void wh_address_monitor_tests_add_vpn(void);
void wh_address_monitor_tests_add_socket(void);

G_END_DECLS
