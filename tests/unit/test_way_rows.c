#include "platform/windows/address_rows.h"
#include "tests/unit/network_rows.h"

#include <ntddndis.h>
#include <string.h>

/* The computer of a test, and what is made of its tables. */
typedef struct {
    WhAdapters adapters;
    WhNetworkTables tables;
    WhAddressSnapshot snapshot;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data)
{
    fixture->tables.adapters = wh_rows_adapters(&fixture->adapters);
    fixture->tables.details = g_array_new(FALSE, FALSE, sizeof(WhNetworkDetail));
}

static void snapshot_clear(Fixture *fixture)
{
    g_clear_pointer(&fixture->snapshot.addresses, g_array_unref);
    g_clear_pointer(&fixture->snapshot.interfaces, g_array_unref);
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    snapshot_clear(fixture);
    g_array_unref(fixture->tables.details);
    g_free(fixture->tables.routes);
}

static void convert(Fixture *fixture, const WhRouteRow *routes, guint count)
{
    snapshot_clear(fixture);
    g_free(fixture->tables.routes);
    fixture->tables.routes = wh_rows_routes(routes, count);
    wh_address_rows_convert(&fixture->tables, 0, &fixture->snapshot);
}

static void check(Fixture *fixture, guint family, guint route, guint line)
{
    guint place = family == 4 ? 0 : 1;

    g_assert_cmpuint(fixture->snapshot.route[place].interface, ==, route);
    g_assert_cmpuint(fixture->snapshot.line[place].interface, ==, line);
}

static WhInterfaceKind kind(Fixture *fixture, guint interface)
{
    const WhInterface *found = wh_address_snapshot_find_interface(&fixture->snapshot, interface);

    g_assert_nonnull(found);
    return found->kind;
}

/* Route and interface count together: 0 + 35 is more than 5 + 25, and 0 + 35 less than 0 + 55. */
static void test_lowest_metric(Fixture *fixture, gconstpointer data)
{
    const WhRouteRow routes[] = {
        {"0.0.0.0", 0, "198.51.100.254", WIRELESS, 0, FALSE},
        {"0.0.0.0", 0, "192.0.2.254", CABLE, 5, FALSE},
        {"0.0.0.0", 0, "192.0.2.253", CABLE, 5, FALSE},
        {"::", 0, "fe80::1", CABLE, 0, FALSE},
        {"::", 0, "fe80::2", WIRELESS, 0, FALSE},
    };
    const WhDefaultRoute *found = fixture->snapshot.route;

    convert(fixture, routes, G_N_ELEMENTS(routes));
    check(fixture, 4, CABLE, CABLE);
    check(fixture, 6, WIRELESS, WIRELESS);
    g_assert_true(found[0].has_gateway);
    g_assert_cmpuint(found[0].gateway[3], ==, 254);
    g_assert_cmpuint(found[1].gateway[15], ==, 2);
    g_assert_false(found[0].has_preferred_source || found[1].has_preferred_source);
}

static void test_no_way(Fixture *fixture, gconstpointer data)
{
    const WhRouteRow routes[] = {
        {"0.0.0.0", 0, "192.0.2.254", ASLEEP, 0, FALSE},
        {"0.0.0.0", 0, "127.0.0.1", LOOPBACK, 0, FALSE},
        {"0.0.0.0", 0, "192.0.2.254", UNKNOWN, 0, FALSE},
        {"0.0.0.0", 1, "192.0.2.254", CABLE, 0, FALSE},
        {"192.0.2.0", 0, "192.0.2.254", CABLE, 0, FALSE},
        {"198.41.0.4", 33, "192.0.2.254", CABLE, 0, FALSE},
        {"3000::", 4, "fe80::1", CABLE, 0, FALSE},
        {"::", 0, "fe80::1", CABLE, 0, TRUE},
    };

    convert(fixture, routes, G_N_ELEMENTS(routes));
    check(fixture, 4, 0, 0);
    check(fixture, 6, 0, 0);
}

static void test_line_without_gateway(Fixture *fixture, gconstpointer data)
{
    const WhRouteRow routes[] = {{"0.0.0.0", 0, "0.0.0.0", CABLE, ENDLESS, FALSE},
                                 {"::", 0, "::", CABLE, 1, FALSE}};

    convert(fixture, routes, G_N_ELEMENTS(routes));
    check(fixture, 4, CABLE, CABLE);
    check(fixture, 6, CABLE, CABLE);
    g_assert_false(fixture->snapshot.route[0].has_gateway);
    g_assert_false(fixture->snapshot.route[1].has_gateway);
}

