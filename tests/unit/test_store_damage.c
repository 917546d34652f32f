#include "tests/unit/test_store_folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define ACCOUNTS 60
#define PAGE 4096u
#define INNER_INDEX 2
#define INNER_TABLE 5
#define LEAF 8

typedef struct {
    char *folder;
    char *path;
    WhStore *store;
} World;

static void journal_state(WhStore *store, const char *host, guint attempts)
{
    WhJournal *journal = wh_store_journal(store);
    WhRecordState record = {.attempts = attempts};
    journal->begin(journal);
    journal->put_record(journal, host, WH_FAMILY_IPV4, &record);
    g_assert_true(journal->commit(journal, TRUE));
}

/* Enough accounts with long labels that their table has many pages. */
static void setup(World *world, gconstpointer data)
{
    world->folder = test_store_folder_new();
    world->path = test_store_file(world->folder, "wayhome.db");
    world->store = test_store_open(world->folder);
    g_autofree char *label = g_strnfill(900, 'l');
    for (guint i = 0; i < ACCOUNTS; i++) {
        g_autofree char *account = g_strdup_printf("account-%u", i);
        g_autofree char *host = g_strdup_printf("h%u", i + 1);
        test_store_put_account(world->store, account, label);
        test_store_put_host(world->store, host, account, host);
        journal_state(world->store, host, i);
    }
}

static void teardown(World *world, gconstpointer data)
{
    wh_store_free(world->store);
    test_store_folder_free(world->folder);
    g_free(world->path);
}

static void close_store(World *world)
{
    g_clear_pointer(&world->store, wh_store_free);
}

/* Everything into the database file and no log beside it, as after a copy by hand. */
static void settle(World *world)
{
    close_store(world);
    sqlite3 *handle = NULL;
    g_assert_cmpint(sqlite3_open(world->path, &handle), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(handle, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL), ==,
                    SQLITE_OK);
    sqlite3_close(handle);
}

static void overwrite(const char *path, long offset, gsize length)
{
    g_autofree char *noise = g_strnfill(length, '#');
    FILE *file = g_fopen(path, "r+b");
    g_assert_nonnull(file);
    g_assert_cmpint(fseek(file, offset, SEEK_SET), ==, 0);
    g_assert_cmpuint(fwrite(noise, 1, length, file), ==, length);
    fclose(file);
}

static void overwrite_page(World *world, guint page)
{
    overwrite(world->path, (long)(PAGE * (page - 1)), PAGE);
}

static void exec(World *world, const char *sql)
{
    sqlite3 *handle = NULL;
    g_assert_cmpint(sqlite3_open(world->path, &handle), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close(handle);
}

static guint big_endian(const guint8 *bytes, gsize length)
{
    guint number = 0;
    for (gsize i = 0; i < length; i++)
        number = number << 8 | bytes[i];
    return number;
}

/* The page where a table begins. */
static guint root_of(World *world, const char *table)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *statement = NULL;
    g_autofree char *sql =
        g_strdup_printf("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
    g_assert_cmpint(sqlite3_open(world->path, &handle), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
    guint page = (guint)sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(handle);
    return page;
}

/* The fourth page below that one, which holds rows: SQLite's file format, section 1.6. */
static guint leaf_of(World *world, const char *table)
{
    g_autoptr(GBytes) file = test_store_contents(world->path);
    const guint8 *bytes = g_bytes_get_data(file, NULL);
    const guint8 *root = bytes + PAGE * (root_of(world, table) - 1);
    g_assert_true(*root == INNER_TABLE || *root == INNER_INDEX);
    g_assert_cmpuint(big_endian(root + 3, 2), >, 3);
    guint page = big_endian(root + big_endian(root + 12 + 2 * 3, 2), 4);
    g_assert_cmpint(bytes[PAGE * (page - 1)], ==, *root + LEAF);
    return page;
}

/* Opens, expects that the file was set aside unchanged, and returns the notice. */
static char *open_damaged(World *world)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) before = test_store_contents(world->path);
    char *notice = NULL;
    world->store = wh_store_open(world->folder, &notice, &error);
    g_assert_no_error(error);
    g_assert_nonnull(notice);
    g_autofree char *aside = test_store_aside(world->folder, FALSE);
    g_assert_nonnull(aside);
    g_autoptr(GBytes) after = test_store_contents(aside);
    g_assert_true(g_bytes_equal(before, after));
    g_autofree char *name = g_path_get_basename(aside);
    g_assert_nonnull(strstr(notice, name));
    g_assert_true(g_regex_match_simple("^wayhome\\.db\\.damaged-[0-9]{8}-[0-9]{6}$", name, 0, 0));
    return notice;
}

