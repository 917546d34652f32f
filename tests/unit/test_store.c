#include "tests/unit/test_store_folder.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

typedef struct {
    char *folder;
    WhStore *store;
} World;

static void setup(World *world, gconstpointer data)
{
    world->folder = test_store_folder_new();
    world->store = test_store_open(world->folder);
}

static void teardown(World *world, gconstpointer data)
{
    wh_store_free(world->store);
    test_store_folder_free(world->folder);
}

static void reopen(World *world)
{
    g_clear_pointer(&world->store, wh_store_free);
    world->store = test_store_open(world->folder);
}

static void check_ids(World *world, const char *accounts, const char *hosts)
{
    g_autofree char *account_ids = test_store_account_ids(world->store);
    g_autofree char *host_ids = test_store_host_ids(world->store);
    g_assert_cmpstr(account_ids, ==, accounts);
    g_assert_cmpstr(host_ids, ==, hosts);
}

static void test_accounts(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    test_store_put_account(world->store, "zeta", "First");
    g_autoptr(WhAccount) account = wh_account_new("alpha", "rfc2136",
                                                  "K\xc3\xbc"
                                                  "che \"1\"\n");
    g_hash_table_insert(account->fields, g_strdup("server"), g_strdup("ns1.example.org"));
    g_hash_table_insert(account->fields, g_strdup("zone"), g_strdup("a\\b\"c\xc3\xa9"));
    g_assert_true(wh_store_put_account(world->store, account, &error));
    check_ids(world, "zeta alpha", "");
    test_store_put_account(world->store, "zeta", "Changed");
    reopen(world);
    check_ids(world, "zeta alpha", "");
    g_autoptr(GPtrArray) accounts = wh_store_accounts(world->store);
    const WhAccount *first = accounts->pdata[0], *second = accounts->pdata[1];
    g_assert_cmpstr(first->label, ==, "Changed");
    g_assert_cmpstr(second->provider, ==, "rfc2136");
    g_assert_cmpstr(second->label, ==, account->label);
    g_assert_cmpuint(g_hash_table_size(second->fields), ==, 2);
    g_assert_cmpstr(wh_account_field(second, "server"), ==, "ns1.example.org");
    g_assert_cmpstr(wh_account_field(second, "zone"), ==, "a\\b\"c\xc3\xa9");
}

static void test_hosts(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    test_store_put_account(world->store, "one", "");
    test_store_put_account(world->store, "two", "");
    test_store_put_host(world->store, "h2", "two", "b.example.org");
    g_autoptr(WhHost) host = wh_host_new("h1", "one", "a.example.org");
    host->wants[WH_FAMILY_IPV6] = TRUE;
    host->ttl = 4000000000;
    host->paused = TRUE;
    g_assert_true(wh_store_put_host(world->store, host, &error));
    test_store_put_host(world->store, "h2", "one", "c.example.org");
    reopen(world);
    check_ids(world, "one two", "h2 h1");
    g_autoptr(GPtrArray) hosts = wh_store_hosts(world->store);
    const WhHost *first = hosts->pdata[0], *second = hosts->pdata[1];
    g_assert_cmpstr(first->name, ==, "c.example.org");
    g_assert_cmpstr(first->account, ==, "one");
    g_assert_true(first->wants[WH_FAMILY_IPV4] && !first->wants[WH_FAMILY_IPV6]);
    g_assert_true(!second->wants[WH_FAMILY_IPV4] && second->wants[WH_FAMILY_IPV6]);
    g_assert_cmpuint(second->ttl, ==, 4000000000);
    g_assert_true(second->paused && !first->paused);
}

static void test_wishes(World *world, gconstpointer data)
{
    const char *const networks[] = {"00:11:22:33:44:55/10.0.0.0/8",
                                    "00:11:22:33:44:66/192.168.1.0/24", NULL};
    g_autoptr(WhHost) host = wh_host_new("h1", "one", "a.example.org");
    test_store_put_account(world->store, "one", "");
    host->wants[WH_FAMILY_IPV6] = TRUE;
    host->device = WH_DEVICE_SUFFIX;
    g_assert_true(wh_suffix_parse("::1:2:3:4", host->suffix));
    wh_host_set_networks(host, networks);
    g_assert_true(wh_store_put_host(world->store, host, NULL));
    g_autoptr(WhHost) second = wh_host_new("h2", "one", "b.example.org");
    second->wants[WH_FAMILY_IPV4] = TRUE;
    second->device = WH_DEVICE_MAC;
    g_assert_true(wh_mac_parse("00:11:22:33:44:55", second->mac));
    second->withhold_unreachable = TRUE;
    g_assert_true(wh_store_put_host(world->store, second, NULL));
    g_autoptr(WhHost) third = wh_host_new("h3", "one", "c.example.org");
    third->lan = TRUE;
    g_assert_true(wh_store_put_host(world->store, third, NULL));
    const WhHost *const written[] = {host, second, third};
    for (guint round = 0; round < 2; round++) {
        g_autoptr(GPtrArray) hosts = wh_store_hosts(world->store);
        for (guint i = 0; i < G_N_ELEMENTS(written); i++)
            g_assert_true(wh_host_has_same_wishes(written[i], hosts->pdata[i]));
        reopen(world);
    }
    host->device = WH_DEVICE_THIS;
    wh_host_set_networks(host, NULL);
    g_assert_true(wh_store_put_host(world->store, host, NULL));
    reopen(world);
    g_autoptr(GPtrArray) hosts = wh_store_hosts(world->store);
    g_assert_true(wh_host_has_same_wishes(host, hosts->pdata[0]));
}

