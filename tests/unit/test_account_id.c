#include "service/declared/account_id.h"

static void check(const char *file, const char *expected)
{
    g_autofree char *id = wh_account_id_of_file(file);

    g_assert_cmpstr(id, ==, expected);
}

static void test_of_file(void)
{
    g_autofree char *longest = g_strnfill(60, 'x');
    g_autofree char *longer = g_strconcat(longest, "x.conf", NULL);
    g_autofree char *name = g_strconcat(longest, ".conf", NULL);
    g_autofree char *expected = g_strconcat("file-", longest, NULL);

    check("duckdns.conf", "file-duckdns");
    check("10-Home_2.conf", "file-10-home-2");
    check("a.b.conf", "file-a-b");
    check("\303\244b.conf", "file---b");
    check("__.conf", NULL);
    check(".conf", NULL);
    check(name, expected);
    check(longer, NULL);
}

static void test_kinds(void)
{
    g_autofree char *host = wh_account_id_of_host("file-a", "home.example.org");

    g_assert_cmpstr(host, ==, "file-a:home.example.org");
    g_assert_true(wh_account_id_is_declared("file-a"));
    g_assert_false(wh_account_id_is_declared("duckdns"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/account-id/of-file", test_of_file);
    g_test_add_func("/account-id/kinds", test_kinds);
    return g_test_run();
}
