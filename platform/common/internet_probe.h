/* The address whose way is the way to the internet. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A global address of the family (4 or 6): where it goes, the internet is. 4 or 16 bytes, in
 * network order. Nothing is ever sent there.
 *
 * It is a.root-servers.net, whose addresses stay for decades. An address of one of the large public
 * resolvers would be worse: VPN programs and people make routes for these. Each is covered by every
 * way to say "all": 0.0.0.0/0 and 128.0.0.0/1, ::/0, 2000::/3 and 2000::/4. */
const guint8 *wh_internet_probe(guint family);

G_END_DECLS
