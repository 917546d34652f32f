#include "service/base/bucket.h"

WhBucket wh_bucket_new(guint burst, gint64 refill, gint64 now)
{
    return (WhBucket){.tokens = burst, .burst = burst, .refill = refill, .at = now};
}

gboolean wh_bucket_has(WhBucket *bucket, gint64 now)
{
    gint64 more = (now - bucket->at) / bucket->refill;
    if (bucket->tokens + more >= bucket->burst) {
        bucket->tokens = bucket->burst;
        bucket->at = now;
    } else {
        bucket->tokens += (guint)more;
        bucket->at += more * bucket->refill;
    }
    return bucket->tokens > 0;
}

gboolean wh_bucket_take(WhBucket *bucket, gint64 now)
{
    if (!wh_bucket_has(bucket, now))
        return FALSE;
    bucket->tokens--;
    return TRUE;
}
