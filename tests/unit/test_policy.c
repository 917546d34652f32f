#include "service/reconcile/policy.h"
#include "tests/support/fake_clock.h"

#define NOW ((gint64)1767268800 * WH_SECOND)

typedef struct {
    WhResultClass result;
    guint attempts;
    gint64 retry_after;
    WhHaltScope scope;
    gint64 wait;
} Row;

static const Row rows[] = {
    {WH_RESULT_CHANGED, 1, 0, WH_HALT_NOBODY, 0},
    {WH_RESULT_SAME, 1, 0, WH_HALT_NOBODY, 0},
    {WH_RESULT_BADIP, 1, WH_HOUR, WH_HALT_NOBODY, 0},
    {WH_RESULT_AUTH, 1, 0, WH_HALT_ACCOUNT, 0},
    {WH_RESULT_PAID, 1, 0, WH_HALT_ACCOUNT, 0},
    {WH_RESULT_HOST, 1, 0, WH_HALT_HOST, 0},
    {WH_RESULT_ABUSE, 1, 0, WH_HALT_HOST, 0},
    {WH_RESULT_BADREQ, 1, 0, WH_HALT_HOST, 0},
    {WH_RESULT_AGENT, 1, 0, WH_HALT_PROVIDER, 0},
    {WH_RESULT_RATE, 1, 0, WH_HALT_NOBODY, 10 * WH_MINUTE},
    {WH_RESULT_RATE, 9, 0, WH_HALT_NOBODY, 10 * WH_MINUTE},
    {WH_RESULT_RATE, 1, WH_SECOND, WH_HALT_NOBODY, 10 * WH_MINUTE},
    {WH_RESULT_RATE, 1, WH_HOUR, WH_HALT_NOBODY, WH_HOUR},
    {WH_RESULT_RATE, 1, 100 * WH_DAY, WH_HALT_NOBODY, 7 * WH_DAY},
    {WH_RESULT_SERVER, 1, 0, WH_HALT_NOBODY, 30 * WH_MINUTE},
    {WH_RESULT_SERVER, 0, 0, WH_HALT_NOBODY, 30 * WH_MINUTE},
    {WH_RESULT_SERVER, 2, 0, WH_HALT_NOBODY, WH_HOUR},
    {WH_RESULT_SERVER, 3, 0, WH_HALT_NOBODY, 2 * WH_HOUR},
    {WH_RESULT_SERVER, 6, 0, WH_HALT_NOBODY, 16 * WH_HOUR},
    {WH_RESULT_SERVER, 7, 0, WH_HALT_NOBODY, 24 * WH_HOUR},
    {WH_RESULT_SERVER, G_MAXUINT, 0, WH_HALT_NOBODY, 24 * WH_HOUR},
    {WH_RESULT_SERVER, 1, 3 * WH_HOUR, WH_HALT_NOBODY, 3 * WH_HOUR},
    {WH_RESULT_SERVER, 1, WH_MINUTE, WH_HALT_NOBODY, 30 * WH_MINUTE},
    {WH_RESULT_CLOCK, 1, 0, WH_HALT_NOBODY, 5 * WH_MINUTE},
    {WH_RESULT_CLOCK, 2, 0, WH_HALT_NOBODY, 30 * WH_MINUTE},
    {WH_RESULT_CLOCK, 3, 0, WH_HALT_NOBODY, WH_HOUR},
    {WH_RESULT_NO_ANSWER, 1, 0, WH_HALT_NOBODY, 1 * WH_MINUTE},
    {WH_RESULT_NO_ANSWER, 2, 0, WH_HALT_NOBODY, 2 * WH_MINUTE},
    {WH_RESULT_NO_ANSWER, 3, 0, WH_HALT_NOBODY, 5 * WH_MINUTE},
    {WH_RESULT_NO_ANSWER, 4, 0, WH_HALT_NOBODY, 10 * WH_MINUTE},
    {WH_RESULT_NO_ANSWER, 5, 0, WH_HALT_NOBODY, 20 * WH_MINUTE},
    {WH_RESULT_NO_ANSWER, 6, 0, WH_HALT_NOBODY, 40 * WH_MINUTE},
    {WH_RESULT_NO_ANSWER, 7, 0, WH_HALT_NOBODY, 60 * WH_MINUTE},
    {WH_RESULT_NO_ANSWER, 1000, 0, WH_HALT_NOBODY, 60 * WH_MINUTE},
    {WH_RESULT_FAIL, 1, 0, WH_HALT_NOBODY, 5 * WH_MINUTE},
    {WH_RESULT_FAIL, 2, 0, WH_HALT_NOBODY, 30 * WH_MINUTE},
    {WH_RESULT_FAIL, 3, 0, WH_HALT_NOBODY, 120 * WH_MINUTE},
    {WH_RESULT_FAIL, 4, 0, WH_HALT_HOST, 0},
};

