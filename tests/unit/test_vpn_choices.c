#include "service/detect/vpn_choices.h"

#include <string.h>

static void check_text(const WhVpnChoices *choices, const char *expected)
{
    g_autofree char *text = wh_vpn_choices_to_text(choices);
    g_assert_cmpstr(text, ==, expected);
}

static void test_decides(void)
{
    g_autoptr(WhVpnChoices) choices = wh_vpn_choices_new(NULL);
    check_text(choices, NULL);
    g_assert_cmpint(wh_vpn_choices_get(choices, "tun0"), ==, WH_VPN_NOTHING);
    wh_vpn_choices_set(choices, "tun0", WH_VPN_LINE, NULL);
    wh_vpn_choices_set(choices, "Office VPN 2", WH_VPN_VPN, NULL);
    check_text(choices, "line tun0\nvpn Office VPN 2\n");
    g_assert_cmpint(wh_vpn_choices_get(choices, "tun0"), ==, WH_VPN_LINE);
    g_assert_cmpint(wh_vpn_choices_get(choices, "Office VPN 2"), ==, WH_VPN_VPN);
    g_assert_cmpstr(wh_vpn_choices_name(choices, 0), ==, "tun0");
    g_assert_cmpstr(wh_vpn_choices_name(choices, 1), ==, "Office VPN 2");
    g_assert_null(wh_vpn_choices_name(choices, 2));
    wh_vpn_choices_set(choices, "tun0", WH_VPN_VPN, NULL);
    check_text(choices, "vpn Office VPN 2\nvpn tun0\n");
    wh_vpn_choices_set(choices, "Office VPN 2", WH_VPN_NOTHING, NULL);
    wh_vpn_choices_set(choices, "tun0", WH_VPN_NOTHING, NULL);
    check_text(choices, NULL);
}

static void test_reads_what_it_wrote(void)
{
    g_autoptr(WhVpnChoices) choices = wh_vpn_choices_new("line tun0\nvpn Office VPN 2\n");
    check_text(choices, "line tun0\nvpn Office VPN 2\n");
}

static WhVpnChoice get_for(const WhVpnChoices *choices, const char *own)
{
    WhAddress address;
    g_assert_true(own == NULL || wh_address_parse(own, &address));
    return wh_vpn_choices_get_for(choices, "tun0", own == NULL ? NULL : &address);
}

/* What is published of a VPN is not published of another one that takes its name. */
static void test_another_of_that_name(void)
{
    g_autoptr(WhVpnChoices) decided = wh_vpn_choices_new(NULL);
    WhAddress own;
    g_assert_true(wh_address_parse("10.8.0.2", &own));
    wh_vpn_choices_set(decided, "tun0", WH_VPN_VPN, &own);
    check_text(decided, "vpn@10.8.0.2 tun0\n");
    g_autoptr(WhVpnChoices) choices = wh_vpn_choices_new("vpn@10.8.0.2 tun0\n");
    check_text(choices, "vpn@10.8.0.2 tun0\n");
    g_assert_cmpint(wh_vpn_choices_get(choices, "tun0"), ==, WH_VPN_VPN);
    g_assert_cmpint(get_for(choices, "10.8.0.2"), ==, WH_VPN_VPN);
    g_assert_cmpint(get_for(choices, "10.8.7.9"), ==, WH_VPN_VPN);
    g_assert_cmpint(get_for(choices, "10.9.0.2"), ==, WH_VPN_NOTHING);
    g_assert_cmpint(get_for(choices, "fd00::2"), ==, WH_VPN_NOTHING);
    g_assert_cmpint(get_for(choices, NULL), ==, WH_VPN_NOTHING);
    wh_vpn_choices_set(choices, "tun0", WH_VPN_LINE, &own);
    g_assert_cmpint(get_for(choices, "10.9.0.2"), ==, WH_VPN_LINE);
    wh_vpn_choices_set(choices, "tun0", WH_VPN_VPN, NULL);
    g_assert_cmpint(get_for(choices, "10.9.0.2"), ==, WH_VPN_VPN);
    g_assert_cmpint(get_for(choices, NULL), ==, WH_VPN_VPN);
}

static void test_damaged_text(void)
{
    g_autoptr(WhVpnChoices) choices =
        wh_vpn_choices_new("\n \nline\nline \nvpn@ tun3\nvpn@nowhere tun3\n@1.2.3.4 tun3\nperhaps "
                           "tun0\nLINE tun0\nline a\tb\nline \xff\nnothing tun1\nvpn tun2");
    check_text(choices, "vpn tun2\n");
}

static void test_bounds(void)
{
    g_autoptr(WhVpnChoices) choices = wh_vpn_choices_new(NULL);
    for (guint i = 0; i < WH_VPN_CHOICES_MOST + 10; i++) {
        g_autofree char *name = g_strdup_printf("tun%u", i);
        wh_vpn_choices_set(choices, name, WH_VPN_LINE, NULL);
    }
    g_assert_cmpstr(wh_vpn_choices_name(choices, 0), ==, "tun10");
    g_assert_nonnull(wh_vpn_choices_name(choices, WH_VPN_CHOICES_MOST - 1));
    g_assert_null(wh_vpn_choices_name(choices, WH_VPN_CHOICES_MOST));
}

static void test_names(void)
{
    char longest[WH_TUNNEL_NAME_SIZE + 1];
    memset(longest, 'x', sizeof longest);
    longest[WH_TUNNEL_NAME_SIZE - 1] = '\0';
    g_assert_true(wh_vpn_choices_is_name("wg0"));
    g_assert_true(wh_vpn_choices_is_name("Fernzugriff (Büro)"));
    g_assert_true(wh_vpn_choices_is_name(longest));
    longest[WH_TUNNEL_NAME_SIZE - 1] = 'x';
    longest[WH_TUNNEL_NAME_SIZE] = '\0';
    g_assert_false(wh_vpn_choices_is_name(longest));
    g_assert_false(wh_vpn_choices_is_name(""));
    g_assert_false(wh_vpn_choices_is_name("a\nb"));
    g_assert_false(wh_vpn_choices_is_name("\xff"));
}

static void test_words(void)
{
    WhVpnChoice choice = WH_VPN_LINE;
    for (guint i = 0; i < WH_N_VPN_CHOICES; i++) {
        g_assert_true(wh_vpn_choice_parse(wh_vpn_choice_name((WhVpnChoice)i), &choice));
        g_assert_cmpint(choice, ==, i);
    }
    choice = WH_VPN_LINE;
    g_assert_false(wh_vpn_choice_parse("home", &choice));
    g_assert_false(wh_vpn_choice_parse("", &choice));
    g_assert_cmpint(choice, ==, WH_VPN_LINE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/vpn-choices/decides", test_decides);
    g_test_add_func("/vpn-choices/reads", test_reads_what_it_wrote);
    g_test_add_func("/vpn-choices/another", test_another_of_that_name);
    g_test_add_func("/vpn-choices/damaged", test_damaged_text);
    g_test_add_func("/vpn-choices/bounds", test_bounds);
    g_test_add_func("/vpn-choices/names", test_names);
    g_test_add_func("/vpn-choices/words", test_words);
    return g_test_run();
}
