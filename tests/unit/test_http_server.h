/* A small HTTP server on the loopback interface, in threads of its own; the path says how it
 * behaves. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct TestServer TestServer;

TestServer *test_server_new(void);

/* Ends all connections. */
void test_server_free(TestServer *server);

/* "http://127.0.0.1:PORT" and `path`. The paths: /good /empty /big /flood /redirect /silent /reset
 * /close /partial /garbage /retry-seconds /retry-date /dated /date-garbage. The caller frees it. */
char *test_server_url(TestServer *server, const char *path);

guint16 test_server_port(TestServer *server);

/* The request read last, head and body, or NULL. The caller frees it. */
char *test_server_last_request(TestServer *server);

/* Connections accepted so far. */
guint test_server_connections(TestServer *server);

/* Requests read so far. */
guint test_server_requests(TestServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestServer, test_server_free)

G_END_DECLS
