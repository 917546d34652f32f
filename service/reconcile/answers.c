#include "service/reconcile/keeper_private.h"

/* The third "nothing changed" in a row for addresses that were all new means that this program or
 * another one does something wrong, and providers count it as abuse. */
#define MOST_SAME 3

/* What came of one item. sent, answered: wall, 0 when nothing left or came. */
typedef struct {
    const WhOutcome *outcome;
    gint64 sent;
    gint64 answered;
    gint64 now;
} Answer;

static void write_history(WhRecord *record, const WhAddress *address, const Answer *answer)
{
    WhKeeper *keeper = wh_record_keeper(record);
    if (answer->sent != 0)
        wh_batch_event(keeper, wh_record_event(record, WH_EVENT_SENT, answer->sent, address));
    if (answer->answered == 0)
        return;
    WhEvent *event = wh_record_event(record, WH_EVENT_ANSWERED, answer->answered, address);
    event->has_result = TRUE;
    event->result = answer->outcome->result;
    event->detail = g_strdup(answer->outcome->detail);
    wh_batch_event(keeper, event);
}

/* Whether the provider may have applied the update although it did not say so. */
static gboolean is_ambiguous(const Answer *answer)
{
    switch (answer->outcome->result) {
    case WH_RESULT_NO_ANSWER:
        return answer->sent != 0;
    case WH_RESULT_SERVER:
    case WH_RESULT_FAIL:
        return TRUE;
    default:
        return FALSE;
    }
}

static void set_retry(WhRecordState *state, gint64 at, const WhOutcome *outcome, guint attempts)
{
    g_free(state->retry_detail);
    state->retry_at = at;
    state->retry_class = outcome->result;
    state->retry_detail = g_strdup(outcome->detail);
    state->attempts = attempts;
}

static void clear_retry(WhRecordState *state)
{
    g_clear_pointer(&state->retry_detail, g_free);
    state->retry_at = 0;
    state->retry_class = WH_RESULT_CHANGED;
    state->attempts = 0;
}

/* Company that held this address before is no news, and its proof goes on. */
static void take_success(WhRecord *record, const WhAddress *address, gboolean for_itself,
                         const Answer *answer)
{
    WhRecordState *state = &record->state;
    gboolean known = state->has_acknowledged && wh_address_equal(&state->acknowledged, address);
    wh_recover_forget(record);
    clear_retry(state);
    state->has_refused = FALSE;
    state->has_intent = record->flight != NULL;
    record->heal = WH_HEAL_NO;
    record->has_held = FALSE;
    if (known && !for_itself) {
        wh_prove_again(record, FALSE);
        return;
    }
    state->has_acknowledged = TRUE;
    state->acknowledged = *address;
    state->acknowledged_at = answer->answered != 0 ? answer->answered : answer->now;
    state->proven_at = 0;
    wh_prove_fresh(record);
}

/* After a doubtful update the provider may rightly say that nothing changed. */
static void count_same(WhRecord *record, gboolean expected, const Answer *answer)
{
    WhRecordState *state = &record->state;
    if (answer->outcome->result == WH_RESULT_CHANGED)
        state->same_streak = 0;
    else if (!expected)
        state->same_streak++;
    if (state->same_streak >= MOST_SAME)
        wh_halts_set(record, WH_HALT_HOST, answer->outcome);
}

static void take_refusal(WhRecord *record, const WhAddress *address, const Answer *answer)
{
    record->heal = WH_HEAL_NO;
    set_retry(&record->state, 0, answer->outcome, 0);
    record->state.has_refused = TRUE;
    record->state.refused = *address;
}

/* How often in a row this result came, this time included. */
static guint count_attempts(const WhRecord *record, WhResultClass result)
{
    return (record->state.retry_class == result ? record->state.attempts : 0) + 1;
}

static void take_wait(WhRecord *record, const WhAddress *address, gint64 wait, guint attempts,
                      const Answer *answer)
{
    WhKeeper *keeper = wh_record_keeper(record);
    set_retry(&record->state, answer->now + wait, answer->outcome, attempts);
    record->wait_ends = wh_clock_monotonic(keeper->clock) + wait;
    if (attempts > 1)
        return;
    WhEvent *event = wh_record_event(record, WH_EVENT_WAITING, answer->now, address);
    event->has_result = TRUE;
    event->result = answer->outcome->result;
    event->detail = g_strdup(answer->outcome->detail);
    wh_batch_event(keeper, event);
}

static void take_failure(WhRecord *record, const WhAddress *address, guint attempts,
                         const WhConsequence *consequence, const Answer *answer)
{
    if (consequence->scope != WH_HALT_NOBODY) {
        clear_retry(&record->state);
        record->heal = WH_HEAL_NO;
        wh_halts_set(record, consequence->scope, answer->outcome);
    } else if (answer->outcome->result == WH_RESULT_BADIP) {
        take_refusal(record, address, answer);
    } else {
        take_wait(record, address, consequence->wait, attempts, answer);
    }
}

