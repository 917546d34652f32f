#include "service/net/dns_client.h"

#include "service/net/dns_link.h"
#include "service/net/dns_wire.h"

#include <gio/gio.h>

/* RFC 1035 section 4.2.1. */
#define MAX_UDP_MESSAGE 512

struct WhDnsClient {
    WhClock *clock;
    WhBinder binder;
    guint64 last_handle;
    GHashTable *exchanges;
};

/* At most one of udp and tcp is set. failure: why it cannot go on, told with the next turn. */
typedef struct {
    WhDnsClient *client;
    guint64 handle;
    WhDnsServer server;
    GSocketAddress *address;
    GBytes *message;
    gboolean quick;
    WhDnsAccept accept;
    WhDnsDone done;
    gpointer data;
    WhDnsUdp *udp;
    WhDnsTcp *tcp;
    gint64 sent;
    guint resends;
    guint resend_timer;
    guint deadline_timer;
    guint failure_timer;
    GError *failure;
} Exchange;

static void exchange_free(Exchange *exchange)
{
    wh_dns_udp_free(exchange->udp);
    wh_dns_tcp_free(exchange->tcp);
    g_object_unref(exchange->address);
    g_bytes_unref(exchange->message);
    g_clear_error(&exchange->failure);
    g_free(exchange);
}

/* Out of the books first, so that `done` may do with the client what it likes. `bytes` may belong
 * to the link, which therefore goes last. */
static void finish(Exchange *exchange, const guint8 *bytes, gsize length, const GError *error)
{
    WhClock *clock = exchange->client->clock;
    g_hash_table_remove(exchange->client->exchanges, &exchange->handle);
    wh_clock_remove_timer(clock, &exchange->resend_timer);
    wh_clock_remove_timer(clock, &exchange->deadline_timer);
    wh_clock_remove_timer(clock, &exchange->failure_timer);
    exchange->done(bytes, length, exchange->sent, error, exchange->data);
    exchange_free(exchange);
}

static void fail(Exchange *exchange, GIOErrorEnum code, const char *what)
{
    char server[WH_ADDRESS_STRLEN];
    g_autoptr(GError) error =
        g_error_new(G_IO_ERROR, (gint)code, "The DNS server %s %s.",
                    wh_address_format(&exchange->server.address, server), what);
    finish(exchange, NULL, 0, error);
}

