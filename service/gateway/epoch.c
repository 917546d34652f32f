#include "service/gateway/epoch.h"

#define TOLERANCE (2 * WH_SECOND)
#define REORDERED WH_SECOND

/* Some routers' numbers stand still for ever, and tell nothing. */
static gboolean stands_still(const WhEpoch *before, guint32 seconds)
{
    return before->seconds == seconds;
}

static WhEpoch replace(WhEpoch *epoch, guint32 seconds, gint64 now)
{
    WhEpoch before = *epoch;
    *epoch = (WhEpoch){.heard = TRUE, .seconds = seconds, .at = now};
    return before;
}

/* The router's clock may be an eighth slower than ours. */
gboolean wh_epoch_restarted_natpmp(WhEpoch *epoch, guint32 seconds, gint64 now)
{
    WhEpoch before = replace(epoch, seconds, now);
    gint64 expected = before.seconds * WH_SECOND + (now - before.at) / 8 * 7;
    return before.heard && !stands_still(&before, seconds) &&
           seconds * WH_SECOND < expected - TOLERANCE;
}

/* Neither clock may be a sixteenth slower than the other. */
gboolean wh_epoch_restarted_pcp(WhEpoch *epoch, guint32 seconds, gint64 now)
{
    WhEpoch before = replace(epoch, seconds, now);
    gint64 theirs = ((gint64)seconds - before.seconds) * WH_SECOND;
    gint64 ours = now - before.at;
    return before.heard && !stands_still(&before, seconds) &&
           (theirs < -REORDERED || ours + TOLERANCE < theirs - theirs / 16 ||
            theirs + TOLERANCE < ours - ours / 16);
}
