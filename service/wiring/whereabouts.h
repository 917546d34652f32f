/* Which network this computer is on, read for the targets: at once where a host depends on it,
 * otherwise when there is nothing better to do. */
#pragma once

#include "service/wiring/service.h"

G_BEGIN_DECLS

typedef struct WhWhereabouts WhWhereabouts;

/* Of a service that has its accounts and targets. */
WhWhereabouts *wh_whereabouts_new(WhService *service);
void wh_whereabouts_free(WhWhereabouts *whereabouts);

/* The line may be another now; to be called after wh_targets_read_line() and before the detector
 * looks, because what is bound to one network must never see another's address. TRUE: records may
 * have another aim. NULL does nothing. */
gboolean wh_whereabouts_look(WhWhereabouts *whereabouts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhWhereabouts, wh_whereabouts_free)

G_END_DECLS
