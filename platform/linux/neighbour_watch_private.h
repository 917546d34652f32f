/* What the tests of the Linux neighbour watch need besides. */
#pragma once

#include "platform/neighbours.h"

G_BEGIN_DECLS

/* Looks again `milliseconds` after a look at the earliest. */
void wh_neighbour_watch_set_pause(WhNeighbourWatch *watch, guint milliseconds);

/* Whether it has looked at everything that the kernel said so far, and listens again. */
gboolean wh_neighbour_watch_is_idle(WhNeighbourWatch *watch);

/* How often the table was read because the kernel said something. */
guint wh_neighbour_watch_looks(WhNeighbourWatch *watch);

G_END_DECLS
