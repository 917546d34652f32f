/* The part of wh_dns_servers_list() that asks nobody, for tests with adapters of their own. */
#pragma once

#include "platform/windows/network_tables.h"

G_BEGIN_DECLS

/* The servers of a list of adapters (NULL: there are none), as wh_dns_servers_list() has them. */
char **wh_dns_servers_choose(const IP_ADAPTER_ADDRESSES *adapters);

G_END_DECLS
