#include "service/targets/lan.h"

#include <string.h>

/* "+" behind an address: preferred; "t": temporary. */
static GArray *parse(const char *text)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(WhLanAddress));
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (guint i = 0; *text != '\0' && words[i] != NULL; i++) {
        WhLanAddress one = {.stable = !g_str_has_suffix(words[i], "t"),
                            .preferred = g_str_has_suffix(words[i], "+")};
        if (one.preferred || !one.stable)
            words[i][strlen(words[i]) - 1] = '\0';
        g_assert_true(wh_address_parse(words[i], &one.address));
        g_array_append_val(found, one);
    }
    return found;
}

static char *tell(const WhLan *lan)
{
    GString *text = g_string_new(NULL);
    char address[WH_ADDRESS_STRLEN];
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        g_string_append_printf(text, "%s ",
                               lan->has[i] ? wh_address_format(&lan->address[i], address) : "-");
    for (guint i = 0; i < lan->prefixes->len; i++)
        g_string_append_printf(
            text, "%s ", wh_address_format(&g_array_index(lan->prefixes, WhAddress, i), address));
    g_string_append_printf(text, "%u", lan->own->len);
    return g_string_free(text, FALSE);
}

/* The IPv4 and the IPv6 address, the prefixes, and how many IPv6 addresses are our own. */
static void test_choice(void)
{
    static const struct {
        const char *found;
        const char *expected;
    } rows[] = {
        {"", "- - 0"},
        {"192.168.1.5", "192.168.1.5 - 0"},
        {"192.168.1.5 192.168.1.6+", "192.168.1.6 - 0"},
        {"192.168.1.5+ 192.168.1.6+", "192.168.1.5 - 0"},
        {"9.9.9.9", "9.9.9.9 - 0"},
        {"169.254.1.1+", "- - 0"},
        {"169.254.1.1+ 10.0.0.1", "10.0.0.1 - 0"},
        {"fe80::1+", "- - 1"},
        {"fd00::1", "- fd00::1 1"},
        {"fd00::1+ 2a02:1:2:3::5", "- 2a02:1:2:3::5 2a02:1:2:3:: 2"},
        {"2a02:1:2:3::5 2a02:1:2:4::5+", "- 2a02:1:2:4::5 2a02:1:2:4:: 2a02:1:2:3:: 2"},
        {"2a02:1:2:3::5 2a02:1:2:3::6", "- 2a02:1:2:3::5 2a02:1:2:3:: 2"},
        {"2a02:1:2:3::5t", "- - 2a02:1:2:3:: 1"},
        {"2a02:1:2:3::5t fd00::1", "- fd00::1 2a02:1:2:3:: 2"},
        {"fd00::1t", "- - 1"},
        {"2001:db8::1+", "- - 1"},
        {"2002:909:909::1 192.168.1.5", "192.168.1.5 - 1"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GArray) found = parse(rows[i].found);
        g_autoptr(WhLan) lan = wh_lan_new(found);
        g_autofree char *text = tell(lan);
        g_assert_cmpstr(text, ==, rows[i].expected);
        g_autoptr(WhLan) copy = wh_lan_copy(lan);
        g_autofree char *copied = tell(copy);
        g_assert_cmpstr(copied, ==, text);
    }
}

static void test_equal(void)
{
    static const char *const all[] = {"",
                                      "192.168.1.5",
                                      "192.168.1.6",
                                      "2a02:1:2:3::5",
                                      "2a02:1:2:3::6",
                                      "2a02:1:2:3::5 2a02:1:2:3::6",
                                      "2a02:1:2:3::5t",
                                      "192.168.1.5 2a02:1:2:3::5"};
    for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
        for (guint k = 0; k < G_N_ELEMENTS(all); k++) {
            g_autoptr(GArray) first = parse(all[i]);
            g_autoptr(GArray) second = parse(all[k]);
            g_autoptr(WhLan) a = wh_lan_new(first);
            g_autoptr(WhLan) b = wh_lan_new(second);
            g_assert_cmpint(wh_lan_equal(a, b), ==, i == k);
        }
    }
    wh_lan_free(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lan/choice", test_choice);
    g_test_add_func("/lan/equal", test_equal);
    return g_test_run();
}
