#include "service/net/dns_link.h"
#include "service/net/dns_wire.h"

#define LENGTH_SIZE 2

/* The whole of one read; a longer message takes several turns of the main loop. */
#define READ_SIZE 4096

struct WhDnsTcp {
    GSocket *socket;
    GSource *source;
    const WhDnsLinkEvents *events;
    gpointer data;
    GByteArray *outgoing;
    gsize written;
    GByteArray *incoming;
};

static gboolean on_readable(GSocket *socket, GIOCondition condition, gpointer data);

static void stop_watching(WhDnsTcp *tcp)
{
    if (tcp->source == NULL)
        return;
    g_source_destroy(tcp->source);
    g_clear_pointer(&tcp->source, g_source_unref);
}

static void watch(WhDnsTcp *tcp, GIOCondition condition, GSocketSourceFunc func)
{
    stop_watching(tcp);
    tcp->source = g_socket_create_source(tcp->socket, condition, NULL);
    g_source_set_callback(tcp->source, G_SOURCE_FUNC(func), tcp, NULL);
    g_source_attach(tcp->source, NULL);
}

static void report_unless_wait(WhDnsTcp *tcp, const GError *error)
{
    if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        tcp->events->failed(error, tcp->data);
}

static gboolean on_writable(GSocket *socket, GIOCondition condition, gpointer data)
{
    WhDnsTcp *tcp = data;
    g_autoptr(GError) error = NULL;
    if (tcp->written == 0 && !g_socket_check_connect_result(socket, &error)) {
        tcp->events->failed(error, tcp->data);
        return G_SOURCE_CONTINUE;
    }
    const char *rest = (const char *)tcp->outgoing->data + tcp->written;
    gssize count = g_socket_send(socket, rest, tcp->outgoing->len - tcp->written, NULL, &error);
    if (count < 0) {
        report_unless_wait(tcp, error);
        return G_SOURCE_CONTINUE;
    }
    tcp->written += (gsize)count;
    if (tcp->written < tcp->outgoing->len)
        return G_SOURCE_CONTINUE;
    watch(tcp, G_IO_IN, on_readable);
    tcp->events->sent(tcp->data);
    return G_SOURCE_CONTINUE;
}

/* Hands out what is whole. The link may be gone afterwards. */
static void deliver(WhDnsTcp *tcp)
{
    while (tcp->incoming->len >= LENGTH_SIZE) {
        gsize length = wh_dns_wire_get16(tcp->incoming->data);
        if (tcp->incoming->len < LENGTH_SIZE + length)
            return;
        if (!tcp->events->message(tcp->incoming->data + LENGTH_SIZE, length, tcp->data))
            return;
        g_byte_array_remove_range(tcp->incoming, 0, (guint)(LENGTH_SIZE + length));
    }
}

static gboolean on_readable(GSocket *socket, GIOCondition condition, gpointer data)
{
    WhDnsTcp *tcp = data;
    char bytes[READ_SIZE];
    g_autoptr(GError) error = NULL;
    gssize count = g_socket_receive(socket, bytes, sizeof bytes, NULL, &error);
    if (count < 0) {
        report_unless_wait(tcp, error);
    } else if (count == 0) {
        error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "closed");
        tcp->events->failed(error, tcp->data);
    } else {
        g_byte_array_append(tcp->incoming, (const guint8 *)bytes, (guint)count);
        deliver(tcp);
    }
    return G_SOURCE_CONTINUE;
}

static GByteArray *frame(GBytes *message)
{
    gsize length;
    const guint8 *bytes = g_bytes_get_data(message, &length);
    guint8 prefix[LENGTH_SIZE];
    wh_dns_wire_put16(prefix, (guint)length);
    GByteArray *framed = g_byte_array_sized_new((guint)(LENGTH_SIZE + length));
    g_byte_array_append(framed, prefix, LENGTH_SIZE);
    g_byte_array_append(framed, bytes, (guint)length);
    return framed;
}

WhDnsTcp *wh_dns_tcp_new(const WhDnsLinkTarget *target, GBytes *message,
                         const WhDnsLinkEvents *events, gpointer data, GError **error)
{
    g_autoptr(GSocket) socket =
        wh_dns_link_socket(target, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
    if (socket == NULL)
        return NULL;
    g_autoptr(GError) failure = NULL;
    if (!g_socket_connect(socket, target->server, NULL, &failure) &&
        !g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_PENDING)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    WhDnsTcp *tcp = g_new0(WhDnsTcp, 1);
    tcp->socket = g_steal_pointer(&socket);
    tcp->events = events;
    tcp->data = data;
    tcp->outgoing = frame(message);
    tcp->incoming = g_byte_array_new();
    watch(tcp, G_IO_OUT, on_writable);
    return tcp;
}

void wh_dns_tcp_free(WhDnsTcp *tcp)
{
    if (tcp == NULL)
        return;
    stop_watching(tcp);
    g_object_unref(tcp->socket);
    g_byte_array_unref(tcp->outgoing);
    g_byte_array_unref(tcp->incoming);
    g_free(tcp);
}
