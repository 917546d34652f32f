#include "service/reconcile/keeper_private.h"

const WhHalt *wh_halts_find(const WhKeptAccount *account, const WhKeptHost *host,
                            WhHaltScope *scope)
{
    WhHaltScope widest = WH_HALT_NOBODY;
    const WhHalt *halt = NULL;
    if (account->provider->halt.halted) {
        widest = WH_HALT_PROVIDER;
        halt = &account->provider->halt;
    } else if (account->halt.halted) {
        widest = WH_HALT_ACCOUNT;
        halt = &account->halt;
    } else if (host != NULL && host->state.halt.halted) {
        widest = WH_HALT_HOST;
        halt = &host->state.halt;
    }
    *scope = widest;
    return halt;
}

/* FALSE: halted already; the first reason is the one to tell. */
static gboolean begin(WhHalt *halt, const WhOutcome *outcome, gint64 now)
{
    if (halt->halted)
        return FALSE;
    wh_halt_clear(halt);
    *halt = (WhHalt){
        .halted = TRUE, .result = outcome->result, .detail = g_strdup(outcome->detail), .at = now};
    return TRUE;
}

static void announce_provider(WhKeeper *keeper, const WhKeptProvider *provider)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, keeper->accounts);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        WhKeptAccount *account = value;
        if (account->provider == provider)
            wh_batch_account_changed(account);
    }
}

static gboolean begin_in_scope(WhRecord *record, WhHaltScope scope, const WhOutcome *outcome,
                               gint64 now)
{
    WhKeptHost *host = record->host;
    WhKeptAccount *account = host->account;
    if (scope == WH_HALT_HOST) {
        if (!begin(&host->state.halt, outcome, now))
            return FALSE;
        wh_batch_put_host(host);
        wh_batch_host_changed(host);
    } else if (scope == WH_HALT_ACCOUNT) {
        if (!begin(&account->halt, outcome, now))
            return FALSE;
        wh_batch_put_account(account);
        wh_batch_account_changed(account);
    } else {
        if (!begin(&account->provider->halt, outcome, now))
            return FALSE;
        wh_batch_put_provider(account->keeper, account->provider);
        announce_provider(account->keeper, account->provider);
    }
    return TRUE;
}

void wh_halts_set(WhRecord *record, WhHaltScope scope, const WhOutcome *outcome)
{
    WhKeeper *keeper = wh_record_keeper(record);
    gint64 now = wh_clock_wall(keeper->clock);
    if (!begin_in_scope(record, scope, outcome, now))
        return;
    WhEvent *event = wh_record_event(record, WH_EVENT_HALTED, now, NULL);
    event->has_result = TRUE;
    event->result = outcome->result;
    event->detail = g_strdup(outcome->detail);
    wh_batch_event(keeper, event);
}

static void touch_hosts(WhKeptAccount *account)
{
    for (guint i = 0; i < account->hosts->len; i++)
        wh_kept_host_touch(g_ptr_array_index(account->hosts, i));
}

/* A refused address counts as a halt of its record: the user may have changed the provider's mind.
 */
static gboolean end_refusals(WhKeptHost *host)
{
    gboolean any = FALSE;
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        WhRecord *record = &host->records[i];
        if (!record->state.has_refused)
            continue;
        any = TRUE;
        record->state.has_refused = FALSE;
        wh_batch_put_record(record);
    }
    return any;
}

static void end_streaks(WhKeptHost *host)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        host->records[i].state.same_streak = 0;
        wh_batch_put_record(&host->records[i]);
    }
}

gboolean wh_halts_end_host(WhKeptHost *host)
{
    gboolean refused = end_refusals(host);
    gboolean halted = host->state.halt.halted;
    if (!refused && !halted)
        return FALSE;
    if (halted) {
        wh_halt_clear(&host->state.halt);
        end_streaks(host);
        wh_batch_put_host(host);
    }
    WhKeeper *keeper = host->account->keeper;
    WhEvent *event = wh_event_new(WH_EVENT_RESUMED, wh_clock_wall(keeper->clock));
    event->host = g_strdup(host->host->id);
    event->host_name = g_strdup(host->host->name);
    wh_batch_event(keeper, event);
    wh_kept_host_touch(host);
    wh_batch_host_changed(host);
    return TRUE;
}

static void end_provider(WhKeptAccount *account)
{
    WhKeeper *keeper = account->keeper;
    WhKeptProvider *provider = account->provider;
    GHashTableIter iter;
    gpointer value;
    wh_halt_clear(&provider->halt);
    wh_batch_put_provider(keeper, provider);
    announce_provider(keeper, provider);
    g_hash_table_iter_init(&iter, keeper->accounts);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        if (((WhKeptAccount *)value)->provider == provider)
            touch_hosts(value);
    }
}

gboolean wh_halts_end_account(WhKeptAccount *account)
{
    WhHaltScope scope;
    if (wh_halts_find(account, NULL, &scope) == NULL)
        return FALSE;
    if (account->provider->halt.halted)
        end_provider(account);
    if (account->halt.halted) {
        wh_halt_clear(&account->halt);
        wh_batch_put_account(account);
    }
    WhKeeper *keeper = account->keeper;
    WhEvent *event = wh_event_new(WH_EVENT_RESUMED, wh_clock_wall(keeper->clock));
    event->detail = g_strdup(account->account->label);
    wh_batch_event(keeper, event);
    touch_hosts(account);
    wh_batch_account_changed(account);
    return TRUE;
}
