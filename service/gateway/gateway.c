#include "service/gateway/gateway.h"

#include <string.h>

#include "service/gateway/gateway_alarm.h"
#include "service/gateway/gateway_hearing.h"
#include "service/gateway/gateway_pace.h"
#include "service/gateway/gateway_parts.h"
#include "service/gateway/gateway_round.h"

/* natpmp, announcements, igd: only while there is a route and somebody wants it. poll_at: when to
 * ask without cause. tick: runs until the next of it and of the alarm. post: tells of the report
 * from a turn of its own. polling: the round was begun without cause. count_at: when port
 * mappings may be counted again. */
struct WhGateway {
    const WhGatewayParts *parts;
    WhClock *clock;
    WhHttp *http;
    WhGatewayFunc changed;
    gpointer data;
    WhComplaints *complaints;
    gboolean has_route;
    WhGatewayRoute route;
    gboolean wanted;
    gpointer natpmp;
    gpointer announcements;
    gpointer igd;
    WhGatewayRound round;
    WhGatewayPace pace;
    WhGatewayAlarm alarm;
    gint64 poll_at;
    guint tick;
    guint post;
    gboolean restarted;
    gboolean polling;
    WhGatewayHearing hearing;
    gint64 count_at;
    WhGatewayReport report;
    WhGatewayFacts facts;
    char *model;
};

static gint64 now(const WhGateway *gateway)
{
    return wh_clock_monotonic(gateway->clock);
}

static gboolean is_running(const WhGateway *gateway)
{
    return gateway->igd != NULL;
}

static void tell(gpointer data)
{
    WhGateway *gateway = data;
    WhGatewayReport told = gateway->report;
    gateway->post = 0;
    gateway->changed(&told, gateway->data);
}

static void post(WhGateway *gateway)
{
    if (gateway->post == 0)
        gateway->post = wh_clock_add_timer(gateway->clock, 0, tell, gateway);
}

static void on_tick(gpointer data);

static void schedule(WhGateway *gateway)
{
    gint64 next = MIN(gateway->poll_at, wh_gateway_alarm_next(&gateway->alarm));
    wh_clock_remove_timer(gateway->clock, &gateway->tick);
    if (next == WH_GATEWAY_ALARM_NEVER)
        return;
    gint64 wait = MAX(next - now(gateway), 0);
    gateway->tick = wh_clock_add_timer(gateway->clock, wait, on_tick, gateway);
}

static void ask_for_event(WhGateway *gateway, gboolean natpmp_too)
{
    gateway->poll_at = WH_GATEWAY_ALARM_NEVER;
    gateway->polling = FALSE;
    wh_gateway_round_event(&gateway->round, natpmp_too);
}

static void on_tick(gpointer data)
{
    WhGateway *gateway = data;
    gateway->tick = 0;
    if (wh_gateway_alarm_take(&gateway->alarm, now(gateway))) {
        ask_for_event(gateway, FALSE);
    } else if (now(gateway) >= gateway->poll_at) {
        gateway->poll_at = WH_GATEWAY_ALARM_NEVER;
        gateway->polling = TRUE;
        wh_gateway_round_poll(&gateway->round);
    }
    schedule(gateway);
}

/* Whoever reads the two facts looks at both. */
static void note_hearing(WhGateway *gateway)
{
    gateway->facts.event_ever_seen = gateway->hearing.event_seen;
    gateway->facts.change_unheard = gateway->hearing.change_unheard;
    gateway->report.announces = wh_gateway_hearing_is_good(&gateway->hearing);
}

static void note_event(WhGateway *gateway)
{
    gboolean announced = gateway->report.announces;
    wh_gateway_hearing_event(&gateway->hearing, now(gateway));
    note_hearing(gateway);
    if (gateway->report.announces && !announced)
        post(gateway);
}

static void on_event(WhGateway *gateway, gboolean natpmp_too)
{
    note_event(gateway);
    if (wh_gateway_alarm_ring(&gateway->alarm, now(gateway)))
        ask_for_event(gateway, natpmp_too);
    schedule(gateway);
}

static const char *name_method(WhMethodKind method)
{
    return method == WH_METHOD_NATPMP ? "NAT-PMP" : "UPnP";
}

static void set_state(WhGateway *gateway, WhGatewayState state, const char *method)
{
    gateway->report.state = state;
    gateway->report.method = method;
    gateway->report.watched = state == WH_GATEWAY_ADDRESS || state == WH_GATEWAY_NO_ADDRESS;
    if (state != WH_GATEWAY_ADDRESS)
        memset(&gateway->report.address, 0, sizeof gateway->report.address);
}

