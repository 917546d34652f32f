#include "tests/unit/test_igd_double.h"

#include "service/base/clock.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE (60 * WH_SECOND)

char *test_igd_event(const char *url, const char *sid)
{
    const char *path = strchr(url + strlen("http://"), '/');
    return g_strdup_printf("NOTIFY %s HTTP/1.1\r\nHost: somebody\r\nContent-Type: text/xml\r\n"
                           "Content-Length: 5\r\nNT: upnp:event\r\nNTS: upnp:propchange\r\n"
                           "SID: %s\r\nSEQ: 0\r\n\r\n<xml/",
                           path, sid);
}

WhGatewayRoute test_igd_route(void)
{
    WhGatewayRoute route = {.interface = 1, .name = "lo", .prefix_length = 8};
    gboolean parsed = wh_address_parse(TEST_IGD_ROUTER, &route.router) &&
                      wh_address_parse(TEST_IGD_SELF, &route.self);
    g_assert_true(parsed);
    return route;
}

void test_igd_wait(gboolean (*is_so)(gpointer data), gpointer data)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (!is_so(data)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_main_context_iteration(NULL, FALSE);
        g_thread_yield();
    }
}

GSocket *test_igd_knock(const char *url, const char *from, const char *bytes, gsize length)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    g_autoptr(GSocketAddress) to =
        g_inet_socket_address_new_from_string(g_uri_get_host(uri), (guint16)g_uri_get_port(uri));
    g_autoptr(GSocketAddress) source = g_inet_socket_address_new_from_string(from, 0);
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
    gboolean bound = g_socket_bind(socket, source, FALSE, NULL);
    g_assert_true(bound);
    gboolean connected = g_socket_connect(socket, to, NULL, NULL);
    g_assert_true(connected);
    g_socket_set_blocking(socket, FALSE);
    gssize count = 0;
    for (gsize sent = 0; sent < length && count >= 0; sent += (gsize)MAX(count, 0))
        count = g_socket_send(socket, bytes + sent, length - sent, NULL, NULL);
    return g_steal_pointer(&socket);
}

guint test_igd_hear_out(GSocket *socket)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    g_socket_set_blocking(socket, FALSE);
    for (;;) {
        char bytes[256];
        g_autoptr(GError) error = NULL;
        gssize count = g_socket_receive(socket, bytes, sizeof bytes, NULL, &error);
        if (count > 0)
            g_string_append_len(text, bytes, count);
        else if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
            return g_str_has_prefix(text->str, "HTTP/1.1 ")
                       ? (guint)atoi(text->str + strlen("HTTP/1.1 "))
                       : 0;
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_main_context_iteration(NULL, FALSE);
        g_thread_yield();
    }
}
