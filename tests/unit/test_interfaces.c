/* What the detector is told of this computer's interfaces: which one counts, which of its addresses
 * are usable, and why none is. */
#include "service/wiring/interfaces.h"

#include <string.h>

#define WIRED 2
#define WIFI 3
#define TUNNEL 9

#define TEMPORARY WH_INTERFACE_ADDRESS_TEMPORARY
#define DEPRECATED WH_INTERFACE_ADDRESS_DEPRECATED
#define TENTATIVE WH_INTERFACE_ADDRESS_TENTATIVE
#define DUPLICATE WH_INTERFACE_ADDRESS_DUPLICATE

typedef struct {
    WhAddressSnapshot snapshot;
    WhVpnChoices *choices;
    GArray *addresses;
    WhInside inside;
} Fixture;

static void add_interface(Fixture *fixture, guint number, WhInterfaceKind kind, const char *name)
{
    WhInterface interface = {.interface = number, .kind = kind};
    g_strlcpy(interface.name, name, sizeof interface.name);
    g_array_append_val(fixture->snapshot.interfaces, interface);
}

static void set_up(Fixture *fixture, gconstpointer data)
{
    fixture->snapshot.addresses = g_array_new(FALSE, TRUE, sizeof(WhInterfaceAddress));
    fixture->snapshot.interfaces = g_array_new(FALSE, TRUE, sizeof(WhInterface));
    fixture->choices = wh_vpn_choices_new(NULL);
    fixture->addresses = g_array_new(FALSE, TRUE, sizeof(WhRouteAddress));
    add_interface(fixture, WIRED, WH_INTERFACE_WIRED, "eth0");
    add_interface(fixture, WIFI, WH_INTERFACE_WIFI, "wlan0");
    add_interface(fixture, TUNNEL, WH_INTERFACE_TUNNEL, "tun0");
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    g_array_unref(fixture->snapshot.addresses);
    g_array_unref(fixture->snapshot.interfaces);
    g_array_unref(fixture->addresses);
    wh_vpn_choices_free(fixture->choices);
}

static void add_address(Fixture *fixture, guint interface, const char *text, guint flags)
{
    WhInterfaceAddress found = {.interface = interface,
                                .flags = flags,
                                .preferred_until = WH_LIFETIME_FOREVER,
                                .valid_until = WH_LIFETIME_FOREVER};
    WhAddress address;
    g_assert_true(wh_address_parse(text, &address));
    found.family = address.family == WH_FAMILY_IPV4 ? 4 : 6;
    found.prefix_length = address.family == WH_FAMILY_IPV4 ? 24 : 64;
    memcpy(found.bytes, address.bytes, wh_family_size(address.family));
    g_array_append_val(fixture->snapshot.addresses, found);
}

static void set_ways(Fixture *fixture, WhFamily family, guint route, guint line)
{
    fixture->snapshot.route[family] = (WhDefaultRoute){.interface = route};
    fixture->snapshot.line[family] = (WhDefaultRoute){.interface = line};
}

/* What is shown: "11.1.1.1 192.168.1.2". */
static void expect(Fixture *fixture, WhFamily family, const char *addresses)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_array_set_size(fixture->addresses, 0);
    fixture->inside = (WhInside){.addresses = fixture->addresses};
    wh_interfaces_read(&fixture->snapshot, fixture->choices, family, &fixture->inside);
    for (guint i = 0; i < fixture->addresses->len; i++) {
        char address[WH_ADDRESS_STRLEN];
        const WhRouteAddress *found = &g_array_index(fixture->addresses, WhRouteAddress, i);
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               wh_address_format(&found->address, address));
    }
    g_assert_cmpstr(text->str, ==, addresses);
}

static void test_no_route(Fixture *fixture, gconstpointer data)
{
    add_address(fixture, WIRED, "11.1.1.1", 0);
    expect(fixture, WH_FAMILY_IPV4, "");
    g_assert_false(fixture->inside.has_route);
}

static void test_interface_of_the_route(Fixture *fixture, gconstpointer data)
{
    add_address(fixture, WIRED, "11.1.1.1", 0);
    add_address(fixture, WIFI, "192.168.1.2", 0);
    add_address(fixture, WIFI, "2606:4700::1", 0);
    set_ways(fixture, WH_FAMILY_IPV4, WIFI, WIFI);
    expect(fixture, WH_FAMILY_IPV4, "192.168.1.2");
    g_assert_true(fixture->inside.has_route);
    g_assert_cmpstr(fixture->inside.vpn, ==, "");
    g_assert_cmpuint(fixture->inside.uplink, ==, 0);
    expect(fixture, WH_FAMILY_IPV6, "");
    g_assert_false(fixture->inside.has_route);
}