/* What cannot be read must not become a name that is sent this computer's address. */
static void test_unreadable_machine(World *world, gconstpointer data)
{
    test_store_put_account(world->store, "one", "");
    test_store_put_host(world->store, "h1", "one", "a.example.org");
    g_clear_pointer(&world->store, wh_store_free);
    g_autofree char *path = test_store_file(world->folder, "wayhome.db");
    sqlite3 *handle = NULL;
    g_assert_cmpint(sqlite3_open(path, &handle), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(handle, "UPDATE hosts SET mac = 'x'", NULL, NULL, NULL), ==,
                    SQLITE_OK);
    sqlite3_close(handle);
    world->store = test_store_open(world->folder);
    g_autoptr(GPtrArray) hosts = wh_store_hosts(world->store);
    g_assert_true(((const WhHost *)hosts->pdata[0])->paused);
}

static void put_states(WhStore *store, const char *account, const char *host)
{
    WhJournal *journal = wh_store_journal(store);
    WhRecordState record = {.attempts = 1};
    WhHostState state = {.tokens = 2};
    WhHalt halt = {.halted = TRUE, .result = WH_RESULT_AUTH};
    journal->begin(journal);
    journal->put_record(journal, host, WH_FAMILY_IPV4, &record);
    journal->put_record(journal, host, WH_FAMILY_IPV6, &record);
    journal->put_host(journal, host, &state);
    journal->put_account(journal, account, &halt);
    g_assert_true(journal->commit(journal, FALSE));
}

static gboolean has_states(WhStore *store, const char *host)
{
    g_auto(WhRecordState) v4 = {0}, v6 = {0};
    g_auto(WhHostState) state = {0};
    gboolean a = wh_store_record_state(store, host, WH_FAMILY_IPV4, &v4);
    gboolean b = wh_store_record_state(store, host, WH_FAMILY_IPV6, &v6);
    gboolean c = wh_store_host_state(store, host, &state);
    g_assert_true(a == b && b == c);
    return a;
}

static void test_remove(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    static const char *const hosts[] = {"h1", "h2", "h3"};
    test_store_put_account(world->store, "one", "");
    test_store_put_account(world->store, "two", "");
    for (guint i = 0; i < G_N_ELEMENTS(hosts); i++) {
        const char *account = i < 2 ? "one" : "two";
        test_store_put_host(world->store, hosts[i], account, hosts[i]);
        put_states(world->store, account, hosts[i]);
    }
    g_assert_true(wh_store_remove_host(world->store, "h1", &error));
    check_ids(world, "one two", "h2 h3");
    g_assert_false(has_states(world->store, "h1"));
    g_assert_true(has_states(world->store, "h2"));
    g_assert_true(wh_store_remove_account(world->store, "one", &error));
    g_assert_true(wh_store_remove_account(world->store, "never", &error));
    reopen(world);
    check_ids(world, "two", "h3");
    g_assert_false(has_states(world->store, "h2"));
    g_assert_true(has_states(world->store, "h3"));
    g_auto(WhHalt) halt = {0};
    g_assert_false(wh_store_account_halt(world->store, "one", &halt));
    g_assert_true(wh_store_account_halt(world->store, "two", &halt));
}

static void test_host_without_account(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhHost) host = wh_host_new("h1", "nobody", "a.example.org");
    g_assert_false(wh_store_put_host(world->store, host, &error));
    g_assert_error(error, WH_STORE_ERROR, WH_STORE_ERROR_WRITE);
    test_store_put_account(world->store, "one", "");
    check_ids(world, "one", "");
}

