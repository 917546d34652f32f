#include "service/wiring/service_private.h"

/* The history and the watchers come after the update is on its way. */
static void write_events(gpointer data)
{
    WhService *service = data;
    WhJournal *journal = wh_store_journal(service->store);

    service->events_timer = 0;
    journal->begin(journal);
    for (guint i = 0; i < service->pending_events->len; i++)
        journal->put_event(journal, g_ptr_array_index(service->pending_events, i));
    journal->commit(journal, FALSE);
    for (guint i = 0; i < service->pending_events->len; i++)
        wh_control_event(service->control, g_ptr_array_index(service->pending_events, i));
    for (guint i = 0; i < service->pending_events->len; i++)
        wh_chronicle_add_event(service->chronicle, g_ptr_array_index(service->pending_events, i));
    g_ptr_array_set_size(service->pending_events, 0);
}

void wh_events_remember(WhService *service, WhEvent *event)
{
    g_ptr_array_add(service->pending_events, event);
    if (service->events_timer == 0)
        service->events_timer = wh_clock_add_timer(service->clock, 0, write_events, service);
}

/* Machines may be missed afterwards although no record has another aim. */
static void aim_anew(WhService *service)
{
    wh_keeper_look(service->keeper);
    wh_events_settle_soon(service);
}

void wh_events_verdict(const WhVerdict *verdict, gpointer data)
{
    WhService *service = data;
    WhEvent *event = wh_event_new(WH_EVENT_ADDRESS, wh_clock_wall(service->clock));
    gboolean changed = wh_home_router_weigh(service->home_router);

    if (wh_targets_take_verdict(service->targets, verdict) || changed)
        aim_anew(service);
    wh_home_router_settle(service->home_router);
    event->has_family = TRUE;
    event->family = verdict->family;
    event->has_address = verdict->known;
    event->address = verdict->address;
    event->detail = g_strdup(wh_verdict_reason_name(verdict->reason));
    wh_events_remember(service, event);
    wh_control_verdict_changed(service->control, verdict->family);
    wh_doctor_look_soon(service->doctor);
    wh_rival_look_soon(service->rival);
}

void wh_events_look(WhService *service)
{
    gboolean changed = FALSE;

    if (service->monitor != NULL)
        changed =
            wh_targets_read_line(service->targets, wh_address_monitor_snapshot(service->monitor));
    changed |= wh_whereabouts_look(service->whereabouts);
    changed |= wh_neighbourhood_look(service->neighbourhood);
    wh_home_router_read_line(service->home_router);
    wh_detector_look(service->detector);
    if (changed)
        aim_anew(service);
    wh_home_router_look(service->home_router);
}

/* Something about the network may be another now. The detector comes first: its verdict starts the
 * update. */
void wh_events_look_again(gpointer data)
{
    WhService *service = data;

    wh_http_forget_connections(service->http);
    wh_authority_forget(service->authority);
    wh_events_look(service);
    wh_keeper_network_changed(service->keeper);
    wh_doctor_look_soon(service->doctor);
}

void wh_events_addresses_changed(gpointer data)
{
    WhService *service = data;

    if (wh_outlook_take(service->outlook, wh_address_monitor_snapshot(service->monitor)))
        wh_events_look_again(service);
}

void wh_events_resumed(gpointer data)
{
    WhService *service = data;

    if (service->monitor != NULL)
        wh_address_monitor_refresh(service->monitor);
    wh_events_look_again(service);
}

void wh_events_clock_set(gpointer data)
{
    WhService *service = data;

    wh_doctor_clock_set(service->doctor);
    wh_keeper_clock_set(service->keeper);
}

static void show_status(WhService *service)
{
    guint n = wh_accounts_hosts(service->accounts)->len;
    g_autofree char *status = NULL;

    if (wh_keeper_is_paused(service->keeper))
        status = g_strdup_printf("Paused; keeps %u name%s", n, n == 1 ? "" : "s");
    else
        status = g_strdup_printf("Keeps %u name%s", n, n == 1 ? "" : "s");
    wh_service_host_status(service->host, status);
}

gboolean wh_events_settle(WhService *service)
{
    g_autofree char *notice = wh_store_take_notice(service->store);
    gboolean more = FALSE;

    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        gboolean wanted = wh_keeper_wants(service->keeper, family);
        more = more || (wanted && !service->wanted[family]);
        service->wanted[family] = wanted;
    }
    wh_detector_set_wanted(service->detector, service->wanted[WH_FAMILY_IPV4],
                           service->wanted[WH_FAMILY_IPV6]);
    if (notice != NULL)
        wh_notices_set(service->notices, "store_set_aside", notice);
    wh_notices_set(service->notices, "store_unwritable",
                   wh_keeper_journal_ok(service->keeper)
                       ? NULL
                       : "The service cannot write down what it does: free some disk space.");
    wh_safe_settle(service);
    wh_declared_settle(service);
    wh_rival_settle(service);
    wh_home_router_settle(service->home_router);
    wh_neighbourhood_settle(service->neighbourhood);
    show_status(service);
    return more;
}

/* Runs on a turn of its own, because the keeper must not be called back. */
static void on_settle(gpointer data)
{
    WhService *service = data;

    service->settle_timer = 0;
    if (wh_events_settle(service))
        wh_detector_look(service->detector);
}

void wh_events_settle_soon(WhService *service)
{
    if (service->settle_timer == 0)
        service->settle_timer = wh_clock_add_timer(service->clock, 0, on_settle, service);
}

void wh_events_keeper_changed(const char *account, const char *host, gpointer data)
{
    WhService *service = data;

    if (service->control != NULL)
        wh_control_host_changed(service->control, account, host);
    wh_doctor_look_soon(service->doctor);
    wh_events_settle_soon(service);
}

void wh_events_keeper_event(const WhEvent *event, gpointer data)
{
    WhService *service = data;

    if (service->control != NULL)
        wh_control_event(service->control, event);
    wh_doctor_take_event(service->doctor, event);
    wh_chronicle_add_event(service->chronicle, event);
}

void wh_events_flush(WhService *service)
{
    if (service->events_timer == 0)
        return;
    wh_clock_remove_timer(service->clock, &service->events_timer);
    write_events(service);
}
