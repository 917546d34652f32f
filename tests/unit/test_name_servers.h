/* Name servers on the loopback interface, in the test's own thread: 127.0.0.1 to 127.0.0.6 on one
 * port, each with its own answers. Nobody listens at 127.0.0.9. */
#pragma once

#include "service/net/dns_message.h"

G_BEGIN_DECLS

#define TEST_NAME_SERVERS 6

/* What the server 127.0.0.NUMBER says to "NAME TYPE" ("home.example.net. A"). Records are as in a
 * zone file, with semicolons between them; NULL: none. The first that fits counts. */
typedef struct {
    guint server;
    const char *question;
    WhDnsRcode rcode;
    gboolean authoritative;
    const char *answer;
    const char *authority;
} TestNameRule;

typedef struct TestNameServers TestNameServers;

TestNameServers *test_name_servers_new(void);
void test_name_servers_free(TestNameServers *servers);
guint16 test_name_servers_port(TestNameServers *servers);

/* From now on; what no rule fits is REFUSED. `rules` must stay. */
void test_name_servers_follow(TestNameServers *servers, const TestNameRule *rules, gsize n_rules);

/* Reads questions from now on and does not answer. */
void test_name_servers_silence(TestNameServers *servers, guint server);

/* Questions that the server has read. */
guint test_name_servers_asked(TestNameServers *servers, guint server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestNameServers, test_name_servers_free)

G_END_DECLS
