/* The name servers that this computer was told to use.
 *
 * Only for finding a zone's own servers; nothing is ever decided by a recursive server's address
 * answer. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Addresses in text, in the order of the system's configuration (Linux: the nameserver lines of
 * /etc/resolv.conf, read anew at each call; a file with none means 127.0.0.1, resolv.conf(5).
 * Windows: those of the adapters that are up, the lowest interface metric first; without any,
 * 127.0.0.1 as well), as a NULL-terminated array for g_strfreev(). A link-local address has its
 * zone behind a "%". At most three. */
char **wh_dns_servers_list(void);

G_END_DECLS
