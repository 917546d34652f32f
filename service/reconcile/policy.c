#include "service/reconcile/policy.h"

/* Counting in parts of a token may end a hair below a whole one; a hair is nothing to a provider.
 */
#define HAIR 1e-6

/* What a provider may ask for at most; a larger Retry-After is a mistake, and nobody would ever
 * look whether it was one. */
#define LONGEST_RETRY_AFTER (7 * WH_DAY)
#define LONGEST_SERVER (24 * WH_HOUR)
#define LONGEST_JITTER WH_HOUR

#define LEAST_RATE_WAIT (10 * WH_MINUTE)
#define FIRST_SERVER_WAIT (30 * WH_MINUTE)
#define FIRST_CLOCK_WAIT (5 * WH_MINUTE)

static const gint64 no_answer_waits[] = {1 * WH_MINUTE,  2 * WH_MINUTE,  5 * WH_MINUTE,
                                         10 * WH_MINUTE, 20 * WH_MINUTE, 40 * WH_MINUTE,
                                         60 * WH_MINUTE};
static const gint64 fail_waits[] = {5 * WH_MINUTE, 30 * WH_MINUTE, 120 * WH_MINUTE};

WhManners wh_manners_default(void)
{
    return (WhManners){
        .burst = WH_DEFAULT_BURST,
        .refill = WH_DEFAULT_REFILL,
        .rate_wait = LEAST_RATE_WAIT,
        .max_hosts = 1,
        .provable = TRUE,
    };
}

static double burst_of(const WhManners *manners)
{
    return MAX(manners->burst, 1);
}

void wh_policy_refill(WhHostState *state, const WhManners *manners, gint64 now)
{
    if (manners->refill <= 0)
        return;
    double burst = burst_of(manners);
    if (state->tokens_at == 0)
        state->tokens = burst;
    else if (state->tokens_at < now)
        state->tokens += (double)(now - state->tokens_at) / (double)manners->refill;
    state->tokens = CLAMP(state->tokens, 0, burst);
    state->tokens_at = now;
}

gboolean wh_policy_has_token(const WhHostState *state, const WhManners *manners)
{
    return manners->refill <= 0 || state->tokens >= 1 - HAIR;
}

void wh_policy_take_token(WhHostState *state, const WhManners *manners)
{
    if (manners->refill > 0)
        state->tokens = MAX(state->tokens - 1, 0);
}

void wh_policy_return_token(WhHostState *state, const WhManners *manners)
{
    if (manners->refill > 0)
        state->tokens = MIN(state->tokens + 1, burst_of(manners));
}

gint64 wh_policy_next_token(const WhHostState *state, const WhManners *manners, gint64 now)
{
    if (wh_policy_has_token(state, manners))
        return now;
    return now + (gint64)((1 - state->tokens) * (double)manners->refill);
}

static gint64 server_wait(guint attempts)
{
    gint64 wait = FIRST_SERVER_WAIT;
    for (guint i = 1; i < attempts && wait < LONGEST_SERVER; i++)
        wait *= 2;
    return MIN(wait, LONGEST_SERVER);
}

static gint64 ladder_wait(const gint64 *waits, guint n_waits, guint attempts)
{
    return waits[MIN(attempts, n_waits) - 1];
}

/* Only ever longer than the rules ask. */
static WhConsequence wait_for(gint64 wait, const WhOutcome *outcome, WhClock *clock)
{
    wait = MAX(wait, MIN(outcome->retry_after, LONGEST_RETRY_AFTER));
    double jitter = clock->random(clock) * (double)MIN(wait / 10, LONGEST_JITTER);
    return (WhConsequence){.scope = WH_HALT_NOBODY, .wait = wait + (gint64)jitter};
}

static WhConsequence halt(WhHaltScope scope)
{
    return (WhConsequence){.scope = scope};
}

WhConsequence wh_policy_consequence(const WhOutcome *outcome, guint attempts,
                                    const WhManners *manners, WhClock *clock)
{
    attempts = MAX(attempts, 1);
    switch (outcome->result) {
    case WH_RESULT_CHANGED:
    case WH_RESULT_SAME:
    case WH_RESULT_BADIP:
        return (WhConsequence){.scope = WH_HALT_NOBODY};
    case WH_RESULT_AUTH:
    case WH_RESULT_PAID:
        return halt(WH_HALT_ACCOUNT);
    case WH_RESULT_HOST:
    case WH_RESULT_ABUSE:
    case WH_RESULT_BADREQ:
        return halt(WH_HALT_HOST);
    case WH_RESULT_AGENT:
        return halt(WH_HALT_PROVIDER);
    case WH_RESULT_RATE:
        return wait_for(MAX(MAX(manners->rate_wait, manners->refill), LEAST_RATE_WAIT), outcome,
                        clock);
    case WH_RESULT_SERVER:
        return wait_for(server_wait(attempts), outcome, clock);
    case WH_RESULT_CLOCK:
        return wait_for(attempts == 1 ? FIRST_CLOCK_WAIT : server_wait(attempts - 1), outcome,
                        clock);
    case WH_RESULT_NO_ANSWER:
        return wait_for(ladder_wait(no_answer_waits, G_N_ELEMENTS(no_answer_waits), attempts),
                        outcome, clock);
    case WH_RESULT_FAIL:
        break;
    }
    if (attempts > G_N_ELEMENTS(fail_waits))
        return halt(WH_HALT_HOST);
    return wait_for(ladder_wait(fail_waits, G_N_ELEMENTS(fail_waits), attempts), outcome, clock);
}

gboolean wh_policy_is_ours(WhResultClass result)
{
    return result != WH_RESULT_SERVER && result != WH_RESULT_RATE;
}

gint64 wh_policy_clip_retry(gint64 retry_at, WhResultClass result, gint64 now)
{
    gint64 longest = LONGEST_RETRY_AFTER;
    if (result == WH_RESULT_NO_ANSWER || result == WH_RESULT_FAIL)
        longest = LONGEST_SERVER;
    return MIN(retry_at, now + longest + LONGEST_JITTER);
}
