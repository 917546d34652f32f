#include "service/gateway/exchange.h"

#include <gio/gio.h>

#include "service/gateway/endpoint.h"

#define FIRST_WAIT (250 * WH_MILLISECOND)
#define TRIES 4

/* More than any answer has (RFC 6887: 1100 octets), so that a longer one is seen to be too long. */
#define MAX_DATAGRAM 1200

/* Datagrams read in one turn of the main loop, so that a flood holds nobody else up. */
#define MAX_IN_ONE_TURN 16

/* socket NULL: there is no way to the router now. */
struct WhExchange {
    WhClock *clock;
    const WhExchangeEvents *events;
    gpointer data;
    GSocket *socket;
    GSource *source;
    GBytes *request;
    guint tries;
    guint timer;
};

static void stop(WhExchange *exchange)
{
    wh_clock_remove_timer(exchange->clock, &exchange->timer);
    if (exchange->source != NULL)
        g_source_destroy(exchange->source);
    g_clear_pointer(&exchange->source, g_source_unref);
    g_clear_object(&exchange->socket);
}

/* Nothing of the exchange may be touched afterwards. */
static void finish(WhExchange *exchange, gboolean answered)
{
    stop(exchange);
    exchange->events->done(answered, exchange->data);
}

static void give_up(gpointer data)
{
    WhExchange *exchange = data;
    exchange->timer = 0;
    finish(exchange, FALSE);
}

/* A datagram that the system does not take is lost like one on the way. */
static void send_again(gpointer data)
{
    WhExchange *exchange = data;
    gsize length;
    const char *bytes = g_bytes_get_data(exchange->request, &length);
    g_socket_send(exchange->socket, bytes, length, NULL, NULL);
    gint64 wait = FIRST_WAIT << exchange->tries++;
    exchange->timer = wh_clock_add_timer(exchange->clock, wait,
                                         exchange->tries < TRIES ? send_again : give_up, exchange);
}

static gboolean on_readable(GSocket *socket, GIOCondition condition, gpointer data)
{
    WhExchange *exchange = data;
    for (guint i = 0; i < MAX_IN_ONE_TURN; i++) {
        char bytes[MAX_DATAGRAM];
        g_autoptr(GError) error = NULL;
        gssize length = g_socket_receive(socket, bytes, sizeof bytes, NULL, &error);
        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
            return G_SOURCE_CONTINUE;
        if (error != NULL) {
            finish(exchange, FALSE);
            return G_SOURCE_REMOVE;
        }
        if (exchange->events->answer((const guint8 *)bytes, (gsize)length, exchange->data)) {
            finish(exchange, TRUE);
            return G_SOURCE_REMOVE;
        }
    }
    return G_SOURCE_CONTINUE;
}

static GSocket *open_socket(const WhGatewayRoute *route, guint16 port)
{
    g_autoptr(GSocketAddress) router = wh_endpoint_new(&route->router, port);
    g_autoptr(GSocketAddress) self = wh_endpoint_new(&route->self, 0);
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
    if (socket == NULL || !g_socket_bind(socket, self, FALSE, NULL))
        return NULL;
    g_socket_set_blocking(socket, FALSE);
    return g_socket_connect(socket, router, NULL, NULL) ? g_steal_pointer(&socket) : NULL;
}

WhExchange *wh_exchange_new(WhClock *clock, const WhGatewayRoute *route, guint16 port,
                            const guint8 *request, gsize length, const WhExchangeEvents *events,
                            gpointer data)
{
    WhExchange *exchange = g_new0(WhExchange, 1);
    exchange->clock = clock;
    exchange->events = events;
    exchange->data = data;
    exchange->request = g_bytes_new(request, length);
    exchange->socket = open_socket(route, port);
    if (exchange->socket == NULL) {
        exchange->timer = wh_clock_add_timer(clock, 0, give_up, exchange);
        return exchange;
    }
    exchange->source = g_socket_create_source(exchange->socket, G_IO_IN, NULL);
    g_source_set_callback(exchange->source, G_SOURCE_FUNC(on_readable), exchange, NULL);
    g_source_attach(exchange->source, NULL);
    send_again(exchange);
    return exchange;
}

void wh_exchange_hurry(WhExchange *exchange)
{
    if (exchange->socket == NULL || exchange->tries <= 1)
        return;
    wh_clock_remove_timer(exchange->clock, &exchange->timer);
    exchange->tries = 0;
    send_again(exchange);
}

void wh_exchange_free(WhExchange *exchange)
{
    if (exchange == NULL)
        return;
    stop(exchange);
    g_bytes_unref(exchange->request);
    g_free(exchange);
}
