#include "platform/neighbours.h"
#include "tests/contract/helper.h"
#include "tests/contract/neighbours_adapter.h"

#include <gio/gio.h>
#include <string.h>

#define MAC_ONE "02:00:00:00:00:01"
#define MAC_TWO "02:00:00:00:00:02"

typedef struct {
    WhNeighbourWatch *watch;
    guint count;
    gboolean free_inside;
} Fixture;

static void set(const char *address, const char *mac, WhAdapterState state)
{
    const WhAdapterMachine machine = {address, mac, state};

    wh_adapter_set(&machine);
}

static void check(const GArray *found, guint place, const char *address, guint8 last_of_mac,
                  gboolean reachable)
{
    const WhNeighbour *neighbour = &g_array_index(found, WhNeighbour, place);
    g_autoptr(GInetAddress) expected = g_inet_address_new_from_string(address);
    guint8 mac[6] = {2, 0, 0, 0, 0, last_of_mac};
    gboolean is_ipv4 = g_inet_address_get_family(expected) == G_SOCKET_FAMILY_IPV4;
    guint8 bytes[16] = {0};

    memcpy(bytes, g_inet_address_to_bytes(expected), is_ipv4 ? 4 : 16);
    g_assert_cmpuint(neighbour->interface, ==, wh_adapter_interface());
    g_assert_cmpuint(neighbour->family, ==, is_ipv4 ? 4 : 6);
    wh_helper_assert_bytes(neighbour->bytes, 16, bytes, 16);
    wh_helper_assert_bytes(neighbour->mac, 6, mac, 6);
    g_assert_cmpint(neighbour->reachable, ==, reachable);
}

static void test_nobody(void)
{
    g_autoptr(GArray) found = NULL;

    if (!wh_adapter_begin())
        return;
    found = wh_adapter_read();
    g_assert_cmpuint(found->len, ==, 0);
    wh_adapter_end();
}

static void test_machines_of_both_families(void)
{
    g_autoptr(GArray) found = NULL;

    if (!wh_adapter_begin())
        return;
    set("2001:db8::2", MAC_TWO, WH_ADAPTER_QUIET);
    set("fe80::2", MAC_TWO, WH_ADAPTER_ANSWERS);
    set("192.0.2.2", MAC_TWO, WH_ADAPTER_ANSWERS);
    set("192.0.2.1", MAC_ONE, WH_ADAPTER_QUIET);
    found = wh_adapter_read();
    g_assert_cmpuint(found->len, ==, 4);
    check(found, 0, "192.0.2.1", 1, FALSE);
    check(found, 1, "192.0.2.2", 2, TRUE);
    check(found, 2, "2001:db8::2", 2, FALSE);
    check(found, 3, "fe80::2", 2, TRUE);
    wh_adapter_end();
}

static void test_no_machines(void)
{
    g_autoptr(GArray) found = NULL;

    if (!wh_adapter_begin())
        return;
    set("192.0.2.1", MAC_ONE, WH_ADAPTER_SILENT);
    set("2001:db8::1", MAC_ONE, WH_ADAPTER_SILENT);
    set("192.0.2.2", "00:00:00:00:00:00", WH_ADAPTER_QUIET);
    set("192.0.2.3", "01:00:5e:00:00:01", WH_ADAPTER_QUIET);
    set("192.0.2.255", "ff:ff:ff:ff:ff:ff", WH_ADAPTER_ANSWERS);
    set("192.0.2.4", MAC_ONE, WH_ADAPTER_ANSWERS);
    found = wh_adapter_read();
    g_assert_cmpuint(found->len, ==, 1);
    check(found, 0, "192.0.2.4", 1, TRUE);
    wh_adapter_end();
}

static void changed(gpointer data)
{
    Fixture *fixture = data;

    fixture->count++;
    if (fixture->free_inside)
        g_clear_pointer(&fixture->watch, wh_neighbour_watch_free);
}

