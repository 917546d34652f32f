#include "service/net/dns_query.h"

#include <gio/gio.h>

struct WhDnsQuery {
    WhDnsClient *dns;
    GBytes *message; /* NULL: the name is none */
    GArray *servers; /* WhDnsServer */
    guint next;
    gint64 timeout;
    guint64 exchange;
    WhDnsQueryDone done;
    gpointer data;
};

static void ask_next(WhDnsQuery *query);

static gboolean is_answer(const WhDnsAnswer *answer)
{
    return answer->rcode == WH_DNS_NOERROR || answer->rcode == WH_DNS_NXDOMAIN;
}

static const WhAddress *last_server(const WhDnsQuery *query)
{
    if (query->next == 0)
        return NULL;
    return &g_array_index(query->servers, WhDnsServer, query->next - 1).address;
}

static void on_exchange(const guint8 *bytes, gsize length, gint64 sent, const GError *error,
                        gpointer data)
{
    WhDnsQuery *query = data;
    g_autoptr(WhDnsAnswer) answer = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    query->exchange = 0;
    if (bytes != NULL)
        answer = wh_dns_answer_parse(query->message, bytes, length, NULL);
    if (answer != NULL && is_answer(answer))
        query->done(query, answer, last_server(query), query->data);
    else
        ask_next(query);
}

static void ask_next(WhDnsQuery *query)
{
    if (query->message == NULL || query->next >= query->servers->len) {
        query->done(query, NULL, last_server(query), query->data);
        return;
    }
    query->exchange = wh_dns_client_exchange(
        query->dns, &g_array_index(query->servers, WhDnsServer, query->next++), query->message,
        WH_DNS_UDP_THEN_TCP, query->timeout, NULL, on_exchange, query);
}

WhDnsQuery *wh_dns_query_new(WhDnsClient *dns, const char *name, WhDnsType type, gboolean recursion,
                             GArray *servers, gint64 timeout)
{
    WhDnsQuery *query = g_new0(WhDnsQuery, 1);

    query->dns = dns;
    query->message = wh_dns_question_new(name, type, recursion, NULL);
    query->servers = servers;
    query->timeout = timeout;
    return query;
}

void wh_dns_query_start(WhDnsQuery *query, WhDnsQueryDone done, gpointer data)
{
    query->done = done;
    query->data = data;
    ask_next(query);
}

void wh_dns_query_free(WhDnsQuery *query)
{
    if (query->exchange != 0)
        wh_dns_client_cancel(query->dns, query->exchange);
    g_clear_pointer(&query->message, g_bytes_unref);
    g_array_unref(query->servers);
    g_free(query);
}
