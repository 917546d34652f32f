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
        copy = wh_host_copy(host);
        host->name[0] = 'X';
    }
    g_assert_cmpstr(copy->id, ==, "h1");
    g_assert_cmpstr(copy->account, ==, "duckdns");
    g_assert_cmpstr(copy->name, ==, "home.example");
    g_assert_false(copy->wants[WH_FAMILY_IPV4]);
    g_assert_true(copy->wants[WH_FAMILY_IPV6]);
    g_assert_cmpuint(copy->ttl, ==, 60);
    g_assert_true(copy->paused);
    wh_host_free(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/host/new", test_new);
    g_test_add_func("/host/copy", test_copy_is_independent);
    return g_test_run();
}