static gboolean start(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;

    if (!wh_adapter_can_watch()) {
        g_assert_null(wh_neighbour_watch_new(changed, fixture, &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
        return FALSE;
    }
    if (!wh_adapter_begin())
        return FALSE;
    set("192.0.2.1", MAC_ONE, WH_ADAPTER_ANSWERS);
    fixture->watch = wh_adapter_watch_new(changed, fixture);
    wh_helper_settle();
    g_assert_cmpuint(fixture->count, ==, 0);
    return TRUE;
}

static void test_pairs_change(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    set("192.0.2.2", MAC_TWO, WH_ADAPTER_ANSWERS);
    wh_helper_for_count(&fixture.count, 1);
    set("192.0.2.2", MAC_ONE, WH_ADAPTER_ANSWERS);
    wh_helper_for_count(&fixture.count, 2);
    set("2001:db8::2", MAC_TWO, WH_ADAPTER_QUIET);
    wh_helper_for_count(&fixture.count, 3);
    set("2001:db8::2", MAC_TWO, WH_ADAPTER_SILENT);
    wh_helper_for_count(&fixture.count, 4);
    set("192.0.2.2", MAC_ONE, WH_ADAPTER_GONE);
    wh_helper_for_count(&fixture.count, 5);
    wh_adapter_settle(fixture.watch);
    g_assert_cmpuint(fixture.count, ==, 5);
    wh_neighbour_watch_free(fixture.watch);
    wh_adapter_end();
}

static void test_moods_are_no_change(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    set("192.0.2.1", MAC_ONE, WH_ADAPTER_QUIET);
    wh_adapter_settle(fixture.watch);
    set("192.0.2.1", MAC_ONE, WH_ADAPTER_ANSWERS);
    wh_adapter_settle(fixture.watch);
    set("192.0.2.9", MAC_TWO, WH_ADAPTER_SILENT);
    wh_adapter_settle(fixture.watch);
    g_assert_cmpuint(fixture.count, ==, 0);
    set("192.0.2.9", MAC_TWO, WH_ADAPTER_QUIET);
    wh_helper_for_count(&fixture.count, 1);
    wh_neighbour_watch_free(fixture.watch);
    wh_adapter_end();
}

static void test_many_changes_are_few_calls(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    for (guint i = 0; i < 50; i++) {
        g_autofree char *address = g_strdup_printf("192.0.2.%u", 100 + i);

        set(address, MAC_TWO, WH_ADAPTER_QUIET);
    }
    wh_helper_for_count(&fixture.count, 1);
    wh_adapter_settle(fixture.watch);
    g_assert_cmpuint(fixture.count, <=, 2);
    wh_neighbour_watch_free(fixture.watch);
    wh_adapter_end();
}

static void test_silent_after_free(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    set("192.0.2.2", MAC_TWO, WH_ADAPTER_ANSWERS);
    wh_neighbour_watch_free(fixture.watch);
    wh_helper_settle();
    g_assert_cmpuint(fixture.count, ==, 0);
    wh_adapter_end();
}

static void test_free_inside_callback(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    fixture.free_inside = TRUE;
    set("192.0.2.2", MAC_TWO, WH_ADAPTER_ANSWERS);
    wh_helper_for_count(&fixture.count, 1);
    wh_helper_settle();
    g_assert_null(fixture.watch);
    wh_adapter_end();
}

#define ADD(path, func) g_test_add_func("/neighbours/" path, func)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("nobody", test_nobody);
    ADD("machines-of-both-families", test_machines_of_both_families);
    ADD("no-machines", test_no_machines);
    ADD("pairs-change", test_pairs_change);
    ADD("moods-are-no-change", test_moods_are_no_change);
    ADD("many-changes-are-few-calls", test_many_changes_are_few_calls);
    ADD("silent-after-free", test_silent_after_free);
    ADD("free-inside-callback", test_free_inside_callback);
    wh_adapter_add_tests();
    return g_test_run();
}