/* A VPN that covers everything by two halves. */
static void test_halves(Fixture *fixture, gconstpointer data)
{
    const WhRouteRow routes[] = {
        {"0.0.0.0", 0, "192.0.2.254", CABLE, 0, FALSE},
        {"0.0.0.0", 1, "10.8.0.1", VIRTUAL, 500, FALSE},
        {"128.0.0.0", 1, "10.8.0.1", VIRTUAL, 500, FALSE},
        {"::", 0, "fe80::1", WIRELESS, 0, FALSE},
        {"2000::", 3, "fe80::2", VIRTUAL, 500, FALSE},
    };

    convert(fixture, routes, G_N_ELEMENTS(routes));
    check(fixture, 4, VIRTUAL, CABLE);
    check(fixture, 6, VIRTUAL, WIRELESS);
    g_assert_cmpuint(fixture->snapshot.line[0].gateway[3], ==, 254);
}

static void say(Fixture *fixture, guint place, WhNetworkWayAnswer answer, const WhRouteRow *route)
{
    fixture->tables.ways[place].answer = answer;
    if (route != NULL)
        fixture->tables.ways[place].row = wh_rows_route(route);
}

/* What the system says of its way counts, not what the rows look like. */
static void test_the_system_says(Fixture *fixture, gconstpointer data)
{
    const WhRouteRow routes[] = {
        {"0.0.0.0", 0, "192.0.2.254", CABLE, 0, FALSE},
        {"0.0.0.0", 0, "10.8.0.1", VIRTUAL, 900, FALSE},
        {"::", 0, "fe80::1", CABLE, 0, FALSE},
    };
    const WhRouteRow asleep = {"0.0.0.0", 0, "192.0.2.254", ASLEEP, 0, FALSE};

    say(fixture, 0, WH_NETWORK_WAY_FOUND, &routes[1]);
    say(fixture, 1, WH_NETWORK_WAY_NONE, NULL);
    convert(fixture, routes, G_N_ELEMENTS(routes));
    check(fixture, 4, VIRTUAL, CABLE);
    check(fixture, 6, 0, CABLE);
    say(fixture, 0, WH_NETWORK_WAY_FOUND, &asleep);
    convert(fixture, routes, G_N_ELEMENTS(routes));
    check(fixture, 4, CABLE, CABLE);
}

static void detail_set(Fixture *fixture, gint medium, gboolean has_connector)
{
    const WhNetworkDetail detail = {wh_rows_luid(VIRTUAL), medium, has_connector};

    g_array_set_size(fixture->tables.details, 0);
    g_array_append_val(fixture->tables.details, detail);
}

