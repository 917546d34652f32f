#include "platform/linux/address_table.h"
#include "tests/unit/netlink_bytes.h"

#include <linux/if.h>
#include <linux/if_arp.h>
#include <sys/socket.h>

#define RUNNING (IFF_UP | IFF_RUNNING)

typedef struct {
    WhAddressTable *table;
    WhAddressSnapshot snapshot;
    GByteArray *bytes;
} Fixture;

static void no_device(guint interface, const char *name, char *device, gsize size)
{
    g_strlcpy(device, "", size);
}

static void setup(Fixture *fixture, gconstpointer data)
{
    fixture->table = wh_address_table_new(no_device);
    fixture->snapshot.addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    fixture->snapshot.interfaces = g_array_new(FALSE, FALSE, sizeof(WhInterface));
    fixture->bytes = g_byte_array_new();
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    wh_address_table_free(fixture->table);
    g_array_unref(fixture->snapshot.addresses);
    g_array_unref(fixture->snapshot.interfaces);
    g_byte_array_unref(fixture->bytes);
}

/* Applies what was collected in `bytes` and returns what became stale. */
static guint apply(Fixture *fixture)
{
    guint stale =
        wh_address_table_apply(fixture->table, fixture->bytes->data, fixture->bytes->len, 0);

    g_byte_array_set_size(fixture->bytes, 0);
    return stale;
}

static gboolean update(Fixture *fixture)
{
    return wh_address_table_update(fixture->table, &fixture->snapshot);
}

static void link_up(Fixture *fixture, gint interface)
{
    wh_bytes_link(fixture->bytes, RTM_NEWLINK, AF_UNSPEC, interface, RUNNING);
    apply(fixture);
}

static guint last_byte(Fixture *fixture, guint place)
{
    return g_array_index(fixture->snapshot.addresses, WhInterfaceAddress, place).bytes[3];
}

static void test_sorted_whatever_the_order(Fixture *fixture, gconstpointer data)
{
    link_up(fixture, 1);
    link_up(fixture, 2);
    wh_bytes_address(fixture->bytes, RTM_NEWADDR, 2, 1, 0);
    wh_bytes_address(fixture->bytes, RTM_NEWADDR, 1, 9, 0);
    wh_bytes_address(fixture->bytes, RTM_NEWADDR, 1, 3, 0);
    g_assert_cmphex(apply(fixture), ==, 0);
    g_assert_true(update(fixture));
    g_assert_cmpuint(fixture->snapshot.addresses->len, ==, 3);
    g_assert_cmpuint(last_byte(fixture, 0), ==, 3);
    g_assert_cmpuint(last_byte(fixture, 1), ==, 9);
    g_assert_cmpuint(last_byte(fixture, 2), ==, 1);
}

static void test_only_real_differences(Fixture *fixture, gconstpointer data)
{
    link_up(fixture, 1);
    wh_bytes_address(fixture->bytes, RTM_NEWADDR, 1, 1, 0);
    apply(fixture);
    g_assert_true(update(fixture));
    wh_bytes_address(fixture->bytes, RTM_NEWADDR, 1, 1, 0);
    apply(fixture);
    g_assert_false(update(fixture));
    wh_bytes_address(fixture->bytes, RTM_NEWADDR, 1, 1, IFA_F_DEPRECATED);
    apply(fixture);
    g_assert_true(update(fixture));
    wh_bytes_address(fixture->bytes, RTM_DELADDR, 1, 2, 0);
    apply(fixture);
    g_assert_false(update(fixture));
    wh_bytes_address(fixture->bytes, RTM_DELADDR, 1, 1, 0);
    apply(fixture);
    g_assert_true(update(fixture));
    g_assert_cmpuint(fixture->snapshot.addresses->len, ==, 0);
}

static void test_link_down_hides_and_removal_forgets(Fixture *fixture, gconstpointer data)
{
    link_up(fixture, 1);
    wh_bytes_address(fixture->bytes, RTM_NEWADDR, 1, 1, 0);
    apply(fixture);
    update(fixture);
    wh_bytes_link(fixture->bytes, RTM_NEWLINK, AF_UNSPEC, 1, IFF_UP);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_WAYS);
    g_assert_true(update(fixture));
    g_assert_cmpuint(fixture->snapshot.addresses->len, ==, 0);
    link_up(fixture, 1);
    g_assert_true(update(fixture));
    g_assert_cmpuint(fixture->snapshot.addresses->len, ==, 1);
    wh_bytes_link(fixture->bytes, RTM_DELLINK, AF_UNSPEC, 1, 0);
    apply(fixture);
    link_up(fixture, 1);
    update(fixture);
    g_assert_cmpuint(fixture->snapshot.addresses->len, ==, 0);
}

static void test_what_becomes_stale(Fixture *fixture, gconstpointer data)
{
    wh_bytes_route(fixture->bytes, RTM_NEWROUTE, 1, 0);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_WAYS);
    wh_bytes_route(fixture->bytes, RTM_DELROUTE, 1, 0);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_WAYS);
    wh_bytes_address(fixture->bytes, RTM_DELADDR, 1, 1, 0);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_WAYS);
    wh_bytes_link(fixture->bytes, RTM_NEWLINK, AF_UNSPEC, 1, RUNNING);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_WAYS);
    wh_bytes_link(fixture->bytes, RTM_NEWLINK, AF_UNSPEC, 1, RUNNING);
    g_assert_cmphex(apply(fixture), ==, 0);
    wh_bytes_link(fixture->bytes, RTM_NEWLINK, AF_UNSPEC, 1, IFF_UP);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_WAYS);
    wh_bytes_link(fixture->bytes, RTM_NEWLINK, AF_UNSPEC, 1, 0);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_WAYS);
    wh_bytes_address(fixture->bytes, RTM_NEWADDR, 1, 1, 0);
    g_byte_array_set_size(fixture->bytes, fixture->bytes->len - 4);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_EVERYTHING);
}

