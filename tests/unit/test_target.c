#include "service/targets/target.h"

#include <string.h>

#define MAC "00:11:22:33:44:55"
#define MADE "211:22ff:fe33:4455"

/* host: words "lan", "withhold", "suffix=...", "mac=...", "net=...". around: "4=ADDRESS",
 * "4=ADDRESS!" (this computer's own), "6=...", "net=...", "lan=ADDRESS" (of the interface; "+"
 * preferred, "t" temporary), "seen=MAC=ADDRESS", "unreachable". */
typedef struct {
    const char *host;
    const char *around;
    const char *last;
    const char *ipv4;
    const char *ipv6;
} Row;

static WhAddress address_of(const char *text)
{
    WhAddress address;
    g_assert_true(wh_address_parse(text, &address));
    return address;
}

static const char *value_of(const char *word, const char *key)
{
    return g_str_has_prefix(word, key) ? word + strlen(key) : NULL;
}

/* Takes a mark off the end of a word. */
static gboolean take_mark(char *word, char mark)
{
    gsize length = strlen(word);
    if (length == 0 || word[length - 1] != mark)
        return FALSE;
    word[length - 1] = '\0';
    return TRUE;
}

static WhHost *new_host(const char *text)
{
    WhHost *host = wh_host_new("h1", "dns", "home.example.org");
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (guint i = 0; words[i] != NULL; i++) {
        const char *word = words[i], *value;
        host->lan = host->lan || g_str_equal(word, "lan");
        host->withhold_unreachable = host->withhold_unreachable || g_str_equal(word, "withhold");
        if ((value = value_of(word, "suffix=")) != NULL) {
            host->device = WH_DEVICE_SUFFIX;
            g_assert_true(wh_suffix_parse(value, host->suffix));
        } else if ((value = value_of(word, "mac=")) != NULL) {
            host->device = WH_DEVICE_MAC;
            g_assert_true(wh_mac_parse(value, host->mac));
        } else if ((value = value_of(word, "net=")) != NULL) {
            wh_host_set_networks(host, (const char *const[]){value, "another", NULL});
        }
    }
    return host;
}

static void take_public(WhSurroundings *surroundings, WhFamily family, char *text)
{
    gboolean direct = take_mark(text, '!');
    WhAddress address = address_of(text);
    wh_surroundings_set_public(surroundings, family, &address, direct);
}

static void take_own(GArray *found, char *text)
{
    WhLanAddress one = {.preferred = take_mark(text, '+'), .stable = !take_mark(text, 't')};
    one.address = address_of(text);
    g_array_append_val(found, one);
}

static void take_seen(GArray *seen, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "=", 2);
    WhSighting sighting = {.address = address_of(parts[1])};
    g_assert_true(wh_mac_parse(parts[0], sighting.mac));
    g_array_append_val(seen, sighting);
}

static WhSurroundings *new_surroundings(const char *text)
{
    WhSurroundings *surroundings = wh_surroundings_new();
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(WhLanAddress));
    g_autoptr(GArray) seen = g_array_new(FALSE, FALSE, sizeof(WhSighting));
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (guint i = 0; words[i] != NULL; i++) {
        char *word = words[i];
        if (value_of(word, "4=") != NULL)
            take_public(surroundings, WH_FAMILY_IPV4, word + 2);
        else if (value_of(word, "6=") != NULL)
            take_public(surroundings, WH_FAMILY_IPV6, word + 2);
        else if (value_of(word, "net=") != NULL)
            wh_surroundings_set_network(surroundings, word + 4);
        else if (value_of(word, "lan=") != NULL)
            take_own(found, word + 4);
        else if (value_of(word, "seen=") != NULL)
            take_seen(seen, word + 5);
        else if (g_str_equal(word, "unreachable"))
            wh_surroundings_set_unreachable(surroundings, TRUE);
    }
    g_autoptr(WhLan) lan = wh_lan_new(found);
    wh_surroundings_set_lan(surroundings, lan);
    wh_surroundings_set_neighbours(surroundings, seen);
    return surroundings;
}

/* The address, or the word of the reason; "" for no public address. */
static void check(const WhHost *host, WhFamily family, const WhAddress *last,
                  const WhSurroundings *surroundings, const char *expected)
{
    WhAim aim = wh_target_find(host, family, last, surroundings);
    char text[WH_ADDRESS_STRLEN] = "";
    const char *word = wh_aim_reason_name(aim.why);
    g_assert_cmpint(aim.known, ==, aim.why == WH_AIM_KNOWN);
    if (aim.known)
        wh_address_format(&aim.address, text);
    else if (word != NULL)
        g_strlcpy(text, word, sizeof text);
    g_assert_cmpstr(text, ==, expected);
}

