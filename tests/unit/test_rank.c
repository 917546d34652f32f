#include "service/detect/rank.h"

#include <string.h>

#define NOW (100 * WH_HOUR)

/* addresses: words "ADDRESS/MINUTES", with "*" behind a preferred one; minutes that it stays
 * preferred, "-" for ever; "@SECONDS": when it came. first: the one that is published. */
typedef struct {
    const char *name;
    const char *addresses;
    const char *standing;
    const char *first;
} Row;

static const Row rows[] = {
    {"one", "2606::1/60", NULL, "2606::1"},
    {"as-they-were", "2606::1/60 2606::2/60", NULL, "2606::1"},
    {"longer", "2606::1/60 2606::2/61", NULL, "2606::2"},
    {"for-ever", "2606::1/6000 2606::2/-", NULL, "2606::2"},
    {"preferred-first", "2606::1/- 2606::2/10*", NULL, "2606::2"},
    {"ordinary-first", "fd00::1/-* 2606::2/10", NULL, "2606::2"},
    {"ordinary-first-of-three", "fd00::1/-* fe80::1/- 2606::2/10", NULL, "2606::2"},
    {"three-prefixes", "2606:a::1/30 2606:b::1/120 2606:c::1/60", NULL, "2606:b::1"},
    {"standing-stays", "2606::1/60 2606::2/60", "2606::2", "2606::2"},
    {"standing-stays-while-refreshed", "2606::1/30 2606::2/20", "2606::2", "2606::2"},
    {"standing-stays-against-a-little-longer", "2606::1/1000 2606::2/600", "2606::2", "2606::2"},
    {"standing-stays-short", "2606::1/59 2606::2/5", "2606::2", "2606::2"},
    {"standing-runs-out", "2606::1/1440 2606::2/60", "2606::2", "2606::1"},
    {"standing-runs-out-against-for-ever", "2606::1/- 2606::2/600", "2606::2", "2606::1"},
    {"standing-for-ever", "2606::1/- 2606::2/-", "2606::2", "2606::2"},
    {"standing-is-over", "2606::1/1440 2606::2/0", "2606::2", "2606::1"},
    {"standing-gives-way-to-preferred", "2606::1/60* 2606::2/-", "2606::2", "2606::1"},
    {"standing-is-preferred", "2606::1/- 2606::2/60*", "2606::2", "2606::2"},
    {"standing-is-gone", "2606::1/60 2606::2/60", "2606::3", "2606::1"},
    {"standing-is-special", "fd00::1/-* 2606::2/60", "fd00::1", "2606::2"},
    {"newer", "2606::1/60@100 2606::2/60@200", NULL, "2606::2"},
    {"newer-takes-the-place", "2606::1/60@100 2606::2/61@200", "2606::1", "2606::2"},
    {"newer-stands", "2606::1/60@100 2606::2/60@200", "2606::2", "2606::2"},
    {"hardly-newer", "2606::1/60@100 2606::2/60@109", "2606::1", "2606::1"},
    {"much-longer-beats-newer", "2606::1/300@100 2606::2/60@200", "2606::2", "2606::1"},
    {"longer-does-not-beat-newer", "2606::1/80@100 2606::2/60@200", "2606::2", "2606::2"},
    {"age-is-not-known", "2606::1/60 2606::2/60@200", "2606::1", "2606::1"},
    {"ipv4-newer-does-not-count", "11.1.1.1/10@100 11.1.1.2/10@200", "11.1.1.1", "11.1.1.1"},
    {"ipv4-lease-does-not-count", "11.1.1.1/10 11.1.1.2/-", NULL, "11.1.1.1"},
    {"ipv4-standing-stays", "11.1.1.1/- 11.1.1.2/10", "11.1.1.2", "11.1.1.2"},
    {"ipv4-ordinary", "192.168.1.2/-* 11.1.1.2/10", NULL, "11.1.1.2"},
};

static gint64 read_until(const char *minutes)
{
    if (*minutes == '-')
        return G_MAXINT64;
    return NOW + g_ascii_strtoll(minutes, NULL, 10) * WH_MINUTE;
}

static GArray *read_addresses(const char *text)
{
    GArray *addresses = g_array_new(FALSE, FALSE, sizeof(WhRouteAddress));
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (guint i = 0; words[i] != NULL; i++) {
        WhRouteAddress address = {.preferred = g_str_has_suffix(words[i], "*")};
        char *slash = strchr(words[i], '/');
        *slash = '\0';
        g_assert_true(wh_address_parse(words[i], &address.address));
        address.preferred_until = read_until(slash + 1);
        const char *at = strchr(slash + 1, '@');
        address.since = at != NULL ? g_ascii_strtoll(at + 1, NULL, 10) * WH_SECOND : 0;
        g_array_append_val(addresses, address);
    }
    return addresses;
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    g_autoptr(GArray) addresses = read_addresses(row->addresses);
    guint count = addresses->len;
    WhAddress standing;
    if (row->standing != NULL)
        g_assert_true(wh_address_parse(row->standing, &standing));
    wh_rank_sort(addresses, row->standing != NULL ? &standing : NULL, NOW);
    g_assert_cmpuint(addresses->len, ==, count);
    char text[WH_ADDRESS_STRLEN];
    g_assert_cmpstr(wh_address_format(&g_array_index(addresses, WhRouteAddress, 0).address, text),
                    ==, row->first);
}

/* Two routers that refresh their prefixes one after the other: the choice does not take turns. */
static void test_refreshed_in_turn(void)
{
    WhAddress standing;
    g_assert_true(wh_address_parse("2606:a::1", &standing));
    for (guint minute = 0; minute < 600; minute++) {
        g_autofree char *text =
            g_strdup_printf("2606:b::1/%u 2606:a::1/%u", 30 - minute % 10, 30 - (minute + 5) % 10);
        g_autoptr(GArray) addresses = read_addresses(text);
        wh_rank_sort(addresses, &standing, NOW);
        g_assert_true(
            wh_address_equal(&g_array_index(addresses, WhRouteAddress, 0).address, &standing));
    }
}

static void test_none(void)
{
    g_autoptr(GArray) addresses = g_array_new(FALSE, FALSE, sizeof(WhRouteAddress));
    wh_rank_sort(addresses, NULL, NOW);
    g_assert_cmpuint(addresses->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/rank/", rows[i].name, NULL);
        g_test_add_data_func(path, &rows[i], test_row);
    }
    g_test_add_func("/rank/refreshed-in-turn", test_refreshed_in_turn);
    g_test_add_func("/rank/none", test_none);
    return g_test_run();
}
