/* A DNS server on the loopback interface, in the thread of the test, which reads and answers
 * itself: a datagram socket and a listener on the same port. */
#pragma once

#include "service/net/dns_client.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* peer: who sent the last datagram. stream: the connection that was accepted. */
typedef struct {
    GSocket *udp;
    GSocket *listener;
    GSocket *stream;
    GSocketAddress *peer;
    WhDnsServer address;
} TestDnsServer;

/* The size of test_dns_question(). */
#define TEST_QUESTION_SIZE 19

/* id 0x1234, one question for a. IN A. */
const guint8 *test_dns_question(void);

/* The answer to it with the two flag octets given. */
void test_dns_answer(guint8 answer[TEST_QUESTION_SIZE], guint8 high, guint8 low);

void test_dns_server_init(TestDnsServer *server);
void test_dns_server_clear(TestDnsServer *server);

/* One turn of the main loop; fails the test when `deadline` (monotonic) has passed. */
void test_dns_turn(gint64 deadline);

/* A deadline far enough away for the slowest machine. */
gint64 test_dns_deadline(void);

/* Reads one datagram, which must be the question, and remembers who sent it. */
void test_dns_server_receive(TestDnsServer *server);

/* Sends a datagram to who sent the last one. */
void test_dns_server_reply(TestDnsServer *server, const guint8 *bytes, gsize length);

void test_dns_server_accept(TestDnsServer *server);
void test_dns_server_read(TestDnsServer *server, guint8 *bytes, gsize length);
void test_dns_server_write(TestDnsServer *server, const guint8 *bytes, gsize length);

/* Reads the question with its length before it. */
void test_dns_server_read_question(TestDnsServer *server);

G_END_DECLS
