/* What tests of the announcer do instead of waiting. */
#pragma once

#include "app/notify/announcer.h"

G_BEGIN_DECLS

/* From here on it is `now` (as of g_get_monotonic_time()), and nothing happens by itself. */
void wh_announcer_stop_clock(WhAnnouncer *announcer, gint64 now);

/* Looks at what is wrong, and tells what is due, as it does when it wakes up at `now`; a stopped
 * clock stays there. */
void wh_announcer_look(WhAnnouncer *announcer, gint64 now);

/* Whether something is asked of the service. */
gboolean wh_announcer_is_asking(WhAnnouncer *announcer);

G_END_DECLS
