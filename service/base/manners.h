/* What a provider asks of its clients, as plain values. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* burst tokens a host, one back every `refill` microseconds; refill 0: no limit (one's own server).
 * rate_wait: the least wait after RATE, in microseconds. max_hosts in one request (1: no batching).
 * together: both families travel in one request; both_always: leaving a family out changes it, so
 * both are sent whenever one is. propagation: microseconds until the provider's servers show a
 * change. provable FALSE: DNS does not show the address itself (proxied, aliased). */
typedef struct {
    guint burst;
    gint64 refill;
    gint64 rate_wait;
    guint max_hosts;
    gboolean together;
    gboolean both_always;
    gint64 propagation;
    gboolean provable;
} WhManners;

#define WH_DEFAULT_BURST 3
#define WH_DEFAULT_REFILL ((gint64)300 * 1000000)

G_END_DECLS
