#include "platform/windows/address_rows.h"

#include <gio/gio.h>
#include <string.h>

#define NOW (1000 * (gint64)G_USEC_PER_SEC)
#define ENDLESS 0xffffffffU

enum { CABLE = 3, WIRELESS = 4, ASLEEP = 5, LOOPBACK = 1, UNKNOWN = 9 };

static NET_LUID luid(guint interface)
{
    return (NET_LUID){.Value = (guint64)interface << 24};
}

/* Loopback, a cable, a wireless adapter that costs more, and one that is down. */
typedef struct {
    IP_ADAPTER_ADDRESSES adapters[4];
} Adapters;

static IP_ADAPTER_ADDRESSES *adapters_make(Adapters *adapters)
{
    const struct {
        guint interface;
        ULONG type;
        IF_OPER_STATUS status;
        ULONG ipv4_metric;
        ULONG ipv6_metric;
    } rows[] = {
        {LOOPBACK, IF_TYPE_SOFTWARE_LOOPBACK, IfOperStatusUp, 0, 0},
        {CABLE, IF_TYPE_ETHERNET_CSMACD, IfOperStatusUp, 25, 55},
        {WIRELESS, IF_TYPE_IEEE80211, IfOperStatusUp, 35, 35},
        {ASLEEP, IF_TYPE_ETHERNET_CSMACD, IfOperStatusDown, 5, 5},
    };

    *adapters = (Adapters){0};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        IP_ADAPTER_ADDRESSES *adapter = &adapters->adapters[i];

        adapter->IfIndex = rows[i].interface;
        adapter->Luid = luid(rows[i].interface);
        adapter->IfType = rows[i].type;
        adapter->OperStatus = rows[i].status;
        adapter->Ipv4Metric = rows[i].ipv4_metric;
        adapter->Ipv6Metric = rows[i].ipv6_metric;
        adapter->Next = i + 1 < G_N_ELEMENTS(rows) ? adapter + 1 : NULL;
    }
    return adapters->adapters;
}

static SOCKADDR_INET address_make(const char *text)
{
    g_autoptr(GSocketAddress) given = g_inet_socket_address_new_from_string(text, 0);
    SOCKADDR_INET address = {0};

    g_assert_nonnull(given);
    g_assert_true(g_socket_address_to_native(given, &address, sizeof address, NULL));
    return address;
}

/* An address that is like any other one. */
static MIB_UNICASTIPADDRESS_ROW row_make(const char *text, guint interface)
{
    MIB_UNICASTIPADDRESS_ROW row = {
        .Address = address_make(text),
        .InterfaceLuid = luid(interface),
        .InterfaceIndex = interface,
        .PrefixOrigin = IpPrefixOriginManual,
        .SuffixOrigin = NlsoManual,
        .ValidLifetime = ENDLESS,
        .PreferredLifetime = ENDLESS,
        .OnLinkPrefixLength = 24,
        .DadState = NldsPreferred,
    };

    return row;
}

static MIB_UNICASTIPADDRESS_TABLE *address_table_make(const MIB_UNICASTIPADDRESS_ROW *rows, guint n)
{
    MIB_UNICASTIPADDRESS_TABLE *table = g_malloc0(sizeof *table + n * sizeof *rows);

    table->NumEntries = n;
    if (n > 0)
        memcpy(table->Table, rows, n * sizeof *rows);
    return table;
}

static void convert_addresses(const MIB_UNICASTIPADDRESS_ROW *rows, guint n,
                              WhAddressSnapshot *snapshot)
{
    Adapters adapters;
    g_autofree MIB_UNICASTIPADDRESS_TABLE *table = address_table_make(rows, n);
    const WhNetworkTables tables = {.adapters = adapters_make(&adapters), .addresses = table};

    wh_address_rows_convert(&tables, NOW, snapshot);
}

static const WhInterfaceAddress *at(const WhAddressSnapshot *snapshot, guint place)
{
    g_assert_cmpuint(place, <, snapshot->addresses->len);
    return &g_array_index(snapshot->addresses, WhInterfaceAddress, place);
}

