#include "tests/contract/neighbours_adapter.h"

#include "platform/linux/neighbour_watch_private.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/address_monitor_world.h"
#include "tests/contract/linux/neighbours_pair.h"

#include <string.h>

#define PAUSE_MILLISECONDS 20

gboolean wh_adapter_begin(void)
{
    return wh_world_enter();
}

void wh_adapter_end(void)
{
}

guint wh_adapter_interface(void)
{
    return wh_world_interface("wire0");
}

void wh_adapter_set(const WhAdapterMachine *machine)
{
    static const char *const states[] = {
        [WH_ADAPTER_ANSWERS] = "reachable",
        [WH_ADAPTER_QUIET] = "stale",
        [WH_ADAPTER_SILENT] = "failed",
    };
    g_autofree char *line =
        machine->state == WH_ADAPTER_GONE
            ? g_strdup_printf("neigh del %s dev wire0", machine->address)
            : g_strdup_printf("neigh replace %s lladdr %s dev wire0 nud %s", machine->address,
                              machine->mac, states[machine->state]);

    wh_world_ip(line);
}

GArray *wh_adapter_read(void)
{
    g_autoptr(GError) error = NULL;
    GArray *neighbours = wh_neighbours_read(&error);

    g_assert_no_error(error);
    return neighbours;
}

gboolean wh_adapter_can_watch(void)
{
    return TRUE;
}

WhNeighbourWatch *wh_adapter_watch_new(WhNeighbourWatchFunc changed, gpointer data)
{
    g_autoptr(GError) error = NULL;
    WhNeighbourWatch *watch = wh_neighbour_watch_new(changed, data, &error);

    g_assert_no_error(error);
    wh_neighbour_watch_set_pause(watch, PAUSE_MILLISECONDS);
    return watch;
}

static gboolean has_caught_up(gpointer data)
{
    return wh_neighbour_watch_is_idle(data);
}

void wh_adapter_settle(WhNeighbourWatch *watch)
{
    wh_helper_until(has_caught_up, watch);
    wh_helper_settle();
}

static void count(gpointer data)
{
    ++*(guint *)data;
}

/* Somebody wrote down an address that is never asked for. */
static void test_never_heard(void)
{
    g_autoptr(GArray) found = NULL;

    if (!wh_adapter_begin())
        return;
    wh_world_ip("neigh replace 192.0.2.1 lladdr 02:00:00:00:00:01 dev wire0 nud noarp\n"
                "neigh replace 192.0.2.2 lladdr 02:00:00:00:00:02 dev wire0 nud permanent");
    found = wh_adapter_read();
    g_assert_cmpuint(found->len, ==, 1);
    g_assert_cmpuint(g_array_index(found, WhNeighbour, 0).mac[5], ==, 2);
    g_assert_true(g_array_index(found, WhNeighbour, 0).reachable);
}

/* That the kernel waits for an answer wakes nobody up. */
static void test_waiting_is_no_news(void)
{
    guint calls = 0;
    WhNeighbourWatch *watch;
    guint looks;

    if (!wh_adapter_begin())
        return;
    wh_world_ip("neigh replace 192.0.2.1 lladdr 02:00:00:00:00:01 dev wire0 nud stale");
    watch = wh_adapter_watch_new(count, &calls);
    looks = wh_neighbour_watch_looks(watch);
    wh_world_ip("neigh replace 192.0.2.1 lladdr 02:00:00:00:00:01 dev wire0 nud delay\n"
                "neigh replace 192.0.2.1 lladdr 02:00:00:00:00:01 dev wire0 nud probe");
    wh_adapter_settle(watch);
    g_assert_cmpuint(wh_neighbour_watch_looks(watch), ==, looks);
    g_assert_cmpuint(calls, ==, 0);
    wh_neighbour_watch_free(watch);
}

/* At most one look within the pause, and none is forgotten. */
static void test_pause(void)
{
    guint calls = 0;
    g_autoptr(GError) error = NULL;
    WhNeighbourWatch *watch;

    if (!wh_adapter_begin())
        return;
    watch = wh_neighbour_watch_new(count, &calls, &error);
    g_assert_no_error(error);
    wh_world_ip("neigh replace 192.0.2.1 lladdr 02:00:00:00:00:01 dev wire0 nud stale");
    wh_helper_for_count(&calls, 1);
    wh_world_ip("neigh replace 192.0.2.2 lladdr 02:00:00:00:00:01 dev wire0 nud stale");
    wh_helper_settle();
    g_assert_cmpuint(calls, ==, 1);
    wh_helper_for_count(&calls, 2);
    wh_neighbour_watch_free(watch);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/neighbours/linux/never-heard", test_never_heard);
    g_test_add_func("/neighbours/linux/waiting-is-no-news", test_waiting_is_no_news);
    g_test_add_func("/neighbours/linux/pause", test_pause);
    wh_pair_add_tests();
}