/* Every time a prefix of its own, so that only the flag is the reason. */
static void test_never_usable(Fixture *fixture, gconstpointer data)
{
    set_ways(fixture, WH_FAMILY_IPV6, WIRED, WIRED);
    add_address(fixture, WIRED, "2606:4700:1::1", TEMPORARY);
    add_address(fixture, WIRED, "2606:4700:2::1", DEPRECATED);
    add_address(fixture, WIRED, "2606:4700:3::1", TENTATIVE);
    add_address(fixture, WIRED, "2606:4700:4::1", DUPLICATE);
    add_address(fixture, WIRED, "2606:4700:5::1", TEMPORARY | DEPRECATED);
    expect(fixture, WH_FAMILY_IPV6, "");
    add_address(fixture, WIRED, "2606:4700:6::1", 0);
    expect(fixture, WH_FAMILY_IPV6, "2606:4700:6::1");
}

typedef struct {
    const char *name;
    WhFamily family;
    const char *addresses; /* "2606::1" or "2606::1/FLAGS" */
    WhVerdictHint hint;
} HintRow;

static const HintRow hint_rows[] = {
    {"nothing", WH_FAMILY_IPV6, "", WH_HINT_NONE},
    {"good", WH_FAMILY_IPV6, "2606:4700::1", WH_HINT_NONE},
    {"good-among-others", WH_FAMILY_IPV6, "fe80::1 2606:4700::2/4 fd00::1 2606:4700::1 2606::3/1",
     WH_HINT_NONE},
    {"link-local", WH_FAMILY_IPV6, "fe80::1", WH_HINT_ONLY_LINK_LOCAL},
    {"unique-local", WH_FAMILY_IPV6, "fe80::1 fd00::1", WH_HINT_ONLY_PRIVATE},
    {"unique-local-temporary", WH_FAMILY_IPV6, "fd00::1/1", WH_HINT_ONLY_PRIVATE},
    {"temporary", WH_FAMILY_IPV6, "fe80::1 fd00::1 2606:4700::1/1", WH_HINT_ONLY_TEMPORARY},
    {"deprecated", WH_FAMILY_IPV6, "fe80::1 2606:4700::1/2", WH_HINT_ONLY_DEPRECATED},
    {"deprecated-temporary", WH_FAMILY_IPV6, "2606:4700::1/3", WH_HINT_ONLY_DEPRECATED},
    {"temporary-and-deprecated", WH_FAMILY_IPV6, "2606:4700::1/2 2606:4700::2/1",
     WH_HINT_ONLY_TEMPORARY},
    {"duplicate", WH_FAMILY_IPV6, "fe80::1 2606:4700::1/8", WH_HINT_DUPLICATE},
    {"tentative", WH_FAMILY_IPV6, "2606:4700::1/4 2606:4700::2/1", WH_HINT_TENTATIVE},
    {"tentative-link-local", WH_FAMILY_IPV6, "fe80::1/4", WH_HINT_ONLY_LINK_LOCAL},
    {"ipv4-link-local", WH_FAMILY_IPV4, "169.254.3.4", WH_HINT_ONLY_LINK_LOCAL},
    {"ipv4-private", WH_FAMILY_IPV4, "192.168.1.2", WH_HINT_ONLY_PRIVATE},
    {"ipv4-good", WH_FAMILY_IPV4, "192.168.1.2 11.1.1.1", WH_HINT_NONE},
};

static void test_hint(Fixture *fixture, gconstpointer data)
{
    const HintRow *row = data;
    g_auto(GStrv) words = g_strsplit(row->addresses, " ", -1);
    set_ways(fixture, row->family, WIRED, WIRED);
    for (guint i = 0; words[i] != NULL; i++) {
        char *slash = strchr(words[i], '/');
        guint flags = slash == NULL ? 0 : (guint)g_ascii_strtoull(slash + 1, NULL, 10);
        if (slash != NULL)
            *slash = '\0';
        add_address(fixture, WIRED, words[i], flags);
    }
    g_array_set_size(fixture->addresses, 0);
    fixture->inside = (WhInside){.addresses = fixture->addresses};
    wh_interfaces_read(&fixture->snapshot, fixture->choices, row->family, &fixture->inside);
    g_assert_cmpint(fixture->inside.hint, ==, row->hint);
}

