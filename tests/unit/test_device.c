#include "service/base/device.h"

#include <string.h>

static void test_suffix(void)
{
    static const struct {
        const char *text;
        const char *expected; /* NULL: refused */
    } rows[] = {
        {"::1234:5678:9abc:def0", "::1234:5678:9abc:def0"},
        {"::1", "::1"},
        {"2a02:1234:5678:9abc:1:2:3:4", "::1:2:3:4"},
        {"fe80::A:B", "::a:b"},
        {"2a02:1234:5678:9abc::", NULL},
        {"::", NULL},
        {"1234:5678:9abc:def0", NULL},
        {"192.168.1.2", NULL},
        {"::1%eth0", NULL},
        {"::1/64", NULL},
        {"", NULL},
        {NULL, NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        guint8 suffix[WH_SUFFIX_SIZE] = "before!";
        char text[WH_SUFFIX_STRLEN];
        gboolean ok = wh_suffix_parse(rows[i].text, suffix);
        g_assert_cmpint(ok, ==, rows[i].expected != NULL);
        if (ok)
            g_assert_cmpstr(wh_suffix_format(suffix, text), ==, rows[i].expected);
        else
            g_assert_cmpmem(suffix, sizeof suffix, "before!", 8);
    }
}

static void test_mac(void)
{
    static const struct {
        const char *text;
        const char *expected;
    } rows[] = {
        {"aa:bb:cc:dd:ee:01", "aa:bb:cc:dd:ee:01"},
        {"AA-BB-CC-DD-EE-01", "aa:bb:cc:dd:ee:01"},
        {"00:00:00:00:00:01", "00:00:00:00:00:01"},
        {"00:00:00:00:00:00", NULL},
        {"01:00:5e:00:00:01", NULL},
        {"ff:ff:ff:ff:ff:ff", NULL},
        {"aa:bb-cc:dd:ee:01", NULL},
        {"aa:bb:cc:dd:ee", NULL},
        {"aa:bb:cc:dd:ee:01:", NULL},
        {"aa:bb:cc:dd:ee:0g", NULL},
        {"aabb.ccdd.ee01.00", NULL},
        {"a:b:c:d:e:f", NULL},
        {"", NULL},
        {NULL, NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        guint8 mac[WH_MAC_SIZE] = {1, 2, 3, 4, 5, 6};
        const guint8 before[WH_MAC_SIZE] = {1, 2, 3, 4, 5, 6};
        char text[WH_MAC_STRLEN];
        gboolean ok = wh_mac_parse(rows[i].text, mac);
        g_assert_cmpint(ok, ==, rows[i].expected != NULL);
        if (ok)
            g_assert_cmpstr(wh_mac_format(mac, text), ==, rows[i].expected);
        else
            g_assert_cmpmem(mac, sizeof mac, before, sizeof before);
    }
}

static void test_address(void)
{
    WhAddress prefix, expected;
    guint8 mac[WH_MAC_SIZE], suffix[WH_SUFFIX_SIZE];
    g_assert_true(wh_address_parse("2a02:1:2:3:9:9:9:9", &prefix));
    g_assert_true(wh_mac_parse("00:11:22:33:44:55", mac));
    wh_mac_to_suffix(mac, suffix);
    g_assert_true(wh_address_parse("2a02:1:2:3:211:22ff:fe33:4455", &expected));
    WhAddress made = wh_suffix_in_prefix(suffix, &prefix);
    g_assert_true(wh_address_equal(&made, &expected));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/suffix", test_suffix);
    g_test_add_func("/device/mac", test_mac);
    g_test_add_func("/device/address", test_address);
    return g_test_run();
}
