/* What of this computer's interfaces concerns Wayhome: the ways out and the addresses on their
 * interfaces. Others may come and go, as those of containers do, without anything being asked. */
#pragma once

#include "platform/address_monitor.h"

G_BEGIN_DECLS

typedef struct WhOutlook WhOutlook;

/* Nothing has been seen yet. */
WhOutlook *wh_outlook_new(void);
void wh_outlook_free(WhOutlook *outlook);

/* Whether something that concerns us is another than at the last call; lifetimes do not. TRUE at
 * first. */
gboolean wh_outlook_take(WhOutlook *outlook, const WhAddressSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhOutlook, wh_outlook_free)

G_END_DECLS
