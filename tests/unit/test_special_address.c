#include "service/base/special_address.h"

#include <string.h>

/* What lies one before and one after each block: NULL is an ordinary address, "-" the end of the
 * address space. */
typedef struct {
    const char *prefix;
    const char *before;
    const char *after;
} Row;

static const Row rows[] = {
    {"0.0.0.0/8", "-", NULL},
    {"10.0.0.0/8", NULL, NULL},
    {"100.64.0.0/10", NULL, NULL},
    {"127.0.0.0/8", NULL, NULL},
    {"169.254.0.0/16", NULL, NULL},
    {"172.16.0.0/12", NULL, NULL},
    {"192.0.0.0/24", NULL, NULL},
    {"192.0.0.0/29", NULL, "192.0.0.8/32"},
    {"192.0.0.8/32", "192.0.0.0/29", "192.0.0.9/32"},
    {"192.0.0.9/32", "192.0.0.8/32", "192.0.0.10/32"},
    {"192.0.0.10/32", "192.0.0.9/32", "192.0.0.0/24"},
    {"192.0.0.170/32", "192.0.0.0/24", "192.0.0.171/32"},
    {"192.0.0.171/32", "192.0.0.170/32", "192.0.0.0/24"},
    {"192.0.2.0/24", NULL, NULL},
    {"192.31.196.0/24", NULL, NULL},
    {"192.52.193.0/24", NULL, NULL},
    {"192.88.99.0/24", NULL, NULL},
    {"192.88.99.2/32", "192.88.99.0/24", "192.88.99.0/24"},
    {"192.168.0.0/16", NULL, NULL},
    {"192.175.48.0/24", NULL, NULL},
    {"198.18.0.0/15", NULL, NULL},
    {"198.51.100.0/24", NULL, NULL},
    {"203.0.113.0/24", NULL, NULL},
    {"224.0.0.0/4", NULL, "240.0.0.0/4"},
    {"240.0.0.0/4", "224.0.0.0/4", "-"},
    {"255.255.255.255/32", "240.0.0.0/4", "-"},
    {"0.0.0.0/32", "-", "0.0.0.0/8"},

    {"::/3", "-", NULL},
    {"4000::/2", NULL, "8000::/1"},
    {"8000::/1", "4000::/2", "-"},
    {"::/128", "-", "::1/128"},
    {"::1/128", "::/128", "::/3"},
    {"::ffff:0:0/96", "::/3", "::/3"},
    {"64:ff9b::/96", "::/3", "::/3"},
    {"64:ff9b:1::/48", "::/3", "::/3"},
    {"100::/64", "::/3", "100:0:0:1::/64"},
    {"100:0:0:1::/64", "100::/64", "::/3"},
    {"2001::/23", NULL, NULL},
    {"2001::/32", NULL, "2001::/23"},
    {"2001:1::1/128", "2001::/23", "2001:1::2/128"},
    {"2001:1::2/128", "2001:1::1/128", "2001:1::3/128"},
    {"2001:1::3/128", "2001:1::2/128", "2001::/23"},
    {"2001:2::/48", "2001::/23", "2001::/23"},
    {"2001:3::/32", "2001::/23", "2001::/23"},
    {"2001:4:112::/48", "2001::/23", "2001::/23"},
    {"2001:10::/28", "2001::/23", "2001:20::/28"},
    {"2001:20::/28", "2001:10::/28", "2001:30::/28"},
    {"2001:30::/28", "2001:20::/28", "2001::/23"},
    {"2001:db8::/32", NULL, NULL},
    {"2002::/16", NULL, NULL},
    {"2620:4f:8000::/48", NULL, NULL},
    {"3fff::/20", NULL, NULL},
    {"5f00::/16", "4000::/2", "4000::/2"},
    {"fc00::/7", "8000::/1", "8000::/1"},
    {"fe80::/10", "8000::/1", "fec0::/10"},
    {"fec0::/10", "fe80::/10", "ff00::/8"},
    {"ff00::/8", "fec0::/10", "-"},
};

/* The first address of "a/n" in `first`, the last one in `last`. */
static void read_block(const char *prefix, WhAddress *first, WhAddress *last)
{
    g_auto(GStrv) parts = g_strsplit(prefix, "/", 2);
    g_assert_true(wh_address_parse(parts[0], first));
    guint64 length = 0;
    g_assert_true(g_ascii_string_to_unsigned(parts[1], 10, 1, 128, &length, NULL));
    *last = *first;
    for (guint64 bit = length; bit < 8 * wh_family_size(first->family); bit++) {
        guint8 mask = (guint8)(0x80 >> bit % 8);
        g_assert_cmpuint(first->bytes[bit / 8] & mask, ==, 0);
        last->bytes[bit / 8] |= mask;
    }
}

/* Adds 1 or -1; FALSE at the end of the address space. */
static gboolean step(WhAddress *address, int by)
{
    for (gsize i = wh_family_size(address->family); i-- > 0;) {
        guint8 before = address->bytes[i];
        address->bytes[i] = (guint8)(before + by);
        if (before != (by > 0 ? 0xff : 0))
            return TRUE;
    }
    return FALSE;
}

static void check(const WhAddress *address, const char *prefix)
{
    char text[WH_ADDRESS_STRLEN];
    g_test_message("%s", wh_address_format(address, text));
    const WhSpecialAddress *special = wh_special_address_find(address);
    g_assert_cmpstr(special == NULL ? NULL : special->prefix, ==, prefix);
}

