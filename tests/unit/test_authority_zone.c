#include "tests/unit/test_authority_world.h"

#include <string.h>

static const TestNameRule plain[] = {TEST_FOUND, TEST_HELD};

static char **first_is_dead(void)
{
    return g_strsplit("127.0.0.9 127.0.0.1", " ", -1);
}

static char **first_is_silent(void)
{
    return g_strsplit("127.0.0.6 127.0.0.1", " ", -1);
}

static char **all_are_dead(void)
{
    return g_strsplit("127.0.0.9 127.0.0.9", " ", -1);
}

static char **first_is_gone(void)
{
    return g_strsplit("fe80::1%nosuch0 nonsense 127.0.0.1", " ", -1);
}

static char **none_is_usable(void)
{
    return g_strsplit("fe80::1%nosuch0", " ", -1);
}

/* A name nobody has: the zone above answers for it. */
static void test_zones_near_the_root(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule rules[] = {
        {1, "home.nobody.net. SOA", WH_DNS_NXDOMAIN, FALSE, NULL, "net." TEST_SOA},
        {1, "net. NS", WH_DNS_NOERROR, FALSE, "net. 60 NS ns1.example.net.", NULL},
        {1, "home.lan. SOA", WH_DNS_NXDOMAIN, FALSE, NULL, "." TEST_SOA},
        {1, ". NS", WH_DNS_NOERROR, FALSE, ". 60 NS ns2.example.net.", NULL},
        TEST_FOUND,
        {2, "home.nobody.net. A", WH_DNS_NXDOMAIN, TRUE, NULL, "net." TEST_SOA},
        {3, "home.lan. A", WH_DNS_NXDOMAIN, TRUE, NULL, "." TEST_SOA}};
    TEST_FOLLOW(world, rules);
    test_authority_ask(world, "home.nobody.net");
    test_authority_expect(world, "net", "ns1.example.net@127.0.0.2 answered 0\n");
    test_authority_ask(world, "home.lan");
    test_authority_expect(world, "", "ns2.example.net@127.0.0.3 answered 0\n");
}

/* Some home routers cut everything off but the answer. */
static void test_resolver_without_authority_section(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule rules[] = {
        {1, "home.example.net. SOA", WH_DNS_NOERROR, FALSE, NULL, NULL},
        {1, "example.net. SOA", WH_DNS_NOERROR, FALSE, "example.net." TEST_SOA, NULL},
        TEST_FOUND,
        TEST_HELD};
    TEST_FOLLOW(world, rules);
    test_authority_ask(world, "home.example.net");
    g_assert_cmpstr(world->zone, ==, "example.net");
}

static void test_no_zone(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule rules[] = {
        {1, "home.example.net. SOA", WH_DNS_NOERROR, FALSE, NULL, "example.org." TEST_SOA},
        {1, "example.net. SOA", WH_DNS_NXDOMAIN, FALSE, NULL, NULL},
        {1, "net. SOA", WH_DNS_NOERROR, FALSE, NULL, NULL},
        {1, "b.example.net. SOA", WH_DNS_NOERROR, FALSE, "b.example.net." TEST_SOA, NULL},
        {1, "b.example.net. NS", WH_DNS_NOERROR, FALSE, "example.net. 60 NS ns1.example.net.",
         NULL}};
    TEST_FOLLOW(world, rules);
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, NULL, "");
    g_assert_cmpuint(test_name_servers_asked(world->servers, 1), ==, 3);
    test_authority_ask(world, "b.example.net");
    test_authority_expect(world, NULL, "");
    test_authority_ask(world, "refused.example.net");
    test_authority_expect(world, NULL, "");
}

static void test_found_in_spite_of_a_dead_resolver(TestAuthority *world, gconstpointer data)
{
    TEST_FOLLOW(world, plain);
    test_authority_ask(world, "home.example.net");
    g_assert_cmpstr(world->zone, ==, "example.net");
}

