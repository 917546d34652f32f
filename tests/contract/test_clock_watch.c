#include "platform/clock_watch.h"
#include "tests/contract/clock_watch_adapter.h"
#include "tests/contract/helper.h"

#include <gio/gio.h>

typedef struct {
    WhClockWatch *watch;
    guint count;
    gboolean free_inside;
} Fixture;

static void jumped(gpointer data)
{
    Fixture *fixture = data;

    fixture->count++;
    if (fixture->free_inside)
        g_clear_pointer(&fixture->watch, wh_clock_watch_free);
}

static void start(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;

    fixture->watch = wh_adapter_watch_new(jumped, fixture, &error);
    g_assert_no_error(error);
    g_assert_nonnull(fixture->watch);
}

static void test_each_jump(void)
{
    Fixture fixture = {0};

    start(&fixture);
    wh_helper_settle();
    g_assert_cmpuint(fixture.count, ==, 0);
    wh_adapter_jump();
    wh_helper_for_count(&fixture.count, 1);
    wh_adapter_jump();
    wh_helper_for_count(&fixture.count, 2);
    wh_helper_settle();
    g_assert_cmpuint(fixture.count, ==, 2);
    wh_clock_watch_free(fixture.watch);
    wh_adapter_end();
}

static void test_everybody_hears(void)
{
    Fixture one = {0};
    Fixture other = {0};

    start(&one);
    start(&other);
    wh_adapter_jump();
    wh_helper_for_count(&one.count, 1);
    wh_helper_for_count(&other.count, 1);
    wh_clock_watch_free(one.watch);
    wh_adapter_jump();
    wh_helper_for_count(&other.count, 2);
    g_assert_cmpuint(one.count, ==, 1);
    wh_clock_watch_free(other.watch);
    wh_adapter_end();
}

static void test_silent_after_free(void)
{
    Fixture fixture = {0};

    start(&fixture);
    wh_adapter_jump();
    wh_clock_watch_free(fixture.watch);
    wh_helper_settle();
    g_assert_cmpuint(fixture.count, ==, 0);
    wh_adapter_end();
}

static void test_free_inside_callback(void)
{
    Fixture fixture = {.free_inside = TRUE};

    start(&fixture);
    wh_adapter_jump();
    wh_helper_for_count(&fixture.count, 1);
    wh_helper_settle();
    g_assert_null(fixture.watch);
    wh_adapter_end();
}

static void test_nobody_tells(void)
{
    g_autoptr(GError) error = NULL;

    if (!wh_adapter_nobody()) {
        g_test_skip("Somebody always tells here");
        return;
    }
    g_assert_null(wh_adapter_watch_new(jumped, NULL, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
    wh_adapter_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clock-watch/each-jump", test_each_jump);
    g_test_add_func("/clock-watch/everybody-hears", test_everybody_hears);
    g_test_add_func("/clock-watch/silent-after-free", test_silent_after_free);
    g_test_add_func("/clock-watch/free-inside-callback", test_free_inside_callback);
    g_test_add_func("/clock-watch/nobody-tells", test_nobody_tells);
    wh_adapter_add_tests();
    return g_test_run();
}