static WhConsequence consequence_of(const Row *row, const WhManners *manners, WhFakeClock *fake)
{
    g_autoptr(WhOutcome) outcome = wh_outcome_new(row->result, NULL);
    outcome->retry_after = row->retry_after;
    return wh_policy_consequence(outcome, row->attempts, manners, wh_fake_clock_clock(fake));
}

static void test_consequences(void)
{
    g_autoptr(WhFakeClock) fake = wh_fake_clock_new();
    WhManners manners = wh_manners_default();
    guint8 seen[WH_N_RESULT_CLASSES] = {0};
    wh_fake_clock_set_random(fake, 0);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        WhConsequence got = consequence_of(&rows[i], &manners, fake);
        g_assert_cmpint(got.scope, ==, rows[i].scope);
        g_assert_cmpint(got.wait, ==, rows[i].wait);
        seen[rows[i].result] = 1;
    }
    for (guint i = 0; i < WH_N_RESULT_CLASSES; i++)
        g_assert_cmpuint(seen[i], ==, 1);
}

static void test_jitter_only_lengthens(void)
{
    g_autoptr(WhFakeClock) fake = wh_fake_clock_new();
    WhManners manners = wh_manners_default();
    wh_fake_clock_set_random(fake, 0.999);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        WhConsequence got = consequence_of(&rows[i], &manners, fake);
        if (rows[i].wait == 0) {
            g_assert_cmpint(got.wait, ==, 0);
            continue;
        }
        g_assert_cmpint(got.wait, >, rows[i].wait);
        g_assert_cmpint(got.wait, <=, rows[i].wait + MIN(rows[i].wait / 10, WH_HOUR));
        g_assert_cmpint(wh_policy_clip_retry(NOW + got.wait, rows[i].result, NOW), ==,
                        NOW + got.wait);
    }
}

static void test_providers_gap(void)
{
    g_autoptr(WhFakeClock) fake = wh_fake_clock_new();
    WhManners manners = wh_manners_default();
    const Row rate = {WH_RESULT_RATE, 1, 0, WH_HALT_NOBODY, 0};
    wh_fake_clock_set_random(fake, 0);
    manners.rate_wait = 40 * WH_MINUTE;
    g_assert_cmpint(consequence_of(&rate, &manners, fake).wait, ==, 40 * WH_MINUTE);
    manners.rate_wait = 0;
    manners.refill = 20 * WH_MINUTE;
    g_assert_cmpint(consequence_of(&rate, &manners, fake).wait, ==, 20 * WH_MINUTE);
}

static void test_tokens(void)
{
    WhManners manners = wh_manners_default();
    g_auto(WhHostState) state = {0};
    wh_policy_refill(&state, &manners, NOW);
    for (guint i = 0; i < 3; i++) {
        g_assert_true(wh_policy_has_token(&state, &manners));
        g_assert_cmpint(wh_policy_next_token(&state, &manners, NOW), ==, NOW);
        wh_policy_take_token(&state, &manners);
    }
    g_assert_false(wh_policy_has_token(&state, &manners));
    g_assert_cmpint(wh_policy_next_token(&state, &manners, NOW), ==, NOW + 5 * WH_MINUTE);
    wh_policy_refill(&state, &manners, NOW + 5 * WH_MINUTE - WH_SECOND);
    g_assert_false(wh_policy_has_token(&state, &manners));
    wh_policy_refill(&state, &manners, NOW + 5 * WH_MINUTE);
    g_assert_true(wh_policy_has_token(&state, &manners));
    wh_policy_refill(&state, &manners, NOW + 50 * WH_HOUR);
    g_assert_cmpfloat(state.tokens, ==, 3);
}

