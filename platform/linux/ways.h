/* Where the internet is: the way that the system takes, and the home's own line. Asks the system
 * nothing by itself. */
#pragma once

#include "platform/linux/link_table.h"
#include "platform/linux/netlink_route.h"

G_BEGIN_DECLS

typedef enum {
    WH_WAY_FOUND,
    WH_WAY_NONE,    /* nothing leads there, or something says that nothing may */
    WH_WAY_UNKNOWN, /* the question was refused */
} WhWayAnswer;

/* Which route of the family (4 or 6) leads to the internet over `interface`, 0 for whichever the
 * system takes. */
typedef WhWayAnswer (*WhWayFunc)(guint family, guint interface, WhNetlinkRoute *route,
                                 gpointer data);

/* [0] is IPv4, [1] IPv6. */
typedef struct {
    WhDefaultRoute route[2];
    WhDefaultRoute line[2];
} WhWays;

/* Asks for the ways over these links and sets the kind of those that depend on others. It is the
 * system that weighs metrics, rules and tables; here only the answers for several lines are
 * compared. A way over a link that is not usable (the cable was pulled) does not count, the next
 * best line does; but a tunnel that is out of order still owns the way, and then there is none.
 * FALSE: a question was refused, and `ways` is untouched. */
gboolean wh_ways_find(WhLinkTable *links, WhWayFunc ask, gpointer data, WhWays *ways);

G_END_DECLS
