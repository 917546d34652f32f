#include "service/base/host.h"

static void test_new(void)
{
    g_autoptr(WhHost) host = wh_host_new("h1", "duckdns", "home.example");
    g_assert_cmpstr(host->id, ==, "h1");
    g_assert_cmpstr(host->account, ==, "duckdns");
    g_assert_cmpstr(host->name, ==, "home.example");
    g_assert_false(host->wants[WH_FAMILY_IPV4]);
    g_assert_false(host->wants[WH_FAMILY_IPV6]);
    g_assert_cmpuint(host->ttl, ==, 0);
    g_assert_false(host->paused);
}

static void test_copy_is_independent(void)
{
    g_autoptr(WhHost) copy = NULL;
    {
        g_autoptr(WhHost) host = wh_host_new("h1", "duckdns", "home.example");
        host->wants[WH_FAMILY_IPV6] = TRUE;
        host->ttl = 60;
        host->paused = TRUE;
        host->device = WH_DEVICE_SUFFIX;
        host->suffix[7] = 9;
        host->lan = TRUE;
        host->withhold_unreachable = TRUE;
        wh_host_set_networks(host, (const char *const[]){"one", "two", NULL});
        copy = wh_host_copy(host);
        host->name[0] = 'X';
        host->networks[0][0] = 'X';
    }
    g_assert_cmpstr(copy->id, ==, "h1");
    g_assert_cmpstr(copy->account, ==, "duckdns");
    g_assert_cmpstr(copy->name, ==, "home.example");
    g_assert_false(copy->wants[WH_FAMILY_IPV4]);
    g_assert_true(copy->wants[WH_FAMILY_IPV6]);
    g_assert_cmpuint(copy->ttl, ==, 60);
    g_assert_true(copy->paused);
    g_assert_cmpint(copy->device, ==, WH_DEVICE_SUFFIX);
    g_assert_cmpuint(copy->suffix[7], ==, 9);
    g_assert_true(copy->lan && copy->withhold_unreachable);
    g_assert_cmpstr(copy->networks[0], ==, "one");
    g_assert_cmpstr(copy->networks[1], ==, "two");
    wh_host_free(NULL);
}

static void test_networks(void)
{
    const char *const none[] = {NULL};
    g_autoptr(WhHost) host = wh_host_new("h1", "duckdns", "home.example");
    wh_host_set_networks(host, (const char *const[]){"one", NULL});
    wh_host_set_networks(host, (const char *const *)host->networks);
    g_assert_cmpstr(host->networks[0], ==, "one");
    wh_host_set_networks(host, none);
    g_assert_null(host->networks);
    wh_host_set_networks(host, NULL);
    g_assert_null(host->networks);
}

static void wish_family(WhHost *host)
{
    host->wants[WH_FAMILY_IPV6] = TRUE;
}

static void wish_ttl(WhHost *host)
{
    host->ttl = 1;
}

static void wish_suffix(WhHost *host)
{
    host->device = WH_DEVICE_SUFFIX;
}

static void wish_other_suffix(WhHost *host)
{
    host->device = WH_DEVICE_SUFFIX;
    host->suffix[0] = 1;
}

static void wish_mac(WhHost *host)
{
    host->device = WH_DEVICE_MAC;
}

static void wish_other_mac(WhHost *host)
{
    host->device = WH_DEVICE_MAC;
    host->mac[5] = 1;
}

static void wish_lan(WhHost *host)
{
    host->lan = TRUE;
}

static void wish_withhold(WhHost *host)
{
    host->withhold_unreachable = TRUE;
}

static void wish_network(WhHost *host)
{
    wh_host_set_networks(host, (const char *const[]){"one", NULL});
}

static void wish_networks(WhHost *host)
{
    wh_host_set_networks(host, (const char *const[]){"one", "two", NULL});
}

static void wish_nothing(WhHost *host)
{
}

static void test_wishes(void)
{
    static void (*const wishes[])(WhHost *) = {
        wish_nothing,   wish_family, wish_ttl,      wish_suffix,  wish_other_suffix, wish_mac,
        wish_other_mac, wish_lan,    wish_withhold, wish_network, wish_networks};
    for (guint i = 0; i < G_N_ELEMENTS(wishes); i++) {
        for (guint k = 0; k < G_N_ELEMENTS(wishes); k++) {
            g_autoptr(WhHost) a = wh_host_new("h1", "duckdns", "home.example");
            g_autoptr(WhHost) b = wh_host_new("h2", "other", "away.example");
            wishes[i](a);
            wishes[k](b);
            a->paused = TRUE;
            g_assert_cmpint(wh_host_has_same_wishes(a, b), ==, i == k);
        }
    }
}

static void test_needs_public(void)
{
    g_autoptr(WhHost) host = wh_host_new("h1", "duckdns", "home.example");
    g_assert_true(wh_host_needs_public(host, WH_FAMILY_IPV4));
    g_assert_true(wh_host_needs_public(host, WH_FAMILY_IPV6));
    host->device = WH_DEVICE_MAC;
    g_assert_true(wh_host_needs_public(host, WH_FAMILY_IPV4));
    g_assert_false(wh_host_needs_public(host, WH_FAMILY_IPV6));
    host->device = WH_DEVICE_THIS;
    host->lan = TRUE;
    g_assert_false(wh_host_needs_public(host, WH_FAMILY_IPV4));
    g_assert_false(wh_host_needs_public(host, WH_FAMILY_IPV6));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/host/new", test_new);
    g_test_add_func("/host/copy", test_copy_is_independent);
    g_test_add_func("/host/networks", test_networks);
    g_test_add_func("/host/wishes", test_wishes);
    g_test_add_func("/host/needs-public", test_needs_public);
    return g_test_run();
}
