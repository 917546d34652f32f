#include "platform/network_identity.h"
#include "tests/contract/helper.h"
#include "tests/contract/network_identity_adapter.h"

#include <gio/gio.h>

#define MAC "02:00:00:00:00:fe"

static void read_of(const char *router, WhNetworkIdentity *identity)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(router);
    guint family = g_inet_address_get_family(address) == G_SOCKET_FAMILY_IPV4 ? 4 : 6;
    g_autoptr(GError) error = NULL;

    wh_network_identity_read(wh_adapter_interface(), family, g_inet_address_to_bytes(address),
                             identity, &error);
    g_assert_no_error(error);
}

static void check(const char *address, const char *router, const char *expected)
{
    g_auto(WhNetworkIdentity) identity = {0};
    g_autofree char *id = NULL;

    if (!wh_adapter_begin(address, router, MAC))
        return;
    read_of(router, &identity);
    id = wh_network_identity_id(&identity);
    g_assert_cmpstr(id, ==, expected);
    wh_adapter_end();
}

static void test_ipv4(void)
{
    check("192.0.2.77/26", "192.0.2.126", MAC "/192.0.2.64/26");
}

static void test_ipv6(void)
{
    check("2001:db8:0:12::1/56", "2001:db8:0:45::1", MAC "/2001:db8::/56");
}

static void test_link_local_router(void)
{
    check("fe80::7/64", "fe80::1", MAC "/fe80::/64");
}

static void test_router_not_heard_yet(void)
{
    g_auto(WhNetworkIdentity) identity = {0};

    if (!wh_adapter_begin("192.0.2.7/24", "192.0.2.1", NULL))
        return;
    read_of("192.0.2.1", &identity);
    g_assert_false(identity.has_gateway_mac);
    g_assert_cmpstr(identity.prefix, ==, "192.0.2.0/24");
    g_assert_null(wh_network_identity_id(&identity));
    wh_adapter_end();
}

static void test_id(void)
{
    WhNetworkIdentity identity = {.gateway_mac = {0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0x0f}};
    g_autofree char *id = NULL;

    g_assert_null(wh_network_identity_id(&identity));
    identity.has_gateway_mac = TRUE;
    g_assert_null(wh_network_identity_id(&identity));
    identity.prefix = g_strdup("192.168.1.0/24");
    id = wh_network_identity_id(&identity);
    g_assert_cmpstr(id, ==, "aa:bb:cc:dd:ee:0f/192.168.1.0/24");
    wh_network_identity_clear(&identity);
    g_assert_null(wh_network_identity_id(&identity));
}

#define ADD(path, func) g_test_add_func("/network-identity/" path, func)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("ipv4", test_ipv4);
    ADD("ipv6", test_ipv6);
    ADD("link-local-router", test_link_local_router);
    ADD("router-not-heard-yet", test_router_not_heard_yet);
    ADD("id", test_id);
    wh_adapter_add_tests();
    return g_test_run();
}
