#include "service/base/result.h"

static void test_words(void)
{
    static const char *const words[] = {"CHANGED", "SAME",  "AUTH",      "HOST",  "PAID",
                                        "AGENT",   "ABUSE", "BADREQ",    "BADIP", "RATE",
                                        "SERVER",  "FAIL",  "NO_ANSWER", "CLOCK"};
    g_assert_cmpuint(G_N_ELEMENTS(words), ==, WH_N_RESULT_CLASSES);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        g_assert_cmpstr(wh_result_class_name((WhResultClass)i), ==, words[i]);
        WhResultClass parsed = i == 0 ? WH_RESULT_CLOCK : WH_RESULT_CHANGED;
        g_assert_true(wh_result_class_parse(words[i], &parsed));
        g_assert_cmpuint(parsed, ==, i);
    }
}

static void test_wrong_words(void)
{
    static const char *const words[] = {"", "changed", "CHANGED ", "NO ANSWER", "AUTHX", "AUT"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        WhResultClass parsed = WH_RESULT_PAID;
        g_assert_false(wh_result_class_parse(words[i], &parsed));
        g_assert_cmpint(parsed, ==, WH_RESULT_PAID);
    }
}

static void test_success(void)
{
    for (guint i = 0; i < WH_N_RESULT_CLASSES; i++) {
        gboolean success = i == WH_RESULT_CHANGED || i == WH_RESULT_SAME;
        g_assert_true(wh_result_class_is_success((WhResultClass)i) == success);
    }
}

static void test_outcome(void)
{
    char words[] = "badauth";
    g_autoptr(WhOutcome) outcome = wh_outcome_new(WH_RESULT_AUTH, words);
    g_assert_cmpint(outcome->retry_after, ==, 0);
    outcome->retry_after = 7;
    words[0] = 'x';
    g_autoptr(WhOutcome) copy = wh_outcome_copy(outcome);
    outcome->detail[0] = 'y';
    g_assert_cmpint(copy->result, ==, WH_RESULT_AUTH);
    g_assert_cmpstr(copy->detail, ==, "badauth");
    g_assert_cmpint(copy->retry_after, ==, 7);
    g_autoptr(WhOutcome) silent = wh_outcome_new(WH_RESULT_SERVER, NULL);
    g_assert_null(silent->detail);
    wh_outcome_free(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/result/words", test_words);
    g_test_add_func("/result/wrong-words", test_wrong_words);
    g_test_add_func("/result/success", test_success);
    g_test_add_func("/result/outcome", test_outcome);
    return g_test_run();
}