static void fail_for(Exchange *exchange, const GError *cause)
{
    if (g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
        fail(exchange, G_IO_ERROR_CONNECTION_REFUSED, "refuses questions");
    else if (g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
             g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
        fail(exchange, G_IO_ERROR_HOST_UNREACHABLE, "cannot be reached from here");
    else if (g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        fail(exchange, G_IO_ERROR_TIMED_OUT, "did not answer in time");
    else if (g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        fail(exchange, G_IO_ERROR_FAILED, "closed the connection without an answer");
    else
        fail(exchange, G_IO_ERROR_FAILED, "could not be asked: the connection broke off");
}

static void on_failure(gpointer data)
{
    Exchange *exchange = data;
    exchange->failure_timer = 0;
    fail_for(exchange, exchange->failure);
}

/* With the next turn, because `done` is never called from within wh_dns_client_exchange(). */
static void fail_later(Exchange *exchange, GError *cause)
{
    g_clear_error(&exchange->failure);
    exchange->failure = cause;
    if (exchange->failure_timer == 0)
        exchange->failure_timer =
            wh_clock_add_timer(exchange->client->clock, 0, on_failure, exchange);
}

static void on_link_failed(const GError *error, gpointer data)
{
    fail_for(data, error);
}

static gboolean default_accept(GBytes *message, const guint8 *bytes, gsize length)
{
    gsize asked_length;
    const guint8 *asked = g_bytes_get_data(message, &asked_length);
    if (length < WH_DNS_HEADER_SIZE || (bytes[2] & WH_DNS_FLAG_QR) == 0 ||
        wh_dns_wire_get16(bytes) != wh_dns_wire_get16(asked))
        return FALSE;
    /* A server that does not understand a message may refuse it without repeating the question. */
    gboolean bare_refusal = (bytes[3] & 0x0f) != 0 && wh_dns_wire_get16(bytes + 4) == 0;
    return bare_refusal || wh_dns_wire_same_question(asked, asked_length, bytes, length);
}

static gboolean is_awaited(const Exchange *exchange, const guint8 *bytes, gsize length)
{
    return exchange->accept == NULL ? default_accept(exchange->message, bytes, length)
                                    : exchange->accept(bytes, length, exchange->data);
}

static void on_stream_sent(gpointer data)
{
    Exchange *exchange = data;
    exchange->sent = wh_clock_wall(exchange->client->clock);
}

static gboolean on_stream_message(const guint8 *bytes, gsize length, gpointer data)
{
    if (!is_awaited(data, bytes, length))
        return TRUE;
    finish(data, bytes, length, NULL);
    return FALSE;
}

static WhDnsLinkTarget target_of(const Exchange *exchange)
{
    return (WhDnsLinkTarget){.server = exchange->address,
                             .uplink = exchange->server.uplink,
                             .binder = exchange->client->binder};
}

static void start_tcp(Exchange *exchange)
{
    static const WhDnsLinkEvents events = {
        .sent = on_stream_sent,
        .message = on_stream_message,
        .failed = on_link_failed,
    };
    g_autoptr(GError) error = NULL;
    wh_clock_remove_timer(exchange->client->clock, &exchange->resend_timer);
    g_clear_pointer(&exchange->udp, wh_dns_udp_free);
    const WhDnsLinkTarget target = target_of(exchange);
    exchange->tcp = wh_dns_tcp_new(&target, exchange->message, &events, exchange, &error);
    if (exchange->tcp == NULL)
        fail_later(exchange, g_steal_pointer(&error));
}

/* What is truncated is cut anywhere and may carry no signature, so the id alone must do; all that
 * it brings about is the same question over TCP. */
static gboolean is_truncated(const Exchange *exchange, const guint8 *bytes, gsize length)
{
    const guint8 *asked = g_bytes_get_data(exchange->message, NULL);
    return length >= WH_DNS_HEADER_SIZE && (bytes[2] & WH_DNS_FLAG_QR) != 0 &&
           (bytes[2] & WH_DNS_FLAG_TC) != 0 && wh_dns_wire_get16(bytes) == wh_dns_wire_get16(asked);
}

static gboolean on_datagram(const guint8 *bytes, gsize length, gpointer data)
{
    Exchange *exchange = data;
    if (!exchange->quick && is_truncated(exchange, bytes, length)) {
        start_tcp(exchange);
        return FALSE;
    }
    return on_stream_message(bytes, length, exchange);
}

static void send_datagram(Exchange *exchange);

static void on_resend(gpointer data)
{
    Exchange *exchange = data;
    exchange->resend_timer = 0;
    send_datagram(exchange);
}

/* 1, 2 and 4 seconds after the first, or 0.2, 0.6 and 1.6. */
static void send_datagram(Exchange *exchange)
{
    static const gint64 usual[] = {1 * WH_SECOND, 1 * WH_SECOND, 2 * WH_SECOND};
    static const gint64 quick[] = {200 * WH_MILLISECOND, 400 * WH_MILLISECOND, 1 * WH_SECOND};
    G_STATIC_ASSERT(G_N_ELEMENTS(usual) == G_N_ELEMENTS(quick));
    const gint64 *waits = exchange->quick ? quick : usual;
    WhClock *clock = exchange->client->clock;
    g_autoptr(GError) error = NULL;
    exchange->sent = wh_clock_wall(clock);
    if (!wh_dns_udp_send(exchange->udp, exchange->message, &error)) {
        fail_later(exchange, g_steal_pointer(&error));
        return;
    }
    if (exchange->resends < G_N_ELEMENTS(usual))
        exchange->resend_timer =
            wh_clock_add_timer(clock, waits[exchange->resends++], on_resend, exchange);
}

static void start_udp(Exchange *exchange)
{
    static const WhDnsLinkEvents events = {
        .message = on_datagram,
        .failed = on_link_failed,
    };
    g_autoptr(GError) error = NULL;
    const WhDnsLinkTarget target = target_of(exchange);
    exchange->udp = wh_dns_udp_new(&target, &events, exchange, &error);
    if (exchange->udp == NULL)
        fail_later(exchange, g_steal_pointer(&error));
    else
        send_datagram(exchange);
}

static void on_deadline(gpointer data)
{
    Exchange *exchange = data;
    exchange->deadline_timer = 0;
    fail(exchange, G_IO_ERROR_TIMED_OUT, "did not answer in time");
}

WhDnsClient *wh_dns_client_new(WhClock *clock)
{
    WhDnsClient *client = g_new0(WhDnsClient, 1);
    client->clock = clock;
    client->exchanges = g_hash_table_new(g_int64_hash, g_int64_equal);
    return client;
}

void wh_dns_client_set_binder(WhDnsClient *client, WhBinder binder)
{
    client->binder = binder;
}

static Exchange *any_exchange(WhDnsClient *client)
{
    GHashTableIter iter;
    gpointer exchange = NULL;
    g_hash_table_iter_init(&iter, client->exchanges);
    g_hash_table_iter_next(&iter, NULL, &exchange);
    return exchange;
}

void wh_dns_client_free(WhDnsClient *client)
{
    if (client == NULL)
        return;
    Exchange *exchange;
    while ((exchange = any_exchange(client)) != NULL)
        wh_dns_client_cancel(client, exchange->handle);
    g_hash_table_unref(client->exchanges);
    g_free(client);
}

guint64 wh_dns_client_exchange(WhDnsClient *client, const WhDnsServer *server, GBytes *message,
                               WhDnsTransport transport, gint64 timeout, WhDnsAccept accept,
                               WhDnsDone done, gpointer data)
{
    gsize length = g_bytes_get_size(message);
    g_return_val_if_fail(length >= WH_DNS_HEADER_SIZE && length <= WH_DNS_MAX_MESSAGE, 0);
    Exchange *exchange = g_new0(Exchange, 1);
    exchange->client = client;
    exchange->handle = ++client->last_handle;
    exchange->server = *server;
    exchange->address = wh_dns_server_socket_address(server);
    exchange->message = g_bytes_ref(message);
    exchange->quick = transport == WH_DNS_UDP_QUICK;
    exchange->accept = accept;
    exchange->done = done;
    exchange->data = data;
    g_hash_table_insert(client->exchanges, &exchange->handle, exchange);
    exchange->deadline_timer = wh_clock_add_timer(client->clock, timeout, on_deadline, exchange);
    if (transport == WH_DNS_TCP || (!exchange->quick && length > MAX_UDP_MESSAGE))
        start_tcp(exchange);
    else
        start_udp(exchange);
    return exchange->handle;
}

void wh_dns_client_cancel(WhDnsClient *client, guint64 handle)
{
    Exchange *exchange = g_hash_table_lookup(client->exchanges, &handle);
    if (exchange != NULL)
        fail(exchange, G_IO_ERROR_CANCELLED, "is not waited for any more");
}
