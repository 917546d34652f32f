/* How the contract tests of dns_servers.h make things happen. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The servers that the implementation lists when its system is configured with these lines
 * ("nameserver ADDRESS"). */
char **wh_adapter_dns_servers(const char *const *addresses);
void wh_adapter_add_tests(void);

G_END_DECLS