/* Only the first question waits for a resolver that says nothing. */
static void test_silent_resolver(TestAuthority *world, gconstpointer data)
{
    TEST_FOLLOW(world, plain);
    test_name_servers_silence(world->servers, 6);
    test_authority_start(world, "home.example.net");
    test_authority_wait_until_asked(world, 6, 1);
    wh_fake_clock_advance(world->fake, 3 * WH_SECOND);
    test_authority_wait(world, 1);
    g_assert_cmpstr(world->zone, ==, "example.net");
}

static void test_no_resolver(TestAuthority *world, gconstpointer data)
{
    TEST_FOLLOW(world, plain);
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, NULL, "");
}

static void test_remembered(TestAuthority *world, gconstpointer data)
{
    guint asked;
    TEST_FOLLOW(world, plain);
    test_authority_ask(world, "home.example.net");
    asked = test_name_servers_asked(world->servers, 1);
    wh_fake_clock_advance(world->fake, 59 * WH_SECOND);
    test_authority_ask(world, "home.example.net");
    g_assert_cmpuint(test_name_servers_asked(world->servers, 1), ==, asked);
    wh_fake_clock_advance(world->fake, WH_SECOND);
    test_authority_ask(world, "home.example.net");
    g_assert_cmpuint(test_name_servers_asked(world->servers, 1), ==, 2 * asked);
    wh_authority_forget(world->authority);
    test_authority_ask(world, "home.example.net");
    g_assert_cmpuint(test_name_servers_asked(world->servers, 1), ==, 3 * asked);
}

static void test_zone_moved(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule moved[] = {
        {1, "example.net. NS", WH_DNS_NOERROR, FALSE, "example.net. 60 NS ns3.example.net.", NULL},
        {1, "ns3.example.net. A", WH_DNS_NOERROR, FALSE, "ns3.example.net. 60 A 127.0.0.4", NULL},
        TEST_FOUND,
        {4, "home.example.net. A", WH_DNS_NOERROR, TRUE, "home.example.net. 60 A 11.2.2.2", NULL}};
    TEST_FOLLOW(world, plain);
    test_authority_ask(world, "home.example.net");
    TEST_FOLLOW(world, moved);
    test_authority_ask(world, "home.example.net");
    g_assert_nonnull(strstr(world->answers->str, "ns1.example.net@127.0.0.2 unreachable"));
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, "example.net", "ns3.example.net@127.0.0.4 answered 11.2.2.2 60\n");
}

/* The remembered zone hands the name on to a zone of its own: its servers refer to others. */
static void test_zone_was_split(TestAuthority *world, gconstpointer data)
{
    static const TestNameRule split[] = {
        {1, "home.example.net. SOA", WH_DNS_NOERROR, FALSE, "home.example.net." TEST_SOA, NULL},
        {1, "home.example.net. NS", WH_DNS_NOERROR, FALSE,
         "home.example.net. 60 NS ns3.example.net.", NULL},
        {1, "ns3.example.net. A", WH_DNS_NOERROR, FALSE, "ns3.example.net. 60 A 127.0.0.4", NULL},
        {2, "home.example.net. A", WH_DNS_NOERROR, FALSE, NULL,
         "home.example.net. 60 NS ns3.example.net."},
        {3, "home.example.net. A", WH_DNS_NOERROR, FALSE, NULL,
         "home.example.net. 60 NS ns3.example.net."},
        {4, "home.example.net. A", WH_DNS_NOERROR, TRUE, "home.example.net. 60 A 11.2.2.2", NULL}};
    TEST_FOLLOW(world, plain);
    test_authority_ask(world, "home.example.net");
    TEST_FOLLOW(world, split);
    test_authority_ask(world, "home.example.net");
    test_authority_expect(
        world, "example.net",
        "ns1.example.net@127.0.0.2 no-authority 0\nns2.example.net@127.0.0.3 no-authority 0\n");
    test_authority_ask(world, "home.example.net");
    test_authority_expect(world, "home.example.net",
                          "ns3.example.net@127.0.0.4 answered 11.2.2.2 60\n");
}

