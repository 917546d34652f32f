#include "platform/windows/desktop/text_scale.h"

#define DOTS 1024

/* What GTK enlarges already is not asked of the text once more. */
static void test_resolution(void)
{
    g_assert_cmpint(wh_text_scale_resolution(96, 1), ==, 96 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(120, 1), ==, 120 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(144, 1), ==, 144 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(192, 2), ==, 96 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(240, 2), ==, 120 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(288, 3), ==, 96 * DOTS);
}

/* A factor that the person gave GTK on a screen that wants none. */
static void test_never_below_usual(void)
{
    g_assert_cmpint(wh_text_scale_resolution(96, 2), ==, 96 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(0, 0), ==, 96 * DOTS);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text-scale/resolution", test_resolution);
    g_test_add_func("/text-scale/never-below-usual", test_never_below_usual);
    return g_test_run();
}
