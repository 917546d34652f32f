#include "service/reconcile/keeper_private.h"

#define NETWORK_GAP (2 * WH_SECOND)

static const char *const status_names[] = {
    [WH_RECORD_CURRENT] = "current",     [WH_RECORD_UPDATING] = "updating",
    [WH_RECORD_WAITING] = "waiting",     [WH_RECORD_HELD] = "held",
    [WH_RECORD_HALTED] = "halted",       [WH_RECORD_REFUSED] = "refused",
    [WH_RECORD_PAUSED] = "paused",       [WH_RECORD_NO_ADDRESS] = "no_address",
    [WH_RECORD_NO_SECRET] = "no_secret",
};

G_STATIC_ASSERT(G_N_ELEMENTS(status_names) == WH_N_RECORD_STATUSES);

typedef void (*RecordFunc)(WhRecord *record);

static void try_network(gpointer data);

const char *wh_record_status_name(WhRecordStatus status)
{
    return status_names[status];
}

WhKeeper *wh_keeper_new(WhClock *clock, WhPublisher *publisher, WhWitnesses *witnesses,
                        WhJournal *journal, WhAimer *aimer, const WhKeeperListener *listener,
                        gpointer data)
{
    WhKeeper *keeper = g_new0(WhKeeper, 1);
    keeper->clock = clock;
    keeper->publisher = publisher;
    keeper->witnesses = witnesses;
    keeper->journal = journal;
    keeper->aimer = aimer;
    keeper->listener = *listener;
    keeper->data = data;
    keeper->agenda = wh_agenda_new(clock);
    keeper->providers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                              (GDestroyNotify)wh_roster_free_provider);
    keeper->accounts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify)wh_roster_free_account);
    keeper->hosts = g_hash_table_new(g_str_hash, g_str_equal);
    keeper->journal_ok = TRUE;
    keeper->network_at = wh_clock_monotonic(clock) - NETWORK_GAP;
    keeper->turn = (WhAgendaEntry){.due = wh_dispatch_turn, .data = keeper};
    keeper->network = (WhAgendaEntry){.due = try_network, .data = keeper};
    keeper->questions = (WhAgendaEntry){.due = wh_questions_serve, .data = keeper};
    wh_batch_init(&keeper->batch);
    return keeper;
}

/* Without landing them: the records' intents are for the next start to look at. */
static void stop_flights(WhKeeper *keeper)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, keeper->accounts);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const GPtrArray *flights = ((WhKeptAccount *)value)->flights;
        for (guint i = 0; i < flights->len; i++) {
            const WhFlight *flight = g_ptr_array_index(flights, i);
            keeper->publisher->cancel(keeper->publisher, flight->handle);
        }
    }
}

void wh_keeper_free(WhKeeper *keeper)
{
    if (keeper == NULL)
        return;
    stop_flights(keeper);
    g_hash_table_unref(keeper->accounts);
    g_hash_table_unref(keeper->hosts);
    g_hash_table_unref(keeper->providers);
    wh_agenda_free(keeper->agenda);
    wh_batch_clear(&keeper->batch);
    g_free(keeper);
}

/* The records that the host wants. */
static void for_each_record(WhKeptHost *host, RecordFunc func)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (wh_record_is_wanted(&host->records[i]))
            func(&host->records[i]);
    }
}

static void for_each_host(WhKeeper *keeper, void (*func)(WhKeptHost *host, gpointer data),
                          gpointer data)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, keeper->accounts);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        WhKeptAccount *account = value;
        for (guint i = 0; i < account->hosts->len; i++)
            func(g_ptr_array_index(account->hosts, i), data);
    }
}

static void aim_anew(WhKeptHost *host, gpointer data)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        WhRecord *record = &host->records[i];
        if (!wh_record_take_aim(record) || !wh_record_is_wanted(record))
            continue;
        wh_record_aim_changed(record);
        wh_batch_host_changed(host);
    }
}

void wh_keeper_look(WhKeeper *keeper)
{
    wh_batch_begin(keeper);
    for_each_host(keeper, aim_anew, NULL);
    wh_batch_end(keeper, FALSE);
}

static void try_again(WhRecord *record)
{
    if (record->state.retry_class == WH_RESULT_NO_ANSWER)
        wh_record_end_own_wait(record);
    wh_record_touch(record);
    wh_prove_again(record, FALSE);
}

static void try_host_again(WhKeptHost *host, gpointer data)
{
    for_each_record(host, try_again);
}

static void try_network(gpointer data)
{
    WhKeeper *keeper = data;
    keeper->network_at = wh_clock_monotonic(keeper->clock);
    wh_batch_begin(keeper);
    for_each_host(keeper, try_host_again, NULL);
    wh_batch_end(keeper, FALSE);
}

void wh_keeper_network_changed(WhKeeper *keeper)
{
    gint64 since = wh_clock_monotonic(keeper->clock) - keeper->network_at;
    if (since >= NETWORK_GAP)
        try_network(keeper);
    else
        wh_agenda_set_sooner(keeper->agenda, &keeper->network, NETWORK_GAP - since);
}

