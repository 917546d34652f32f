#include "service/gateway/exchange.h"

#include "service/gateway/endpoint.h"
#include "service/net/datagrams.h"

#define FIRST_WAIT (250 * WH_MILLISECOND)
#define TRIES 4

/* datagrams NULL: there is no way to the router now. */
struct WhExchange {
    WhClock *clock;
    const WhExchangeEvents *events;
    gpointer data;
    WhDatagrams *datagrams;
    GBytes *request;
    guint tries;
    guint timer;
};

static void stop(WhExchange *exchange)
{
    wh_clock_remove_timer(exchange->clock, &exchange->timer);
    g_clear_pointer(&exchange->datagrams, wh_datagrams_free);
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
    g_socket_send(wh_datagrams_socket(exchange->datagrams), bytes, length, NULL, NULL);
    gint64 wait = FIRST_WAIT << exchange->tries++;
    exchange->timer = wh_clock_add_timer(exchange->clock, wait,
                                         exchange->tries < TRIES ? send_again : give_up, exchange);
}

static gboolean on_datagram(GSocketAddress *sender, const guint8 *bytes, gsize length,
                            gpointer data)
{
    WhExchange *exchange = data;
    if (!exchange->events->answer(bytes, length, exchange->data))
        return TRUE;
    finish(exchange, TRUE);
    return FALSE;
}

static void on_failure(const GError *error, gpointer data)
{
    finish(data, FALSE);
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
    static const WhDatagramEvents arrivals = {.datagram = on_datagram, .failed = on_failure};
    WhExchange *exchange = g_new0(WhExchange, 1);
    exchange->clock = clock;
    exchange->events = events;
    exchange->data = data;
    exchange->request = g_bytes_new(request, length);
    GSocket *socket = open_socket(route, port);
    if (socket == NULL) {
        exchange->timer = wh_clock_add_timer(clock, 0, give_up, exchange);
        return exchange;
    }
    exchange->datagrams = wh_datagrams_new(socket, &arrivals, exchange);
    send_again(exchange);
    return exchange;
}

void wh_exchange_hurry(WhExchange *exchange)
{
    if (exchange->datagrams == NULL || exchange->tries <= 1)
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
