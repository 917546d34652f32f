/* One SQLite connection and its prepared statements. Private to this room.
 *
 * Used by one thread. A failed call remembers its result code until wh_database_forget_failure(),
 * so that several calls can be made and judged together. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Longest explanation kept of anything, in bytes. */
#define WH_DATABASE_DETAIL 500

/* Longest text of any other kind. */
#define WH_DATABASE_TEXT (128 * 1024)

typedef struct WhDatabase WhDatabase;

/* Called after each commit with the number of pages in the write-ahead log. */
typedef void (*WhDatabaseCommitted)(int pages, gpointer data);

/* Opens `path` (NULL: in memory) for reading and writing; it must exist. Nothing in the file is
 * changed yet. NULL with *code set to SQLite's result. */
WhDatabase *wh_database_open(const char *path, int *code);
void wh_database_close(WhDatabase *database);

/* Switches to the write-ahead log: commits are safe against the end of this process, and none waits
 * for the disk. Returns SQLite's result. */
int wh_database_use_log(WhDatabase *database);
void wh_database_watch(WhDatabase *database, WhDatabaseCommitted committed, gpointer data);

/* For what this header does not offer. */
sqlite3 *wh_database_handle(WhDatabase *database);

/* Statements without values or rows. Returns SQLite's result. */
int wh_database_execute(WhDatabase *database, const char *sql);

/* One value of a statement; made by the functions below. */
typedef struct {
    int type;
    const char *text;
    int length;
    gint64 integer;
    double real;
} WhValue;

/* Text is cut, at a character's edge, before the first byte that is not UTF-8 and at the lengths
 * above. NULL is kept as NULL. */
WhValue wh_value_text(const char *text);
WhValue wh_value_detail(const char *text);
WhValue wh_value_integer(gint64 integer);
WhValue wh_value_real(double real);

#define WH_VALUES(...)                                                                             \
    (const WhValue[]){__VA_ARGS__}, G_N_ELEMENTS(((const WhValue[]){__VA_ARGS__}))

/* Runs a statement that gives no rows. `sql` lives as long as the program: its address names the
 * prepared statement, which is made once. Returns SQLite's result. */
int wh_database_run(WhDatabase *database, const char *sql, const WhValue *values, gsize n_values);

/* Begins a statement that gives rows, for wh_database_next(). NULL: it cannot be prepared. */
sqlite3_stmt *wh_database_query(WhDatabase *database, const char *sql, const WhValue *values,
                                gsize n_values);

/* The next row; FALSE: there is none, or it failed, and the statement is ready for its next use.
 * Accepts NULL. */
gboolean wh_database_next(WhDatabase *database, sqlite3_stmt *statement);

/* Ends a query before its last row. */
void wh_database_end(sqlite3_stmt *statement);

/* A copy of the row's text as valid UTF-8, or NULL. */
char *wh_database_text(sqlite3_stmt *statement, int column);

/* SQLITE_OK, or the primary code of the first failure since it was last forgotten. */
int wh_database_failure(WhDatabase *database);
void wh_database_forget_failure(WhDatabase *database);

/* Whether `code` means that the file's contents are not what this program wrote. */
gboolean wh_database_is_damage(int code);

/* A sentence's end for `code`: "the disk is full". */
const char *wh_database_reason(int code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDatabase, wh_database_close)

G_END_DECLS