static void test_settings(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_assert_cmpstr(wh_store_setting(world->store, "paused"), ==, NULL);
    g_assert_true(wh_store_put_setting(world->store, "paused", "no", &error));
    g_assert_true(wh_store_put_setting(world->store, "paused", "yes", &error));
    g_assert_true(wh_store_put_setting(world->store, "gone", "x", &error));
    g_assert_true(wh_store_put_setting(world->store, "gone", NULL, &error));
    reopen(world);
    g_autofree char *paused = wh_store_setting(world->store, "paused");
    g_assert_cmpstr(paused, ==, "yes");
    g_assert_cmpstr(wh_store_setting(world->store, "gone"), ==, NULL);
}

static void test_numbers(World *world, gconstpointer data)
{
    gint64 first = wh_store_next_number(world->store);
    gint64 second = wh_store_next_number(world->store);
    g_assert_cmpint(first, >, 0);
    g_assert_cmpint(second, >, first);
    reopen(world);
    g_assert_cmpint(wh_store_next_number(world->store), >, second);
    test_store_put_account(world->store, "one", "");
    test_store_put_host(world->store, "h500", "one", "a.example.org");
    g_assert_cmpint(wh_store_next_number(world->store), ==, 501);
}

static void check_refused(const char *folder, int code)
{
    g_autoptr(GError) error = NULL;
    char *notice = NULL;
    g_assert_null(wh_store_open(folder, &notice, &error));
    g_assert_error(error, WH_STORE_ERROR, code);
    g_assert_null(notice);
    g_assert_true(g_str_has_suffix(error->message, "."));
}

static void test_in_use(World *world, gconstpointer data)
{
    check_refused(world->folder, WH_STORE_ERROR_BUSY);
    test_store_put_account(world->store, "one", "");
    reopen(world);
    check_ids(world, "one", "");
}

static void test_newer(World *world, gconstpointer data)
{
    g_clear_pointer(&world->store, wh_store_free);
    g_autofree char *path = test_store_file(world->folder, "wayhome.db");
    sqlite3 *handle = NULL;
    g_assert_cmpint(sqlite3_open(path, &handle), ==, SQLITE_OK);
    int code = sqlite3_exec(handle, "CREATE TABLE tomorrow (x); PRAGMA user_version=1000000", NULL,
                            NULL, NULL);
    g_assert_cmpint(code, ==, SQLITE_OK);
    sqlite3_close(handle);
    g_autoptr(GBytes) before = test_store_contents(path);
    check_refused(world->folder, WH_STORE_ERROR_NEWER);
    g_autoptr(GBytes) after = test_store_contents(path);
    g_assert_true(g_bytes_equal(before, after));
}

static void test_no_folder(void)
{
    g_autoptr(GError) error = NULL;
    char *folder = test_store_folder_new();
    g_assert_true(g_file_set_contents(folder, "x", 1, &error));
    check_refused(folder, WH_STORE_ERROR_OPEN);
    g_autofree char *below = g_build_filename(folder, "below", NULL);
    check_refused(below, WH_STORE_ERROR_OPEN);
    test_store_folder_free(folder);
}

static void test_folder_in_the_way(World *world, gconstpointer data)
{
    g_clear_pointer(&world->store, wh_store_free);
    g_autofree char *path = test_store_file(world->folder, "wayhome.db");
    g_remove(path);
    g_assert_cmpint(g_mkdir(path, 0700), ==, 0);
    check_refused(world->folder, WH_STORE_ERROR_OPEN);
}

static void test_memory(void)
{
    g_autoptr(WhStore) store = wh_store_open_in_memory();
    test_store_put_account(store, "one", "");
    test_store_put_host(store, "h1", "one", "a.example.org");
    put_states(store, "one", "h1");
    g_autofree char *ids = test_store_host_ids(store);
    g_assert_cmpstr(ids, ==, "h1");
    g_assert_true(has_states(store, "h1"));
    g_assert_cmpint(wh_store_next_number(store), ==, 2);
    g_assert_null(wh_store_take_notice(store));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, func) g_test_add("/store/" path, World, NULL, setup, func, teardown)
    ADD("accounts", test_accounts);
    ADD("hosts", test_hosts);
    ADD("wishes", test_wishes);
    ADD("unreadable-machine", test_unreadable_machine);
    ADD("remove", test_remove);
    ADD("host-without-account", test_host_without_account);
    ADD("settings", test_settings);
    ADD("numbers", test_numbers);
    ADD("in-use", test_in_use);
    ADD("newer", test_newer);
    ADD("folder-in-the-way", test_folder_in_the_way);
    g_test_add_func("/store/no-folder", test_no_folder);
    g_test_add_func("/store/memory", test_memory);
    return g_test_run();
}
