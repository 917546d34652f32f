#include "service/reconcile/keeper_private.h"

WhKeptAccount *wh_roster_find_account(WhKeeper *keeper, const char *id)
{
    return g_hash_table_lookup(keeper->accounts, id);
}

void wh_roster_free_provider(WhKeptProvider *provider)
{
    wh_halt_clear(&provider->halt);
    g_free(provider->id);
    g_free(provider);
}

static WhKeptProvider *ensure_provider(WhKeeper *keeper, const char *id)
{
    WhKeptProvider *provider = g_hash_table_lookup(keeper->providers, id);
    if (provider != NULL)
        return provider;
    provider = g_new0(WhKeptProvider, 1);
    provider->id = g_strdup(id);
    g_hash_table_insert(keeper->providers, provider->id, provider);
    return provider;
}

/* What is under way must have been ended before. */
void wh_roster_free_account(WhKeptAccount *account)
{
    g_ptr_array_unref(account->flights);
    g_ptr_array_unref(account->hosts);
    if (account->is_active)
        g_queue_unlink(&account->keeper->active, &account->active);
    wh_batch_forget_account(account);
    wh_halt_clear(&account->halt);
    wh_account_free(account->account);
    g_free(account);
}

static void set_settings(WhKeptAccount *account, const WhAccount *settings,
                         const WhManners *manners, gboolean ready)
{
    WhAccount *old = account->account;
    account->account = wh_account_copy(settings);
    account->manners = *manners;
    account->ready = ready;
    account->provider = ensure_provider(account->keeper, settings->provider);
    wh_account_free(old);
}

static WhKeptAccount *add_account(WhKeeper *keeper, const WhAccount *settings,
                                  const WhManners *manners, gboolean ready)
{
    WhKeptAccount *account = g_new0(WhKeptAccount, 1);
    account->keeper = keeper;
    account->hosts = g_ptr_array_new_with_free_func((GDestroyNotify)wh_kept_host_free);
    account->flights = g_ptr_array_new_with_free_func((GDestroyNotify)wh_flight_free);
    account->active.data = account;
    set_settings(account, settings, manners, ready);
    g_hash_table_insert(keeper->accounts, g_strdup(settings->id), account);
    return account;
}

void wh_keeper_restore_account(WhKeeper *keeper, const WhAccount *settings,
                               const WhManners *manners, gboolean ready, const WhHalt *halt)
{
    WhKeptAccount *account = wh_roster_find_account(keeper, settings->id);
    if (account == NULL)
        account = add_account(keeper, settings, manners, ready);
    else
        set_settings(account, settings, manners, ready);
    wh_halt_clear(&account->halt);
    if (halt != NULL)
        wh_halt_copy(halt, &account->halt);
}

void wh_keeper_restore_provider(WhKeeper *keeper, const char *id, const WhHalt *halt)
{
    WhKeptProvider *provider = ensure_provider(keeper, id);
    wh_halt_clear(&provider->halt);
    if (halt != NULL)
        wh_halt_copy(halt, &provider->halt);
}

static gboolean fields_equal(GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer name, text;
    if (g_hash_table_size(a) != g_hash_table_size(b))
        return FALSE;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &name, &text)) {
        if (g_strcmp0(g_hash_table_lookup(b, name), text) != 0)
            return FALSE;
    }
    return TRUE;
}

/* The label is for people only. */
static gboolean settings_equal(const WhAccount *a, const WhAccount *b)
{
    return g_str_equal(a->provider, b->provider) && fields_equal(a->fields, b->fields);
}

static void start_host_anew(WhKeptHost *host)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        WhRecord *record = &host->records[i];
        wh_record_forget(record);
        wh_record_end_own_wait(record);
        if (wh_policy_is_ours(record->state.retry_class))
            record->state.attempts = 0;
        wh_batch_put_record(record);
    }
}

/* Any field may name another server or zone, so that nothing is known any more of what it holds. */
static void start_account_anew(WhKeptAccount *account)
{
    while (account->flights->len > 0)
        wh_flight_cancel(g_ptr_array_index(account->flights, 0), NULL);
    for (guint i = 0; i < account->hosts->len; i++) {
        start_host_anew(g_ptr_array_index(account->hosts, i));
        wh_halts_end_host(g_ptr_array_index(account->hosts, i));
    }
    wh_halts_end_account(account);
}

static void touch_all(WhKeptAccount *account)
{
    for (guint i = 0; i < account->hosts->len; i++)
        wh_kept_host_touch(g_ptr_array_index(account->hosts, i));
}

void wh_keeper_set_account(WhKeeper *keeper, const WhAccount *settings, const WhManners *manners,
                           gboolean ready)
{
    WhKeptAccount *account = wh_roster_find_account(keeper, settings->id);
    wh_batch_begin(keeper);
    if (account == NULL) {
        account = add_account(keeper, settings, manners, ready);
    } else {
        gboolean equal = settings_equal(account->account, settings);
        set_settings(account, settings, manners, ready);
        if (!equal)
            start_account_anew(account);
    }
    touch_all(account);
    wh_batch_account_changed(account);
    wh_batch_end(keeper, TRUE);
}

