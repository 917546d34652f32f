/* The strings by which tests pull at the fake neighbours. wh_fake_reset() brings back the
 * beginning: nobody is there, and nothing was sent. */
#pragma once

#include "platform/neighbours.h"

G_BEGIN_DECLS

/* Who is there from now on, in any order; watches tell when the pairs differ from before. */
void wh_fake_neighbours_set(const WhNeighbour *neighbours, guint count);

/* FALSE: the table cannot be read, and nothing is sent (G_IO_ERROR_FAILED). */
void wh_fake_neighbours_set_readable(gboolean readable);

/* FALSE: nobody tells of changes, wh_neighbour_watch_new() fails. */
void wh_fake_neighbours_set_watchable(gboolean watchable);

/* How often everybody was called so far, and the interface of the last call. */
guint wh_fake_neighbours_calls(void);
guint wh_fake_neighbours_called(void);

/* The addresses that were probed, oldest first: WhNeighbour without mac. */
const GArray *wh_fake_neighbours_probes(void);

G_END_DECLS
