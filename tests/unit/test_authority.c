#include "tests/unit/test_authority_world.h"

static const TestNameRule plain[] = {TEST_FOUND, TEST_HELD};

static void test_answered(TestAuthority *world, gconstpointer data)
{
    TEST_FOLLOW(world, plain);
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, "example.net",
                          "ns1.example.net@127.0.0.2 answered 11.1.1.1 60\n"
                          "ns2.example.net@127.0.0.3 answered 11.1.1.1 60\n");
}

static void test_family(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule rules[] = {
        TEST_FOUND,
        {2, "home.example.net. AAAA", WH_DNS_NOERROR, TRUE, "home.example.net. 7 AAAA 2a01::1",
         NULL},
        {3, "home.example.net. AAAA", WH_DNS_NXDOMAIN, TRUE, NULL, "example.net." TEST_SOA}};
    TEST_FOLLOW(world, rules);
    wh_authority_ask(world->authority, "home.example.net", WH_FAMILY_IPV6, test_authority_keep,
                     world);
    test_authority_wait(world, 1);
    test_authority_expect(world, "example.net",
                          "ns1.example.net@127.0.0.2 answered 2a01::1 7\n"
                          "ns2.example.net@127.0.0.3 answered 0\n");
}

/* Refuses, answers without authority, answers about something else. */
static void test_lame_servers(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule refusing[] = {
        TEST_FOUND,
        {3, "home.example.net. A", WH_DNS_NOERROR, FALSE, "home.example.net. 60 A 11.1.1.1", NULL}};
    static const TestNameRule strange[] = {
        TEST_FOUND,
        {2, "home.example.net. A", WH_DNS_NOERROR, TRUE, "else.example.net. 60 A 11.1.1.1", NULL},
        {3, "home.example.net. A", WH_DNS_SERVFAIL, TRUE, NULL, NULL}};
    TEST_FOLLOW(world, refusing);
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, "example.net",
                          "ns1.example.net@127.0.0.2 unreachable 0\n"
                          "ns2.example.net@127.0.0.3 no-authority 0\n");
    TEST_FOLLOW(world, strange);
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, "example.net",
                          "ns1.example.net@127.0.0.2 answered 0\n"
                          "ns2.example.net@127.0.0.3 unreachable 0\n");
}

static void test_silent_server(TestAuthority *world, gconstpointer data)
{
    TEST_FOLLOW(world, plain);
    test_name_servers_silence(world->servers, 3);
    test_authority_start(world, "home.example.net");
    test_authority_wait_until_asked(world, 3, 1);
    test_authority_wait_until_asked(world, 2, 1);
    g_assert_cmpuint(world->calls, ==, 0);
    wh_fake_clock_advance(world->fake, WH_MINUTE);
    test_authority_wait(world, 1);
    g_assert_true(g_str_has_suffix(world->answers->str, "127.0.0.3 unreachable 0\n"));
}

static void test_server_without_address(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule one[] = {
        {1, "ns2.example.net. A", WH_DNS_NXDOMAIN, FALSE, NULL, NULL}, TEST_FOUND, TEST_HELD};
    static const TestNameRule both[] = {
        {1, "ns1.example.net. A", WH_DNS_NOERROR, FALSE, NULL, NULL},
        {1, "ns2.example.net. A", WH_DNS_SERVFAIL, FALSE, NULL, NULL},
        TEST_FOUND};
    TEST_FOLLOW(world, one);
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, "example.net",
                          "ns1.example.net@127.0.0.2 answered 11.1.1.1 60\n"
                          "ns2.example.net@ unreachable 0\n");
    wh_authority_forget(world->authority);
    TEST_FOLLOW(world, both);
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, "example.net",
                          "ns1.example.net@ unreachable 0\nns2.example.net@ unreachable 0\n");
}

/* The first address of a server is dead, its second answers. */
static void test_second_address(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule rules[] = {
        {1, "ns2.example.net. A", WH_DNS_NOERROR, FALSE,
         "ns2.example.net. 60 A 127.0.0.3; ns2.example.net. 60 A 127.0.0.9", NULL},
        TEST_FOUND,
        TEST_HELD};
    TEST_FOLLOW(world, rules);
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, "example.net",
                          "ns1.example.net@127.0.0.2 answered 11.1.1.1 60\n"
                          "ns2.example.net@127.0.0.3 answered 11.1.1.1 60\n");
}

static void test_alias(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule rules[] = {
        {1, "home.example.net. SOA", WH_DNS_NOERROR, FALSE,
         "home.example.net. 60 CNAME other.example.org.", "example.org." TEST_SOA},
        {1, "example.net. SOA", WH_DNS_NOERROR, FALSE, "example.net." TEST_SOA, NULL},
        TEST_FOUND,
        {2, "home.example.net. A", WH_DNS_NOERROR, TRUE,
         "home.example.net. 60 CNAME other.example.net.; other.example.net. 60 A 11.1.1.1", NULL}};
    TEST_FOLLOW(world, rules);
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, "example.net",
                          "ns1.example.net@127.0.0.2 aliased 60\n"
                          "ns2.example.net@127.0.0.3 unreachable 0\n");
}

/* The name's zone is a child of the zone that the alias leads to. */
static void test_alias_into_the_parent(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule rules[] = {
        {1, "a.sub.example.net. SOA", WH_DNS_NOERROR, FALSE,
         "a.sub.example.net. 60 CNAME example.net.; example.net." TEST_SOA, NULL},
        {1, "sub.example.net. SOA", WH_DNS_NOERROR, FALSE, "sub.example.net." TEST_SOA, NULL},
        {1, "sub.example.net. NS", WH_DNS_NOERROR, FALSE, "sub.example.net. 60 NS ns1.example.net.",
         NULL},
        TEST_FOUND,
        {2, "a.sub.example.net. A", WH_DNS_NOERROR, TRUE,
         "a.sub.example.net. 60 CNAME example.net.", NULL}};
    TEST_FOLLOW(world, rules);
    test_authority_ask(world, "a.sub.example.net");
    test_authority_expect(world, "sub.example.net", "ns1.example.net@127.0.0.2 aliased 60\n");
}

static void test_wildcard(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule rules[] = {
        {1, "*.example.net. SOA", WH_DNS_NOERROR, FALSE, NULL, "example.net." TEST_SOA},
        TEST_FOUND,
        {2, "*.example.net. A", WH_DNS_NOERROR, TRUE, "*.example.net. 60 A 11.1.1.1", NULL}};
    TEST_FOLLOW(world, rules);
    test_authority_ask(world, "*.example.net");
    g_assert_true(
        g_str_has_prefix(world->answers->str, "ns1.example.net@127.0.0.2 answered 11.1.1.1 60"));
}

int main(int argc, char **argv)
{
    static const TestAuthorityCase cases[] = {
        {"/authority/answered", test_answered, test_authority_resolver},
        {"/authority/family", test_family, test_authority_resolver},
        {"/authority/lame-servers", test_lame_servers, test_authority_resolver},
        {"/authority/silent-server", test_silent_server, test_authority_resolver},
        {"/authority/server-without-address", test_server_without_address, test_authority_resolver},
        {"/authority/second-address", test_second_address, test_authority_resolver},
        {"/authority/alias", test_alias, test_authority_resolver},
        {"/authority/alias-into-the-parent", test_alias_into_the_parent, test_authority_resolver},
        {"/authority/wildcard", test_wildcard, test_authority_resolver},
    };
    return test_authority_run(argc, argv, cases, G_N_ELEMENTS(cases));
}
