#include "platform/dns_servers.h"
#include "tests/contract/dns_servers_adapter.h"

static void check(const char *const *given, const char *expected)
{
    g_auto(GStrv) servers = wh_adapter_dns_servers(given);
    g_autofree char *joined = g_strjoinv(" ", servers);

    g_assert_cmpstr(joined, ==, expected);
}

static void test_order_is_kept(void)
{
    const char *const given[] = {"192.0.2.1", "2001:db8::53", "fe80::1%1", NULL};

    check(given, "192.0.2.1 2001:db8::53 fe80::1%1");
}

static void test_at_most_three(void)
{
    const char *const given[] = {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", NULL};

    check(given, "192.0.2.1 192.0.2.2 192.0.2.3");
}

static void test_none_means_this_computer(void)
{
    const char *const given[] = {NULL};

    check(given, "127.0.0.1");
}

static void test_list_is_never_empty(void)
{
    g_auto(GStrv) servers = wh_dns_servers_list();

    g_assert_nonnull(servers[0]);
    g_assert_cmpuint(g_strv_length(servers), <=, 3);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dns-servers/order-is-kept", test_order_is_kept);
    g_test_add_func("/dns-servers/at-most-three", test_at_most_three);
    g_test_add_func("/dns-servers/none-means-this-computer", test_none_means_this_computer);
    g_test_add_func("/dns-servers/list-is-never-empty", test_list_is_never_empty);
    wh_adapter_add_tests();
    return g_test_run();
}
