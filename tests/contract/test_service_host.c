#include "platform/service_host.h"
#include "tests/contract/helper.h"
#include "tests/contract/service_host_adapter.h"

typedef struct {
    WhServiceHost *host;
    guint stops;
    guint reloads;
    gboolean free_inside;
} Fixture;

static void stop(gpointer data)
{
    Fixture *fixture = data;

    fixture->stops++;
    if (fixture->free_inside)
        g_clear_pointer(&fixture->host, wh_service_host_free);
}

static void reload(gpointer data)
{
    ((Fixture *)data)->reloads++;
}

static void setup(Fixture *fixture, gconstpointer data)
{
    wh_adapter_begin();
    fixture->host = wh_adapter_host_new(stop, reload, fixture);
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    wh_service_host_free(fixture->host);
    wh_adapter_end();
}

static void expect_told(const char *expected)
{
    g_autofree char *told = wh_adapter_told();

    g_assert_cmpstr(told, ==, expected);
}

static void test_a_life(Fixture *fixture, gconstpointer data)
{
    wh_service_host_ready(fixture->host, "Watching 2 names");
    wh_service_host_status(fixture->host, "Updating");
    wh_service_host_stopping(fixture->host);
    expect_told("ready: Watching 2 names|status: Updating|stopping");
}

static void test_same_line_once(Fixture *fixture, gconstpointer data)
{
    wh_service_host_ready(fixture->host, "a");
    wh_service_host_status(fixture->host, "a");
    wh_service_host_status(fixture->host, "b");
    wh_service_host_status(fixture->host, "b");
    wh_service_host_status(fixture->host, "a");
    expect_told("ready: a|status: b|status: a");
}

static void test_one_line_stays_one_line(Fixture *fixture, gconstpointer data)
{
    wh_service_host_status(fixture->host, "first\nWATCHDOG=trigger\r");
    expect_told("status: first WATCHDOG=trigger ");
}

static void test_stop_once(Fixture *fixture, gconstpointer data)
{
    wh_helper_settle();
    g_assert_cmpuint(fixture->stops, ==, 0);
    wh_adapter_stop();
    wh_helper_for_count(&fixture->stops, 1);
    wh_helper_settle();
    g_assert_cmpuint(fixture->stops, ==, 1);
}

static void test_free_inside_callback(Fixture *fixture, gconstpointer data)
{
    fixture->free_inside = TRUE;
    wh_adapter_stop();
    wh_helper_for_count(&fixture->stops, 1);
    wh_helper_settle();
    g_assert_null(fixture->host);
}

static void test_reload(Fixture *fixture, gconstpointer data)
{
    wh_adapter_reload();
    wh_helper_for_count(&fixture->reloads, 1);
    wh_adapter_reload();
    wh_helper_for_count(&fixture->reloads, 2);
    g_assert_cmpuint(fixture->stops, ==, 0);
    wh_adapter_stop();
    wh_helper_for_count(&fixture->stops, 1);
    wh_adapter_reload();
    wh_helper_settle();
    g_assert_cmpuint(fixture->reloads, ==, 2);
}

#define ADD(path, func) g_test_add("/service-host/" path, Fixture, NULL, setup, func, teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("a-life", test_a_life);
    ADD("same-line-once", test_same_line_once);
    ADD("one-line-stays-one-line", test_one_line_stays_one_line);
    ADD("stop-once", test_stop_once);
    ADD("reload", test_reload);
    ADD("free-inside-callback", test_free_inside_callback);
    wh_adapter_add_tests();
    return g_test_run();
}
