#include "platform/autostart.h"
#include "tests/contract/autostart_adapter.h"

#define ID "org.wayhome.Wayhome"

static void set(gboolean enabled)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(
        wh_autostart_set_enabled(ID, "Wayhome", "wayhome", "--background", enabled, &error));
    g_assert_no_error(error);
}

static void test_on_and_off(void)
{
    wh_adapter_begin();
    g_assert_false(wh_autostart_is_enabled(ID));
    set(FALSE);
    g_assert_false(wh_autostart_is_enabled(ID));
    set(TRUE);
    g_assert_true(wh_autostart_is_enabled(ID));
    set(TRUE);
    g_assert_true(wh_autostart_is_enabled(ID));
    g_assert_false(wh_autostart_is_enabled(ID "2"));
    set(FALSE);
    g_assert_false(wh_autostart_is_enabled(ID));
    wh_adapter_end();
}

static void test_over_the_system(void)
{
    wh_adapter_begin();
    wh_adapter_provide(ID);
    g_assert_true(wh_autostart_is_enabled(ID));
    set(FALSE);
    g_assert_false(wh_autostart_is_enabled(ID));
    set(TRUE);
    g_assert_true(wh_autostart_is_enabled(ID));
    wh_adapter_end();
}

static void test_cannot_write(void)
{
    g_autoptr(GError) error = NULL;

    wh_adapter_begin();
    wh_adapter_forbid_writing();
    g_assert_false(
        wh_autostart_set_enabled(ID, "Wayhome", "wayhome", "--background", TRUE, &error));
    g_assert_true(error->domain == G_IO_ERROR);
    g_assert_false(wh_autostart_is_enabled(ID));
    wh_adapter_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/autostart/on-and-off", test_on_and_off);
    g_test_add_func("/autostart/over-the-system", test_over_the_system);
    g_test_add_func("/autostart/cannot-write", test_cannot_write);
    wh_adapter_add_tests();
    return g_test_run();
}
