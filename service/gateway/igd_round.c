#include "service/gateway/igd_round.h"

#include "service/gateway/igd_xml.h"

#include <string.h>

/* first: the service that was asked first. disconnected: the status of the one that is being asked.
 */
struct WhIgdRound {
    WhHttp *http;
    const WhIgdDescription *description;
    guint first;
    guint tried;
    WhAddress router;
    WhComplaints *complaints;
    WhIgdRoundFunc done;
    gpointer data;
    WhIgdCall *address_call;
    WhIgdCall *status_call;
    gboolean disconnected;
    WhIgdRoundResult result;
};

static void ask(WhIgdRound *round);

/* Both answers of one service are there. Nothing of the round may be touched afterwards. */
static void conclude(WhIgdRound *round)
{
    if (round->address_call != NULL || round->status_call != NULL)
        return;
    if (round->disconnected)
        round->result.has_address = FALSE;
    if (!round->result.has_address && ++round->tried < round->description->n_services) {
        round->result.service = (round->result.service + 1) % round->description->n_services;
        ask(round);
        return;
    }
    if (!round->result.has_address)
        round->result.service = round->first;
    round->done(&round->result, round->data);
}

/* FALSE: that is no answer. */
static gboolean read_address(WhIgdRound *round, const char *body, gsize length)
{
    static const WhAddress nowhere = {.family = WH_FAMILY_IPV4};
    WhAddress address;
    g_autofree char *text = wh_igd_xml_only_value(body, length, "NewExternalIPAddress");
    if (text == NULL)
        return FALSE;
    /* So it looks while there is none. */
    if (*g_strstrip(text) == '\0')
        return TRUE;
    if (!wh_address_parse(text, &address) || address.family != WH_FAMILY_IPV4)
        return FALSE;
    round->result.has_address = !wh_address_equal(&address, &nowhere);
    if (round->result.has_address)
        round->result.address = address;
    return TRUE;
}

static void on_address(WhIgdCallOutcome outcome, const char *body, gsize length, gpointer data)
{
    WhIgdRound *round = data;
    g_clear_pointer(&round->address_call, wh_igd_call_free);
    if (outcome == WH_IGD_CALL_REFUSED)
        round->result.answered = TRUE;
    else if (outcome == WH_IGD_CALL_DONE && read_address(round, body, length))
        round->result.answered = TRUE;
    else if (outcome == WH_IGD_CALL_DONE)
        wh_complaints_add(round->complaints, &round->router,
                          "an answer by UPnP without an address");
    conclude(round);
}

/* A router may go on to name the address that it had. */
static void on_status(WhIgdCallOutcome outcome, const char *body, gsize length, gpointer data)
{
    static const char *const down[] = {"Unconfigured", "Disconnecting", "Disconnected", NULL};
    WhIgdRound *round = data;
    g_clear_pointer(&round->status_call, wh_igd_call_free);
    g_autofree char *status =
        outcome != WH_IGD_CALL_DONE ? NULL : wh_igd_xml_value(body, length, "NewConnectionStatus");
    round->disconnected = status != NULL && g_strv_contains(down, status);
    conclude(round);
}

static void ask(WhIgdRound *round)
{
    const WhIgdService *service = &round->description->services[round->result.service];
    round->disconnected = FALSE;
    round->address_call =
        wh_igd_call_new(round->http, service, "GetExternalIPAddress", "", on_address, round);
    round->status_call =
        wh_igd_call_new(round->http, service, "GetStatusInfo", "", on_status, round);
}

WhIgdRound *wh_igd_round_new(WhHttp *http, const WhIgdDescription *description, guint first,
                             const WhAddress *router, WhComplaints *complaints, WhIgdRoundFunc done,
                             gpointer data)
{
    WhIgdRound *round = g_new0(WhIgdRound, 1);
    round->http = http;
    round->description = description;
    round->router = *router;
    round->complaints = complaints;
    round->done = done;
    round->data = data;
    round->first = first;
    round->result.service = first;
    ask(round);
    return round;
}

void wh_igd_round_free(WhIgdRound *round)
{
    if (round == NULL)
        return;
    g_clear_pointer(&round->address_call, wh_igd_call_free);
    g_clear_pointer(&round->status_call, wh_igd_call_free);
    g_free(round);
}