static guint count_ids(char *ids)
{
    g_auto(GStrv) words = g_strsplit(ids, " ", -1);
    g_free(ids);
    return words[0] == NULL || words[0][0] == '\0' ? 0 : g_strv_length(words);
}

/* The store works again, and the next start finds nothing wrong. */
static void check_works(World *world)
{
    guint accounts = count_ids(test_store_account_ids(world->store));
    test_store_put_account(world->store, "new", "New");
    journal_state(world->store, "h1", 1000);
    close_store(world);
    world->store = test_store_open(world->folder);
    g_assert_cmpuint(count_ids(test_store_account_ids(world->store)), ==, accounts + 1);
    g_auto(WhRecordState) state = {0};
    g_assert_true(wh_store_record_state(world->store, "h1", WH_FAMILY_IPV4, &state));
    g_assert_cmpuint(state.attempts, ==, 1000);
}

static void test_no_database(World *world, gconstpointer data)
{
    settle(world);
    g_assert_true(
        g_file_set_contents(world->path, "This is a letter, not a database.\n", -1, NULL));
    g_autofree char *notice = open_damaged(world);
    g_assert_nonnull(strstr(notice, "0 accounts and 0 names"));
    g_assert_cmpuint(count_ids(test_store_account_ids(world->store)), ==, 0);
    check_works(world);
}

static void test_header(World *world, gconstpointer data)
{
    settle(world);
    overwrite(world->path, 0, 100);
    g_free(open_damaged(world));
    check_works(world);
}

static void test_cut_short(World *world, gconstpointer data)
{
    settle(world);
    g_autofree char *contents = NULL;
    gsize size = 0;
    g_assert_true(g_file_get_contents(world->path, &contents, &size, NULL));
    g_assert_true(g_file_set_contents(world->path, contents, (gssize)(size / 2), NULL));
    g_free(open_damaged(world));
    check_works(world);
}

static void test_one_page(World *world, gconstpointer data)
{
    settle(world);
    overwrite_page(world, leaf_of(world, "accounts"));
    g_autofree char *notice = open_damaged(world);
    guint accounts = count_ids(test_store_account_ids(world->store));
    guint hosts = count_ids(test_store_host_ids(world->store));
    g_test_message("%s", notice);
    /* At most five rows of this size fit into a page. */
    g_assert_cmpuint(accounts, >=, ACCOUNTS - 5);
    g_assert_cmpuint(accounts, <, ACCOUNTS);
    g_assert_cmpuint(hosts, ==, accounts);
    g_auto(WhRecordState) state = {0};
    g_assert_true(wh_store_record_state(world->store, "h60", WH_FAMILY_IPV4, &state));
    g_assert_cmpuint(state.attempts, ==, 59);
    g_assert_cmpint(wh_store_next_number(world->store), >, 60);
    check_works(world);
}

static void test_missing_table(World *world, gconstpointer data)
{
    settle(world);
    exec(world, "DROP TABLE host_states");
    settle(world);
    g_autofree char *notice = open_damaged(world);
    g_assert_nonnull(strstr(notice, "60 accounts and 60 names"));
    check_works(world);
}

/* One byte of a row, counted from its first text, which SQLite reads without a complaint. kept:
 * what can be saved. */
typedef struct {
    const char *row;
    int offset;
    char byte;
    const char *kept;
} WrongByte;

#define HOST "h7account-6h7"
#define ACCOUNT "account-7duckdns"

/* The head of a row has a byte a column in front of the texts, 0 for nothing. */
static const WrongByte no_id = {HOST, -12, 0, "60 accounts and 59"};
static const WrongByte no_account = {HOST, -11, 0, "60 accounts and 59"};
static const WrongByte no_name = {HOST, -10, 0, "60 accounts and 59"};
static const WrongByte no_networks = {HOST, -1, 0, "60 accounts and 59"};
static const WrongByte same_id = {HOST, 1, '8', "60 accounts and 59"};
static const WrongByte other_account = {HOST, 2, 'A', "60 accounts and 59"};
static const WrongByte no_provider = {ACCOUNT, -4, 0, "59 accounts and 59"};
static const WrongByte other_id = {ACCOUNT, 2, 'C', "60 accounts and 59"};