/* Many small refills must not lose the moment at which a whole token is there. */
static void test_tokens_in_parts(void)
{
    WhManners manners = wh_manners_default();
    g_auto(WhHostState) state = {.tokens = 0, .tokens_at = NOW};
    for (gint64 at = NOW; at <= NOW + 5 * WH_MINUTE; at += 7 * WH_SECOND / 9)
        wh_policy_refill(&state, &manners, at);
    gint64 next = wh_policy_next_token(&state, &manners, state.tokens_at);
    g_assert_cmpint(next, >, state.tokens_at);
    wh_policy_refill(&state, &manners, next);
    g_assert_true(wh_policy_has_token(&state, &manners));
    g_assert_cmpint(ABS(next - (NOW + 5 * WH_MINUTE)), <, WH_MILLISECOND);
}

static void test_wrong_clock(void)
{
    WhManners manners = wh_manners_default();
    g_auto(WhHostState) state = {.tokens = 0.5, .tokens_at = NOW + 900 * WH_DAY};
    wh_policy_refill(&state, &manners, NOW);
    g_assert_cmpfloat(state.tokens, ==, 0.5);
    g_assert_cmpint(state.tokens_at, ==, NOW);
    state.tokens = 1000;
    wh_policy_refill(&state, &manners, NOW);
    g_assert_cmpfloat(state.tokens, ==, 3);
    state.tokens = -5;
    wh_policy_refill(&state, &manners, NOW);
    g_assert_cmpfloat(state.tokens, ==, 0);
}

static void test_no_limit(void)
{
    WhManners manners = wh_manners_default();
    g_auto(WhHostState) state = {0};
    manners.refill = 0;
    for (guint i = 0; i < 100; i++) {
        wh_policy_refill(&state, &manners, NOW);
        g_assert_true(wh_policy_has_token(&state, &manners));
        wh_policy_take_token(&state, &manners);
    }
    g_assert_cmpint(wh_policy_next_token(&state, &manners, NOW), ==, NOW);
}

static void test_return_token(void)
{
    WhManners manners = wh_manners_default();
    g_auto(WhHostState) state = {.tokens = 2.5, .tokens_at = NOW};
    wh_policy_return_token(&state, &manners);
    g_assert_cmpfloat(state.tokens, ==, 3);
    wh_policy_take_token(&state, &manners);
    g_assert_cmpfloat(state.tokens, ==, 2);
}

static void test_clip(void)
{
    gint64 far = NOW + 1000 * WH_DAY;
    g_assert_cmpint(wh_policy_clip_retry(far, WH_RESULT_NO_ANSWER, NOW), ==, NOW + 25 * WH_HOUR);
    g_assert_cmpint(wh_policy_clip_retry(far, WH_RESULT_FAIL, NOW), ==, NOW + 25 * WH_HOUR);
    g_assert_cmpint(wh_policy_clip_retry(far, WH_RESULT_RATE, NOW), ==, NOW + 7 * WH_DAY + WH_HOUR);
    g_assert_cmpint(wh_policy_clip_retry(NOW + WH_MINUTE, WH_RESULT_FAIL, NOW), ==,
                    NOW + WH_MINUTE);
}

static void test_ours(void)
{
    for (guint i = 0; i < WH_N_RESULT_CLASSES; i++)
        g_assert_true(wh_policy_is_ours((WhResultClass)i) ==
                      (i != WH_RESULT_SERVER && i != WH_RESULT_RATE));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/policy/consequences", test_consequences);
    g_test_add_func("/policy/jitter-only-lengthens", test_jitter_only_lengthens);
    g_test_add_func("/policy/providers-gap", test_providers_gap);
    g_test_add_func("/policy/tokens", test_tokens);
    g_test_add_func("/policy/tokens-in-parts", test_tokens_in_parts);
    g_test_add_func("/policy/wrong-clock", test_wrong_clock);
    g_test_add_func("/policy/no-limit", test_no_limit);
    g_test_add_func("/policy/return-token", test_return_token);
    g_test_add_func("/policy/clip", test_clip);
    g_test_add_func("/policy/ours", test_ours);
    return g_test_run();
}