static void check_neighbour(WhAddress address, int by, const char *expected)
{
    if (g_strcmp0(expected, "-") == 0)
        g_assert_false(step(&address, by));
    else if (step(&address, by))
        check(&address, expected);
    else
        g_assert_not_reached();
}

/* Whether a row that is inside `outer` begins or ends with `address`: that one is more specific. */
static gboolean is_taken(const Row *outer, const WhAddress *address)
{
    guint64 outer_length = g_ascii_strtoull(strchr(outer->prefix, '/') + 1, NULL, 10);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        WhAddress first, last;
        read_block(rows[i].prefix, &first, &last);
        guint64 length = g_ascii_strtoull(strchr(rows[i].prefix, '/') + 1, NULL, 10);
        if (length > outer_length && wh_address_shares_prefix(&first, address, (guint)length))
            return TRUE;
    }
    return FALSE;
}

static void test_edges(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        WhAddress first, last;
        read_block(rows[i].prefix, &first, &last);
        if (!is_taken(&rows[i], &first))
            check(&first, rows[i].prefix);
        if (!is_taken(&rows[i], &last))
            check(&last, rows[i].prefix);
        check_neighbour(first, -1, rows[i].before);
        check_neighbour(last, 1, rows[i].after);
    }
}

static void check_text(const char *text, const char *prefix)
{
    WhAddress address;
    g_assert_true(wh_address_parse(text, &address));
    check(&address, prefix);
}

static void test_inside(void)
{
    check_text("10.255.0.1", "10.0.0.0/8");
    check_text("192.168.1.2", "192.168.0.0/16");
    check_text("100.100.0.1", "100.64.0.0/10");
    check_text("192.0.0.200", "192.0.0.0/24");
    check_text("192.88.99.1", "192.88.99.0/24");
    check_text("239.255.255.250", "224.0.0.0/4");
    check_text("::ffff:8.8.8.8", "::ffff:0:0/96");
    check_text("::8.8.8.8", "::/3");
    check_text("2001:0:53aa:64c:0:7aff:f7ff:fffe", "2001::/32");
    check_text("2001:5::1", "2001::/23");
    check_text("2002:808:808::1", "2002::/16");
    check_text("fd12:3456::1", "fc00::/7");
    check_text("fe80::1", "fe80::/10");
    check_text("4000::1", "4000::/2");
}

static void test_ordinary(void)
{
    static const char *const texts[] = {
        "1.1.1.1",       "8.8.8.8",      "11.22.33.44",          "100.63.255.255",
        "172.32.0.1",    "192.0.1.1",    "198.20.0.1",           "223.255.255.255",
        "2606:4700::11", "2a00:1450::1", "2001:4860:4860::8888", "2001:200::1",
        "2000::1",       "3ffe:ffff::1", "2620:4f:8001::1",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        check_text(texts[i], NULL);
}

static void test_words(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        WhAddress first, last;
        read_block(rows[i].prefix, &first, &last);
        const WhSpecialAddress *special = wh_special_address_find(&first);
        g_assert_nonnull(special);
        g_assert_true(g_str_has_prefix(special->source, "RFC "));
        g_assert_true(
            g_str_has_prefix(special->name, "a ") || g_str_has_prefix(special->name, "an ") ||
            g_str_has_prefix(special->name, "the ") || g_str_has_prefix(special->name, "not "));
        g_assert_false(g_str_has_suffix(special->name, "."));
    }
}

static void check_shared(const char *text, gboolean shared)
{
    WhAddress address;
    g_assert_true(wh_address_parse(text, &address));
    g_assert_cmpint(wh_special_address_is_shared(&address), ==, shared);
}

static void test_shared(void)
{
    check_shared("100.64.0.0", TRUE);
    check_shared("100.127.255.255", TRUE);
    check_shared("100.128.0.0", FALSE);
    check_shared("100.63.255.255", FALSE);
    check_shared("192.0.0.0", TRUE);
    check_shared("192.0.0.7", TRUE);
    check_shared("192.0.0.8", FALSE);
    check_shared("192.168.1.1", FALSE);
    check_shared("6440::1", FALSE);
}

static void check_local(const char *text, gboolean private, gboolean link_local)
{
    WhAddress address;
    g_assert_true(wh_address_parse(text, &address));
    g_assert_cmpint(wh_special_address_is_private(&address), ==, private);
    g_assert_cmpint(wh_special_address_is_link_local(&address), ==, link_local);
}

static void test_local(void)
{
    check_local("10.0.0.0", TRUE, FALSE);
    check_local("11.0.0.0", FALSE, FALSE);
    check_local("172.31.255.255", TRUE, FALSE);
    check_local("172.32.0.0", FALSE, FALSE);
    check_local("192.168.255.255", TRUE, FALSE);
    check_local("192.169.0.0", FALSE, FALSE);
    check_local("100.64.0.1", FALSE, FALSE);
    check_local("169.254.1.1", FALSE, TRUE);
    check_local("169.255.0.0", FALSE, FALSE);
    check_local("fd00::1", TRUE, FALSE);
    check_local("fc00::", TRUE, FALSE);
    check_local("fe80::1", FALSE, TRUE);
    check_local("febf:ffff::1", FALSE, TRUE);
    check_local("fec0::1", FALSE, FALSE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/special-address/edges", test_edges);
    g_test_add_func("/special-address/inside", test_inside);
    g_test_add_func("/special-address/ordinary", test_ordinary);
    g_test_add_func("/special-address/words", test_words);
    g_test_add_func("/special-address/shared", test_shared);
    g_test_add_func("/special-address/local", test_local);
    return g_test_run();
}
