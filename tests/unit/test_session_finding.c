/* What only the session knows, beside what the service's doctor found. */
#include "app/client/session_finding.h"
#include "platform/fake/fake.h"
#include "platform/fake/sleep_plan_fake.h"
#include "service/protocol/message.h"

#include <string.h>

static json_t *finding(const char *code, const char *weight)
{
    return json_pack("{s:s, s:s}", "code", code, "weight", weight);
}

/* The codes, with a space behind each. */
static char *codes_of(json_t *findings)
{
    GString *codes = g_string_new(NULL);
    size_t i;
    json_t *each;
    json_array_foreach(findings, i, each)
    {
        g_string_append_printf(codes, "%s ", json_string_value(json_object_get(each, "code")));
    }
    return g_string_free(codes, FALSE);
}

static void test_sleeps(void)
{
    wh_fake_reset();
    g_assert_null(wh_session_finding_sleeps());
    wh_fake_sleep_plan_set_session(&(WhSleepPlan){0, NULL});
    g_assert_null(wh_session_finding_sleeps());
    wh_fake_sleep_plan_set_session(&(WhSleepPlan){20, WH_SLEEP_PLAN_BY_DESKTOP});
    g_autoptr(json_t) sleeps = wh_session_finding_sleeps();
    const char *sentence = json_string_value(json_object_get(sleeps, "sentence"));
    const char *step = json_string_value(json_object_get(sleeps, "step"));
    json_t *minutes = json_object_get(json_object_get(sleeps, "values"), "minutes");
    g_assert_cmpstr(json_string_value(json_object_get(sleeps, "code")), ==, "sleeps");
    g_assert_cmpstr(json_string_value(json_object_get(sleeps, "weight")), ==, "warning");
    g_assert_cmpstr(json_string_value(minutes), ==, "20");
    g_assert_nonnull(strstr(sentence, "after 20 minutes"));
    g_assert_nonnull(strstr(step, "power settings"));
    g_assert_true(json_is_true(json_object_get(sleeps, "session")));
}

static void test_joins_by_weight(void)
{
    static const struct {
        const char *served[3];
        const char *joined;
    } cases[] = {
        {{NULL}, "sleeps "},
        {{"note"}, "sleeps note "},
        {{"trouble"}, "trouble sleeps "},
        {{"trouble", "warning", "note"}, "trouble warning sleeps note "},
        {{"of tomorrow"}, "sleeps of tomorrow "},
    };
    g_autoptr(json_t) own = finding("sleeps", "warning");
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(json_t) served = json_array();
        for (guint j = 0; j < 3 && cases[i].served[j] != NULL; j++)
            json_array_append_new(served, finding(cases[i].served[j], cases[i].served[j]));
        size_t before = json_array_size(served);
        g_autoptr(json_t) joined = wh_session_finding_join(served, own);
        g_autofree char *codes = codes_of(joined);
        g_assert_cmpstr(codes, ==, cases[i].joined);
        g_assert_cmpuint(json_array_size(served), ==, before);
    }
}

static void test_says_it_once(void)
{
    g_autoptr(json_t) own = finding("sleeps", "warning");
    g_autoptr(json_t) served = json_array();
    json_array_append_new(served, finding("sleeps", "note"));
    g_autoptr(json_t) joined = wh_session_finding_join(served, own);
    g_assert_true(json_equal(joined, served));
    g_autoptr(json_t) unchanged = wh_session_finding_join(served, NULL);
    g_assert_true(json_equal(unchanged, served));
    g_autoptr(json_t) alone = wh_session_finding_join(NULL, own);
    g_assert_cmpuint(json_array_size(alone), ==, 1);
    g_autoptr(json_t) nothing = wh_session_finding_join(NULL, NULL);
    g_assert_cmpuint(json_array_size(nothing), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/session-finding/sleeps", test_sleeps);
    g_test_add_func("/session-finding/joins-by-weight", test_joins_by_weight);
    g_test_add_func("/session-finding/says-it-once", test_says_it_once);
    return g_test_run();
}
