/* What tests of the announcer do instead of waiting. */
#pragma once

#include "app/notify/announcer.h"

G_BEGIN_DECLS

/* Looks at what is wrong as if it were `now` (g_get_monotonic_time()). */
void wh_announcer_look(WhAnnouncer *announcer, gint64 now);

/* Whether something is being collected, or asked of the service. */
gboolean wh_announcer_is_busy(WhAnnouncer *announcer);

G_END_DECLS