static void count_wanted(WhKeeper *keeper, const WhHost *host, int step)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (host->wants[i] && wh_host_needs_public(host, (WhFamily)i))
            keeper->n_wanted[i] += step;
    }
}

static void aim(WhKeptHost *host)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        wh_record_take_aim(&host->records[i]);
}

static WhKeptHost *add_host(WhKeptAccount *account, const WhHost *settings)
{
    WhKeptHost *host = wh_kept_host_new(account, settings);
    g_ptr_array_add(account->hosts, host);
    g_hash_table_insert(account->keeper->hosts, host->host->id, host);
    count_wanted(account->keeper, settings, 1);
    aim(host);
    return host;
}

/* Its wait, its flights and its state go with it. */
static void take_out_host(WhKeptHost *host)
{
    WhKeptAccount *account = host->account;
    count_wanted(account->keeper, host->host, -1);
    g_hash_table_remove(account->keeper->hosts, host->host->id);
    wh_flight_drop_host(host);
    g_ptr_array_remove(account->hosts, host);
}

static void restore_record(WhRecord *record, const WhRecordState *state)
{
    wh_record_state_clear(&record->state);
    wh_record_state_copy(state, &record->state);
    if (state->has_intent)
        record->recovery = WH_RECOVERY_PENDING;
    if (state->proven_at != 0)
        record->proving.announced = WH_PROOF_PROVEN;
}

void wh_keeper_restore_host(WhKeeper *keeper, const WhHost *settings, const WhHostState *state,
                            const WhRecordState *records[WH_N_FAMILIES])
{
    WhKeptAccount *account = wh_roster_find_account(keeper, settings->account);
    g_return_if_fail(account != NULL);
    g_return_if_fail(g_hash_table_lookup(keeper->hosts, settings->id) == NULL);
    WhKeptHost *host = add_host(account, settings);
    if (state != NULL)
        wh_host_state_copy(state, &host->state);
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        WhRecord *record = &host->records[i];
        if (records[i] != NULL)
            restore_record(record, records[i]);
        wh_record_take_aim(record);
        wh_prove_again(record, FALSE);
    }
    wh_kept_host_touch(host);
}

static gboolean is_same_record(const WhHost *a, const WhHost *b)
{
    return g_str_equal(a->name, b->name) && g_str_equal(a->account, b->account);
}

/* Another name, or another server that holds it: none of what is remembered is about it. */
static WhKeptHost *replace_host(WhKeptHost *old, WhKeptAccount *account, const WhHost *settings)
{
    WhKeptAccount *left = old->account;
    take_out_host(old);
    wh_batch_account_changed(left);
    WhKeptHost *host = add_host(account, settings);
    wh_batch_put_host(host);
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        wh_batch_put_record(&host->records[i]);
    return host;
}

static void edit_host(WhKeptHost *host, const WhHost *settings)
{
    WhKeeper *keeper = host->account->keeper;
    WhHost *old = host->host;
    count_wanted(keeper, old, -1);
    count_wanted(keeper, settings, 1);
    host->host = wh_host_copy(settings);
    g_hash_table_replace(keeper->hosts, host->host->id, host);
    if (!wh_host_has_same_wishes(old, settings))
        wh_halts_end_host(host);
    wh_host_free(old);
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        WhRecord *record = &host->records[i];
        if (wh_record_take_aim(record))
            wh_record_aim_changed(record);
        if (wh_record_is_wanted(record))
            wh_prove_again(record, FALSE);
        else
            wh_prove_stop(record);
    }
}

void wh_keeper_set_host(WhKeeper *keeper, const WhHost *settings)
{
    WhKeptAccount *account = wh_roster_find_account(keeper, settings->account);
    WhKeptHost *host = g_hash_table_lookup(keeper->hosts, settings->id);
    g_return_if_fail(account != NULL);
    wh_batch_begin(keeper);
    if (host == NULL)
        host = add_host(account, settings);
    else if (is_same_record(host->host, settings))
        edit_host(host, settings);
    else
        host = replace_host(host, account, settings);
    wh_kept_host_touch(host);
    wh_batch_host_changed(host);
    wh_batch_end(keeper, TRUE);
}

void wh_keeper_remove_host(WhKeeper *keeper, const char *id)
{
    WhKeptHost *host = g_hash_table_lookup(keeper->hosts, id);
    if (host == NULL)
        return;
    wh_batch_begin(keeper);
    wh_batch_account_changed(host->account);
    take_out_host(host);
    wh_batch_end(keeper, FALSE);
}

void wh_keeper_remove_account(WhKeeper *keeper, const char *id)
{
    WhKeptAccount *account = wh_roster_find_account(keeper, id);
    if (account == NULL)
        return;
    wh_batch_begin(keeper);
    while (account->flights->len > 0)
        wh_flight_cancel(g_ptr_array_index(account->flights, 0), NULL);
    while (account->hosts->len > 0)
        take_out_host(g_ptr_array_index(account->hosts, account->hosts->len - 1));
    g_hash_table_remove(keeper->accounts, id);
    wh_batch_end(keeper, FALSE);
}
