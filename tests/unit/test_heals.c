#include "service/doctor/heals.h"

#include "service/base/clock.h"

#define NOW (1000 * WH_DAY)

static void test_count(void)
{
    g_autoptr(WhHeals) heals = wh_heals_new();
    wh_heals_take(heals, "1", WH_FAMILY_IPV4, NOW - 2 * WH_DAY);
    wh_heals_take(heals, "1", WH_FAMILY_IPV4, NOW);
    wh_heals_take(heals, "1", WH_FAMILY_IPV6, NOW);
    wh_heals_take(heals, "2", WH_FAMILY_IPV4, NOW);
    g_assert_cmpuint(wh_heals_count(heals, "1", WH_FAMILY_IPV4, NOW - 7 * WH_DAY), ==, 2);
    g_assert_cmpuint(wh_heals_count(heals, "1", WH_FAMILY_IPV4, NOW - WH_DAY), ==, 1);
    g_assert_cmpuint(wh_heals_count(heals, "1", WH_FAMILY_IPV6, NOW - WH_DAY), ==, 1);
    g_assert_cmpuint(wh_heals_count(heals, "2", WH_FAMILY_IPV6, 0), ==, 0);
    g_assert_cmpuint(wh_heals_count(heals, "3", WH_FAMILY_IPV4, 0), ==, 0);
}

static void test_old(void)
{
    g_autoptr(WhHeals) heals = wh_heals_new();
    wh_heals_take(heals, "1", WH_FAMILY_IPV4, NOW - 8 * WH_DAY);
    wh_heals_take(heals, "2", WH_FAMILY_IPV4, NOW);
    g_assert_cmpuint(wh_heals_count(heals, "1", WH_FAMILY_IPV4, 0), ==, 0);
    for (guint i = 0; i < 10000; i++)
        wh_heals_take(heals, "2", WH_FAMILY_IPV4, NOW);
    g_assert_cmpuint(wh_heals_count(heals, "2", WH_FAMILY_IPV4, 0), <, 10000);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/heals/count", test_count);
    g_test_add_func("/heals/old", test_old);
    return g_test_run();
}