static const WhInterface *interface_at(Fixture *fixture, guint place)
{
    g_assert_cmpuint(place, <, fixture->snapshot.interfaces->len);
    return &g_array_index(fixture->snapshot.interfaces, WhInterface, place);
}

static void test_interfaces(Fixture *fixture, gconstpointer data)
{
    wh_bytes_link_named(fixture->bytes, 9, ARPHRD_NONE, "wg0", "wireguard");
    wh_bytes_link_named(fixture->bytes, 2, ARPHRD_ETHER, "eth0", NULL);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_WAYS);
    g_assert_true(update(fixture));
    g_assert_false(update(fixture));
    g_assert_cmpuint(fixture->snapshot.interfaces->len, ==, 2);
    g_assert_cmpuint(interface_at(fixture, 0)->interface, ==, 2);
    g_assert_cmpint(interface_at(fixture, 0)->kind, ==, WH_INTERFACE_WIRED);
    g_assert_cmpstr(interface_at(fixture, 1)->name, ==, "wg0");
    g_assert_cmpint(interface_at(fixture, 1)->kind, ==, WH_INTERFACE_TUNNEL);
    g_assert_true(wh_address_snapshot_find_interface(&fixture->snapshot, 9) ==
                  interface_at(fixture, 1));
    g_assert_null(wh_address_snapshot_find_interface(&fixture->snapshot, 0));
    wh_bytes_link_named(fixture->bytes, 2, ARPHRD_ETHER, "lan0", NULL);
    apply(fixture);
    g_assert_true(update(fixture));
    g_assert_cmpstr(interface_at(fixture, 0)->name, ==, "lan0");
    wh_bytes_link(fixture->bytes, RTM_NEWLINK, AF_UNSPEC, 2, IFF_UP);
    apply(fixture);
    g_assert_true(update(fixture));
    g_assert_cmpuint(fixture->snapshot.interfaces->len, ==, 1);
    wh_bytes_link(fixture->bytes, RTM_DELLINK, AF_UNSPEC, 9, 0);
    apply(fixture);
    g_assert_true(update(fixture));
    g_assert_cmpuint(fixture->snapshot.interfaces->len, ==, 0);
}

/* The radio tells of itself when it hears a network, and what was known of it stays. */
static void test_radio(Fixture *fixture, gconstpointer data)
{
    struct ifinfomsg info = {.ifi_type = ARPHRD_ETHER, .ifi_index = 3, .ifi_flags = RUNNING};
    const guint8 mac[6] = {2, 0, 0, 0, 0, 9};
    guint start = wh_bytes_begin(fixture->bytes, RTM_NEWLINK, &info, sizeof info);

    wh_bytes_attribute(fixture->bytes, IFLA_IFNAME, "wlp3s0", 7);
    wh_bytes_attribute(fixture->bytes, IFLA_ADDRESS, mac, sizeof mac);
    wh_bytes_end(fixture->bytes, start);
    apply(fixture);
    update(fixture);
    g_assert_cmpint(interface_at(fixture, 0)->kind, ==, WH_INTERFACE_WIRED);
    start = wh_bytes_begin(fixture->bytes, RTM_NEWLINK, &info, sizeof info);
    wh_bytes_attribute(fixture->bytes, IFLA_WIRELESS, mac, sizeof mac);
    wh_bytes_end(fixture->bytes, start);
    apply(fixture);
    g_assert_true(update(fixture));
    g_assert_cmpint(interface_at(fixture, 0)->kind, ==, WH_INTERFACE_WIFI);
    g_assert_cmpstr(interface_at(fixture, 0)->name, ==, "wlp3s0");
    g_assert_true(interface_at(fixture, 0)->has_mac);
}

typedef struct {
    WhWayAnswer answer;
    guint interface;
} OneWay;

static WhWayAnswer one_way(guint family, guint interface, WhNetlinkRoute *route, gpointer data)
{
    const OneWay *way = data;

    *route = (WhNetlinkRoute){.family = family, .n_hops = 1};
    route->hops[0].route.interface = way->interface;
    return way->answer;
}

static void test_ways(Fixture *fixture, gconstpointer data)
{
    OneWay way = {WH_WAY_FOUND, 1};

    link_up(fixture, 1);
    update(fixture);
    g_assert_true(wh_address_table_find_ways(fixture->table, one_way, &way));
    g_assert_true(update(fixture));
    g_assert_false(update(fixture));
    g_assert_cmpuint(fixture->snapshot.route[0].interface, ==, 1);
    g_assert_cmpuint(fixture->snapshot.line[1].interface, ==, 1);
    way.answer = WH_WAY_UNKNOWN;
    g_assert_false(wh_address_table_find_ways(fixture->table, one_way, &way));
    g_assert_false(update(fixture));
    way.answer = WH_WAY_NONE;
    g_assert_true(wh_address_table_find_ways(fixture->table, one_way, &way));
    g_assert_true(update(fixture));
    g_assert_cmpuint(fixture->snapshot.route[0].interface, ==, 0);
}

#define ADD(path, func) g_test_add("/address-table/" path, Fixture, NULL, setup, func, teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("sorted-whatever-the-order", test_sorted_whatever_the_order);
    ADD("only-real-differences", test_only_real_differences);
    ADD("link-down-hides-and-removal-forgets", test_link_down_hides_and_removal_forgets);
    ADD("what-becomes-stale", test_what_becomes_stale);
    ADD("interfaces", test_interfaces);
    ADD("radio", test_radio);
    ADD("ways", test_ways);
    return g_test_run();
}
