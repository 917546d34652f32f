#include "service/base/account.h"

static void test_fields(void)
{
    g_autoptr(WhAccount) account = wh_account_new("duckdns", "duckdns", "DuckDNS");
    g_assert_null(wh_account_field(account, "login"));
    g_hash_table_insert(account->fields, g_strdup("login"), g_strdup("anna"));
    g_hash_table_insert(account->fields, g_strdup("zone"), g_strdup(""));
    g_assert_cmpstr(wh_account_field(account, "login"), ==, "anna");
    g_assert_null(wh_account_field(account, "zone"));
}

static void test_copy_is_independent(void)
{
    g_autoptr(WhAccount) copy = NULL;
    {
        g_autoptr(WhAccount) account = wh_account_new("own-2", "rfc2136", "My server");
        g_hash_table_insert(account->fields, g_strdup("server"), g_strdup("ns.example"));
        copy = wh_account_copy(account);
        g_hash_table_insert(account->fields, g_strdup("server"), g_strdup("other.example"));
        account->label[0] = 'X';
    }
    g_assert_cmpstr(copy->id, ==, "own-2");
    g_assert_cmpstr(copy->provider, ==, "rfc2136");
    g_assert_cmpstr(copy->label, ==, "My server");
    g_assert_cmpstr(wh_account_field(copy, "server"), ==, "ns.example");
    wh_account_free(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/account/fields", test_fields);
    g_test_add_func("/account/copy", test_copy_is_independent);
    return g_test_run();
}
