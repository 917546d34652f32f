#include "service/base/address.h"

#include <string.h>

typedef struct {
    const char *text;
    const char *canonical; /* NULL: refused */
} Vector;

static const Vector ipv4[] = {
    {"0.0.0.0", "0.0.0.0"},
    {"8.8.4.4", "8.8.4.4"},
    {"255.255.255.255", "255.255.255.255"},
    {"198.51.100.7", "198.51.100.7"},
    {"", NULL},
    {"1", NULL},
    {"1.2.3", NULL},
    {"1.2.3.", NULL},
    {"1.2.3.4.", NULL},
    {"1.2.3.4.5", NULL},
    {".1.2.3.4", NULL},
    {"1..2.3", NULL},
    {"256.1.1.1", NULL},
    {"1.1.1.256", NULL},
    {"1.1.1.1000", NULL},
    {"01.2.3.4", NULL},
    {"1.2.3.00", NULL},
    {"0x1.2.3.4", NULL},
    {"1.2.3.4 ", NULL},
    {" 1.2.3.4", NULL},
    {"1.2.3.4\n", NULL},
    {"1.2.3.4/32", NULL},
    {"1.2.3.-4", NULL},
    {"1.2.3.+4", NULL},
    {"3232235777", NULL},
    {"\xd9\xa1.2.3.4", NULL},
};

