#include "service/base/aim.h"

static const WhAddress some = {.family = WH_FAMILY_IPV4, .bytes = {9, 9, 9, 9}};
static const WhAddress other = {.family = WH_FAMILY_IPV4, .bytes = {9, 9, 9, 8}};

static void test_equal(void)
{
    const WhAim aims[] = {wh_aim_at(&some), wh_aim_at(&other), wh_aim_nowhere(WH_AIM_NO_ADDRESS),
                          wh_aim_nowhere(WH_AIM_ELSEWHERE)};
    for (guint i = 0; i < G_N_ELEMENTS(aims); i++) {
        for (guint k = 0; k < G_N_ELEMENTS(aims); k++)
            g_assert_cmpint(wh_aim_equal(&aims[i], &aims[k]), ==, i == k);
    }
}

static void test_content(void)
{
    WhAim aim = wh_aim_at(&some);
    g_assert_true(aim.known && aim.why == WH_AIM_KNOWN);
    g_assert_true(wh_address_equal(&aim.address, &some));
    aim = wh_aim_nowhere(WH_AIM_DEVICE_UNSEEN);
    g_assert_true(!aim.known && aim.why == WH_AIM_DEVICE_UNSEEN);
}

static void test_names(void)
{
    g_assert_null(wh_aim_reason_name(WH_AIM_KNOWN));
    g_assert_null(wh_aim_reason_name(WH_AIM_NO_ADDRESS));
    for (WhAimReason why = WH_AIM_NO_LAN_ADDRESS; why < WH_N_AIM_REASONS; why++) {
        for (WhAimReason before = WH_AIM_NO_LAN_ADDRESS; before < why; before++)
            g_assert_cmpstr(wh_aim_reason_name(before), !=, wh_aim_reason_name(why));
    }
    g_assert_cmpstr(wh_aim_reason_name(WH_AIM_ELSEWHERE), ==, "elsewhere");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/aim/equal", test_equal);
    g_test_add_func("/aim/content", test_content);
    g_test_add_func("/aim/names", test_names);
    return g_test_run();
}