/* The addresses of one host share their request's fate, so that they go on sharing requests. */
static guint count_attempts_of_item(const WhKeptHost *host, const WhUpdateItem *item,
                                    WhResultClass result)
{
    guint attempts = 1;
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (item->has[i])
            attempts = MAX(attempts, count_attempts(&host->records[i], result));
    }
    return attempts;
}

/* Nobody can tell which of two addresses is wrong before each was sent alone. */
static gboolean is_unclear_refusal(const WhKeptHost *host, const WhUpdateItem *item,
                                   const Answer *answer)
{
    return answer->outcome->result == WH_RESULT_BADIP && item->has[WH_FAMILY_IPV4] &&
           item->has[WH_FAMILY_IPV6] && !host->account->manners.both_always;
}

static void keep_doubt(WhRecord *record, const WhAddress *address, gboolean doubt)
{
    if (record->flight != NULL)
        return;
    record->state.has_intent = doubt;
    record->state.intent = *address;
}

static void fail_host(WhKeptHost *host, const WhUpdateItem *item, const WhFlightSlot *slot,
                      const Answer *answer)
{
    guint attempts = count_attempts_of_item(host, item, answer->outcome->result);
    gboolean unclear = is_unclear_refusal(host, item, answer);
    WhConsequence consequence = wh_policy_consequence(
        answer->outcome, attempts, &host->account->manners, host->account->keeper->clock);
    host->apart = host->apart || unclear;
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        WhRecord *record = &host->records[i];
        if (!item->has[i])
            continue;
        keep_doubt(record, &item->address[i], slot->doubt[i] || is_ambiguous(answer));
        if (!unclear)
            take_failure(record, &item->address[i], attempts, &consequence, answer);
        wh_prove_again(record, FALSE);
    }
}

static void succeed_host(WhKeptHost *host, const WhUpdateItem *item, const WhFlightSlot *slot,
                         const Answer *answer)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        WhRecord *record = &host->records[i];
        if (!item->has[i])
            continue;
        take_success(record, &item->address[i], slot->for_itself[i], answer);
        count_same(record, slot->doubt[i] || !slot->for_itself[i], answer);
    }
}

static void take_item(WhKeptHost *host, const WhUpdateItem *item, const WhFlightSlot *slot,
                      const Answer *answer)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (item->has[i])
            write_history(&host->records[i], &item->address[i], answer);
    }
    if (wh_result_class_is_success(answer->outcome->result))
        succeed_host(host, item, slot, answer);
    else
        fail_host(host, item, slot, answer);
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (item->has[i])
            wh_batch_put_record(&host->records[i]);
    }
    wh_batch_host_changed(host);
}

/* What never left does not count against the provider's limits. */
static void return_token(WhKeptHost *host, const Answer *answer)
{
    if (answer->sent != 0 || answer->answered != 0 || host->account->manners.refill == 0)
        return;
    wh_policy_return_token(&host->state, &host->account->manners);
    wh_batch_put_host(host);
}

static void take_flight(const WhFlight *flight, const WhUpdateReport *report)
{
    const WhOutcome missing = {.result = WH_RESULT_FAIL};
    Answer answer = {.sent = report->sent,
                     .answered = report->answered,
                     .now = wh_clock_wall(flight->account->keeper->clock)};
    for (guint i = 0; i < flight->slots->len; i++) {
        const WhFlightSlot *slot = &g_array_index(flight->slots, WhFlightSlot, i);
        if (slot->host == NULL)
            continue;
        answer.outcome = i < report->n_outcomes ? report->outcomes[i] : &missing;
        return_token(slot->host, &answer);
        take_item(slot->host, &g_array_index(flight->items, WhUpdateItem, i), slot, &answer);
    }
}

void wh_answers_take(const WhUpdateReport *report, gpointer data)
{
    WhFlight *flight = data;
    WhKeeper *keeper = flight->account->keeper;
    wh_batch_begin(keeper);
    wh_flight_land(flight);
    take_flight(flight, report);
    wh_flight_free(flight);
    wh_batch_end(keeper, TRUE);
}

void wh_answers_take_test(WhRecord *record, const WhAddress *address, const WhOutcome *outcome)
{
    WhKeptHost *host = record->host;
    gint64 now = wh_clock_wall(host->account->keeper->clock);
    Answer answer = {.outcome = outcome, .now = now};
    WhUpdateItem item = {.host = host->host};
    /* Not for itself: people test as often as they like, and "nothing changed" is no fault of
     * theirs. */
    WhFlightSlot slot = {.host = host};
    slot.doubt[record->family] = record->state.has_intent;
    item.has[record->family] = TRUE;
    item.address[record->family] = *address;
    if (outcome->result != WH_RESULT_NO_ANSWER)
        answer.answered = now;
    wh_policy_refill(&host->state, &host->account->manners, now);
    wh_policy_take_token(&host->state, &host->account->manners);
    wh_batch_put_host(host);
    take_item(host, &item, &slot, &answer);
    wh_record_touch(record);
}
