#include "service/store/store_private.h"

#include "service/store/history.h"

static const char put_record[] =
    "INSERT OR REPLACE INTO record_states (host, type, acknowledged, acknowledged_at, intent,"
    " intent_at, retry_at, retry, retry_detail, attempts, refused, same_streak, healed_at, "
    "proven_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
static const char put_host[] =
    "INSERT OR REPLACE INTO host_states (host, tokens, tokens_at, halt, halt_detail, halt_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char put_halt[] =
    "INSERT OR REPLACE INTO halts (scope, id, halt, halt_detail, halt_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5)";

static WhStore *store_of(WhJournal *journal)
{
    return (WhStore *)journal;
}

/* After the first failure the rest of the transaction is not tried. */
static void put(WhStore *store, const char *sql, const WhValue *values, gsize n_values)
{
    if (store->failed)
        return;
    store->failed = wh_database_run(store->database, sql, values, n_values) != SQLITE_OK;
}

static void begin(WhJournal *journal)
{
    WhStore *store = store_of(journal);
    wh_database_forget_failure(store->database);
    store->failed = wh_database_run(store->database, "BEGIN IMMEDIATE", NULL, 0) != SQLITE_OK;
}

static WhValue address_value(gboolean has, const WhAddress *address, char text[WH_ADDRESS_STRLEN])
{
    return wh_value_text(has ? wh_address_format(address, text) : NULL);
}

static void journal_record(WhJournal *journal, const char *host, WhFamily family,
                           const WhRecordState *state)
{
    char acknowledged[WH_ADDRESS_STRLEN], intent[WH_ADDRESS_STRLEN], refused[WH_ADDRESS_STRLEN];
    put(store_of(journal), put_record,
        WH_VALUES(wh_value_text(host), wh_value_text(wh_family_record_type(family)),
                  address_value(state->has_acknowledged, &state->acknowledged, acknowledged),
                  wh_value_integer(state->acknowledged_at),
                  address_value(state->has_intent, &state->intent, intent),
                  wh_value_integer(state->intent_at), wh_value_integer(state->retry_at),
                  wh_value_text(wh_result_class_name(state->retry_class)),
                  wh_value_detail(state->retry_detail), wh_value_integer(state->attempts),
                  address_value(state->has_refused, &state->refused, refused),
                  wh_value_integer(state->same_streak), wh_value_integer(state->healed_at),
                  wh_value_integer(state->proven_at)));
}

static WhValue halt_value(const WhHalt *halt)
{
    return wh_value_text(halt->halted ? wh_result_class_name(halt->result) : NULL);
}

static void journal_host(WhJournal *journal, const char *host, const WhHostState *state)
{
    put(store_of(journal), put_host,
        WH_VALUES(wh_value_text(host), wh_value_real(state->tokens),
                  wh_value_integer(state->tokens_at), halt_value(&state->halt),
                  wh_value_detail(state->halt.detail), wh_value_integer(state->halt.at)));
}

static void journal_halt(WhJournal *journal, const char *scope, const char *id, const WhHalt *halt)
{
    put(store_of(journal), put_halt,
        WH_VALUES(wh_value_text(scope), wh_value_text(id), halt_value(halt),
                  wh_value_detail(halt->detail), wh_value_integer(halt->at)));
}

static void journal_account(WhJournal *journal, const char *account, const WhHalt *halt)
{
    journal_halt(journal, "account", account, halt);
}

static void journal_provider(WhJournal *journal, const char *provider, const WhHalt *halt)
{
    journal_halt(journal, "provider", provider, halt);
}

static void journal_event(WhJournal *journal, WhEvent *event)
{
    WhStore *store = store_of(journal);
    if (!store->failed)
        store->failed = !wh_history_add(store->database, event);
}

static gboolean commit(WhJournal *journal, gboolean flush)
{
    WhStore *store = store_of(journal);
    sqlite3 *handle = wh_database_handle(store->database);
    if (!store->failed)
        store->failed = wh_database_run(store->database, "COMMIT", NULL, 0) != SQLITE_OK;
    if (!sqlite3_get_autocommit(handle))
        wh_database_run(store->database, "ROLLBACK", NULL, 0);
    if (store->failed) {
        wh_store_heal(store);
        return FALSE;
    }
    if (flush || store->pages >= store->renew_at)
        wh_store_flush(store);
    return TRUE;
}

void wh_store_init_journal(WhStore *store)
{
    store->journal = (WhJournal){
        .begin = begin,
        .put_record = journal_record,
        .put_host = journal_host,
        .put_account = journal_account,
        .put_provider = journal_provider,
        .put_event = journal_event,
        .commit = commit,
    };
}

WhJournal *wh_store_journal(WhStore *store)
{
    return &store->journal;
}
