#include "service/providers/template.h"

#include <gio/gio.h>
#include <string.h>

static const char sample[] =
    "[provider]\nname = Sample\nengine = http\nname-suffix = dyn.example\n"
    "[field user]\nlabel = User\n"
    "[field zone]\nlabel = Zone\nfallback = some zone\n"
    "[field server]\nlabel = Server\nkind = host\nendpoint = true\n"
    "[field page]\nlabel = Page\nkind = url\nendpoint = true\ndefault-path = /nic/update\n"
    "[field plain]\nlabel = Page\nkind = url\n"
    "[field token]\nlabel = Token\nkind = secret\n"
    "[http]\nurl = https://a.example/{ip}\n[answers]\nok = CHANGED eq OK\n";

typedef struct {
    WhDefinition *definition;
    WhAccount *account;
    GHashTable *secrets;
    WhAddress ipv4;
    WhAddress ipv6;
    WhTemplateValues values;
} Fixture;

static const char *const hosts[] = {"a.dyn.example", "b.dyn.example", "other.example"};

static void set_up(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    fixture->definition = wh_definition_parse("sample", sample, strlen(sample), &error);
    g_assert_no_error(error);
    fixture->account = wh_account_new("sample", "sample", "Sample");
    fixture->secrets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_secret_unref);
    g_assert_true(wh_address_parse("192.0.2.7", &fixture->ipv4));
    g_assert_true(wh_address_parse("2001:db8::7", &fixture->ipv6));
    fixture->values = (WhTemplateValues){
        .definition = fixture->definition,
        .account = fixture->account,
        .secrets = fixture->secrets,
        .hosts = hosts,
        .n_hosts = 1,
    };
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    wh_definition_free(fixture->definition);
    wh_account_free(fixture->account);
    g_hash_table_unref(fixture->secrets);
}

static void set_field(Fixture *fixture, const char *name, const char *text)
{
    g_hash_table_replace(fixture->account->fields, g_strdup(name), g_strdup(text));
}

static void set_secret(Fixture *fixture, const char *text)
{
    g_hash_table_replace(fixture->secrets, g_strdup("token"), wh_secret_new(text, -1));
}

static char *fill(Fixture *fixture, const char *text, WhTemplateUse use, char **shown)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhTemplate) template = wh_template_parse(text, fixture->definition, use, &error);
    g_assert_no_error(error);
    g_autoptr(WhSecret) secret = NULL;
    if (!wh_template_fill(template, &fixture->values, &secret, shown, &error)) {
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
        return g_strdup(error->message);
    }
    g_assert_cmpuint(wh_secret_length(secret), ==, strlen(wh_secret_peek(secret)));
    return g_strdup(wh_secret_peek(secret));
}

static void check(Fixture *fixture, const char *text, const char *expected)
{
    g_autofree char *filled = fill(fixture, text, WH_TEMPLATE_URL, NULL);
    g_assert_cmpstr(filled, ==, expected);
}

static void test_addresses(Fixture *fixture, gconstpointer data)
{
    check(fixture, "[a={ip4}][b={ip6}]c", "c");
    fixture->values.addresses[WH_FAMILY_IPV4] = &fixture->ipv4;
    check(fixture, "x{ip4}y[&6={ip6}]z{ip}", "x192.0.2.7yz192.0.2.7");
    check(fixture, "{ip4:keep}/{ip6:keep}/{ip6:}", "192.0.2.7/keep/");
    check(fixture, "{ip6}", "There is no value for \"ip6\".");
    fixture->values.addresses[WH_FAMILY_IPV6] = &fixture->ipv6;
    check(fixture, "{ip4}[&6={ip6}]", "192.0.2.7&6=2001:db8::7");
    check(fixture, "{ips}", "192.0.2.7,2001:db8::7");
    check(fixture, "[only {ip}]", "");
    fixture->values.addresses[WH_FAMILY_IPV4] = NULL;
    check(fixture, "{ip} {ips}", "2001:db8::7 2001:db8::7");
}

static void test_hosts(Fixture *fixture, gconstpointer data)
{
    check(fixture, "{host} {hosts} {labels}", "a.dyn.example a.dyn.example a");
    fixture->values.n_hosts = 3;
    check(fixture, "{hosts}", "a.dyn.example,b.dyn.example,other.example");
    check(fixture, "{labels}", "a,b,other.example");
    static const char *const wild[] = {"*.dyn.example"};
    fixture->values.hosts = wild;
    fixture->values.n_hosts = 1;
    check(fixture, "{hosts}", "%2A.dyn.example");
}

static void test_percent(Fixture *fixture, gconstpointer data)
{
    set_field(fixture, "user", "a b&c=d%e+f/g?h#i,j:k@l-._~Z9\xc3\xa4");
    check(fixture, "{user}", "a%20b%26c%3Dd%25e%2Bf%2Fg%3Fh%23i%2Cj%3Ak%40l-._~Z9%C3%A4");
    check(fixture, "{!user}", "a b&c=d%e+f/g?h#i,j:k@l-._~Z9\xc3\xa4");
    check(fixture, "{zone}", "some%20zone");
    check(fixture, "{{{user:x}}}[[]]",
          "{a%20b%26c%3Dd%25e%2Bf%2Fg%3Fh%23i%2Cj%3Ak%40l-._~Z9%C3%A4}[]");
}

