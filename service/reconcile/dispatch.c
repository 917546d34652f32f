#include "service/reconcile/keeper_private.h"

/* Enough to be quick, few enough to be polite. */
#define MOST_FLIGHTS 4

void wh_dispatch_activate(WhKeptAccount *account)
{
    WhKeeper *keeper = account->keeper;
    if (account->is_active)
        return;
    account->is_active = TRUE;
    g_queue_push_tail_link(&keeper->active, &account->active);
    wh_agenda_set_sooner(keeper->agenda, &keeper->turn, 0);
}

/* The next touched record that is due, taken out of the line of its family; NULL: none is left. */
static WhRecord *next_in_line(WhKeptAccount *account, WhFamily family)
{
    GList *link;
    while ((link = account->pending[family].head) != NULL) {
        WhRecord *record = link->data;
        wh_record_untouch(record);
        if (record->recovery == WH_RECOVERY_PENDING)
            wh_recover_start(record);
        if (wh_record_is_due(record))
            return record;
    }
    return NULL;
}

static WhFamily other_family(WhFamily family)
{
    return family == WH_FAMILY_IPV4 ? WH_FAMILY_IPV6 : WH_FAMILY_IPV4;
}

/* Where families may share a request, so may hosts that want different ones. */
static WhRecord *next_due(WhKeptAccount *account, WhFamily family)
{
    WhRecord *record = next_in_line(account, family);
    if (record == NULL && account->manners.together)
        record = next_in_line(account, other_family(family));
    return record;
}

/* Goes along because leaving it out would change it. An address that was refused in other company
 * is tried again in this one. */
static const WhAddress *find_company(WhRecord *record)
{
    const WhAddress *desired = wh_record_desired(record);
    if (!wh_record_is_wanted(record))
        return NULL;
    if (desired != NULL)
        return desired;
    return record->state.has_acknowledged ? &record->state.acknowledged : NULL;
}

static void compose(WhRecord *due, WhUpdateItem *item, gboolean for_itself[WH_N_FAMILIES])
{
    WhKeptHost *host = due->host;
    const WhManners *manners = &host->account->manners;
    WhRecord *other = &host->records[other_family(due->family)];
    const WhAddress *company = manners->both_always ? find_company(other) : NULL;
    item->has[due->family] = TRUE;
    item->address[due->family] = *wh_record_desired(due);
    for_itself[due->family] = TRUE;
    if (manners->together && !host->apart && wh_record_is_due(other)) {
        company = wh_record_desired(other);
        for_itself[other->family] = TRUE;
    }
    if (company == NULL)
        return;
    item->has[other->family] = TRUE;
    item->address[other->family] = *company;
}

static void start_healing(WhRecord *record, const WhAddress *address, gint64 now)
{
    if (record->heal != WH_HEAL_WANTED)
        return;
    record->heal = WH_HEAL_STARTED;
    record->state.healed_at = now;
    wh_batch_event(wh_record_keeper(record),
                   wh_record_event(record, WH_EVENT_HEALED, now, address));
}

/* Writes down what is about to be sent, so that a restart knows of it. */
static void intend(WhKeptHost *host, const WhUpdateItem *item)
{
    gint64 now = wh_clock_wall(host->account->keeper->clock);
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        WhRecord *record = &host->records[i];
        if (!item->has[i])
            continue;
        start_healing(record, &item->address[i], now);
        record->state.has_intent = TRUE;
        record->state.intent = item->address[i];
        record->state.intent_at = now;
        wh_batch_put_record(record);
        wh_recover_forget(record);
        wh_prove_stop(record);
    }
    if (host->account->manners.refill > 0) {
        wh_policy_take_token(&host->state, &host->account->manners);
        wh_batch_put_host(host);
    }
    wh_batch_host_changed(host);
}

static void board(WhFlight *flight, WhRecord *due)
{
    WhUpdateItem item = {0};
    gboolean for_itself[WH_N_FAMILIES] = {FALSE};
    compose(due, &item, for_itself);
    wh_flight_add(flight, due->host, &item, for_itself);
    intend(due->host, &item);
}

/* One update of what is due in the family, and of the other where both travel together. FALSE:
 * nothing. */
static gboolean gather(WhKeptAccount *account, WhFamily family, GPtrArray *flights)
{
    WhRecord *due = next_due(account, family);
    if (due == NULL)
        return FALSE;
    guint most = MAX(account->manners.max_hosts, 1);
    WhFlight *flight = wh_flight_new(account);
    board(flight, due);
    while (flight->items->len < most && (due = next_due(account, family)) != NULL)
        board(flight, due);
    g_ptr_array_add(flights, flight);
    return TRUE;
}

static void dispatch(WhKeptAccount *account, GPtrArray *flights)
{
    gboolean more = TRUE;
    wh_flight_cancel_stale(account);
    while (more) {
        more = FALSE;
        for (guint i = 0; i < WH_N_FAMILIES; i++) {
            if (account->flights->len < MOST_FLIGHTS)
                more = gather(account, (WhFamily)i, flights) || more;
        }
    }
}

void wh_dispatch_turn(gpointer data)
{
    WhKeeper *keeper = data;
    g_autoptr(GPtrArray) flights = g_ptr_array_new();
    GList *link;
    wh_batch_begin(keeper);
    while ((link = g_queue_pop_head_link(&keeper->active)) != NULL) {
        WhKeptAccount *account = link->data;
        dispatch(account, flights);
        account->is_active = FALSE;
    }
    wh_batch_commit(keeper, FALSE);
    for (guint i = 0; i < flights->len; i++)
        wh_flight_launch(g_ptr_array_index(flights, i));
    wh_batch_end(keeper, FALSE);
}
