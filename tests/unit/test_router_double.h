/* A router on the loopback interface, in the thread of the test, which reads and answers itself. */
#pragma once

#include "service/gateway/gateway_route.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TEST_NATPMP_QUESTION "\0\0"
#define TEST_NATPMP_QUESTION_SIZE 2
#define TEST_NATPMP_ANSWER_SIZE 12
#define TEST_PCP_SIZE 24

/* peer: who sent the last datagram. */
typedef struct {
    GSocket *socket;
    guint16 port;
    GSocketAddress *peer;
} TestRouter;

void test_router_init(TestRouter *router);
void test_router_clear(TestRouter *router);

/* From 127.0.0.1 to 127.0.0.1; without the interface's name, which differs between systems. */
WhGatewayRoute test_router_route(void);

/* Turns the main loop until `condition` holds; fails the test after a minute. */
void test_router_wait(gboolean (*condition)(gpointer data), gpointer data);

/* Waits for one datagram, which must be this. */
void test_router_receive(TestRouter *router, const char *bytes, gsize length);

/* How many datagrams lie there; they are dropped. */
guint test_router_drop(TestRouter *router);

/* To the last peer. */
void test_router_reply(TestRouter *router, const char *bytes, gsize length);
void test_router_reply_to(TestRouter *router, GSocketAddress *peer, const char *bytes,
                          gsize length);

void test_natpmp_answer(char answer[TEST_NATPMP_ANSWER_SIZE], guint8 result, guint32 epoch,
                        const char *address);
void test_pcp_answer(char answer[TEST_PCP_SIZE], guint8 result, guint32 epoch);

G_END_DECLS
