#include "service/reconcile/keeper_private.h"

void wh_batch_init(WhBatch *batch)
{
    batch->events = g_ptr_array_new_with_free_func((GDestroyNotify)wh_event_free);
    batch->hosts = g_ptr_array_new();
    batch->accounts = g_ptr_array_new();
}

void wh_batch_clear(WhBatch *batch)
{
    g_ptr_array_unref(batch->events);
    g_ptr_array_unref(batch->hosts);
    g_ptr_array_unref(batch->accounts);
}

void wh_batch_begin(WhKeeper *keeper)
{
    keeper->batch.depth++;
}

/* A turn that writes nothing leaves the journal alone. */
static WhJournal *open_journal(WhKeeper *keeper)
{
    if (!keeper->batch.open)
        keeper->journal->begin(keeper->journal);
    keeper->batch.open = TRUE;
    return keeper->journal;
}

void wh_batch_put_record(WhRecord *record)
{
    WhJournal *journal = open_journal(wh_record_keeper(record));
    journal->put_record(journal, record->host->host->id, record->family, &record->state);
}

void wh_batch_put_host(WhKeptHost *host)
{
    WhJournal *journal = open_journal(host->account->keeper);
    journal->put_host(journal, host->host->id, &host->state);
}

void wh_batch_put_account(WhKeptAccount *account)
{
    WhJournal *journal = open_journal(account->keeper);
    journal->put_account(journal, account->account->id, &account->halt);
}

void wh_batch_put_provider(WhKeeper *keeper, WhKeptProvider *provider)
{
    WhJournal *journal = open_journal(keeper);
    journal->put_provider(journal, provider->id, &provider->halt);
}

void wh_batch_event(WhKeeper *keeper, WhEvent *event)
{
    WhJournal *journal = open_journal(keeper);
    journal->put_event(journal, event);
    g_ptr_array_add(keeper->batch.events, event);
}

void wh_batch_host_changed(WhKeptHost *host)
{
    if (host->is_announced)
        return;
    host->is_announced = TRUE;
    g_ptr_array_add(host->account->keeper->batch.hosts, host);
}

void wh_batch_account_changed(WhKeptAccount *account)
{
    if (account->is_announced)
        return;
    account->is_announced = TRUE;
    g_ptr_array_add(account->keeper->batch.accounts, account);
}

void wh_batch_forget_host(WhKeptHost *host)
{
    if (host->is_announced)
        g_ptr_array_remove(host->account->keeper->batch.hosts, host);
    host->is_announced = FALSE;
}

void wh_batch_forget_account(WhKeptAccount *account)
{
    if (account->is_announced)
        g_ptr_array_remove(account->keeper->batch.accounts, account);
    account->is_announced = FALSE;
}

static void announce_all(WhKeeper *keeper)
{
    GHashTableIter iter;
    gpointer account;
    g_hash_table_iter_init(&iter, keeper->accounts);
    while (g_hash_table_iter_next(&iter, NULL, &account))
        wh_batch_account_changed(account);
}

void wh_batch_commit(WhKeeper *keeper, gboolean flush)
{
    WhBatch *batch = &keeper->batch;
    if (!batch->open)
        return;
    batch->open = FALSE;
    gboolean ok = keeper->journal->commit(keeper->journal, flush);
    if (ok == keeper->journal_ok)
        return;
    keeper->journal_ok = ok;
    announce_all(keeper);
}

static void tell(WhKeeper *keeper)
{
    WhBatch *batch = &keeper->batch;
    for (guint i = 0; i < batch->events->len; i++)
        keeper->listener.event(g_ptr_array_index(batch->events, i), keeper->data);
    for (guint i = 0; i < batch->accounts->len; i++) {
        WhKeptAccount *account = g_ptr_array_index(batch->accounts, i);
        account->is_announced = FALSE;
        keeper->listener.changed(account->account->id, NULL, keeper->data);
    }
    for (guint i = 0; i < batch->hosts->len; i++) {
        WhKeptHost *host = g_ptr_array_index(batch->hosts, i);
        host->is_announced = FALSE;
        keeper->listener.changed(host->account->account->id, host->host->id, keeper->data);
    }
    g_ptr_array_set_size(batch->events, 0);
    g_ptr_array_set_size(batch->accounts, 0);
    g_ptr_array_set_size(batch->hosts, 0);
}

void wh_batch_end(WhKeeper *keeper, gboolean flush)
{
    WhBatch *batch = &keeper->batch;
    batch->flush = batch->flush || flush;
    if (--batch->depth > 0)
        return;
    wh_batch_commit(keeper, batch->flush);
    batch->flush = FALSE;
    tell(keeper);
}
