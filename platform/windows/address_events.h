/* Everything by which the system tells that addresses or routes may have changed. */
#pragma once

#include "platform/windows/hop.h"

G_BEGIN_DECLS

typedef struct WhAddressEvents WhAddressEvents;

/* `heard` is called in the thread-default main context of the calling thread; many changes may be
 * one call. Never NULL: what the system refuses is left out. Free with wh_address_events_free(), in
 * the same thread. */
WhAddressEvents *wh_address_events_new(WhHopFunc heard, gpointer data);
void wh_address_events_free(WhAddressEvents *events);

/* Asks once more for what the system refused: what answers it may not have started yet. Costs
 * nothing when all is there. */
void wh_address_events_complete(WhAddressEvents *events);

/* Whether the system tells of anything. */
gboolean wh_address_events_is_instant(WhAddressEvents *events);

/* Whether it tells of everything: addresses, routes and interfaces of both families. FALSE: only of
 * some changes, and somebody has to look now and then. */
gboolean wh_address_events_is_complete(WhAddressEvents *events);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAddressEvents, wh_address_events_free)

G_END_DECLS