static gsize place_of(const char *bytes, gsize size, const char *text)
{
    gsize length = strlen(text), place = 0;
    while (place + length <= size && memcmp(bytes + place, text, length) != 0)
        place++;
    g_assert_cmpuint(place + length, <=, size);
    return place;
}

static void test_wrong_byte(World *world, gconstpointer data)
{
    const WrongByte *wrong = data;
    g_autofree char *contents = NULL;
    gsize size = 0;
    settle(world);
    g_assert_true(g_file_get_contents(world->path, &contents, &size, NULL));
    gsize row = place_of(contents, size, wrong->row);
    contents[row + (gsize)wrong->offset] = wrong->byte;
    g_assert_true(g_file_set_contents(world->path, contents, (gssize)size, NULL));
    g_autofree char *notice = open_damaged(world);
    g_assert_nonnull(strstr(notice, wrong->kept));
    check_works(world);
}

/* The newest rows are in the log only, and are saved from there. */
static void test_log_is_read(World *world, gconstpointer data)
{
    settle(world);
    world->store = test_store_open(world->folder);
    test_store_put_account(world->store, "in-the-log", "");
    g_autofree char *log = g_strconcat(world->path, "-wal", NULL);
    g_autoptr(GBytes) contents = test_store_contents(log);
    settle(world);
    exec(world, "DELETE FROM accounts WHERE id = 'in-the-log'");
    close_store(world);
    guint page = leaf_of(world, "accounts");
    overwrite_page(world, page);
    g_assert_true(g_file_set_contents(log, g_bytes_get_data(contents, NULL),
                                      (gssize)g_bytes_get_size(contents), NULL));
    g_free(open_damaged(world));
    g_autofree char *ids = test_store_account_ids(world->store);
    g_assert_true(g_str_has_suffix(ids, " in-the-log"));
    g_autofree char *aside = test_store_aside(world->folder, TRUE);
    g_assert_nonnull(aside);
    g_autoptr(GBytes) kept = test_store_contents(aside);
    g_assert_true(g_bytes_equal(kept, contents));
}

static guint warnings;

static GLogWriterOutput count_warnings(GLogLevelFlags level, const GLogField *fields,
                                       gsize n_fields, gpointer data)
{
    warnings += (level & G_LOG_LEVEL_WARNING) != 0;
    return G_LOG_WRITER_HANDLED;
}

/* Damage that shows only when the page is needed: the history is not looked through at the start.
 */
static void open_with_damaged_history(World *world)
{
    WhJournal *journal = wh_store_journal(world->store);
    journal->begin(journal);
    for (int i = 0; i < 2000; i++) {
        g_autoptr(WhEvent) event = wh_event_new(WH_EVENT_SENT, i);
        journal->put_event(journal, event);
    }
    g_assert_true(journal->commit(journal, FALSE));
    settle(world);
    guint page = leaf_of(world, "history");
    overwrite_page(world, page);
    world->store = test_store_open(world->folder);
}

static void test_found_by_reading(World *world, gconstpointer data)
{
    open_with_damaged_history(world);
    warnings = 0;
    g_autoptr(GPtrArray) events = wh_store_history(world->store, "nobody", 0, 10);
    g_assert_cmpuint(warnings, ==, 1);
    g_assert_cmpuint(events->len, ==, 0);
    g_autofree char *notice = wh_store_take_notice(world->store);
    g_assert_nonnull(strstr(notice, "60 accounts and 60 names"));
    g_assert_null(wh_store_take_notice(world->store));
    g_autoptr(GPtrArray) rest = wh_store_history(world->store, NULL, 0, 1000);
    g_assert_cmpuint(rest->len, ==, 1000);
    check_works(world);
}

/* The page that the next write needs is damaged behind the back of a running service. */
static void damage_while_running(World *world, const char *table)
{
    settle(world);
    guint page = root_of(world, table);
    world->store = test_store_open(world->folder);
    overwrite_page(world, page);
    /* What the cache still holds does not show the damage; somebody else's write empties it. */
    exec(world, "PRAGMA user_version=2");
}

static void test_found_by_writing(World *world, gconstpointer data)
{
    damage_while_running(world, "settings");
    warnings = 0;
    g_assert_true(wh_store_put_setting(world->store, "paused", "yes", NULL));
    g_assert_cmpuint(warnings, ==, 1);
    g_autofree char *notice = wh_store_take_notice(world->store);
    g_assert_nonnull(strstr(notice, "60 accounts and 60 names"));
    g_autofree char *paused = wh_store_setting(world->store, "paused");
    g_assert_cmpstr(paused, ==, "yes");
    check_works(world);
}

