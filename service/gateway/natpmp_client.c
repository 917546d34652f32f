#include "service/gateway/natpmp_client.h"

#include "service/gateway/epoch.h"
#include "service/gateway/exchange.h"
#include "service/gateway/natpmp.h"
#include "service/gateway/pcp.h"

/* word: what the question under way has brought so far. */
struct WhNatpmpClient {
    WhClock *clock;
    WhGatewayRoute route;
    guint16 port;
    WhComplaints *complaints;
    WhNatpmpFunc heard;
    gpointer data;
    WhExchange *exchange;
    WhNatpmpWord word;
    WhEpoch natpmp;
    WhEpoch pcp;
};

static void tell(WhNatpmpClient *client, WhNatpmpOutcome outcome)
{
    WhNatpmpWord word = client->word;
    word.outcome = outcome;
    g_clear_pointer(&client->exchange, wh_exchange_free);
    client->heard(&word, client->data);
}

static gboolean complain(const WhNatpmpClient *client)
{
    wh_complaints_add(client->complaints, &client->route.router,
                      "a malformed answer about port mapping");
    return FALSE;
}

static gboolean take_pcp(const guint8 *bytes, gsize length, gpointer data)
{
    WhNatpmpClient *client = data;
    WhPcpAnswer answer;
    if (!wh_pcp_read_announce(bytes, length, &answer) || answer.result != WH_PCP_SUCCESS)
        return complain(client);
    client->word.restarted =
        wh_epoch_restarted_pcp(&client->pcp, answer.epoch, wh_clock_monotonic(client->clock));
    return TRUE;
}

static void end_pcp(gboolean answered, gpointer data)
{
    tell(data, answered ? WH_NATPMP_PCP_ONLY : WH_NATPMP_SILENT);
}

/* The router answered that it speaks another version: is it PCP? */
static void ask_pcp(WhNatpmpClient *client)
{
    static const WhExchangeEvents events = {.answer = take_pcp, .done = end_pcp};
    guint8 request[WH_PCP_REQUEST_SIZE];
    wh_pcp_write_announce(&client->route.self, request);
    g_clear_pointer(&client->exchange, wh_exchange_free);
    client->exchange = wh_exchange_new(client->clock, &client->route, client->port, request,
                                       sizeof request, &events, client);
}

static gboolean take_answer(const guint8 *bytes, gsize length, gpointer data)
{
    WhNatpmpClient *client = data;
    WhNatpmpAnswer answer;
    WhPcpAnswer pcp;
    client->word.outcome = WH_NATPMP_NO_ADDRESS;
    if (!wh_natpmp_read(bytes, length, &answer)) {
        client->word.outcome = WH_NATPMP_PCP_ONLY;
        return wh_pcp_read_announce(bytes, length, &pcp) || complain(client);
    }
    if (answer.result == WH_NATPMP_UNSUPPORTED_VERSION) {
        client->word.outcome = WH_NATPMP_PCP_ONLY;
        return TRUE;
    }
    client->word.restarted =
        wh_epoch_restarted_natpmp(&client->natpmp, answer.epoch, wh_clock_monotonic(client->clock));
    if (answer.has_address) {
        client->word.outcome = WH_NATPMP_ADDRESS;
        client->word.address = answer.address;
    }
    return TRUE;
}

static void end_natpmp(gboolean answered, gpointer data)
{
    WhNatpmpClient *client = data;
    if (!answered)
        tell(client, WH_NATPMP_SILENT);
    else if (client->word.outcome == WH_NATPMP_PCP_ONLY)
        ask_pcp(client);
    else
        tell(client, client->word.outcome);
}

void wh_natpmp_client_ask(WhNatpmpClient *client)
{
    static const WhExchangeEvents events = {.answer = take_answer, .done = end_natpmp};
    guint8 request[WH_NATPMP_REQUEST_SIZE];
    if (client->exchange != NULL) {
        wh_exchange_hurry(client->exchange);
        return;
    }
    wh_natpmp_write_request(request);
    client->word = (WhNatpmpWord){.outcome = WH_NATPMP_SILENT};
    client->exchange = wh_exchange_new(client->clock, &client->route, client->port, request,
                                       sizeof request, &events, client);
}

WhNatpmpClient *wh_natpmp_client_new(WhClock *clock, const WhGatewayRoute *route, guint16 port,
                                     WhComplaints *complaints, WhNatpmpFunc heard, gpointer data)
{
    WhNatpmpClient *client = g_new0(WhNatpmpClient, 1);
    client->clock = clock;
    client->route = *route;
    client->port = port;
    client->complaints = complaints;
    client->heard = heard;
    client->data = data;
    return client;
}

void wh_natpmp_client_free(WhNatpmpClient *client)
{
    if (client == NULL)
        return;
    g_clear_pointer(&client->exchange, wh_exchange_free);
    g_free(client);
}