/* The round has heard everybody: when is the next one? */
static void end_round(WhGateway *gateway, gboolean answered, gboolean had_address)
{
    gboolean lost_address = had_address && gateway->report.state == WH_GATEWAY_NO_ADDRESS;
    if (answered)
        wh_gateway_pace_answered(&gateway->pace, gateway->restarted || lost_address, now(gateway));
    else
        wh_gateway_pace_lost(&gateway->pace, now(gateway));
    gateway->restarted = FALSE;
    if (wh_gateway_pace_is_silent(&gateway->pace))
        set_state(gateway, WH_GATEWAY_SILENT, NULL);
    gateway->poll_at = now(gateway) + wh_gateway_pace_wait(&gateway->pace,
                                                           gateway->report.announces, now(gateway));
}

static void conclude(WhGateway *gateway)
{
    WhAddress address;
    WhMethodKind method;
    gboolean had_address = gateway->report.state == WH_GATEWAY_ADDRESS;
    WhRoundState state = wh_gateway_round_state(&gateway->round, &address, &method);
    if (state == WH_ROUND_ADDRESS) {
        set_state(gateway, WH_GATEWAY_ADDRESS, name_method(method));
        gateway->report.address = address;
        wh_gateway_hearing_named(&gateway->hearing, &address, gateway->polling, now(gateway));
        note_hearing(gateway);
    } else if (state == WH_ROUND_NO_ADDRESS) {
        set_state(gateway, WH_GATEWAY_NO_ADDRESS, name_method(method));
    }
    if (wh_gateway_round_is_over(&gateway->round))
        end_round(gateway, state != WH_ROUND_LOST, had_address);
    if (state != WH_ROUND_OPEN)
        post(gateway);
    schedule(gateway);
}

static void take(WhGateway *gateway, WhMethodKind method, const WhWord *word)
{
    if (word->kind != WH_WORD_SILENT)
        gateway->report.at = now(gateway);
    wh_gateway_round_hear(&gateway->round, method, word);
    conclude(gateway);
}

static void hear_natpmp(const WhNatpmpWord *heard, gpointer data)
{
    WhGateway *gateway = data;
    WhWord word = {.kind = WH_WORD_SILENT};
    if (heard->restarted) {
        gateway->restarted = TRUE;
        gateway->parts->igd_router_restarted(gateway->igd);
    }
    switch (heard->outcome) {
    case WH_NATPMP_ADDRESS:
        word = (WhWord){.kind = WH_WORD_ADDRESS, .address = heard->address};
        gateway->facts.nat_pmp = TRUE;
        break;
    case WH_NATPMP_NO_ADDRESS:
        word.kind = WH_WORD_NO_ADDRESS;
        gateway->facts.nat_pmp = TRUE;
        break;
    case WH_NATPMP_PCP_ONLY:
        gateway->facts.pcp = TRUE;
        gateway->report.at = now(gateway);
        break;
    case WH_NATPMP_SILENT:
        break;
    }
    take(gateway, WH_METHOD_NATPMP, &word);
}

static void hear_announcement(WhAnnouncementKind kind, gpointer data)
{
    WhGateway *gateway = data;
    gateway->facts.announcements++;
    gateway->facts.pcp = gateway->facts.pcp || kind == WH_ANNOUNCEMENT_PCP;
    on_event(gateway, TRUE);
}

static void note_facts(WhGateway *gateway, const WhIgdWord *heard)
{
    gateway->facts.subscribed = heard->subscribed;
    gateway->facts.mappings_here = heard->mappings_here;
    if (heard->model == NULL || g_strcmp0(heard->model, gateway->model) == 0)
        return;
    g_free(gateway->model);
    gateway->model = g_strdup(heard->model);
    gateway->facts.model = gateway->model;
}

static void hear_igd(const WhIgdWord *heard, gpointer data)
{
    WhGateway *gateway = data;
    WhWord word = {.kind = WH_WORD_SILENT};
    note_facts(gateway, heard);
    switch (heard->kind) {
    case WH_IGD_EVENT:
        on_event(gateway, FALSE);
        return;
    case WH_IGD_ANSWERED:
        gateway->facts.upnp = TRUE;
        /* Other facts than before, with what it said then. */
        if (!gateway->round.methods[WH_METHOD_UPNP].asking) {
            post(gateway);
            return;
        }
        word.kind = heard->has_address ? WH_WORD_ADDRESS : WH_WORD_NO_ADDRESS;
        word.address = heard->address;
        break;
    case WH_IGD_SILENT:
        break;
    }
    take(gateway, WH_METHOD_UPNP, &word);
}

static void ask(WhMethodKind method, gpointer data)
{
    WhGateway *gateway = data;
    if (method == WH_METHOD_NATPMP)
        gateway->parts->natpmp_ask(gateway->natpmp);
    else
        gateway->parts->igd_ask(gateway->igd);
}

