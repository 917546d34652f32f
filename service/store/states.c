#include "service/store/store_private.h"

static const char one_record[] =
    "SELECT acknowledged, acknowledged_at, intent, intent_at, retry_at, retry, retry_detail,"
    " attempts, refused, same_streak, healed_at, proven_at FROM record_states"
    " WHERE host = ?1 AND type = ?2";
static const char one_host[] =
    "SELECT halt, halt_detail, halt_at, tokens, tokens_at FROM host_states WHERE host = ?1";
static const char one_halt[] =
    "SELECT halt, halt_detail, halt_at FROM halts WHERE scope = ?1 AND id = ?2";

static const char all_hosts[] =
    "SELECT host FROM host_states WHERE substr(host, 1, length(?1)) = ?1"
    " UNION SELECT host FROM record_states WHERE substr(host, 1, length(?1)) = ?1";

/* What is asked for, and the answer. */
typedef struct {
    const char *key;
    const char *second_key;
    gboolean found;
    WhHalt halt;
    WhHostState host;
    WhRecordState record;
} Answer;

static gboolean address_at(sqlite3_stmt *row, int column, WhAddress *address)
{
    g_autofree char *text = wh_database_text(row, column);
    return text != NULL && wh_address_parse(text, address);
}

static gboolean result_at(sqlite3_stmt *row, int column, WhResultClass *result)
{
    g_autofree char *word = wh_database_text(row, column);
    return word != NULL && wh_result_class_parse(word, result);
}

static guint count_at(sqlite3_stmt *row, int column)
{
    return (guint)CLAMP(sqlite3_column_int64(row, column), 0, G_MAXINT);
}

/* The first three columns. A halt whose reason nobody understands still waits for the user. */
static WhHalt halt_of(sqlite3_stmt *row)
{
    WhHalt halt = {.result = WH_RESULT_FAIL};
    halt.halted = sqlite3_column_type(row, 0) != SQLITE_NULL;
    result_at(row, 0, &halt.result);
    halt.detail = wh_database_text(row, 1);
    halt.at = sqlite3_column_int64(row, 2);
    return halt;
}

static sqlite3_stmt *find(WhDatabase *database, const char *sql, const Answer *answer)
{
    const WhValue values[] = {wh_value_text(answer->key), wh_value_text(answer->second_key)};
    sqlite3_stmt *row =
        wh_database_query(database, sql, values, answer->second_key != NULL ? 2 : 1);
    return wh_database_next(database, row) ? row : NULL;
}

static void read_halt(WhDatabase *database, gconstpointer data, gpointer result)
{
    Answer *answer = result;
    sqlite3_stmt *row = find(database, one_halt, answer);
    answer->found = row != NULL;
    if (!answer->found)
        return;
    answer->halt = halt_of(row);
    wh_database_end(row);
}

static gboolean find_halt(WhStore *store, const char *scope, const char *id, WhHalt *halt)
{
    Answer answer = {.key = scope, .second_key = id};
    wh_store_read(store, read_halt, NULL, &answer);
    if (answer.found)
        *halt = answer.halt;
    return answer.found;
}

gboolean wh_store_account_halt(WhStore *store, const char *account, WhHalt *halt)
{
    return find_halt(store, "account", account, halt);
}

gboolean wh_store_provider_halt(WhStore *store, const char *provider, WhHalt *halt)
{
    return find_halt(store, "provider", provider, halt);
}

static void read_host(WhDatabase *database, gconstpointer data, gpointer result)
{
    Answer *answer = result;
    sqlite3_stmt *row = find(database, one_host, answer);
    answer->found = row != NULL;
    if (!answer->found)
        return;
    answer->host = (WhHostState){
        .tokens = sqlite3_column_double(row, 3),
        .tokens_at = sqlite3_column_int64(row, 4),
        .halt = halt_of(row),
    };
    wh_database_end(row);
}

gboolean wh_store_host_state(WhStore *store, const char *host, WhHostState *state)
{
    Answer answer = {.key = host};
    wh_store_read(store, read_host, NULL, &answer);
    if (answer.found)
        *state = answer.host;
    return answer.found;
}

static void read_record(WhDatabase *database, gconstpointer data, gpointer result)
{
    Answer *answer = result;
    sqlite3_stmt *row = find(database, one_record, answer);
    answer->found = row != NULL;
    if (!answer->found)
        return;
    WhRecordState *record = &answer->record;
    *record = (WhRecordState){
        .acknowledged_at = sqlite3_column_int64(row, 1),
        .intent_at = sqlite3_column_int64(row, 3),
        .retry_at = sqlite3_column_int64(row, 4),
        .retry_class = WH_RESULT_FAIL,
        .retry_detail = wh_database_text(row, 6),
        .attempts = count_at(row, 7),
        .same_streak = count_at(row, 9),
        .healed_at = sqlite3_column_int64(row, 10),
        .proven_at = sqlite3_column_int64(row, 11),
    };
    record->has_acknowledged = address_at(row, 0, &record->acknowledged);
    record->has_intent = address_at(row, 2, &record->intent);
    result_at(row, 5, &record->retry_class);
    record->has_refused = address_at(row, 8, &record->refused);
    wh_database_end(row);
}

gboolean wh_store_record_state(WhStore *store, const char *host, WhFamily family,
                               WhRecordState *state)
{
    Answer answer = {.key = host, .second_key = wh_family_record_type(family)};
    wh_store_read(store, read_record, NULL, &answer);
    if (answer.found)
        *state = answer.record;
    return answer.found;
}

static void read_all_hosts(WhDatabase *database, gconstpointer prefix, gpointer result)
{
    GPtrArray *hosts = result;
    g_ptr_array_set_size(hosts, 0);
    sqlite3_stmt *rows = wh_database_query(database, all_hosts, WH_VALUES(wh_value_text(prefix)));
    while (wh_database_next(database, rows))
        g_ptr_array_add(hosts, wh_database_text(rows, 0));
}

char **wh_store_hosts_with_states(WhStore *store, const char *prefix)
{
    GPtrArray *hosts = g_ptr_array_new_with_free_func(g_free);
    wh_store_read(store, read_all_hosts, prefix, hosts);
    g_ptr_array_add(hosts, NULL);
    return (char **)g_ptr_array_free(hosts, FALSE);
}