static void test_found_by_the_journal(World *world, gconstpointer data)
{
    damage_while_running(world, "halts");
    WhJournal *journal = wh_store_journal(world->store);
    const WhHalt halt = {TRUE, WH_RESULT_AUTH, NULL, 1};
    warnings = 0;
    journal->begin(journal);
    journal->put_account(journal, "account-1", &halt);
    g_assert_false(journal->commit(journal, TRUE));
    g_assert_cmpuint(warnings, ==, 1);
    journal->begin(journal);
    journal->put_account(journal, "account-1", &halt);
    g_assert_true(journal->commit(journal, TRUE));
    check_works(world);
}

/* Twice in one second: the second never overwrites the first. */
static void test_twice(World *world, gconstpointer data)
{
    for (int i = 0; i < 3; i++) {
        char *notice = NULL;
        settle(world);
        g_assert_true(g_file_set_contents(world->path, "Not a database at all.", -1, NULL));
        world->store = wh_store_open(world->folder, &notice, NULL);
        g_assert_nonnull(notice);
        g_free(notice);
    }
    g_autoptr(GDir) dir = g_dir_open(world->folder, 0, NULL);
    const char *name;
    guint asides = 0;
    while ((name = g_dir_read_name(dir)) != NULL)
        asides += strstr(name, ".damaged-") != NULL && !g_str_has_suffix(name, "-wal");
    g_assert_cmpuint(asides, ==, 3);
}

/* What is in the log alone is read as well, and nothing of the folder is another than before. */
static void test_copy(World *world, gconstpointer data)
{
    test_store_put_account(world->store, "late", "Late");
    g_autofree char *log = g_strconcat(world->path, "-wal", NULL);
    g_autofree char *accounts = test_store_account_ids(world->store);
    g_autofree char *hosts = test_store_host_ids(world->store);
    g_autoptr(GBytes) before = test_store_contents(world->path);
    g_autoptr(GBytes) log_before = test_store_contents(log);
    gboolean complete = FALSE;
    g_autoptr(WhStore) copy = wh_store_open_copy(world->folder, &complete);
    g_assert_true(complete);
    g_autofree char *accounts_there = test_store_account_ids(copy);
    g_autofree char *hosts_there = test_store_host_ids(copy);
    g_assert_cmpstr(accounts_there, ==, accounts);
    g_assert_nonnull(strstr(accounts, "late"));
    g_assert_cmpstr(hosts_there, ==, hosts);
    test_store_put_account(copy, "memory", "Memory");
    g_autoptr(GBytes) after = test_store_contents(world->path);
    g_autoptr(GBytes) log_after = test_store_contents(log);
    g_assert_true(g_bytes_equal(before, after) && g_bytes_equal(log_before, log_after));
}

static void test_no_copy(World *world, gconstpointer data)
{
    gboolean complete = TRUE;
    g_autofree char *elsewhere = g_build_filename(world->folder, "nowhere", NULL);
    g_autoptr(WhStore) copy = wh_store_open_copy(elsewhere, &complete);
    g_assert_false(complete);
    test_store_put_account(copy, "memory", "Memory");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_log_set_writer_func(count_warnings, NULL, NULL);
#define ADD(path, func) g_test_add("/store/damage/" path, World, NULL, setup, func, teardown)
    ADD("no-database", test_no_database);
    ADD("header", test_header);
    ADD("cut-short", test_cut_short);
    ADD("one-page", test_one_page);
    ADD("missing-table", test_missing_table);
    ADD("log-is-read", test_log_is_read);
    ADD("found-by-reading", test_found_by_reading);
    ADD("found-by-writing", test_found_by_writing);
    ADD("found-by-the-journal", test_found_by_the_journal);
    ADD("twice", test_twice);
    ADD("copy", test_copy);
    ADD("no-copy", test_no_copy);
#define ADD_BYTE(path, byte)                                                                       \
    g_test_add("/store/damage/wrong-byte/" path, World, &byte, setup, test_wrong_byte, teardown)
    ADD_BYTE("no-id", no_id);
    ADD_BYTE("no-account", no_account);
    ADD_BYTE("no-name", no_name);
    ADD_BYTE("no-networks", no_networks);
    ADD_BYTE("same-id", same_id);
    ADD_BYTE("other-account", other_account);
    ADD_BYTE("no-provider", no_provider);
    ADD_BYTE("other-id", other_id);
    return g_test_run();
}
