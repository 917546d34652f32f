/* An authority over name servers on the loopback interface and a fake clock. */
#pragma once

#include "service/net/authority.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/test_name_servers.h"

G_BEGIN_DECLS

#define TEST_SOA " 60 SOA ns1.example.net. h.example.net. 1 1 1 1 5"
#define TEST_NS "example.net. 60 NS ns1.example.net.; example.net. 60 NS ns2.example.net."
#define TEST_FOLLOW(world, rules)                                                                  \
    test_name_servers_follow((world)->servers, rules, G_N_ELEMENTS(rules))

/* The zone example.net on servers 2 and 3, as the resolver (server 1) tells it. */
#define TEST_FOUND                                                                                 \
    {1, "home.example.net. SOA", WH_DNS_NOERROR, FALSE, NULL, "example.net." TEST_SOA},            \
        {1, "example.net. NS", WH_DNS_NOERROR, FALSE, TEST_NS, NULL},                              \
        {1, "ns1.example.net. A", WH_DNS_NOERROR, FALSE, "ns1.example.net. 60 A 127.0.0.2", NULL}, \
        {1, "ns2.example.net. A", WH_DNS_NOERROR, FALSE, "ns2.example.net. 60 A 127.0.0.3", NULL}, \
        {1, "ns1.example.net. AAAA", WH_DNS_NOERROR, FALSE, NULL, NULL},                           \
    {                                                                                              \
        1, "ns2.example.net. AAAA", WH_DNS_NOERROR, FALSE, NULL, NULL                              \
    }

/* Both servers hold the address. */
#define TEST_HELD                                                                                  \
    {2, "home.example.net. A", WH_DNS_NOERROR, TRUE, "home.example.net. 60 A 11.1.1.1", NULL},     \
    {                                                                                              \
        3, "home.example.net. A", WH_DNS_NOERROR, TRUE, "home.example.net. 60 A 11.1.1.1", NULL    \
    }

/* answers: "server@at kind addresses ttl" of the last call, one a line. zone: of that call. */
typedef struct {
    WhFakeClock *fake;
    WhDnsClient *dns;
    TestNameServers *servers;
    WhAuthority *authority;
    guint calls;
    char *zone;
    GString *answers;
} TestAuthority;

/* A test and the name servers that its computer was told to use. */
typedef struct {
    const char *path;
    void (*test)(TestAuthority *world, gconstpointer data);
    WhAuthorityResolvers resolvers;
} TestAuthorityCase;

/* The server 1 of the loopback servers. */
char **test_authority_resolver(void);

/* Registers and runs the cases. */
int test_authority_run(int argc, char **argv, const TestAuthorityCase *cases, gsize n_cases);

/* Asks for IPv4 addresses; the answer goes into `world`. */
guint64 test_authority_start(TestAuthority *world, const char *name);
void test_authority_keep(const char *zone, const GPtrArray *answers, gpointer data);

/* One turn of clock and main loop; fails the test when `deadline` (monotonic) has passed. */
void test_authority_turn(TestAuthority *world, gint64 deadline);
void test_authority_wait(TestAuthority *world, guint calls);
void test_authority_wait_until_asked(TestAuthority *world, guint server, guint count);

/* Asks and waits for the answer. */
void test_authority_ask(TestAuthority *world, const char *name);
void test_authority_expect(TestAuthority *world, const char *zone, const char *answers);

G_END_DECLS
