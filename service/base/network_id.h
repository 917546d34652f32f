/* How a network is recognised: the MAC address of its router and the addresses it gives out, such
 * as "aa:bb:cc:dd:ee:ff/192.168.1.0/24". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A host may be bound to so many. */
#define WH_MOST_NETWORKS 16

/* The id in the one form in which ids are compared (lower case, no address bits behind the prefix),
 * for g_free(); NULL: `text` is none. */
char *wh_network_id_normalize(const char *text);

G_END_DECLS
