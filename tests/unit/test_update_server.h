/* A name server on the loopback interface that takes RFC 2136 updates over UDP and TCP in the
 * test's own thread, and answers as it is told to. */
#pragma once

#include "service/net/tsig.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the TSIG record of an answer is like. */
typedef enum {
    TEST_TSIG_GOOD,
    TEST_TSIG_NONE,
    TEST_TSIG_OTHER_KEY,
    TEST_TSIG_BAD_MAC,
    TEST_TSIG_EMPTY,    /* a record without MAC, as servers refuse unknown or wrong keys */
    TEST_TSIG_OVER_TCP, /* good; over UDP the answer is truncated and has none */
} TestTsig;

typedef struct {
    guint rcode;
    TestTsig tsig;
    guint tsig_error;
    gint64 server_time; /* wall microseconds, with tsig_error 18; else 0 */
} TestUpdateAnswer;

typedef struct TestUpdateServer TestUpdateServer;

/* key NULL: nothing is ever signed. now: the wall time of signatures. */
TestUpdateServer *test_update_server_new(const WhTsigKey *key, gint64 now);
void test_update_server_free(TestUpdateServer *server);

/* Answers each message from now on with all of `answers`, one after the other (0: silence). They
 * must stay. */
void test_update_server_answer(TestUpdateServer *server, const TestUpdateAnswer *answers,
                               guint n_answers);

/* "127.0.0.1:PORT", owned by `server`. */
const char *test_update_server_address(TestUpdateServer *server);

/* Messages read so far, and the last one (owned by `server`); over_tcp: how many came over TCP. */
guint test_update_server_count(TestUpdateServer *server);
guint test_update_server_over_tcp(TestUpdateServer *server);
GBytes *test_update_server_last(TestUpdateServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestUpdateServer, test_update_server_free)

G_END_DECLS