/* Nothing is known of the router. */
static void forget(WhGateway *gateway)
{
    g_clear_pointer(&gateway->model, g_free);
    gateway->facts = (WhGatewayFacts){.mappings_here = -1};
    gateway->report = (WhGatewayReport){
        .state = gateway->has_route ? WH_GATEWAY_ASKING : WH_GATEWAY_NONE,
    };
    gateway->pace = (WhGatewayPace){0};
    gateway->poll_at = WH_GATEWAY_ALARM_NEVER;
    gateway->restarted = gateway->polling = FALSE;
    gateway->hearing = (WhGatewayHearing){0};
    wh_gateway_alarm_init(&gateway->alarm, now(gateway));
    wh_gateway_round_init(&gateway->round, ask, gateway);
}

static void stop(WhGateway *gateway)
{
    wh_clock_remove_timer(gateway->clock, &gateway->tick);
    g_clear_pointer(&gateway->natpmp, gateway->parts->natpmp_free);
    g_clear_pointer(&gateway->announcements, gateway->parts->announcements_free);
    g_clear_pointer(&gateway->igd, gateway->parts->igd_free);
}

static void start(WhGateway *gateway)
{
    const WhGatewayParts *parts = gateway->parts;
    gateway->natpmp = parts->natpmp_new(parts->maker, gateway->clock, &gateway->route,
                                        gateway->complaints, hear_natpmp, gateway);
    gateway->announcements = parts->announcements_new(
        parts->maker, &gateway->route, gateway->complaints, hear_announcement, gateway);
    gateway->igd = parts->igd_new(parts->maker, gateway->clock, gateway->http, &gateway->route,
                                  hear_igd, gateway);
    gateway->facts.listener_trouble = parts->announcements_trouble(gateway->announcements);
    wh_gateway_round_poll(&gateway->round);
}

static void restart(WhGateway *gateway)
{
    stop(gateway);
    forget(gateway);
    if (gateway->has_route && gateway->wanted)
        start(gateway);
    post(gateway);
}

void wh_gateway_set_route(WhGateway *gateway, const WhGatewayRoute *route)
{
    if (gateway->has_route == (route != NULL) &&
        (route == NULL || wh_gateway_route_equal(&gateway->route, route)))
        return;
    gateway->has_route = route != NULL;
    if (route != NULL)
        gateway->route = *route;
    restart(gateway);
}

void wh_gateway_set_wanted(WhGateway *gateway, gboolean wanted)
{
    if (!gateway->wanted == !wanted)
        return;
    gateway->wanted = wanted;
    restart(gateway);
}

/* Nothing was heard yet: no answer can be older than what made us ask. */
static gboolean is_first_round(const WhGateway *gateway)
{
    return gateway->report.state == WH_GATEWAY_ASKING &&
           gateway->round.methods[WH_METHOD_NATPMP].asking;
}

void wh_gateway_look(WhGateway *gateway)
{
    if (!is_running(gateway))
        return;
    if (is_first_round(gateway)) {
        gateway->parts->natpmp_ask(gateway->natpmp);
        return;
    }
    if (now(gateway) >= gateway->count_at) {
        gateway->count_at = now(gateway) + WH_GATEWAY_COUNT_PAUSE;
        gateway->parts->igd_count(gateway->igd);
    }
    ask_for_event(gateway, FALSE);
    schedule(gateway);
}

const WhGatewayReport *wh_gateway_report(WhGateway *gateway)
{
    return &gateway->report;
}

const WhGatewayFacts *wh_gateway_facts(WhGateway *gateway)
{
    return &gateway->facts;
}

WhGateway *wh_gateway_new_from(const WhGatewayParts *parts, WhClock *clock, WhHttp *http,
                               WhGatewayFunc changed, gpointer data)
{
    WhGateway *gateway = g_new0(WhGateway, 1);
    gateway->parts = parts;
    gateway->clock = clock;
    gateway->http = http;
    gateway->changed = changed;
    gateway->data = data;
    gateway->complaints = wh_complaints_new(clock);
    forget(gateway);
    return gateway;
}

WhGateway *wh_gateway_new(WhClock *clock, WhHttp *http, WhGatewayFunc changed, gpointer data)
{
    return wh_gateway_new_from(wh_gateway_parts(), clock, http, changed, data);
}

void wh_gateway_free(WhGateway *gateway)
{
    if (gateway == NULL)
        return;
    stop(gateway);
    wh_clock_remove_timer(gateway->clock, &gateway->post);
    wh_complaints_free(gateway->complaints);
    g_free(gateway->model);
    g_free(gateway);
}
