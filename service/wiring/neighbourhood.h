/* The machines beside this computer, read for the targets while some host is one of them by its MAC
 * address. */
#pragma once

#include "service/wiring/service.h"

G_BEGIN_DECLS

typedef struct WhNeighbourhood WhNeighbourhood;

/* Of a service that has its accounts and targets. */
WhNeighbourhood *wh_neighbourhood_new(WhService *service);
void wh_neighbourhood_free(WhNeighbourhood *neighbourhood);

/* The line may be another now, or its prefix; to be called after wh_targets_read_line(). TRUE:
 * records may have another aim. NULL does nothing. */
gboolean wh_neighbourhood_look(WhNeighbourhood *neighbourhood);

/* Hosts may be others now, or have been aimed anew: who is missed is searched for. NULL does
 * nothing. */
void wh_neighbourhood_settle(WhNeighbourhood *neighbourhood);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhNeighbourhood, wh_neighbourhood_free)

G_END_DECLS