/* Ends a look-up after so many turns of the loop; TRUE: it was over before. */
static gboolean end_after(TestAuthority *world, guint turns, gboolean by_free)
{
    gint64 deadline = g_get_monotonic_time() + WH_MINUTE;
    guint calls = world->calls;
    guint64 handle = test_authority_start(world, "home.example.net");
    for (guint i = 0; i < turns && world->calls == calls; i++)
        test_authority_turn(world, deadline);
    if (world->calls != calls)
        return TRUE;
    if (by_free)
        g_clear_pointer(&world->authority, wh_authority_free);
    else
        wh_authority_cancel(world->authority, handle);
    g_assert_cmpuint(wh_fake_clock_pending(world->fake), ==, 0);
    for (guint i = 0; i < 20; i++)
        test_authority_turn(world, deadline);
    g_assert_cmpuint(world->calls, ==, calls);
    return FALSE;
}

static void test_cancel_at_every_step(TestAuthority *world, gconstpointer data)
{
    TEST_FOLLOW(world, plain);
    for (guint turns = 0; !end_after(world, turns, FALSE); turns++)
        wh_authority_forget(world->authority);
    wh_authority_cancel(world->authority, 4711);
}

static void test_free_at_every_step(TestAuthority *world, gconstpointer data)
{
    const TestAuthorityCase *test = data;
    TEST_FOLLOW(world, plain);
    for (guint turns = 0; !end_after(world, turns, TRUE); turns++)
        world->authority =
            wh_authority_new_at(wh_fake_clock_clock(world->fake), world->dns, test->resolvers,
                                test_name_servers_port(world->servers));
}

static void end_everything(const char *zone, const GPtrArray *answers, gpointer data)
{
    TestAuthority *world = data;
    world->calls++;
    g_assert_cmpstr(zone, ==, "example.net");
    g_clear_pointer(&world->authority, wh_authority_free);
    g_assert_cmpuint(answers->len, ==, 2);
}

static void test_done_may_free(TestAuthority *world, gconstpointer data)
{
    TEST_FOLLOW(world, plain);
    test_authority_start(world, "office.example.net");
    wh_authority_ask(world->authority, "home.example.net", WH_FAMILY_IPV4, end_everything, world);
    gint64 deadline = g_get_monotonic_time() + WH_MINUTE;
    while (world->authority != NULL)
        test_authority_turn(world, deadline);
    g_assert_cmpuint(wh_fake_clock_pending(world->fake), ==, 0);
}

int main(int argc, char **argv)
{
    static const TestAuthorityCase cases[] = {
        {"/authority-zone/zones-near-the-root", test_zones_near_the_root, test_authority_resolver},
        {"/authority-zone/resolver-without-authority-section",
         test_resolver_without_authority_section, test_authority_resolver},
        {"/authority-zone/no-zone", test_no_zone, test_authority_resolver},
        {"/authority-zone/dead-resolver", test_found_in_spite_of_a_dead_resolver, first_is_dead},
        {"/authority-zone/gone-resolver", test_found_in_spite_of_a_dead_resolver, first_is_gone},
        {"/authority-zone/silent-resolver", test_silent_resolver, first_is_silent},
        {"/authority-zone/dead-resolvers", test_no_resolver, all_are_dead},
        {"/authority-zone/unusable-resolvers", test_no_resolver, none_is_usable},
        {"/authority-zone/remembered", test_remembered, test_authority_resolver},
        {"/authority-zone/zone-moved", test_zone_moved, test_authority_resolver},
        {"/authority-zone/zone-was-split", test_zone_was_split, test_authority_resolver},
        {"/authority-zone/cancel-at-every-step", test_cancel_at_every_step,
         test_authority_resolver},
        {"/authority-zone/free-at-every-step", test_free_at_every_step, test_authority_resolver},
        {"/authority-zone/done-may-free", test_done_may_free, test_authority_resolver},
    };
    return test_authority_run(argc, argv, cases, G_N_ELEMENTS(cases));
}