static void make_vpn(Fixture *fixture)
{
    add_address(fixture, WIRED, "192.168.1.2", 0);
    add_address(fixture, TUNNEL, "10.8.0.2", 0);
    set_ways(fixture, WH_FAMILY_IPV4, TUNNEL, WIRED);
}

static void test_vpn_undecided(Fixture *fixture, gconstpointer data)
{
    make_vpn(fixture);
    wh_vpn_choices_set(fixture->choices, "tun1", WH_VPN_LINE, NULL);
    expect(fixture, WH_FAMILY_IPV4, "10.8.0.2");
    g_assert_true(fixture->inside.has_route);
    g_assert_cmpstr(fixture->inside.vpn, ==, "tun0");
    g_assert_cmpint(fixture->inside.choice, ==, WH_VPN_NOTHING);
    g_assert_cmpuint(fixture->inside.uplink, ==, 0);
    g_assert_cmpuint(fixture->inside.way.interface, ==, TUNNEL);
}

static void test_vpn_line(Fixture *fixture, gconstpointer data)
{
    make_vpn(fixture);
    wh_vpn_choices_set(fixture->choices, "tun0", WH_VPN_LINE, NULL);
    expect(fixture, WH_FAMILY_IPV4, "192.168.1.2");
    g_assert_cmpstr(fixture->inside.vpn, ==, "tun0");
    g_assert_cmpint(fixture->inside.choice, ==, WH_VPN_LINE);
    g_assert_cmpuint(fixture->inside.uplink, ==, WIRED);
    g_assert_cmpuint(fixture->inside.way.interface, ==, WIRED);
    /* No VPN any more: nothing is forced. */
    set_ways(fixture, WH_FAMILY_IPV4, WIRED, WIRED);
    expect(fixture, WH_FAMILY_IPV4, "192.168.1.2");
    g_assert_cmpstr(fixture->inside.vpn, ==, "");
    g_assert_cmpuint(fixture->inside.uplink, ==, 0);
}

static void test_vpn_without_line(Fixture *fixture, gconstpointer data)
{
    make_vpn(fixture);
    wh_vpn_choices_set(fixture->choices, "tun0", WH_VPN_LINE, NULL);
    set_ways(fixture, WH_FAMILY_IPV4, TUNNEL, 0);
    expect(fixture, WH_FAMILY_IPV4, "");
    g_assert_false(fixture->inside.has_route);
    g_assert_cmpuint(fixture->inside.uplink, ==, 0);
}

static void test_vpn_other_end(Fixture *fixture, gconstpointer data)
{
    make_vpn(fixture);
    wh_vpn_choices_set(fixture->choices, "tun0", WH_VPN_VPN, NULL);
    expect(fixture, WH_FAMILY_IPV4, "10.8.0.2");
    g_assert_cmpint(fixture->inside.choice, ==, WH_VPN_VPN);
    g_assert_cmpuint(fixture->inside.uplink, ==, 0);
}

/* Another VPN has got the name since. */
static void test_vpn_of_the_same_name(Fixture *fixture, gconstpointer data)
{
    WhAddress own;
    make_vpn(fixture);
    g_assert_true(wh_address_parse("10.99.0.2", &own));
    wh_vpn_choices_set(fixture->choices, "tun0", WH_VPN_VPN, &own);
    expect(fixture, WH_FAMILY_IPV4, "10.8.0.2");
    g_assert_cmpint(fixture->inside.choice, ==, WH_VPN_NOTHING);
    g_assert_true(wh_interfaces_find_own(&fixture->snapshot, TUNNEL, &own));
    wh_vpn_choices_set(fixture->choices, "tun0", WH_VPN_VPN, &own);
    expect(fixture, WH_FAMILY_IPV4, "10.8.0.2");
    g_assert_cmpint(fixture->inside.choice, ==, WH_VPN_VPN);
}

