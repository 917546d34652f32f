#include "platform/linux/address_table.h"
#include "tests/unit/netlink_bytes.h"

#include <linux/if.h>
#include <sys/socket.h>

#define RUNNING (IFF_UP | IFF_RUNNING)
#define ALL_ROUTES (WH_ADDRESS_TABLE_STALE_IPV4_ROUTES | WH_ADDRESS_TABLE_STALE_IPV6_ROUTES)

typedef struct {
    WhAddressTable *table;
    WhAddressSnapshot snapshot;
    GByteArray *bytes;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data)
{
    fixture->table = wh_address_table_new();
    fixture->snapshot.addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    fixture->bytes = g_byte_array_new();
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    wh_address_table_free(fixture->table);
    g_array_unref(fixture->snapshot.addresses);
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

static void load_route(Fixture *fixture, guint interface, guint metric)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    WhNetlinkMessage message;
    gsize offset = 0;

    wh_bytes_route(bytes, RTM_NEWROUTE, interface, metric);
    wh_netlink_message_next(bytes->data, bytes->len, &offset, &message);
    g_assert_true(wh_address_table_load(fixture->table, &message, 0));
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
    g_assert_cmphex(apply(fixture), ==, ALL_ROUTES);
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
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_IPV4_ROUTES);
    wh_bytes_route(fixture->bytes, RTM_DELROUTE, 1, 0);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_IPV4_ROUTES);
    wh_bytes_address(fixture->bytes, RTM_DELADDR, 1, 1, 0);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_IPV4_ROUTES);
    wh_bytes_link(fixture->bytes, RTM_NEWLINK, AF_UNSPEC, 1, RUNNING);
    g_assert_cmphex(apply(fixture), ==, ALL_ROUTES);
    wh_bytes_link(fixture->bytes, RTM_NEWLINK, AF_UNSPEC, 1, RUNNING);
    g_assert_cmphex(apply(fixture), ==, 0);
    wh_bytes_address(fixture->bytes, RTM_NEWADDR, 1, 1, 0);
    g_byte_array_set_size(fixture->bytes, fixture->bytes->len - 4);
    g_assert_cmphex(apply(fixture), ==, WH_ADDRESS_TABLE_STALE_EVERYTHING);
}

static void test_best_route(Fixture *fixture, gconstpointer data)
{
    link_up(fixture, 1);
    link_up(fixture, 2);
    load_route(fixture, 1, 200);
    load_route(fixture, 2, 100);
    load_route(fixture, 3, 50);
    g_assert_true(update(fixture));
    g_assert_cmpuint(fixture->snapshot.route[0].interface, ==, 2);
    g_assert_false(update(fixture));
    wh_bytes_link(fixture->bytes, RTM_NEWLINK, AF_UNSPEC, 2, 0);
    apply(fixture);
    g_assert_true(update(fixture));
    g_assert_cmpuint(fixture->snapshot.route[0].interface, ==, 1);
    wh_address_table_clear_routes(fixture->table, 4);
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
    ADD("best-route", test_best_route);
    return g_test_run();
}