static void test_flags(void)
{
    const struct {
        const char *address;
        NL_SUFFIX_ORIGIN suffix;
        NL_DAD_STATE state;
        ULONG preferred;
        BOOLEAN skip;
        guint flags;
    } cases[] = {
        {"2001:db8::1", NlsoLinkLayerAddress, NldsPreferred, 60, FALSE, 0},
        {"2001:db8::1", NlsoOther, NldsPreferred, ENDLESS, FALSE, 0},
        {"2001:db8::1", NlsoRandom, NldsPreferred, 60, FALSE, WH_INTERFACE_ADDRESS_TEMPORARY},
        {"192.0.2.1", NlsoRandom, NldsPreferred, 60, FALSE, 0},
        {"2001:db8::1", NlsoManual, NldsTentative, 60, FALSE, WH_INTERFACE_ADDRESS_TENTATIVE},
        {"192.0.2.1", NlsoDhcp, NldsTentative, 60, FALSE, WH_INTERFACE_ADDRESS_TENTATIVE},
        {"192.0.2.1", NlsoDhcp, NldsDuplicate, 60, FALSE, WH_INTERFACE_ADDRESS_DUPLICATE},
        {"2001:db8::1", NlsoManual, NldsDeprecated, 60, FALSE, WH_INTERFACE_ADDRESS_DEPRECATED},
        {"2001:db8::1", NlsoManual, NldsPreferred, 0, FALSE, WH_INTERFACE_ADDRESS_DEPRECATED},
        {"192.0.2.1", NlsoManual, NldsPreferred, ENDLESS, TRUE, WH_INTERFACE_ADDRESS_DEPRECATED},
        {"2001:db8::1", NlsoRandom, NldsDeprecated, 0, FALSE,
         WH_INTERFACE_ADDRESS_TEMPORARY | WH_INTERFACE_ADDRESS_DEPRECATED},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        MIB_UNICASTIPADDRESS_ROW row = row_make(cases[i].address, CABLE);
        WhAddressSnapshot snapshot;

        row.SuffixOrigin = cases[i].suffix;
        row.DadState = cases[i].state;
        row.PreferredLifetime = cases[i].preferred;
        row.SkipAsSource = cases[i].skip;
        convert_addresses(&row, 1, &snapshot);
        g_assert_cmphex(at(&snapshot, 0)->flags, ==, cases[i].flags);
        g_array_unref(snapshot.addresses);
    }
}

static void test_left_out(void)
{
    MIB_UNICASTIPADDRESS_ROW rows[] = {
        row_make("127.0.0.1", LOOPBACK),  row_make("::1", LOOPBACK),
        row_make("192.0.2.5", ASLEEP),    row_make("192.0.2.9", UNKNOWN),
        row_make("192.0.2.1", CABLE),     row_make("192.0.2.2", CABLE),
        row_make("2001:db8::1", WIRELESS)};
    WhAddressSnapshot snapshot;

    rows[4].DadState = NldsInvalid;
    rows[5].Address.si_family = AF_UNSPEC;
    convert_addresses(rows, G_N_ELEMENTS(rows), &snapshot);
    g_assert_cmpuint(snapshot.addresses->len, ==, 1);
    g_assert_cmpuint(at(&snapshot, 0)->interface, ==, WIRELESS);
    g_array_unref(snapshot.addresses);
}

static void test_nothing_at_all(void)
{
    const WhNetworkTables tables = {0};
    WhAddressSnapshot snapshot;

    wh_address_rows_convert(&tables, NOW, &snapshot);
    g_assert_cmpuint(snapshot.addresses->len, ==, 0);
    g_assert_cmpuint(snapshot.route[0].interface, ==, 0);
    g_assert_cmpuint(snapshot.route[1].interface, ==, 0);
    g_assert_cmpint(wh_address_rows_next_end(&snapshot, NOW), ==, WH_LIFETIME_FOREVER);
    g_array_unref(snapshot.addresses);
}

static void test_sorted_with_everything(void)
{
    MIB_UNICASTIPADDRESS_ROW rows[] = {row_make("2001:db8::2", WIRELESS),
                                       row_make("2001:db8::1", CABLE), row_make("192.0.2.2", CABLE),
                                       row_make("192.0.2.1", CABLE)};
    const guint8 ipv6[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1};
    WhAddressSnapshot snapshot;

    rows[1].OnLinkPrefixLength = 64;
    convert_addresses(rows, G_N_ELEMENTS(rows), &snapshot);
    g_assert_cmpuint(at(&snapshot, 0)->bytes[3], ==, 1);
    g_assert_cmpuint(at(&snapshot, 0)->family, ==, 4);
    g_assert_cmpuint(at(&snapshot, 0)->prefix_length, ==, 24);
    g_assert_cmpuint(at(&snapshot, 1)->bytes[3], ==, 2);
    g_assert_cmpuint(at(&snapshot, 2)->family, ==, 6);
    g_assert_cmpuint(at(&snapshot, 2)->prefix_length, ==, 64);
    g_assert_true(memcmp(at(&snapshot, 2)->bytes, ipv6, sizeof ipv6) == 0);
    g_assert_cmpuint(at(&snapshot, 3)->interface, ==, WIRELESS);
    g_array_unref(snapshot.addresses);
}

