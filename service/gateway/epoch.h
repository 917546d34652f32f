/* How long a router has counted, and whether it has begun anew since. Pure; times are monotonic
 * microseconds. */
#pragma once

#include "service/base/clock.h"

G_BEGIN_DECLS

/* The last number heard and when; all zero: none yet. */
typedef struct {
    gboolean heard;
    guint32 seconds;
    gint64 at;
} WhEpoch;

/* Both take the number that was just heard, and say whether the router lost its state since the one
 * before: RFC 6886 section 3.6, RFC 6887 section 8.5. The clock that stands still while the
 * computer sleeps makes PCP's rule say yes after a sleep, which costs one more question. */
gboolean wh_epoch_restarted_natpmp(WhEpoch *epoch, guint32 seconds, gint64 now);
gboolean wh_epoch_restarted_pcp(WhEpoch *epoch, guint32 seconds, gint64 now);

G_END_DECLS
