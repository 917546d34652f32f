#include "service/targets/machine.h"

#include "service/targets/surroundings.h"

#define MAC "00:11:22:33:44:55"
#define OTHER "00:11:22:33:44:66"
#define PREFIX "2a02:1:2:3::"
#define MADE "2a02:1:2:3:211:22ff:fe33:4455"

static WhAddress address_of(const char *text)
{
    WhAddress address;
    g_assert_true(wh_address_parse(text, &address));
    return address;
}

/* Words of "MAC=ADDRESS", with "!" behind those that are reachable. */
static GArray *parse(const char *text)
{
    GArray *sightings = g_array_new(FALSE, FALSE, sizeof(WhSighting));
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (guint i = 0; *text != '\0' && words[i] != NULL; i++) {
        g_auto(GStrv) parts = g_strsplit_set(words[i], "=!", 3);
        WhSighting sighting = {.address = address_of(parts[1]), .reachable = parts[2] != NULL};
        g_assert_true(wh_mac_parse(parts[0], sighting.mac));
        g_array_append_val(sightings, sighting);
    }
    return sightings;
}

static void test_choice(void)
{
    static const struct {
        const char *seen;
        const char *own;
        const char *last;
        const char *expected; /* NULL: not seen */
    } rows[] = {
        {"", NULL, NULL, NULL},
        {OTHER "=2a02:1:2:3::9!", NULL, NULL, NULL},
        {MAC "=2a02:1:2:4::9!", NULL, NULL, NULL},
        {MAC "=fe80::9! " MAC "=fd00::9!", NULL, NULL, NULL},
        {MAC "=2a02:1:2:3::9", NULL, NULL, "2a02:1:2:3::9"},
        {MAC "=2a02:1:2:3::9", "2a02:1:2:3::9", NULL, NULL},
        {MAC "=2a02:1:2:3::9 " MAC "=2a02:1:2:3::8", NULL, NULL, "2a02:1:2:3::8"},
        {MAC "=2a02:1:2:3::8 " MAC "=2a02:1:2:3::9", NULL, NULL, "2a02:1:2:3::8"},
        {MAC "=2a02:1:2:3::8 " MAC "=2a02:1:2:3::9!", NULL, NULL, "2a02:1:2:3::9"},
        {MAC "=2a02:1:2:3::9! " MAC "=2a02:1:2:3::8", NULL, NULL, "2a02:1:2:3::9"},
        {MAC "=2a02:1:2:3::8! " MAC "=" MADE, NULL, NULL, MADE},
        {MAC "=" MADE " " MAC "=2a02:1:2:3::8!", NULL, "2a02:1:2:3::8", MADE},
        {OTHER "=" MADE " " MAC "=2a02:1:2:3::8", NULL, NULL, "2a02:1:2:3::8"},
        /* It keeps the lower half that its record holds, also in another prefix. */
        {MAC "=2a02:1:2:3::8! " MAC "=2a02:1:2:3::9", NULL, "2a02:1:2:3::9", "2a02:1:2:3::9"},
        {MAC "=2a02:1:2:3::8! " MAC "=2a02:1:2:3::9", NULL, "2a02:7:7:7::9", "2a02:1:2:3::9"},
        {MAC "=2a02:1:2:3::8!", NULL, "2a02:7:7:7::9", "2a02:1:2:3::8"},
        {MAC "=2a02:1:2:4::9! " MAC "=2a02:1:2:3::8", NULL, "2a02:1:2:4::9", "2a02:1:2:3::8"},
    };
    guint8 mac[WH_MAC_SIZE];
    const WhAddress prefix = address_of(PREFIX);
    g_assert_true(wh_mac_parse(MAC, mac));
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GArray) sightings = parse(rows[i].seen);
        g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(WhAddress));
        WhAddress last, found = {0};
        char text[WH_ADDRESS_STRLEN];
        if (rows[i].own != NULL) {
            WhAddress mine = address_of(rows[i].own);
            g_array_append_val(own, mine);
        }
        if (rows[i].last != NULL)
            last = address_of(rows[i].last);
        gboolean any = wh_machine_find(sightings, own, mac, &prefix,
                                       rows[i].last != NULL ? &last : NULL, &found);
        g_assert_cmpstr(any ? wh_address_format(&found, text) : NULL, ==, rows[i].expected);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/machine/choice", test_choice);
    return g_test_run();
}