static void test_lifetimes(void)
{
    MIB_UNICASTIPADDRESS_ROW rows[] = {row_make("192.0.2.1", CABLE), row_make("192.0.2.2", CABLE)};
    WhAddressSnapshot snapshot;

    rows[0].PreferredLifetime = 0;
    rows[0].ValidLifetime = 0xfffffffe;
    convert_addresses(rows, G_N_ELEMENTS(rows), &snapshot);
    g_assert_cmpint(at(&snapshot, 0)->preferred_until, ==, NOW);
    g_assert_cmpint(at(&snapshot, 0)->valid_until, ==, NOW + (gint64)0xfffffffe * G_USEC_PER_SEC);
    g_assert_cmpint(at(&snapshot, 1)->preferred_until, ==, WH_LIFETIME_FOREVER);
    g_assert_cmpint(at(&snapshot, 1)->valid_until, ==, WH_LIFETIME_FOREVER);
    g_array_unref(snapshot.addresses);
}

static void test_next_end(void)
{
    MIB_UNICASTIPADDRESS_ROW rows[] = {row_make("192.0.2.1", CABLE),
                                       row_make("2001:db8::1", CABLE)};
    WhAddressSnapshot snapshot;

    rows[0].PreferredLifetime = 0; /* over: no end to come */
    rows[0].ValidLifetime = 90;
    rows[1].PreferredLifetime = 60;
    convert_addresses(rows, G_N_ELEMENTS(rows), &snapshot);
    g_assert_cmpint(wh_address_rows_next_end(&snapshot, NOW), ==, NOW + 60 * G_USEC_PER_SEC);
    g_assert_cmpint(wh_address_rows_next_end(&snapshot, NOW + 60 * G_USEC_PER_SEC), ==,
                    NOW + 90 * G_USEC_PER_SEC);
    g_assert_false(wh_address_rows_have_tentative(&snapshot));
    g_array_unref(snapshot.addresses);
    rows[1].DadState = NldsTentative;
    convert_addresses(rows, G_N_ELEMENTS(rows), &snapshot);
    g_assert_true(wh_address_rows_have_tentative(&snapshot));
    g_array_unref(snapshot.addresses);
}

typedef struct {
    const char *destination;
    guint8 prefix_length;
    const char *gateway;
    guint interface;
    ULONG metric;
    BOOLEAN loopback;
} Route;

static MIB_IPFORWARD_TABLE2 *route_table_make(const Route *routes, guint n)
{
    MIB_IPFORWARD_TABLE2 *table = g_malloc0(sizeof *table + n * sizeof *table->Table);

    table->NumEntries = n;
    for (guint i = 0; i < n; i++)
        table->Table[i] = (MIB_IPFORWARD_ROW2){
            .InterfaceLuid = luid(routes[i].interface),
            .InterfaceIndex = routes[i].interface,
            .DestinationPrefix = {address_make(routes[i].destination), routes[i].prefix_length},
            .NextHop = address_make(routes[i].gateway),
            .Metric = routes[i].metric,
            .Loopback = routes[i].loopback,
        };
    return table;
}

static void convert_routes(const Route *routes, guint n, WhDefaultRoute found[2])
{
    Adapters adapters;
    g_autofree MIB_IPFORWARD_TABLE2 *table = route_table_make(routes, n);
    const WhNetworkTables tables = {.adapters = adapters_make(&adapters), .routes = table};
    WhAddressSnapshot snapshot;

    wh_address_rows_convert(&tables, NOW, &snapshot);
    memcpy(found, snapshot.route, sizeof snapshot.route);
    g_array_unref(snapshot.addresses);
}

/* Route and interface count together: 0 + 35 is more than 5 + 25, and 0 + 35 less than 0 + 55. */
static void test_lowest_metric(void)
{
    const Route routes[] = {
        {"0.0.0.0", 0, "198.51.100.254", WIRELESS, 0, FALSE},
        {"0.0.0.0", 0, "192.0.2.254", CABLE, 5, FALSE},
        {"0.0.0.0", 0, "192.0.2.253", CABLE, 5, FALSE},
        {"::", 0, "fe80::1", CABLE, 0, FALSE},
        {"::", 0, "fe80::2", WIRELESS, 0, FALSE},
    };
    WhDefaultRoute found[2];

    convert_routes(routes, G_N_ELEMENTS(routes), found);
    g_assert_cmpuint(found[0].interface, ==, CABLE);
    g_assert_true(found[0].has_gateway);
    g_assert_cmpuint(found[0].gateway[3], ==, 254);
    g_assert_cmpuint(found[1].interface, ==, WIRELESS);
    g_assert_cmpuint(found[1].gateway[15], ==, 2);
    g_assert_false(found[0].has_preferred_source || found[1].has_preferred_source);
}