static void try_in_time(WhRecord *record)
{
    if (record->state.retry_class == WH_RESULT_CLOCK)
        wh_record_end_own_wait(record);
    wh_record_touch(record);
}

static void try_host_in_time(WhKeptHost *host, gpointer data)
{
    for_each_record(host, try_in_time);
    wh_batch_host_changed(host);
}

void wh_keeper_clock_set(WhKeeper *keeper)
{
    wh_batch_begin(keeper);
    for_each_host(keeper, try_host_in_time, NULL);
    wh_batch_end(keeper, FALSE);
}

static void touch_host(WhKeptHost *host, gpointer data)
{
    wh_kept_host_touch(host);
    wh_batch_host_changed(host);
}

void wh_keeper_set_paused(WhKeeper *keeper, gboolean paused)
{
    if (!paused == !keeper->paused)
        return;
    keeper->paused = paused;
    wh_batch_begin(keeper);
    for_each_host(keeper, touch_host, NULL);
    wh_batch_end(keeper, FALSE);
}

gboolean wh_keeper_is_paused(WhKeeper *keeper)
{
    return keeper->paused;
}

static gboolean resume_hosts(WhKeptAccount *account)
{
    gboolean any = FALSE;
    for (guint i = 0; i < account->hosts->len; i++)
        any = wh_halts_end_host(g_ptr_array_index(account->hosts, i)) || any;
    return any;
}

gboolean wh_keeper_resume(WhKeeper *keeper, const char *account_id, const char *host_id)
{
    WhKeptAccount *account = wh_roster_find_account(keeper, account_id);
    WhKeptHost *host = host_id != NULL ? g_hash_table_lookup(keeper->hosts, host_id) : NULL;
    gboolean any = FALSE;
    if (account == NULL || (host_id != NULL && (host == NULL || host->account != account)))
        return FALSE;
    wh_batch_begin(keeper);
    any = host != NULL ? wh_halts_end_host(host) : resume_hosts(account);
    any = wh_halts_end_account(account) || any;
    wh_batch_end(keeper, TRUE);
    return any;
}

static void update_record(WhRecord *record)
{
    wh_record_end_own_wait(record);
    wh_record_touch(record);
    wh_prove_heal_now(record);
    wh_prove_again(record, TRUE);
}

static void update_host(WhKeptHost *host, gpointer data)
{
    for_each_record(host, update_record);
}

void wh_keeper_update_now(WhKeeper *keeper, const char *id)
{
    WhKeptHost *host = id != NULL ? g_hash_table_lookup(keeper->hosts, id) : NULL;
    wh_batch_begin(keeper);
    if (id == NULL)
        for_each_host(keeper, update_host, NULL);
    else if (host != NULL)
        update_host(host, NULL);
    wh_batch_end(keeper, FALSE);
}

void wh_keeper_take_result(WhKeeper *keeper, const char *id, WhFamily family,
                           const WhAddress *address, const WhOutcome *outcome)
{
    WhKeptHost *host = g_hash_table_lookup(keeper->hosts, id);
    if (host == NULL)
        return;
    wh_batch_begin(keeper);
    wh_answers_take_test(&host->records[family], address, outcome);
    wh_batch_end(keeper, TRUE);
}

gboolean wh_keeper_view(WhKeeper *keeper, const char *id, WhFamily family, WhRecordView *view)
{
    WhKeptHost *host = g_hash_table_lookup(keeper->hosts, id);
    if (host == NULL || !host->host->wants[family])
        return FALSE;
    wh_record_view(&host->records[family], view);
    return TRUE;
}

const WhHalt *wh_keeper_account_halt(WhKeeper *keeper, const char *id, WhHaltScope *scope)
{
    const WhKeptAccount *account = wh_roster_find_account(keeper, id);
    *scope = WH_HALT_NOBODY;
    return account != NULL ? wh_halts_find(account, NULL, scope) : NULL;
}

static gboolean can_use(const WhKeptHost *host, WhFamily family)
{
    WhHaltScope scope;
    return host->host->wants[family] && wh_host_needs_public(host->host, family) &&
           !host->host->paused && host->records[family].aim.why != WH_AIM_ELSEWHERE &&
           wh_halts_find(host->account, host, &scope) == NULL;
}

static gboolean any_can_use(const WhKeptAccount *account, WhFamily family)
{
    for (guint i = 0; i < account->hosts->len; i++) {
        if (can_use(g_ptr_array_index(account->hosts, i), family))
            return TRUE;
    }
    return FALSE;
}

gboolean wh_keeper_wants(WhKeeper *keeper, WhFamily family)
{
    GHashTableIter iter;
    gpointer account;
    if (keeper->n_wanted[family] == 0)
        return FALSE;
    g_hash_table_iter_init(&iter, keeper->accounts);
    while (g_hash_table_iter_next(&iter, NULL, &account)) {
        if (any_can_use(account, family))
            return TRUE;
    }
    return FALSE;
}

gboolean wh_keeper_journal_ok(WhKeeper *keeper)
{
    return keeper->journal_ok;
}
