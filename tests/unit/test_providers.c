#include "tests/unit/test_providers_world.h"

#include <glib/gstdio.h>
#include <string.h>

static const char sample[] = "[provider]\nname = %s\nengine = http\n"
                             "[http]\nurl = https://sample.example/{ip}\n"
                             "[answers]\nok = CHANGED eq OK\n";

static void test_shipped(TestWorld *world, gconstpointer data)
{
    static const char *const names[] = {"deSEC (dedyn.io)", "DuckDNS", "No-IP",
                                        "Other provider (dyndns2)", "Own DNS server (RFC 2136)"};
    g_autoptr(GPtrArray) list = wh_providers_list(world->providers);
    guint found = 0;
    for (guint i = 0; i < list->len; i++) {
        const WhDefinition *definition = list->pdata[i];
        if (found < G_N_ELEMENTS(names) && strcmp(definition->name, names[found]) == 0)
            found++;
        g_assert_true(wh_providers_find(world->providers, definition->id) == definition);
    }
    g_assert_cmpuint(found, ==, G_N_ELEMENTS(names));
    g_assert_null(wh_providers_find(world->providers, "none"));
}

static void test_folder(TestWorld *world, gconstpointer data)
{
    g_autofree char *folder = test_world_folder();
    g_autofree char *good = g_strdup_printf(sample, "Mine");
    g_autofree char *nested = g_build_filename(folder, "nested.provider", NULL);
    test_world_write(folder, "mine.provider", good);
    test_world_write(folder, "duckdns.provider", good);
    test_world_write(folder, "wrong.provider", "[provider]\nname = X\n");
    test_world_write(folder, "notes.txt", "not for us");
    g_assert_cmpint(g_mkdir(nested, 0700), ==, 0);
    g_auto(GStrv) wrong = wh_providers_load_folder(world->providers, folder);
    g_assert_cmpuint(g_strv_length(wrong), ==, 3);
    g_assert_nonnull(strstr(wrong[0], "duckdns.provider: There is a provider of this id"));
    g_assert_nonnull(strstr(wrong[1], "nested.provider: This is no file"));
    g_assert_nonnull(strstr(wrong[2], "wrong.provider: [provider] engine"));
    g_assert_cmpstr(wh_providers_find(world->providers, "mine")->name, ==, "Mine");
    g_assert_cmpstr(wh_providers_find(world->providers, "duckdns")->name, ==, "DuckDNS");
    test_world_remove_folder(folder);
    g_auto(GStrv) none = wh_providers_load_folder(world->providers, folder);
    g_assert_null(none[0]);
}

static void refuse(TestWorld *world, const char *told)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(
        wh_providers_check_account(world->providers, world->account, world->secrets, &error));
    g_assert_error(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_FIELD);
    g_test_message("%s", error->message);
    g_assert_true(g_str_has_prefix(error->message, told));
}

static void accept(TestWorld *world)
{
    g_autoptr(GError) error = NULL;
    wh_providers_check_account(world->providers, world->account, world->secrets, &error);
    g_assert_no_error(error);
}

static void test_account(TestWorld *world, gconstpointer data)
{
    test_world_account(world, "nobody");
    refuse(world, "provider: ");
    test_world_account(world, "dyndns2");
    refuse(world, "url: \"Address of the update page\" is missing");
    test_world_field(world, "url", "https://a.example");
    refuse(world, "user: ");
    test_world_field(world, "user", "me");
    refuse(world, "password: \"Password\" is missing");
    g_autoptr(GError) error = NULL;
    g_assert_true(wh_providers_check_account(world->providers, world->account, NULL, &error));
    test_world_secret(world, "password", "");
    refuse(world, "password: ");
    test_world_secret(world, "password", "geheim");
    accept(world);
    test_world_secret(world, "password", "geheim\nX-Evil: 1");
    refuse(world, "password: \"Password\" must be one line");
    test_world_secret(world, "password", "geheim");
    test_world_secret(world, "token", "x");
    refuse(world, "token: Other provider (dyndns2) has no such field");
    g_hash_table_remove(world->secrets, "token");
    test_world_field(world, "hue", "red");
    refuse(world, "hue: ");
    g_hash_table_remove(world->account->fields, "hue");
    test_world_field(world, "password", "geheim");
    refuse(world, "password: \"Password\" is a secret");
    g_hash_table_remove(world->account->fields, "password");
    test_world_secret(world, "user", "x");
    refuse(world, "user: \"User name\" is no secret");
}