static void test_no_default_route(void)
{
    const Route routes[] = {
        {"0.0.0.0", 0, "192.0.2.254", ASLEEP, 0, FALSE},
        {"0.0.0.0", 0, "127.0.0.1", LOOPBACK, 0, FALSE},
        {"0.0.0.0", 0, "192.0.2.254", UNKNOWN, 0, FALSE},
        {"0.0.0.0", 1, "192.0.2.254", CABLE, 0, FALSE},
        {"128.0.0.0", 1, "192.0.2.254", CABLE, 0, FALSE},
        {"192.0.2.0", 0, "192.0.2.254", CABLE, 0, FALSE},
        {"2000::", 3, "fe80::1", CABLE, 0, FALSE},
        {"::", 0, "fe80::1", CABLE, 0, TRUE},
    };
    WhDefaultRoute found[2];

    convert_routes(routes, G_N_ELEMENTS(routes), found);
    g_assert_cmpuint(found[0].interface, ==, 0);
    g_assert_cmpuint(found[1].interface, ==, 0);
}

static void test_line_without_gateway(void)
{
    const Route routes[] = {{"0.0.0.0", 0, "0.0.0.0", CABLE, ENDLESS, FALSE},
                            {"::", 0, "::", CABLE, 1, FALSE}};
    WhDefaultRoute found[2];

    convert_routes(routes, G_N_ELEMENTS(routes), found);
    g_assert_cmpuint(found[0].interface, ==, CABLE);
    g_assert_false(found[0].has_gateway);
    g_assert_cmpuint(found[1].interface, ==, CABLE);
    g_assert_false(found[1].has_gateway);
}

static gboolean differs(const MIB_UNICASTIPADDRESS_ROW *a, const MIB_UNICASTIPADDRESS_ROW *b)
{
    WhAddressSnapshot left;
    WhAddressSnapshot right;

    convert_addresses(a, 1, &left);
    convert_addresses(b, 1, &right);
    gboolean found = wh_address_rows_differ(&left, &right);
    g_array_unref(left.addresses);
    g_array_unref(right.addresses);
    return found;
}

static void test_what_differs(void)
{
    const MIB_UNICASTIPADDRESS_ROW row = row_make("192.0.2.1", CABLE);
    MIB_UNICASTIPADDRESS_ROW other = row;

    other.PreferredLifetime = other.ValidLifetime = 60;
    g_assert_false(differs(&row, &other));
    other.DadState = NldsTentative;
    g_assert_true(differs(&row, &other));
    other = row_make("192.0.2.2", CABLE);
    g_assert_true(differs(&row, &other));
    other = row_make("192.0.2.1", WIRELESS);
    g_assert_true(differs(&row, &other));
    other = row_make("192.0.2.1", ASLEEP);
    g_assert_true(differs(&row, &other));
    other = row;
    other.OnLinkPrefixLength = 32;
    g_assert_true(differs(&row, &other));
}

static void test_other_route_differs(void)
{
    WhAddressSnapshot left = {.addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress))};
    WhAddressSnapshot right = left;

    g_assert_false(wh_address_rows_differ(&left, &right));
    right.route[1].interface = CABLE;
    g_assert_true(wh_address_rows_differ(&left, &right));
    right = left;
    right.route[0].gateway[3] = 1;
    g_assert_true(wh_address_rows_differ(&left, &right));
    right = left;
    right.route[0].has_gateway = TRUE;
    g_assert_true(wh_address_rows_differ(&left, &right));
    g_array_unref(left.addresses);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/address-rows/flags", test_flags);
    g_test_add_func("/address-rows/left-out", test_left_out);
    g_test_add_func("/address-rows/nothing-at-all", test_nothing_at_all);
    g_test_add_func("/address-rows/sorted-with-everything", test_sorted_with_everything);
    g_test_add_func("/address-rows/lifetimes", test_lifetimes);
    g_test_add_func("/address-rows/next-end", test_next_end);
    g_test_add_func("/address-rows/lowest-metric", test_lowest_metric);
    g_test_add_func("/address-rows/no-default-route", test_no_default_route);
    g_test_add_func("/address-rows/line-without-gateway", test_line_without_gateway);
    g_test_add_func("/address-rows/what-differs", test_what_differs);
    g_test_add_func("/address-rows/other-route-differs", test_other_route_differs);
    return g_test_run();
}
