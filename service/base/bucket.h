/* Tokens that allow something to happen: so many at once, then one more in each interval. A value
 * without anything to free; times are monotonic microseconds. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* at: since when `tokens` are there. */
typedef struct {
    guint tokens;
    guint burst;
    gint64 refill;
    gint64 at;
} WhBucket;

/* A full one: `burst` tokens, and one back every `refill`. */
WhBucket wh_bucket_new(guint burst, gint64 refill, gint64 now);

/* Whether there is a token. */
gboolean wh_bucket_has(WhBucket *bucket, gint64 now);

/* Takes one; FALSE: there is none. */
gboolean wh_bucket_take(WhBucket *bucket, gint64 now);

G_END_DECLS