static void test_other_uses(Fixture *fixture, gconstpointer data)
{
    set_field(fixture, "user", "say \"hi\" \\ \xc3\xa4");
    set_secret(fixture, "q\"\\");
    g_autofree char *shown = NULL;
    g_autofree char *json =
        fill(fixture, "{{\"u\":\"{user}\",\"t\":\"{token}\"}}", WH_TEMPLATE_JSON, &shown);
    g_assert_cmpstr(json, ==, "{\"u\":\"say \\\"hi\\\" \\\\ \xc3\xa4\",\"t\":\"q\\\"\\\\\"}");
    g_assert_cmpstr(shown, ==, "{\"u\":\"say \\\"hi\\\" \\\\ \xc3\xa4\",\"t\":\"[secret]\"}");
    g_autofree char *raw = fill(fixture, "X: {user} {token}", WH_TEMPLATE_RAW, NULL);
    g_assert_cmpstr(raw, ==, "X: say \"hi\" \\ \xc3\xa4 q\"\\");
}

static void test_secrets(Fixture *fixture, gconstpointer data)
{
    check(fixture, "[t={token}]", "");
    check(fixture, "{token}", "There is no value for \"token\".");
    g_autofree char *long_secret = g_strnfill(700, '&');
    set_secret(fixture, long_secret);
    g_autofree char *shown = NULL;
    g_autofree char *filled =
        fill(fixture, "https://a.example/?t={token}&h={host}", WH_TEMPLATE_URL, &shown);
    g_assert_cmpuint(strlen(filled), ==, strlen("https://a.example/?t=&h=a.dyn.example") + 2100);
    g_assert_cmpstr(shown, ==, "https://a.example/?t=[secret]&h=a.dyn.example");
    g_autofree char *raw_shown = NULL;
    g_autofree char *raw = fill(fixture, "{!token}", WH_TEMPLATE_URL, &raw_shown);
    g_assert_cmpstr(raw, ==, long_secret);
    g_assert_cmpstr(raw_shown, ==, "[secret]");
}

static void test_servers(Fixture *fixture, gconstpointer data)
{
    set_field(fixture, "server", "[2001:db8::1]:8443");
    check(fixture, "https://{server}/u", "https://[2001:db8::1]:8443/u");
    set_field(fixture, "page", "https://a.example");
    check(fixture, "{page}?h={host}", "https://a.example/nic/update?h=a.dyn.example");
    set_field(fixture, "page", "https://a.example/");
    check(fixture, "{page}?", "https://a.example/nic/update?");
    set_field(fixture, "page", "https://a.example/other");
    check(fixture, "{page}?", "https://a.example/other?");
    set_field(fixture, "plain", "https://a.example");
    check(fixture, "{plain}?", "https://a.example?");
}

static void test_ttl(Fixture *fixture, gconstpointer data)
{
    check(fixture, "a[&ttl={ttl}]", "a");
    fixture->values.ttl = 300;
    check(fixture, "a[&ttl={ttl}]", "a&ttl=300");
}

static void test_uses(Fixture *fixture, gconstpointer data)
{
    g_autoptr(WhTemplate) template =
        wh_template_parse("host [{ttl}]", fixture->definition, WH_TEMPLATE_URL, NULL);
    g_assert_true(wh_template_uses(template, "ttl"));
    g_assert_false(wh_template_uses(template, "host"));
}

static void test_endpoints(Fixture *fixture, gconstpointer data)
{
    static const struct {
        const char *text;
        gboolean fine;
    } cases[] = {
        {"https://a.example/", TRUE},
        {"https://{server}/{user}", TRUE},
        {"https://ns.{server}:8443/", TRUE},
        {"{page}", TRUE},
        {"{page}?{user}", TRUE},
        {"{page}/{user}", TRUE},
        {"", FALSE},
        {"https://", FALSE},
        {"https:///x", FALSE},
        {"http://a.example/", FALSE},
        {"https://a.example", FALSE},
        {"https://a.example?x/", FALSE},
        {"https://a@b.example/", FALSE},
        {"https://{user}/", FALSE},
        {"https://a.example{user}/", FALSE},
        {"https://a.example[{user}/]", FALSE},
        {"https://{token}.a.example/", FALSE},
        {"{plain}?x", FALSE},
        {"{page}{user}", FALSE},
        {"{page}.evil/", FALSE},
        {"[{page}]", FALSE},
        {"{server}/", FALSE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(WhTemplate) template =
            wh_template_parse(cases[i].text, fixture->definition, WH_TEMPLATE_URL, &error);
        g_assert_no_error(error);
        g_test_message("%s", cases[i].text);
        g_assert_true(wh_template_check_endpoint(template, fixture->definition, &error) ==
                      cases[i].fine);
        g_assert_true((error == NULL) == cases[i].fine);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/template/addresses", Fixture, NULL, set_up, test_addresses, tear_down);
    g_test_add("/template/hosts", Fixture, NULL, set_up, test_hosts, tear_down);
    g_test_add("/template/percent", Fixture, NULL, set_up, test_percent, tear_down);
    g_test_add("/template/other-uses", Fixture, NULL, set_up, test_other_uses, tear_down);
    g_test_add("/template/secrets", Fixture, NULL, set_up, test_secrets, tear_down);
    g_test_add("/template/servers", Fixture, NULL, set_up, test_servers, tear_down);
    g_test_add("/template/ttl", Fixture, NULL, set_up, test_ttl, tear_down);
    g_test_add("/template/uses", Fixture, NULL, set_up, test_uses, tear_down);
    g_test_add("/template/endpoints", Fixture, NULL, set_up, test_endpoints, tear_down);
    return g_test_run();
}
