/* The manners: when may something be sent, and what follows from an answer. Pure.
 *
 * Keeps the rules that providers publish for their clients: never again after a refusal until the
 * user acts, half an hour after trouble at the provider, what Retry-After says, at most so often a
 * host. */
#pragma once

#include "service/base/clock.h"
#include "service/base/manners.h"
#include "service/reconcile/state.h"

G_BEGIN_DECLS

/* Three tokens, one back every five minutes; one host a request; nothing else special. */
WhManners wh_manners_default(void);

/* Counts the tokens up to `now` (wall). A tokens_at in the future, left by a clock that was wrong,
 * counts as now; more tokens than the burst are cut. */
void wh_policy_refill(WhHostState *state, const WhManners *manners, gint64 now);

/* Whether a token is there (after wh_policy_refill()), and taking one. Always TRUE with refill 0.
 */
gboolean wh_policy_has_token(const WhHostState *state, const WhManners *manners);
void wh_policy_take_token(WhHostState *state, const WhManners *manners);

/* Puts a token back that was taken for a request which never left. */
void wh_policy_return_token(WhHostState *state, const WhManners *manners);

/* The wall time of the next token; `now` when there is one. */
gint64 wh_policy_next_token(const WhHostState *state, const WhManners *manners, gint64 now);

/* Whom a result halts. */
typedef enum {
    WH_HALT_NOBODY,
    WH_HALT_HOST,
    WH_HALT_ACCOUNT,
    WH_HALT_PROVIDER,
} WhHaltScope;

/* What a result means for a record whose update was tried for the `attempts`th time in a row (1:
 * first). scope not NOBODY: halted. Otherwise wait 0 means done (CHANGED, SAME) or nothing to wait
 * for (BADIP: another address must come), else how long to wait, jitter included: never shorter
 * than the rules ask. */
typedef struct {
    WhHaltScope scope;
    gint64 wait;
} WhConsequence;

/* CHANGED, SAME: done. AUTH, PAID: account. HOST, ABUSE, BADREQ: host. AGENT: provider. CLOCK: wait
 * as for SERVER but only 5 min at first, as the clock may be set. BADIP: wait for another address.
 * RATE: retry_after, the provider's gap or 10 min, whichever is longest. SERVER: 30 min doubling up
 * to 24 h, retry_after if longer. NO_ANSWER: 1, 2, 5, 10, 20, 40, 60 min. FAIL: 5, 30, 120 min,
 * then the host halts. */
WhConsequence wh_policy_consequence(const WhOutcome *outcome, guint attempts,
                                    const WhManners *manners, WhClock *clock);

/* Whether the wait after `result` is this program's own caution, which a person may cut short: all
 * but SERVER and RATE. */
gboolean wh_policy_is_ours(WhResultClass result);

/* A retry time that lies further ahead than any wait can be (25 hours; a week and an hour where the
 * provider may have asked for it) was written by a clock that was wrong: the longest wait from
 * `now` instead. */
gint64 wh_policy_clip_retry(gint64 retry_at, WhResultClass result, gint64 now);

G_END_DECLS
