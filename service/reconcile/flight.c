#include "service/reconcile/keeper_private.h"

static void clear_item(gpointer data)
{
    WhUpdateItem *item = data;
    wh_host_free((WhHost *)item->host);
}

WhFlight *wh_flight_new(WhKeptAccount *account)
{
    WhFlight *flight = g_new0(WhFlight, 1);
    flight->account = account;
    flight->update.account = wh_account_copy(account->account);
    flight->items = g_array_new(FALSE, TRUE, sizeof(WhUpdateItem));
    flight->slots = g_array_new(FALSE, TRUE, sizeof(WhFlightSlot));
    g_array_set_clear_func(flight->items, clear_item);
    g_ptr_array_add(account->flights, flight);
    return flight;
}

void wh_flight_free(WhFlight *flight)
{
    wh_account_free((WhAccount *)flight->update.account);
    g_array_unref(flight->items);
    g_array_unref(flight->slots);
    g_free(flight);
}

static WhFlightSlot *slot_at(WhFlight *flight, guint i)
{
    return &g_array_index(flight->slots, WhFlightSlot, i);
}

void wh_flight_add(WhFlight *flight, WhKeptHost *host, const WhUpdateItem *item,
                   const gboolean for_itself[WH_N_FAMILIES])
{
    WhUpdateItem own = *item;
    WhFlightSlot slot = {.host = host};
    own.host = wh_host_copy(host->host);
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (!item->has[i])
            continue;
        WhRecord *record = &host->records[i];
        slot.for_itself[i] = for_itself[i];
        slot.doubt[i] = record->state.has_intent;
        record->flight = flight;
    }
    g_array_append_val(flight->items, own);
    g_array_append_val(flight->slots, slot);
}

void wh_flight_launch(WhFlight *flight)
{
    WhPublisher *publisher = flight->account->keeper->publisher;
    flight->update.items = (const WhUpdateItem *)(gconstpointer)flight->items->data;
    flight->update.n_items = flight->items->len;
    flight->handle = publisher->publish(publisher, &flight->update, wh_answers_take, flight);
}

static void unbind(WhFlight *flight, guint i)
{
    WhKeptHost *host = slot_at(flight, i)->host;
    if (host == NULL)
        return;
    for (guint family = 0; family < WH_N_FAMILIES; family++) {
        if (host->records[family].flight == flight)
            host->records[family].flight = NULL;
    }
    wh_kept_host_touch(host);
    wh_batch_host_changed(host);
}

void wh_flight_land(WhFlight *flight)
{
    GPtrArray *flights = flight->account->flights;
    guint index;
    for (guint i = 0; i < flight->slots->len; i++)
        unbind(flight, i);
    if (g_ptr_array_find(flights, flight, &index))
        g_ptr_array_steal_index_fast(flights, index);
    wh_dispatch_activate(flight->account);
}

/* The intents stay: until the next answer nobody knows whether this update was applied. */
void wh_flight_cancel(WhFlight *flight, gboolean (*stale)(WhKeptHost *host))
{
    WhKeptAccount *account = flight->account;
    WhPublisher *publisher = account->keeper->publisher;
    for (guint i = 0; i < flight->slots->len; i++) {
        WhKeptHost *host = slot_at(flight, i)->host;
        if (host == NULL || (stale != NULL && stale(host)))
            continue;
        wh_policy_return_token(&host->state, &account->manners);
        wh_batch_put_host(host);
    }
    if (flight->handle != 0)
        publisher->cancel(publisher, flight->handle);
    wh_flight_land(flight);
    wh_flight_free(flight);
}

/* Carries an address that the record should not hold any more. */
static gboolean is_stale(const WhRecord *record)
{
    const WhAddress *desired = wh_record_desired(record);
    return record->flight != NULL && desired != NULL && wh_record_is_wanted(record) &&
           !wh_address_equal(&record->state.intent, desired);
}

static gboolean is_stale_host(WhKeptHost *host)
{
    return is_stale(&host->records[WH_FAMILY_IPV4]) || is_stale(&host->records[WH_FAMILY_IPV6]);
}

/* Nothing would be won by stopping what is under way when the right address must wait. */
static gboolean may_send_anew(WhKeptHost *host)
{
    WhKeptAccount *account = host->account;
    WhHaltScope scope;
    wh_policy_refill(&host->state, &account->manners, wh_clock_wall(account->keeper->clock));
    return wh_policy_has_token(&host->state, &account->manners) && account->ready &&
           !account->keeper->paused && !host->host->paused &&
           wh_halts_find(account, host, &scope) == NULL;
}

static gboolean should_cancel(WhFlight *flight)
{
    gboolean any = FALSE;
    for (guint i = 0; i < flight->slots->len; i++) {
        WhKeptHost *host = slot_at(flight, i)->host;
        if (host == NULL || !is_stale_host(host))
            continue;
        if (!may_send_anew(host))
            return FALSE;
        any = TRUE;
    }
    return any;
}

void wh_flight_cancel_stale(WhKeptAccount *account)
{
    for (guint i = account->flights->len; i > 0; i--) {
        WhFlight *flight = g_ptr_array_index(account->flights, i - 1);
        if (should_cancel(flight))
            wh_flight_cancel(flight, is_stale_host);
    }
}

static gboolean is_empty(WhFlight *flight)
{
    for (guint i = 0; i < flight->slots->len; i++) {
        if (slot_at(flight, i)->host != NULL)
            return FALSE;
    }
    return TRUE;
}

static void drop_from(WhFlight *flight, WhKeptHost *host)
{
    for (guint i = 0; i < flight->slots->len; i++) {
        if (slot_at(flight, i)->host != host)
            continue;
        unbind(flight, i);
        slot_at(flight, i)->host = NULL;
    }
    if (is_empty(flight))
        wh_flight_cancel(flight, NULL);
}

void wh_flight_drop_host(WhKeptHost *host)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (host->records[i].flight != NULL)
            drop_from(host->records[i].flight, host);
    }
}
