#include "tests/unit/test_http_server.h"

#include "tests/support/system.h"

#include <gio/gnetworking.h>

#include <stdlib.h>
#include <string.h>

#define BIG_BODY 200000

struct TestServer {
    GSocketService *service;
    guint16 port;
    GCancellable *closing;
    GMutex mutex;
    char *last_request;
    guint connections;
    guint requests;
};

static gboolean send_all(GIOStream *stream, const char *text, gsize length)
{
    GOutputStream *output = g_io_stream_get_output_stream(stream);
    return g_output_stream_write_all(output, text, length, NULL, NULL, NULL);
}

static gboolean send_answer(GIOStream *stream, const char *status, const char *header,
                            const char *body)
{
    g_autofree char *text = g_strdup_printf(
        "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %" G_GSIZE_FORMAT
        "\r\n%s\r\n%s",
        status, strlen(body), header, body);
    return send_all(stream, text, strlen(text));
}

static void wait_for_the_end(TestServer *server, GIOStream *stream)
{
    char byte;
    g_input_stream_read(g_io_stream_get_input_stream(stream), &byte, 1, server->closing, NULL);
}

static void reset(GIOStream *stream)
{
    GSocket *socket = g_socket_connection_get_socket(G_SOCKET_CONNECTION(stream));
    wh_test_reset_at_close(g_socket_get_fd(socket));
}

/* A whole answer, but for the size of its head. */
static gboolean send_flood(GIOStream *stream)
{
    g_autoptr(GString) headers = g_string_new(NULL);
    for (guint i = 0; i < 1000; i++)
        g_string_append_printf(headers, "X-Flood-%u: 0123456789012345678901234567890\r\n", i);
    return send_answer(stream, "200 OK", headers->str, "good");
}

static gboolean send_big(GIOStream *stream)
{
    g_autofree char *body = g_strnfill(BIG_BODY, 'x');
    return send_answer(stream, "200 OK", "", body);
}

static gboolean send_retry_date(GIOStream *stream)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) then = g_date_time_add_hours(now, 1);
    g_autofree char *date = g_date_time_format(then, "%a, %d %b %Y %H:%M:%S GMT");
    g_autofree char *header = g_strdup_printf("Retry-After: %s\r\n", date);
    return send_answer(stream, "503 Busy", header, "busy");
}

/* TRUE: the connection is kept alive. */
static gboolean behave(TestServer *server, GIOStream *stream, const char *path)
{
    const char *location = "Location: http://portal.invalid/login?next=token-in-query\r\n";
    const char *partial = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ngood";
    if (strcmp(path, "/good") == 0)
        return send_answer(stream, "200 OK", "", "good 192.0.2.1");
    if (strcmp(path, "/empty") == 0)
        return send_all(stream, "HTTP/1.1 204 No\r\n\r\n", strlen("HTTP/1.1 204 No\r\n\r\n"));
    if (strcmp(path, "/big") == 0)
        return send_big(stream);
    if (strcmp(path, "/redirect") == 0)
        return send_answer(stream, "302 Found", location, "");
    if (strcmp(path, "/retry-seconds") == 0)
        return send_answer(stream, "429 Slow", "Retry-After: 120\r\n", "slow");
    if (strcmp(path, "/retry-date") == 0)
        return send_retry_date(stream);
    if (strcmp(path, "/dated") == 0)
        return send_answer(stream, "200 OK", "Date: Tue, 15 Nov 1994 08:12:31 GMT\r\n", "");
    if (strcmp(path, "/date-garbage") == 0)
        return send_answer(stream, "200 OK", "Date: yesterday at noon\r\n", "");
    if (strcmp(path, "/flood") == 0)
        return send_flood(stream);
    if (strcmp(path, "/silent") == 0)
        wait_for_the_end(server, stream);
    else if (strcmp(path, "/reset") == 0)
        reset(stream);
    else if (strcmp(path, "/garbage") == 0)
        send_all(stream, "SSH-2.0-hello\r\n", strlen("SSH-2.0-hello\r\n"));
    else if (strcmp(path, "/partial") == 0)
        send_all(stream, partial, strlen(partial));
    return FALSE;
}