static void test_values(TestWorld *world, gconstpointer data)
{
    static const struct {
        const char *field;
        const char *text;
        gboolean fine;
    } cases[] = {
        {"url", "https://a.example:8443/x/y", TRUE},
        {"url", "http://192.0.2.1/nic/update", TRUE},
        {"url", "https://[2001:db8::1]/", TRUE},
        {"url", "ftp://a.example", FALSE},
        {"url", "a.example", FALSE},
        {"url", "https://", FALSE},
        {"url", "https:///x", FALSE},
        {"url", "https://u:p@a.example/", FALSE},
        {"url", "https://a.example/?x=1", FALSE},
        {"url", "https://a.example/#x", FALSE},
        {"url", "https://a.example/a b", FALSE},
        {"url", "https://a.example\\@b.example/", FALSE},
        {"url", "https://a.example/", TRUE},
        {"interval", "0", TRUE},
        {"interval", "-1", FALSE},
        {"interval", "86401", FALSE},
        {"interval", "1e3", FALSE},
        {"interval", "600", TRUE},
        {"ipv6", "both", FALSE},
        {"ipv6", "myipv6", TRUE},
        {"user", "a\tb", FALSE},
        {"user", "\xff", FALSE},
        {"user", "J\xc3\xbcrgen & Co", TRUE},
    };
    test_world_account(world, "dyndns2");
    test_world_field(world, "url", "https://a.example");
    test_world_field(world, "user", "me");
    test_world_secret(world, "password", "geheim");
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *start = g_strdup_printf("%s: ", cases[i].field);
        g_test_message("%s", cases[i].text);
        test_world_field(world, cases[i].field, cases[i].text);
        if (cases[i].fine)
            accept(world);
        else
            refuse(world, start);
    }
}

static void check_name(TestWorld *world, const char *name, gboolean fine)
{
    g_autoptr(GError) error = NULL;
    g_test_message("%s", name);
    g_assert_true(wh_providers_check_name(world->providers, world->account, name, &error) == fine);
    g_assert_true(fine || g_error_matches(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_NAME));
}

static void test_names(TestWorld *world, gconstpointer data)
{
    check_name(world, "home.example.net", TRUE);
    check_name(world, "home", FALSE);
    check_name(world, "a b.example", FALSE);
    test_world_account(world, "duckdns");
    check_name(world, "home.duckdns.org", TRUE);
    check_name(world, "www.home.duckdns.org", FALSE);
    check_name(world, "duckdns.org", FALSE);
    check_name(world, "homeduckdns.org", FALSE);
    check_name(world, "home.example.net", FALSE);
    test_world_account(world, "rfc2136");
    test_world_field(world, "server", "192.0.2.1");
    test_world_field(world, "zone", "Dyn.Example.");
    check_name(world, "a.dyn.example", TRUE);
    check_name(world, "dyn.example", TRUE);
    check_name(world, "a.example", FALSE);
}

static void test_manners(TestWorld *world, gconstpointer data)
{
    WhManners manners = wh_providers_manners(world->providers, world->account);
    g_assert_cmpuint(manners.burst, ==, 3);
    g_assert_cmpint(manners.refill, ==, 300 * WH_SECOND);
    g_assert_false(manners.together);
    test_world_field(world, "interval", "20");
    test_world_field(world, "ipv6", "myipv6");
    manners = wh_providers_manners(world->providers, world->account);
    g_assert_cmpint(manners.refill, ==, 20 * WH_SECOND);
    g_assert_true(manners.together);

    test_world_account(world, "duckdns");
    manners = wh_providers_manners(world->providers, world->account);
    g_assert_true(manners.together && manners.both_always && manners.provable);
    test_world_account(world, "desec");
    manners = wh_providers_manners(world->providers, world->account);
    g_assert_cmpuint(manners.burst, ==, 1);
    g_assert_cmpint(manners.refill, ==, 60 * WH_SECOND);
    test_world_account(world, "noip");
    manners = wh_providers_manners(world->providers, world->account);
    g_assert_cmpuint(manners.burst, ==, 1);
    g_assert_cmpint(manners.refill, ==, 120 * WH_SECOND);
    test_world_account(world, "rfc2136");
    manners = wh_providers_manners(world->providers, world->account);
    g_assert_cmpint(manners.refill, ==, 0);
    g_assert_true(manners.together && manners.provable);
    g_assert_cmpint(manners.propagation, ==, 0);
}

