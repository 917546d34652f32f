#include "platform/windows/address_rows.h"
#include "tests/unit/network_rows.h"

#include <string.h>

#define NOW (1000 * (gint64)G_USEC_PER_SEC)
#define ENDLESS 0xffffffffU

/* An address that is like any other one. */
static MIB_UNICASTIPADDRESS_ROW row_make(const char *text, guint interface)
{
    MIB_UNICASTIPADDRESS_ROW row = {
        .Address = wh_rows_address(text),
        .InterfaceLuid = wh_rows_luid(interface),
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

static void snapshot_clear(WhAddressSnapshot *snapshot)
{
    g_array_unref(snapshot->addresses);
    g_array_unref(snapshot->interfaces);
}

static void convert_addresses(const MIB_UNICASTIPADDRESS_ROW *rows, guint n,
                              WhAddressSnapshot *snapshot)
{
    WhAdapters adapters;
    g_autofree MIB_UNICASTIPADDRESS_TABLE *table = address_table_make(rows, n);
    const WhNetworkTables tables = {.adapters = wh_rows_adapters(&adapters), .addresses = table};

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
        snapshot_clear(&snapshot);
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
    snapshot_clear(&snapshot);
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
    snapshot_clear(&snapshot);
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
    snapshot_clear(&snapshot);
}

static void test_lifetimes(void)
{
    MIB_UNICASTIPADDRESS_ROW rows[] = {row_make("192.0.2.1", CABLE), row_make("192.0.2.2", CABLE)};
    WhAddressSnapshot snapshot;

    rows[0].PreferredLifetime = 0;
    rows[0].ValidLifetime = 0xfffffffe;
    rows[0].CreationTimeStamp.QuadPart = 420000;
    convert_addresses(rows, G_N_ELEMENTS(rows), &snapshot);
    g_assert_cmpint(at(&snapshot, 0)->preferred_until, ==, NOW);
    g_assert_cmpint(at(&snapshot, 0)->valid_until, ==, NOW + (gint64)0xfffffffe * G_USEC_PER_SEC);
    g_assert_cmpint(at(&snapshot, 0)->since, ==, 42000);
    g_assert_cmpint(at(&snapshot, 1)->preferred_until, ==, WH_LIFETIME_FOREVER);
    g_assert_cmpint(at(&snapshot, 1)->valid_until, ==, WH_LIFETIME_FOREVER);
    snapshot_clear(&snapshot);
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
    snapshot_clear(&snapshot);
    rows[1].DadState = NldsTentative;
    convert_addresses(rows, G_N_ELEMENTS(rows), &snapshot);
    g_assert_true(wh_address_rows_have_tentative(&snapshot));
    snapshot_clear(&snapshot);
}

static gboolean differs(const MIB_UNICASTIPADDRESS_ROW *a, const MIB_UNICASTIPADDRESS_ROW *b)
{
    WhAddressSnapshot left;
    WhAddressSnapshot right;

    convert_addresses(a, 1, &left);
    convert_addresses(b, 1, &right);
    gboolean found = wh_address_rows_differ(&left, &right);
    snapshot_clear(&left);
    snapshot_clear(&right);
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

static void test_other_way_differs(void)
{
    WhAddressSnapshot left = {.addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress)),
                              .interfaces = g_array_new(FALSE, FALSE, sizeof(WhInterface))};
    WhAddressSnapshot right = left;

    g_assert_false(wh_address_rows_differ(&left, &right));
    right.route[1].interface = CABLE;
    g_assert_true(wh_address_rows_differ(&left, &right));
    right = left;
    right.route[0].gateway[3] = 1;
    g_assert_true(wh_address_rows_differ(&left, &right));
    right = left;
    right.line[0].has_gateway = TRUE;
    g_assert_true(wh_address_rows_differ(&left, &right));
    snapshot_clear(&left);
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
    g_test_add_func("/address-rows/what-differs", test_what_differs);
    g_test_add_func("/address-rows/other-way-differs", test_other_way_differs);
    return g_test_run();
}
