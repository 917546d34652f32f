#include "service/gateway/igd_parts.h"

#include "service/gateway/gena.h"
#include "service/gateway/igd_finder.h"
#include "service/gateway/igd_mappings.h"
#include "service/gateway/igd_round.h"
#include "service/gateway/igd_ssdp.h"

/* description NULL: the router was not found; at most one of finder and silence is set then. round:
 * it is being asked; again: and will be once more. said: its last answer. searched_ever, searched:
 * when the network was. counted_ever, counted: when mappings were. */
struct WhIgd {
    WhClock *clock;
    WhHttp *http;
    WhGatewayRoute route;
    WhAddress group;
    guint16 port;
    WhIgdFunc heard;
    gpointer data;
    WhComplaints *complaints;
    WhIgdFinder *finder;
    WhIgdDescription *description;
    WhIgdRound *round;
    gboolean again;
    WhIgdRoundResult said;
    WhIgdMappings *mappings;
    gint mappings_here;
    WhGena *gena;
    gboolean searched_ever;
    gint64 searched;
    gboolean counted_ever;
    gint64 counted;
    guint silence;
};

static void start_round(WhIgd *igd);

/* Nothing of the WhIgd may be touched afterwards. */
static void say(WhIgd *igd, WhIgdKind kind)
{
    WhIgdWord word = {
        .kind = kind,
        .has_address = kind == WH_IGD_ANSWERED && igd->said.has_address,
        .address = igd->said.address,
        .subscribed = igd->gena != NULL && wh_gena_is_subscribed(igd->gena),
        .model = igd->description == NULL ? NULL : igd->description->model,
        .mappings_here = igd->mappings_here,
    };
    igd->heard(&word, igd->data);
}

static void on_event(gpointer data)
{
    say(data, WH_IGD_EVENT);
}

static void forget(WhIgd *igd)
{
    g_clear_pointer(&igd->gena, wh_gena_free);
    g_clear_pointer(&igd->mappings, wh_igd_mappings_free);
    g_clear_pointer(&igd->description, wh_igd_description_free);
    igd->mappings_here = -1;
    igd->counted_ever = FALSE;
    igd->again = FALSE;
}

static const WhIgdService *service_of(const WhIgd *igd)
{
    return &igd->description->services[igd->said.service];
}

static void subscribe(WhIgd *igd)
{
    g_clear_pointer(&igd->gena, wh_gena_free);
    if (service_of(igd)->events != NULL)
        igd->gena = wh_gena_new(igd->clock, igd->http, &igd->route, service_of(igd)->events,
                                igd->complaints, on_event, igd);
}

static void on_counted(gint count, gpointer data)
{
    WhIgd *igd = data;
    gboolean is_new = count != igd->mappings_here;
    g_clear_pointer(&igd->mappings, wh_igd_mappings_free);
    igd->mappings_here = count;
    /* A question under way ends with a word that has it. */
    if (is_new && igd->round == NULL)
        say(igd, WH_IGD_ANSWERED);
}

static void count(WhIgd *igd)
{
    igd->counted_ever = TRUE;
    igd->counted = wh_clock_monotonic(igd->clock);
    g_clear_pointer(&igd->mappings, wh_igd_mappings_free);
    igd->mappings =
        wh_igd_mappings_new(igd->http, service_of(igd), &igd->route.self, on_counted, igd);
}

static gboolean is_due(const WhIgd *igd, gboolean ever, gint64 last, gint64 pause)
{
    return !ever || wh_clock_monotonic(igd->clock) - last >= pause;
}

static void on_found(WhIgdDescription *description, gpointer data)
{
    WhIgd *igd = data;
    g_clear_pointer(&igd->finder, wh_igd_finder_free);
    if (description == NULL) {
        say(igd, WH_IGD_SILENT);
        return;
    }
    igd->description = description;
    igd->said = (WhIgdRoundResult){0};
    start_round(igd);
}