static void check_endpoint(TestWorld *world, const char *expected)
{
    g_autofree char *endpoint = wh_providers_endpoint(world->providers, world->account);
    g_assert_cmpstr(endpoint, ==, expected);
}

static void test_endpoints(TestWorld *world, gconstpointer data)
{
    check_endpoint(world, "");
    test_world_field(world, "url", "https://Members.Example:443/nic/update");
    check_endpoint(world, "https://members.example");
    test_world_field(world, "url", "http://a.example:81/x");
    check_endpoint(world, "http://a.example:81");
    test_world_field(world, "url", "https://[2001:db8::1]:8443");
    check_endpoint(world, "https://[2001:db8::1]:8443");
    test_world_account(world, "duckdns");
    check_endpoint(world, "https://www.duckdns.org");
    test_world_account(world, "rfc2136");
    check_endpoint(world, "");
    test_world_field(world, "server", "NS.example");
    check_endpoint(world, "dns://ns.example");
    test_world_field(world, "server", "[2001:db8::1]:5353");
    check_endpoint(world, "dns://[2001:db8::1]:5353");
    test_world_account(world, "nobody");
    check_endpoint(world, "");
}

static void check_secrets(TestWorld *world, const char *expected)
{
    g_auto(GStrv) names = wh_providers_secret_names(world->providers, world->account);
    g_autofree char *joined = g_strjoinv(" ", names);
    g_assert_cmpstr(joined, ==, expected);
}

static void test_secret_names(TestWorld *world, gconstpointer data)
{
    check_secrets(world, "password");
    test_world_account(world, "duckdns");
    check_secrets(world, "token");
    test_world_account(world, "rfc2136");
    check_secrets(world, "");
    test_world_field(world, "key-name", "key");
    check_secrets(world, "secret");
    test_world_account(world, "nobody");
    check_secrets(world, "");
}

static void test_rfc2136_account(TestWorld *world, gconstpointer data)
{
    test_world_account(world, "rfc2136");
    test_world_field(world, "server", "a b");
    test_world_field(world, "zone", "dyn.example");
    refuse(world, "server: \"DNS server\" must be");
    test_world_field(world, "server", "ns.example");
    accept(world);
    test_world_field(world, "zone", "dyn..example");
    refuse(world, "zone: ");
    test_world_field(world, "zone", "lan");
    accept(world);
    test_world_secret(world, "secret", "c2VjcmV0");
    refuse(world, "key-name: ");
    test_world_field(world, "key-name", "key..name");
    refuse(world, "key-name: ");
    test_world_field(world, "key-name", "key");
    accept(world);
    test_world_secret(world, "secret", "not base64!");
    refuse(world, "secret: ");
    g_hash_table_remove_all(world->secrets);
    refuse(world, "secret: ");
    test_world_secret(world, "secret", "c2VjcmV0");
    test_world_field(world, "algorithm", "hmac-sha3");
    refuse(world, "algorithm: ");
    test_world_field(world, "algorithm", "hmac-sha224");
    test_world_field(world, "ttl", "86401");
    refuse(world, "ttl: ");
    test_world_field(world, "ttl", "0");
    accept(world);
}

static void test_unknown_provider(TestWorld *world, gconstpointer data)
{
    test_world_account(world, "nobody");
    test_world_host(world, "a.example", "192.0.2.1", NULL);
    test_world_send(world);
    test_world_wait(world);
    test_world_expect(world, 0, WH_RESULT_BADREQ, "not known");
}

int main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*test)(TestWorld *world, gconstpointer data);
    } tests[] = {
        {"/providers/shipped", test_shipped},
        {"/providers/folder", test_folder},
        {"/providers/account", test_account},
        {"/providers/values", test_values},
        {"/providers/names", test_names},
        {"/providers/manners", test_manners},
        {"/providers/endpoints", test_endpoints},
        {"/providers/secret-names", test_secret_names},
        {"/providers/rfc2136-account", test_rfc2136_account},
        {"/providers/unknown-provider", test_unknown_provider},
    };
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, TestWorld, NULL, test_world_set_up, tests[i].test,
                   test_world_tear_down);
    return g_test_run();
}