/* Length of the whole request in `text`, 0 while it is not whole. */
static gsize whole_request(const char *text)
{
    const char *end = strstr(text, "\r\n\r\n");
    if (end == NULL)
        return 0;
    const char *length = strstr(text, "Content-Length: ");
    gsize body = 0;
    if (length != NULL && length < end)
        body = (gsize)g_ascii_strtoull(length + strlen("Content-Length: "), NULL, 10);
    gsize whole = (gsize)(end - text) + strlen("\r\n\r\n") + body;
    return strlen(text) >= whole ? whole : 0;
}

static char *read_request(TestServer *server, GIOStream *stream)
{
    g_autoptr(GString) text = g_string_new(NULL);
    while (whole_request(text->str) == 0) {
        char bytes[4096];
        gssize count = g_input_stream_read(g_io_stream_get_input_stream(stream), bytes,
                                           sizeof bytes, server->closing, NULL);
        if (count <= 0)
            return NULL;
        g_string_append_len(text, bytes, count);
    }
    return g_strdup(text->str);
}

static char *path_of(const char *request)
{
    g_auto(GStrv) words = g_strsplit_set(request, " ?", 3);
    return g_strdup(words[1]);
}

static gboolean on_connection(GThreadedSocketService *service, GSocketConnection *connection,
                              GObject *source, gpointer data)
{
    TestServer *server = data;
    GIOStream *stream = G_IO_STREAM(connection);
    g_mutex_lock(&server->mutex);
    server->connections++;
    g_mutex_unlock(&server->mutex);
    char *request;
    gboolean more = TRUE;
    while (more && (request = read_request(server, stream)) != NULL) {
        g_autofree char *path = path_of(request);
        g_mutex_lock(&server->mutex);
        g_free(server->last_request);
        server->last_request = request;
        server->requests++;
        g_mutex_unlock(&server->mutex);
        more = behave(server, stream, path);
    }
    return TRUE;
}

TestServer *test_server_new(void)
{
    TestServer *server = g_new0(TestServer, 1);
    g_mutex_init(&server->mutex);
    server->closing = g_cancellable_new();
    server->service = g_threaded_socket_service_new(-1);
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new(loopback, 0);
    g_autoptr(GSocketAddress) bound = NULL;
    gboolean listening = g_socket_listener_add_address(G_SOCKET_LISTENER(server->service), address,
                                                       G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                                       NULL, &bound, NULL);
    g_assert_true(listening);
    server->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
    g_signal_connect(server->service, "run", G_CALLBACK(on_connection), server);
    g_socket_service_start(server->service);
    return server;
}

void test_server_free(TestServer *server)
{
    g_cancellable_cancel(server->closing);
    g_socket_service_stop(server->service);
    g_socket_listener_close(G_SOCKET_LISTENER(server->service));
    /* The service's threads hold references to it while they run. */
    g_object_add_weak_pointer(G_OBJECT(server->service), (gpointer *)&server->service);
    g_object_unref(server->service);
    while (g_atomic_pointer_get(&server->service) != NULL)
        g_main_context_iteration(NULL, FALSE);
    g_object_unref(server->closing);
    g_mutex_clear(&server->mutex);
    g_free(server->last_request);
    g_free(server);
}

char *test_server_url(TestServer *server, const char *path)
{
    return g_strdup_printf("http://127.0.0.1:%u%s", server->port, path);
}

guint16 test_server_port(TestServer *server)
{
    return server->port;
}

char *test_server_last_request(TestServer *server)
{
    g_mutex_lock(&server->mutex);
    char *request = g_strdup(server->last_request);
    g_mutex_unlock(&server->mutex);
    return request;
}

guint test_server_connections(TestServer *server)
{
    g_mutex_lock(&server->mutex);
    guint connections = server->connections;
    g_mutex_unlock(&server->mutex);
    return connections;
}

guint test_server_requests(TestServer *server)
{
    g_mutex_lock(&server->mutex);
    guint requests = server->requests;
    g_mutex_unlock(&server->mutex);
    return requests;
}
