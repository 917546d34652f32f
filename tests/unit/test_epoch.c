#include "service/gateway/epoch.h"

/* What is heard `after` seconds after the first number. */
static const struct {
    guint32 first;
    gint64 after;
    guint32 second;
    gboolean natpmp;
    gboolean pcp;
} cases[] = {
    {1000, 100, 1100, FALSE, FALSE},
    {1000, 0, 1000, FALSE, FALSE},
    {1000, 800, 1000, FALSE, FALSE}, /* it never counts */
    {0, 800, 0, FALSE, FALSE},
    {1000, 800, 0, TRUE, TRUE},
    {1000, 0, 999, FALSE, FALSE}, /* overtaken on the way */
    {1000, 0, 998, FALSE, TRUE},
    {1000, 0, 997, TRUE, TRUE},
    {1000, 800, 1699, FALSE, TRUE}, /* 1000 + 700 - 2 */
    {1000, 800, 1697, TRUE, TRUE},
    {1000, 1600, 2498, FALSE, FALSE}, /* an ordinary slow clock */
    {1000, 1600, 2497, FALSE, TRUE},
    {1000, 100, 5000, FALSE, TRUE}, /* ahead: only PCP minds */
    {G_MAXUINT32 - 10, 20, 9, TRUE, TRUE},
    {0, 0, G_MAXUINT32, FALSE, TRUE},
    {0, (gint64)90 * 24 * 3600, 90 * 24 * 3600, FALSE, FALSE},
};

static void test_cases(void)
{
    gint64 start = 77 * WH_HOUR;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        WhEpoch natpmp = {0};
        WhEpoch pcp = {0};
        gint64 then = start + cases[i].after * WH_SECOND;
        g_test_message("%u", i);
        g_assert_false(wh_epoch_restarted_natpmp(&natpmp, cases[i].first, start));
        g_assert_false(wh_epoch_restarted_pcp(&pcp, cases[i].first, start));
        g_assert_cmpint(wh_epoch_restarted_natpmp(&natpmp, cases[i].second, then), ==,
                        cases[i].natpmp);
        g_assert_cmpint(wh_epoch_restarted_pcp(&pcp, cases[i].second, then), ==, cases[i].pcp);
    }
}

/* Said once: the number after it is compared with the new one. */
static void test_once(void)
{
    WhEpoch natpmp = {0};
    WhEpoch pcp = {0};
    wh_epoch_restarted_natpmp(&natpmp, 1000, 0);
    wh_epoch_restarted_pcp(&pcp, 1000, 0);
    g_assert_true(wh_epoch_restarted_natpmp(&natpmp, 5, WH_MINUTE));
    g_assert_true(wh_epoch_restarted_pcp(&pcp, 5, WH_MINUTE));
    g_assert_false(wh_epoch_restarted_natpmp(&natpmp, 65, 2 * WH_MINUTE));
    g_assert_false(wh_epoch_restarted_pcp(&pcp, 65, 2 * WH_MINUTE));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/epoch/cases", test_cases);
    g_test_add_func("/epoch/once", test_once);
    return g_test_run();
}