static gboolean may_search(const WhIgd *igd)
{
    return is_due(igd, igd->searched_ever, igd->searched, WH_IGD_SEARCH_PAUSE);
}

static void search(WhIgd *igd)
{
    igd->searched_ever = TRUE;
    igd->searched = wh_clock_monotonic(igd->clock);
    igd->finder = wh_igd_finder_new(igd->clock, igd->http, &igd->route, &igd->group, igd->port,
                                    igd->complaints, on_found, igd);
}

/* Nobody is where the description says: the router may have begun anew, somewhere else. */
static void lose(WhIgd *igd)
{
    forget(igd);
    if (may_search(igd))
        search(igd);
    else
        say(igd, WH_IGD_SILENT);
}

static void on_round(const WhIgdRoundResult *result, gpointer data)
{
    WhIgd *igd = data;
    gboolean is_other = igd->gena == NULL || result->service != igd->said.service;
    if (result->answered)
        igd->said = *result;
    gboolean answered = result->answered;
    g_clear_pointer(&igd->round, wh_igd_round_free);
    if (!answered) {
        lose(igd);
        return;
    }
    if (is_other)
        subscribe(igd);
    if (is_due(igd, igd->counted_ever, igd->counted, WH_IGD_COUNT_PAUSE))
        count(igd);
    if (igd->again)
        start_round(igd);
    say(igd, WH_IGD_ANSWERED);
}

static void start_round(WhIgd *igd)
{
    igd->again = FALSE;
    igd->round = wh_igd_round_new(igd->http, igd->description, igd->said.service,
                                  &igd->route.router, igd->complaints, on_round, igd);
}

static void be_silent(gpointer data)
{
    WhIgd *igd = data;
    igd->silence = 0;
    say(igd, WH_IGD_SILENT);
}

void wh_igd_ask(WhIgd *igd)
{
    if (igd->round != NULL)
        igd->again = TRUE;
    else if (igd->description != NULL)
        start_round(igd);
    else if (igd->finder != NULL || igd->silence != 0)
        return;
    else if (may_search(igd))
        search(igd);
    else
        igd->silence = wh_clock_add_timer(igd->clock, 0, be_silent, igd);
}

void wh_igd_count(WhIgd *igd)
{
    /* Before the first answer there is nothing to add to; it is counted then. */
    if (igd->counted_ever)
        count(igd);
}

void wh_igd_router_restarted(WhIgd *igd)
{
    if (igd->gena != NULL)
        subscribe(igd);
}

WhIgd *wh_igd_new_at(WhClock *clock, WhHttp *http, const WhGatewayRoute *route,
                     const WhAddress *group, guint16 port, WhIgdFunc heard, gpointer data)
{
    WhIgd *igd = g_new0(WhIgd, 1);
    igd->clock = clock;
    igd->http = http;
    igd->route = *route;
    igd->group = *group;
    igd->port = port;
    igd->heard = heard;
    igd->data = data;
    igd->complaints = wh_complaints_new(clock);
    igd->mappings_here = -1;
    return igd;
}

WhIgd *wh_igd_new(WhClock *clock, WhHttp *http, const WhGatewayRoute *route, WhIgdFunc heard,
                  gpointer data)
{
    WhAddress group;
    gboolean is_address = wh_address_parse(WH_IGD_SSDP_GROUP, &group);
    g_assert(is_address);
    return wh_igd_new_at(clock, http, route, &group, WH_IGD_SSDP_PORT, heard, data);
}

void wh_igd_free(WhIgd *igd)
{
    if (igd == NULL)
        return;
    g_clear_pointer(&igd->round, wh_igd_round_free);
    g_clear_pointer(&igd->finder, wh_igd_finder_free);
    forget(igd);
    wh_clock_remove_timer(igd->clock, &igd->silence);
    wh_complaints_free(igd->complaints);
    g_free(igd);
}
