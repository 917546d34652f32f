/* Asks the kernel for the way to one address: one question, one answer, however many routes there
 * are. Nothing is sent into the network. */
#pragma once

#include "platform/linux/ways.h"

G_BEGIN_DECLS

typedef struct WhWayLookup WhWayLookup;

/* NULL with G_IO_ERROR: the kernel cannot be asked. */
WhWayLookup *wh_way_lookup_new(GError **error);
void wh_way_lookup_free(WhWayLookup *lookup);

/* A WhWayFunc whose data is a WhWayLookup. */
WhWayAnswer wh_way_lookup_ask(guint family, guint interface, WhNetlinkRoute *route, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhWayLookup, wh_way_lookup_free)

G_END_DECLS