/* The provider's IPv4 comes over the IPv6 line. */
static void test_tunnel_that_is_no_vpn(Fixture *fixture, gconstpointer data)
{
    make_vpn(fixture);
    add_address(fixture, TUNNEL, "192.0.0.4", 0);
    set_ways(fixture, WH_FAMILY_IPV4, TUNNEL, WIRED);
    expect(fixture, WH_FAMILY_IPV4, "10.8.0.2 192.0.0.4");
    g_assert_cmpstr(fixture->inside.vpn, ==, "");
    g_assert_cmpuint(fixture->inside.uplink, ==, 0);
}

/* The families go their own ways. */
static void test_vpn_of_one_family(Fixture *fixture, gconstpointer data)
{
    make_vpn(fixture);
    add_address(fixture, WIRED, "2606:4700::1", 0);
    set_ways(fixture, WH_FAMILY_IPV6, WIRED, WIRED);
    expect(fixture, WH_FAMILY_IPV6, "2606:4700::1");
    g_assert_cmpstr(fixture->inside.vpn, ==, "");
}

/* The line itself may be a tunnel (PPP), and then there is no VPN. */
static void test_line_that_is_a_tunnel(Fixture *fixture, gconstpointer data)
{
    add_address(fixture, TUNNEL, "11.1.1.1", 0);
    set_ways(fixture, WH_FAMILY_IPV4, TUNNEL, TUNNEL);
    expect(fixture, WH_FAMILY_IPV4, "11.1.1.1");
    g_assert_cmpstr(fixture->inside.vpn, ==, "");
}

/* A name is not enough: the way leads over an interface of that name that is no tunnel. */
static void test_choice_is_for_a_tunnel(Fixture *fixture, gconstpointer data)
{
    make_vpn(fixture);
    wh_vpn_choices_set(fixture->choices, "wlan0", WH_VPN_LINE, NULL);
    add_address(fixture, WIFI, "192.168.2.2", 0);
    set_ways(fixture, WH_FAMILY_IPV4, WIFI, WIFI);
    expect(fixture, WH_FAMILY_IPV4, "192.168.2.2");
    g_assert_cmpint(fixture->inside.choice, ==, WH_VPN_NOTHING);
}

static void test_preferred(Fixture *fixture, gconstpointer data)
{
    static const guint8 gateway[16] = {11, 1, 2, 254};
    add_address(fixture, WIRED, "11.1.1.1", 0);
    add_address(fixture, WIRED, "11.1.2.1", 0);
    set_ways(fixture, WH_FAMILY_IPV4, WIRED, WIRED);
    fixture->snapshot.route[WH_FAMILY_IPV4].has_gateway = TRUE;
    memcpy(fixture->snapshot.route[WH_FAMILY_IPV4].gateway, gateway, sizeof gateway);
    expect(fixture, WH_FAMILY_IPV4, "11.1.1.1 11.1.2.1");
    g_assert_false(g_array_index(fixture->addresses, WhRouteAddress, 0).preferred);
    g_assert_true(g_array_index(fixture->addresses, WhRouteAddress, 1).preferred);
    g_assert_cmpint(g_array_index(fixture->addresses, WhRouteAddress, 1).preferred_until, ==,
                    WH_LIFETIME_FOREVER);
}

#define ADD(name, function)                                                                        \
    g_test_add("/interfaces/" name, Fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("no-route", test_no_route);
    ADD("of-the-route", test_interface_of_the_route);
    ADD("never-usable", test_never_usable);
    ADD("preferred", test_preferred);
    ADD("vpn-undecided", test_vpn_undecided);
    ADD("vpn-line", test_vpn_line);
    ADD("vpn-without-line", test_vpn_without_line);
    ADD("vpn-other-end", test_vpn_other_end);
    ADD("vpn-of-the-same-name", test_vpn_of_the_same_name);
    ADD("vpn-of-one-family", test_vpn_of_one_family);
    ADD("tunnel-that-is-no-vpn", test_tunnel_that_is_no_vpn);
    ADD("line-that-is-a-tunnel", test_line_that_is_a_tunnel);
    ADD("choice-is-for-a-tunnel", test_choice_is_for_a_tunnel);
    for (gsize i = 0; i < G_N_ELEMENTS(hint_rows); i++) {
        g_autofree char *path = g_strconcat("/interfaces/hint/", hint_rows[i].name, NULL);
        g_test_add(path, Fixture, &hint_rows[i], set_up, test_hint, tear_down);
    }
    return g_test_run();
}
