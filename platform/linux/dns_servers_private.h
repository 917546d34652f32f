/* The reader behind wh_dns_servers_list(), for tests with a file of their own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The name servers that `path` lists, as resolv.conf(5) describes it. */
char **wh_dns_servers_read(const char *path);

G_END_DECLS