static void check_rows(const Row *rows, guint n_rows)
{
    for (guint i = 0; i < n_rows; i++) {
        const Row *row = &rows[i];
        g_autoptr(WhHost) host = new_host(row->host);
        g_autoptr(WhSurroundings) surroundings = new_surroundings(row->around);
        WhAddress last;
        g_test_message("row %u: %s | %s", i, row->host, row->around);
        if (row->last != NULL)
            last = address_of(row->last);
        check(host, WH_FAMILY_IPV4, NULL, surroundings, row->ipv4);
        check(host, WH_FAMILY_IPV6, row->last != NULL ? &last : NULL, surroundings, row->ipv6);
    }
}

static void test_this_computer(void)
{
    static const Row rows[] = {
        {"", "", NULL, "", ""},
        {"", "4=9.9.9.9", NULL, "9.9.9.9", ""},
        {"", "4=9.9.9.9!", NULL, "9.9.9.9", ""},
        {"", "6=2a02:1::5!", NULL, "", "2a02:1::5"},
        {"", "4=9.9.9.9 6=2a02:1::5! unreachable net=home", NULL, "9.9.9.9", "2a02:1::5"},
        {"", "lan=192.168.1.5 lan=2a02:1::5", NULL, "", ""},
    };
    check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_withheld(void)
{
    static const Row rows[] = {
        {"withhold", "4=9.9.9.9 6=2a02:1::5!", NULL, "9.9.9.9", "2a02:1::5"},
        {"withhold", "4=9.9.9.9 6=2a02:1::5! unreachable", NULL, "unreachable", "2a02:1::5"},
        {"withhold", "unreachable", NULL, "unreachable", ""},
        {"withhold suffix=::7", "4=9.9.9.9 lan=2a02:1::5 unreachable", NULL, "unreachable",
         "2a02:1::7"},
        {"withhold lan", "lan=192.168.1.5 unreachable", NULL, "192.168.1.5", "no_lan_address"},
        {"withhold net=home", "4=9.9.9.9 unreachable", NULL, "elsewhere", "elsewhere"},
    };
    check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_networks(void)
{
    static const Row rows[] = {
        {"net=home", "4=9.9.9.9 6=2a02:1::5! net=home", NULL, "9.9.9.9", "2a02:1::5"},
        {"net=home", "4=9.9.9.9 6=2a02:1::5! net=another", NULL, "9.9.9.9", "2a02:1::5"},
        {"net=home", "4=9.9.9.9 6=2a02:1::5! net=cafe", NULL, "elsewhere", "elsewhere"},
        {"net=home", "4=9.9.9.9 6=2a02:1::5!", NULL, "elsewhere", "elsewhere"},
        {"net=home lan", "lan=192.168.1.5 net=cafe", NULL, "elsewhere", "elsewhere"},
        {"net=home lan", "lan=192.168.1.5 net=home", NULL, "192.168.1.5", "no_lan_address"},
        {"net=home suffix=::7", "lan=2a02:1::5 net=cafe", NULL, "elsewhere", "elsewhere"},
    };
    check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_lan(void)
{
    static const Row rows[] = {
        {"lan", "4=9.9.9.9 6=2a02:1::5!", NULL, "no_lan_address", "no_lan_address"},
        {"lan", "4=9.9.9.9 lan=192.168.1.5 lan=fd00::1", NULL, "192.168.1.5", "fd00::1"},
        {"lan", "lan=192.168.1.5 lan=fd00::1 lan=2a02:1::5", NULL, "192.168.1.5", "2a02:1::5"},
        {"lan", "lan=fe80::1 lan=2a02:1::5t", NULL, "no_lan_address", "no_lan_address"},
    };
    check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_suffix(void)
{
    static const Row rows[] = {
        {"suffix=::7", "4=9.9.9.9", NULL, "9.9.9.9", ""},
        {"suffix=::7", "4=9.9.9.9!", NULL, "device_unknown", ""},
        {"suffix=::7", "6=2a02:1::5!", NULL, "", ""},
        {"suffix=::7", "6=2a02:1::5! lan=2a02:1::5", NULL, "", "2a02:1::7"},
        {"suffix=::7", "lan=2a02:1::5t", NULL, "", "2a02:1::7"},
        {"suffix=2a02:9::7", "lan=2a02:1::5", NULL, "", "2a02:1::7"},
        {"suffix=::7", "lan=fd00::5", NULL, "", ""},
        {"suffix=::7", "lan=2a02:1::5 lan=2a02:2::5+", NULL, "", "2a02:2::7"},
        {"suffix=::7", "6=2a02:1::5! lan=2a02:1::5 lan=2a02:2::5+", NULL, "", "2a02:1::7"},
        /* It stays where it is, as long as that is a prefix of this network and nothing is known.
         */
        {"suffix=::7", "lan=2a02:1::5 lan=2a02:2::5", "2a02:2::7", "", "2a02:2::7"},
        {"suffix=::7", "6=2a02:1::5! lan=2a02:1::5 lan=2a02:2::5", "2a02:2::7", "", "2a02:1::7"},
        {"suffix=::7", "lan=2a02:1::5 lan=2a02:2::5", "2a02:3::7", "", "2a02:1::7"},
        /* The public address is that of a VPN. */
        {"suffix=::7", "6=2a02:9::5! lan=2a02:1::5 lan=2a02:2::5", NULL, "", "2a02:1::7"},
        /* What the record holds does not matter, nor who was seen. */
        {"suffix=::7", "lan=2a02:2::5 seen=" MAC "=2a02:2::9", "2a02:1::7", "", "2a02:2::7"},
    };
    check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_mac(void)
{
    static const Row rows[] = {
        {"mac=" MAC, "4=9.9.9.9", NULL, "9.9.9.9", ""},
        {"mac=" MAC, "4=9.9.9.9! lan=2a02:1::5", NULL, "device_unknown", "device_unseen"},
        {"mac=" MAC, "lan=2a02:1::5 seen=00:11:22:33:44:66=2a02:1::9", NULL, "", "device_unseen"},
        {"mac=" MAC, "lan=2a02:1::5 seen=" MAC "=2a02:1::9", NULL, "", "2a02:1::9"},
        {"mac=" MAC, "lan=2a02:1::5 seen=" MAC "=2a02:1::5", NULL, "", "device_unseen"},
        {"mac=" MAC, "lan=2a02:1::5 seen=" MAC "=2a02:1::9 seen=" MAC "=2a02:1::" MADE, NULL, "",
         "2a02:1::" MADE},
        {"mac=" MAC, "lan=2a02:1::5 seen=" MAC "=2a02:1::8 seen=" MAC "=2a02:1::9", "2a02:1::9", "",
         "2a02:1::9"},
        /* After a new prefix: nothing until it was seen there, then the known lower half. */
        {"mac=" MAC, "lan=2a02:2::5 seen=" MAC "=2a02:1::9", "2a02:1::9", "", "device_unseen"},
        {"mac=" MAC,
         "lan=2a02:2::5 seen=" MAC "=2a02:1::9 seen=" MAC "=2a02:2::8 seen=" MAC "=2a02:2::9",
         "2a02:1::9", "", "2a02:2::9"},
        /* Several prefixes: the public address's first, then the others. */
        {"mac=" MAC,
         "6=2a02:2::5! lan=2a02:1::5 lan=2a02:2::5 seen=" MAC "=2a02:1::9 seen=" MAC "=2a02:2::9",
         NULL, "", "2a02:2::9"},
        {"mac=" MAC, "6=2a02:2::5! lan=2a02:1::5 lan=2a02:2::5 seen=" MAC "=2a02:1::9", NULL, "",
         "2a02:1::9"},
        {"mac=" MAC, "lan=fd00::5 seen=" MAC "=fd00::9", NULL, "", ""},
    };
    check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_guess(void)
{
    static const struct {
        const char *around;
        const char *last;
        const char *expected; /* NULL: none */
    } rows[] = {
        {"", NULL, NULL},
        {"lan=fd00::5", "2a02:1::9", NULL},
        {"lan=2a02:1::5", NULL, "2a02:1::" MADE},
        {"lan=2a02:1::5", "2a02:9::9", "2a02:1::9"},
        {"lan=2a02:1::5", "2a02:9::5", "2a02:1::" MADE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(WhHost) host = new_host("mac=" MAC);
        g_autoptr(WhSurroundings) surroundings = new_surroundings(rows[i].around);
        WhAddress last, guess;
        if (rows[i].last != NULL)
            last = address_of(rows[i].last);
        gboolean any =
            wh_target_guess(host, rows[i].last != NULL ? &last : NULL, surroundings, &guess);
        g_assert_cmpint(any, ==, rows[i].expected != NULL);
        if (!any)
            continue;
        WhAddress expected = address_of(rows[i].expected);
        g_assert_true(wh_address_equal(&guess, &expected));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/target/this-computer", test_this_computer);
    g_test_add_func("/target/withheld", test_withheld);
    g_test_add_func("/target/networks", test_networks);
    g_test_add_func("/target/lan", test_lan);
    g_test_add_func("/target/suffix", test_suffix);
    g_test_add_func("/target/mac", test_mac);
    g_test_add_func("/target/guess", test_guess);
    return g_test_run();
}
