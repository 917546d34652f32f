#include "service/store/history.h"

#include "service/store/store_private.h"

/* The oldest events are deleted in bunches: one by one, each new event would write one page more.
 */
#define BUNCH 256

#define MOST_AT_ONCE 1000

static const char put_event[] =
    "INSERT INTO history (at, kind, host, host_name, type, address, result, detail)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char remove_until[] = "DELETE FROM history WHERE id <= ?1";
static const char newest_id[] = "SELECT coalesce(max(id), 0) FROM history";
static const char events_before[] =
    "SELECT id, at, kind, host, host_name, type, address, result, detail FROM history"
    " WHERE id < ?1 AND id > ?2 AND (?3 IS NULL OR host = ?3) ORDER BY id DESC LIMIT ?4";

gboolean wh_history_add(WhDatabase *database, WhEvent *event)
{
    char text[WH_ADDRESS_STRLEN];
    const char *type = event->has_family ? wh_family_record_type(event->family) : NULL;
    const char *address = event->has_address ? wh_address_format(&event->address, text) : NULL;
    const char *result = event->has_result ? wh_result_class_name(event->result) : NULL;
    int code = wh_database_run(
        database, put_event,
        WH_VALUES(wh_value_integer(event->at), wh_value_text(wh_event_kind_name(event->kind)),
                  wh_value_text(event->host), wh_value_text(event->host_name), wh_value_text(type),
                  wh_value_text(address), wh_value_text(result), wh_value_detail(event->detail)));
    if (code != SQLITE_OK)
        return FALSE;
    event->id = sqlite3_last_insert_rowid(wh_database_handle(database));
    if (event->id % BUNCH != 0)
        return TRUE;
    return wh_database_run(database, remove_until,
                           WH_VALUES(wh_value_integer(event->id - WH_HISTORY_KEPT))) == SQLITE_OK;
}

static gboolean family_of(const char *type, WhFamily *family)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (g_strcmp0(type, wh_family_record_type((WhFamily)i)) == 0) {
            *family = (WhFamily)i;
            return TRUE;
        }
    }
    return FALSE;
}

/* NULL: of a kind that this version does not know. */
static WhEvent *event_of(sqlite3_stmt *row)
{
    WhEventKind kind;
    g_autofree char *word = wh_database_text(row, 2);
    if (word == NULL || !wh_event_kind_parse(word, &kind))
        return NULL;
    g_autofree char *type = wh_database_text(row, 5);
    g_autofree char *address = wh_database_text(row, 6);
    g_autofree char *result = wh_database_text(row, 7);
    WhEvent *event = wh_event_new(kind, sqlite3_column_int64(row, 1));
    event->id = sqlite3_column_int64(row, 0);
    event->host = wh_database_text(row, 3);
    event->host_name = wh_database_text(row, 4);
    event->has_family = family_of(type, &event->family);
    event->has_address = address != NULL && wh_address_parse(address, &event->address);
    event->has_result = result != NULL && wh_result_class_parse(result, &event->result);
    event->detail = wh_database_text(row, 8);
    return event;
}

typedef struct {
    const char *host;
    gint64 before;
    guint limit;
} Question;

static gint64 read_newest(WhDatabase *database)
{
    sqlite3_stmt *row = wh_database_query(database, newest_id, NULL, 0);
    if (!wh_database_next(database, row))
        return 0;
    gint64 newest = sqlite3_column_int64(row, 0);
    wh_database_end(row);
    return newest;
}

static void read_history(WhDatabase *database, gconstpointer data, gpointer result)
{
    const Question *question = data;
    GPtrArray *events = result;
    g_ptr_array_set_size(events, 0);
    gint64 oldest = read_newest(database) - WH_HISTORY_KEPT;
    sqlite3_stmt *rows = wh_database_query(
        database, events_before,
        WH_VALUES(wh_value_integer(question->before > 0 ? question->before : G_MAXINT64),
                  wh_value_integer(oldest), wh_value_text(question->host),
                  wh_value_integer(question->limit)));
    while (wh_database_next(database, rows)) {
        WhEvent *event = event_of(rows);
        if (event != NULL)
            g_ptr_array_add(events, event);
    }
}

GPtrArray *wh_store_history(WhStore *store, const char *host, gint64 before, guint limit)
{
    const Question question = {.host = host, .before = before, .limit = MIN(limit, MOST_AT_ONCE)};
    GPtrArray *events = g_ptr_array_new_with_free_func((GDestroyNotify)wh_event_free);
    wh_store_read(store, read_history, &question, events);
    return events;
}
