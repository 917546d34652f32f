#include "service/store/migrations.h"

/* Numbers keep the order in which things were added. The states refer to hosts without a
 * constraint: a host that an administrator declares in a file has states too. Only ever append a
 * step. */
static const char *const steps[] = {
    "CREATE TABLE accounts ("
    "  number INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  provider TEXT NOT NULL,"
    "  label TEXT NOT NULL,"
    "  fields TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE hosts ("
    "  number INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  name TEXT NOT NULL,"
    "  ipv4 INTEGER NOT NULL,"
    "  ipv6 INTEGER NOT NULL,"
    "  ttl INTEGER NOT NULL,"
    "  paused INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE host_states ("
    "  host TEXT NOT NULL PRIMARY KEY,"
    "  tokens REAL NOT NULL,"
    "  tokens_at INTEGER NOT NULL,"
    "  halt TEXT,"
    "  halt_detail TEXT,"
    "  halt_at INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE record_states ("
    "  host TEXT NOT NULL,"
    "  type TEXT NOT NULL,"
    "  acknowledged TEXT,"
    "  acknowledged_at INTEGER NOT NULL,"
    "  intent TEXT,"
    "  intent_at INTEGER NOT NULL,"
    "  retry_at INTEGER NOT NULL,"
    "  retry TEXT NOT NULL,"
    "  retry_detail TEXT,"
    "  attempts INTEGER NOT NULL,"
    "  refused TEXT,"
    "  same_streak INTEGER NOT NULL,"
    "  healed_at INTEGER NOT NULL,"
    "  proven_at INTEGER NOT NULL,"
    "  PRIMARY KEY (host, type)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE halts ("
    "  scope TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  halt TEXT,"
    "  halt_detail TEXT,"
    "  halt_at INTEGER NOT NULL,"
    "  PRIMARY KEY (scope, id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE settings ("
    "  name TEXT NOT NULL PRIMARY KEY,"
    "  value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE history ("
    "  id INTEGER PRIMARY KEY,"
    "  at INTEGER NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  host TEXT,"
    "  host_name TEXT,"
    "  type TEXT,"
    "  address TEXT,"
    "  result TEXT,"
    "  detail TEXT"
    ") STRICT;",
    "ALTER TABLE hosts ADD COLUMN suffix TEXT;"
    "ALTER TABLE hosts ADD COLUMN mac TEXT;"
    "ALTER TABLE hosts ADD COLUMN lan INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE hosts ADD COLUMN withhold_unreachable INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE hosts ADD COLUMN networks TEXT NOT NULL DEFAULT '';",
};

int wh_migrations_version(WhDatabase *database, int *version)
{
    sqlite3_stmt *statement = wh_database_query(database, "PRAGMA user_version", NULL, 0);
    if (wh_database_next(database, statement)) {
        *version = sqlite3_column_int(statement, 0);
        wh_database_end(statement);
    }
    return wh_database_failure(database);
}

int wh_migrations_newest(void)
{
    return G_N_ELEMENTS(steps);
}

int wh_migrations_run(WhDatabase *database, int version)
{
    for (int i = version; i < wh_migrations_newest(); i++) {
        g_autofree char *sql =
            g_strdup_printf("BEGIN IMMEDIATE; %s PRAGMA user_version=%d; COMMIT;", steps[i], i + 1);
        int code = wh_database_execute(database, sql);
        if (code == SQLITE_OK)
            continue;
        if (!sqlite3_get_autocommit(wh_database_handle(database)))
            wh_database_execute(database, "ROLLBACK");
        return code;
    }
    return SQLITE_OK;
}