static const Vector ipv6[] = {
    {"::", "::"},
    {"::1", "::1"},
    {"1::", "1::"},
    {"2001:db8::1", "2001:db8::1"},
    {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
    {"2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"},
    {"2001:db8:0:0:1:0:0:0", "2001:db8:0:0:1::"},
    {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
    {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
    {"2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
    {"0:0:1:0:0:1:0:0", "::1:0:0:1:0:0"},
    {"0:1:0:1:0:1:0:1", "0:1:0:1:0:1:0:1"},
    {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
    {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
    {"::0.0.0.1", "::1"},
    {"fe80::a:0:0:b", "fe80::a:0:0:b"},
    {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"::ffff:1.2.3.4", "::ffff:1.2.3.4"},
    {"::FFFF:102:304", "::ffff:1.2.3.4"},
    {"0:0:0:0:0:ffff:255.255.255.255", "::ffff:255.255.255.255"},
    {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
    {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
    {":", NULL},
    {":::", NULL},
    {"1:::2", NULL},
    {":1::2", NULL},
    {"1::2:", NULL},
    {"1:2:3:4:5:6:7", NULL},
    {"1:2:3:4:5:6:7:", NULL},
    {"1:2:3:4:5:6:7:8:9", NULL},
    {"1:2:3:4:5:6:7:8::", NULL},
    {"1::3:4:5:6:7:8:9", NULL},
    {"1:2:3:4::5:6:7:8", NULL},
    {"1::2::3", NULL},
    {"::1::", NULL},
    {"12345::", NULL},
    {"00001::", NULL},
    {"g::", NULL},
    {"1:2:3:4:5:6:7:1.2.3.4", NULL},
    {"1:2:3:4:5:1.2.3.4", NULL},
    {"::1.2.3.4:5", NULL},
    {"::1.2.3", NULL},
    {"::01.2.3.4", NULL},
    {"::256.2.3.4", NULL},
    {"::a1.2.3.4", NULL},
    {"fe80::1%eth0", NULL},
    {"[::1]", NULL},
    {"::1 ", NULL},
    {" ::1", NULL},
    {"::1/128", NULL},
    {"0x1::", NULL},
};

static void check_vectors(const Vector *vectors, gsize n, WhFamily family)
{
    for (gsize i = 0; i < n; i++) {
        WhAddress address;
        memset(&address, 0x5a, sizeof address);
        WhAddress untouched = address;
        g_test_message("%s", vectors[i].text);
        if (vectors[i].canonical == NULL) {
            g_assert_false(wh_address_parse(vectors[i].text, &address));
            g_assert_cmpmem(&address, sizeof address, &untouched, sizeof untouched);
            continue;
        }
        g_assert_true(wh_address_parse(vectors[i].text, &address));
        g_assert_cmpint(address.family, ==, family);
        g_autofree char *text = wh_address_to_string(&address);
        g_assert_cmpstr(text, ==, vectors[i].canonical);
        WhAddress again;
        g_assert_true(wh_address_parse(text, &again));
        g_assert_true(wh_address_equal(&address, &again));
    }
}

static void test_parse_ipv4(void)
{
    check_vectors(ipv4, G_N_ELEMENTS(ipv4), WH_FAMILY_IPV4);
}

static void test_parse_ipv6(void)
{
    check_vectors(ipv6, G_N_ELEMENTS(ipv6), WH_FAMILY_IPV6);
}

static void test_bytes_are_in_network_order(void)
{
    WhAddress address;
    g_assert_true(wh_address_parse("1.2.3.4", &address));
    static const guint8 quad[16] = {1, 2, 3, 4};
    g_assert_cmpmem(address.bytes, 16, quad, 16);
    g_assert_true(wh_address_parse("2001:db8::ff00:12", &address));
    static const guint8 six[16] = {0x20, 1, 0xd, 0xb8, [12] = 0xff, [15] = 0x12};
    g_assert_cmpmem(address.bytes, 16, six, 16);
}

static void test_from_bytes_takes_what_the_family_has(void)
{
    static const guint8 bytes[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    char text[WH_ADDRESS_STRLEN];
    WhAddress four = wh_address_from_bytes(WH_FAMILY_IPV4, bytes);
    g_assert_cmpstr(wh_address_format(&four, text), ==, "1.2.3.4");
    static const guint8 zeros[12];
    g_assert_cmpmem(four.bytes + 4, 12, zeros, 12);
    WhAddress six = wh_address_from_bytes(WH_FAMILY_IPV6, bytes);
    g_assert_cmpstr(wh_address_format(&six, text), ==, "102:304:506:708:90a:b0c:d0e:f10");
}

/* Every pattern of zero groups: what is written reads back, and is as short as RFC 5952 says. */
static void test_every_zero_pattern_round_trips(void)
{
    for (guint pattern = 0; pattern < 256; pattern++) {
        guint8 bytes[16] = {0};
        for (guint i = 0; i < 8; i++)
            bytes[2 * i + 1] = (pattern >> i & 1) ? 0 : 7;
        WhAddress address = wh_address_from_bytes(WH_FAMILY_IPV6, bytes);
        char text[WH_ADDRESS_STRLEN];
        wh_address_format(&address, text);
        WhAddress again;
        g_assert_true(wh_address_parse(text, &again));
        g_assert_true(wh_address_equal(&address, &again));
        gboolean has_run = (pattern & pattern >> 1) != 0;
        g_assert_true((strstr(text, "::") != NULL) == has_run);
        g_assert_null(strstr(text, "0:0:0:0"));
    }
}

static void test_equal(void)
{
    WhAddress a, b, c, any4, any6;
    g_assert_true(wh_address_parse("1.2.3.4", &a));
    g_assert_true(wh_address_parse("1.2.3.4", &b));
    g_assert_true(wh_address_parse("1.2.3.5", &c));
    g_assert_true(wh_address_equal(&a, &b));
    g_assert_false(wh_address_equal(&a, &c));
    g_assert_true(wh_address_parse("0.0.0.0", &any4));
    g_assert_true(wh_address_parse("::", &any6));
    g_assert_false(wh_address_equal(&any4, &any6));
    b.bytes[7] = 1;
    g_assert_true(wh_address_equal(&a, &b));
}

static void test_shares_prefix(void)
{
    WhAddress a, b, six;
    g_assert_true(wh_address_parse("100.64.0.1", &a));
    g_assert_true(wh_address_parse("100.127.255.255", &b));
    g_assert_true(wh_address_parse("::", &six));
    g_assert_true(wh_address_shares_prefix(&a, &b, 0));
    g_assert_true(wh_address_shares_prefix(&a, &b, 8));
    g_assert_true(wh_address_shares_prefix(&a, &b, 10));
    g_assert_false(wh_address_shares_prefix(&a, &b, 11));
    g_assert_false(wh_address_shares_prefix(&a, &b, 32));
    g_assert_true(wh_address_shares_prefix(&a, &a, 32));
    g_assert_true(wh_address_shares_prefix(&a, &a, 500));
    g_assert_false(wh_address_shares_prefix(&a, &b, 500));
    g_assert_false(wh_address_shares_prefix(&a, &six, 0));
}

static void test_family_words(void)
{
    g_assert_cmpstr(wh_family_name(WH_FAMILY_IPV4), ==, "IPv4");
    g_assert_cmpstr(wh_family_name(WH_FAMILY_IPV6), ==, "IPv6");
    g_assert_cmpstr(wh_family_record_type(WH_FAMILY_IPV4), ==, "A");
    g_assert_cmpstr(wh_family_record_type(WH_FAMILY_IPV6), ==, "AAAA");
    g_assert_cmpuint(wh_family_size(WH_FAMILY_IPV4), ==, 4);
    g_assert_cmpuint(wh_family_size(WH_FAMILY_IPV6), ==, 16);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/address/parse/ipv4", test_parse_ipv4);
    g_test_add_func("/address/parse/ipv6", test_parse_ipv6);
    g_test_add_func("/address/network-order", test_bytes_are_in_network_order);
    g_test_add_func("/address/from-bytes", test_from_bytes_takes_what_the_family_has);
    g_test_add_func("/address/zero-patterns", test_every_zero_pattern_round_trips);
    g_test_add_func("/address/equal", test_equal);
    g_test_add_func("/address/shares-prefix", test_shares_prefix);
    g_test_add_func("/address/family-words", test_family_words);
    return g_test_run();
}