static void test_kinds(Fixture *fixture, gconstpointer data)
{
    const struct {
        ULONG type;
        gint medium;
        gboolean has_connector;
        const wchar_t *description;
        WhInterfaceKind alone;
        WhInterfaceKind beside_a_line;
    } rows[] = {
        {IF_TYPE_PROP_VIRTUAL, 0, FALSE, NULL, WH_INTERFACE_TUNNEL, WH_INTERFACE_TUNNEL},
        {IF_TYPE_TUNNEL, 0, FALSE, NULL, WH_INTERFACE_TUNNEL, WH_INTERFACE_TUNNEL},
        {IF_TYPE_PPP, 0, FALSE, NULL, WH_INTERFACE_OTHER, WH_INTERFACE_TUNNEL},
        {IF_TYPE_ETHERNET_CSMACD, NdisPhysicalMediumUnspecified, FALSE, L"TAP-Windows Adapter V9",
         WH_INTERFACE_WIRED, WH_INTERFACE_TUNNEL},
        {IF_TYPE_ETHERNET_CSMACD, NdisPhysicalMediumUnspecified, FALSE,
         L"Hyper-V Virtual Ethernet Adapter", WH_INTERFACE_WIRED, WH_INTERFACE_WIRED},
        {IF_TYPE_ETHERNET_CSMACD, NdisPhysicalMediumUnspecified, TRUE, NULL, WH_INTERFACE_WIRED,
         WH_INTERFACE_WIRED},
        {IF_TYPE_ETHERNET_CSMACD, NdisPhysicalMedium802_3, TRUE, NULL, WH_INTERFACE_WIRED,
         WH_INTERFACE_WIRED},
        {IF_TYPE_ETHERNET_CSMACD, NdisPhysicalMediumNative802_11, TRUE, NULL, WH_INTERFACE_WIFI,
         WH_INTERFACE_WIFI},
        {IF_TYPE_ETHERNET_CSMACD, NdisPhysicalMediumWirelessWan, TRUE, NULL, WH_INTERFACE_MOBILE,
         WH_INTERFACE_MOBILE},
        {243, 0, FALSE, NULL, WH_INTERFACE_MOBILE, WH_INTERFACE_MOBILE},
        {IF_TYPE_OTHER, 0, FALSE, NULL, WH_INTERFACE_OTHER, WH_INTERFACE_OTHER},
    };
    const WhRouteRow routes[] = {{"0.0.0.0", 0, "0.0.0.0", VIRTUAL, 0, FALSE},
                                 {"::", 0, "fe80::1", WIRELESS, 0, FALSE}};

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        IP_ADAPTER_ADDRESSES *adapter = wh_rows_adapter(&fixture->adapters, VIRTUAL);

        adapter->IfType = rows[i].type;
        adapter->Description = (wchar_t *)rows[i].description;
        detail_set(fixture, rows[i].medium, rows[i].has_connector);
        convert(fixture, routes, 1);
        g_assert_cmpint(kind(fixture, VIRTUAL), ==, rows[i].alone);
        convert(fixture, routes, 2);
        g_assert_cmpint(kind(fixture, VIRTUAL), ==, rows[i].beside_a_line);
    }
    g_assert_cmpint(kind(fixture, CABLE), ==, WH_INTERFACE_WIRED);
    g_assert_cmpint(kind(fixture, WIRELESS), ==, WH_INTERFACE_WIFI);
}

static void test_interfaces(Fixture *fixture, gconstpointer data)
{
    IP_ADAPTER_ADDRESSES *cable = wh_rows_adapter(&fixture->adapters, CABLE);
    wchar_t name[] = L"\u00c9thernet 2";
    const WhInterface *first;

    cable->FriendlyName = name;
    cable->PhysicalAddressLength = 6;
    cable->PhysicalAddress[5] = 9;
    convert(fixture, NULL, 0);
    g_assert_cmpuint(fixture->snapshot.interfaces->len, ==, 3);
    first = &g_array_index(fixture->snapshot.interfaces, WhInterface, 0);
    g_assert_cmpuint(first->interface, ==, CABLE);
    g_assert_cmpstr(first->name, ==, "\u00c9thernet 2");
    g_assert_true(first->has_mac);
    g_assert_cmpuint(first->mac[5], ==, 9);
    g_assert_null(wh_address_snapshot_find_interface(&fixture->snapshot, ASLEEP));
    g_assert_false(wh_address_snapshot_find_interface(&fixture->snapshot, WIRELESS)->has_mac);
}

/* Cut between two letters. */
static void test_long_name(Fixture *fixture, gconstpointer data)
{
    wchar_t name[] =
        L"x\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
        L"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
        L"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9";
    const WhInterface *found;

    wh_rows_adapter(&fixture->adapters, CABLE)->FriendlyName = name;
    convert(fixture, NULL, 0);
    found = wh_address_snapshot_find_interface(&fixture->snapshot, CABLE);
    g_assert_true(g_utf8_validate(found->name, -1, NULL));
    g_assert_cmpuint(strlen(found->name), ==, 63);
    wh_rows_adapter(&fixture->adapters, CABLE)->FriendlyName = name + 1;
    convert(fixture, NULL, 0);
    found = wh_address_snapshot_find_interface(&fixture->snapshot, CABLE);
    g_assert_true(g_utf8_validate(found->name, -1, NULL));
    g_assert_cmpuint(strlen(found->name), ==, 62);
}

#define ADD(path, func) g_test_add("/way-rows/" path, Fixture, NULL, setup, func, teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("lowest-metric", test_lowest_metric);
    ADD("no-way", test_no_way);
    ADD("line-without-gateway", test_line_without_gateway);
    ADD("halves", test_halves);
    ADD("the-system-says", test_the_system_says);
    ADD("kinds", test_kinds);
    ADD("interfaces", test_interfaces);
    ADD("long-name", test_long_name);
    return g_test_run();
}
