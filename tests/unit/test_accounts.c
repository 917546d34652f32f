#include "platform/fake/fake.h"
#include "tests/unit/test_accounts_world.h"

static void check_list(World *world, const char *expected)
{
    g_autoptr(GString) ids = g_string_new(NULL);
    const GPtrArray *list = wh_accounts_list(world->accounts);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(ids, "%s ", ((const WhAccount *)list->pdata[i])->id);
    g_assert_cmpstr(ids->str, ==, expected);
}

static void test_add(World *world, gconstpointer data)
{
    const char *id = world_add_ddns(world, " ns.example.org ", "secret");
    g_assert_cmpstr(id, ==, "ddns");
    world_check_log(world, "account ddns ready; ");
    const WhAccount *account = wh_accounts_find(world->accounts, "ddns");
    g_assert_cmpstr(account->label, ==, "Some DDNS");
    g_assert_cmpstr(wh_account_field(account, "server"), ==, "ns.example.org");
    g_assert_null(wh_accounts_find(world->accounts, "tree"));
    world_restart(world);
    world_check_log(world, "restore account ddns ready; ");
    check_list(world, "ddns ");
}

static void test_ids(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_assert_cmpstr(world_add_tree(world, "a"), ==, "tree");
    g_assert_cmpstr(world_add_tree(world, "b"), ==, "tree-2");
    g_assert_cmpstr(world_add_ddns(world, "x.example", NULL), ==, "ddns");
    g_assert_true(wh_accounts_remove(world->accounts, "tree-2", &error));
    g_assert_true(wh_accounts_remove(world->accounts, "ddns", &error));
    world_restart(world);
    g_assert_cmpstr(world_add_tree(world, "c"), ==, "tree-3");
    g_assert_cmpstr(world_add_ddns(world, "x.example", NULL), ==, "ddns-2");
    check_list(world, "tree tree-3 ddns-2 ");
}

static void check_add_refused(World *world, const WhAccountDraft *draft, int code,
                              const char *begin)
{
    g_autoptr(GError) error = NULL;
    const char *id = "untouched";
    g_assert_false(wh_accounts_add(world->accounts, draft, &id, &error));
    world_check_error(&error, code, begin);
    g_assert_cmpstr(id, ==, "untouched");
    check_list(world, "");
    world_check_log(world, "");
}

static void check_fields_refused(World *world, const char *name, const char *text,
                                 const char *begin)
{
    g_autoptr(GHashTable) fields = world_fields("server", "x.example", name, text, NULL);
    const WhAccountDraft draft = {.provider = "ddns", .fields = fields};
    check_add_refused(world, &draft, WH_ACCOUNTS_ERROR_INVALID, begin);
}

static void check_label_refused(World *world, const char *label, const char *begin)
{
    g_autoptr(GHashTable) fields = world_fields("server", "x.example", NULL);
    const WhAccountDraft draft = {.provider = "ddns", .fields = fields, .label = label};
    check_add_refused(world, &draft, WH_ACCOUNTS_ERROR_INVALID, begin);
}

static void test_refused(World *world, gconstpointer data)
{
    g_autofree char *text = g_strnfill(1025, 'x');
    check_add_refused(world, &(WhAccountDraft){.label = "x"}, WH_ACCOUNTS_ERROR_INVALID,
                      "provider: Choose");
    check_add_refused(world, &(WhAccountDraft){.provider = "nobody"}, WH_ACCOUNTS_ERROR_NOT_FOUND,
                      "There is no such provider");
    check_add_refused(world, &(WhAccountDraft){.provider = "ddns"}, WH_ACCOUNTS_ERROR_INVALID,
                      "server: It is missing");
    check_fields_refused(world, "server", " ", "server: It is missing");
    check_fields_refused(world, "color", "red", "color: There is no such");
    check_fields_refused(world, "login", text, "login: It may have 1024");
    check_fields_refused(world, "login", "a\nb", "login: It holds a line break");
    check_fields_refused(world, "login", "a\xff", "login: This is no text");
    text[101] = '\0';
    check_label_refused(world, text, "label: It may have 100");
    check_label_refused(world, "a\tb", "label: It holds a line break");
    check_label_refused(world, "\xc3", "label: This is no text");
}

static void test_lengths_that_fit(World *world, gconstpointer data)
{
    g_autoptr(GString) label = g_string_new(NULL);
    for (int i = 0; i < 100; i++)
        g_string_append(label, "\xc3\xa9");
    g_autofree char *login = g_strnfill(1024, 'x');
    g_autoptr(GHashTable) fields = world_fields("server", "x.example", "login", login, NULL);
    const WhAccountDraft draft = {.provider = "ddns", .fields = fields, .label = label->str};
    const char *id = NULL;
    g_assert_true(wh_accounts_add(world->accounts, &draft, &id, NULL));
    g_assert_cmpstr(wh_accounts_find(world->accounts, id)->label, ==, label->str);
}

static void test_limit(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const char *id = NULL;
    for (int i = 0; i < 100; i++)
        world_add_tree(world, "x");
    g_assert_false(
        wh_accounts_add(world->accounts, &(WhAccountDraft){.provider = "tree"}, &id, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_LIMIT, "There are 100 accounts already");
    g_assert_true(wh_accounts_remove(world->accounts, "tree-50", NULL));
    g_assert_cmpstr(world_add_tree(world, "x"), ==, "tree-101");
}

static gboolean edit(World *world, const char *id, const char *label, const char *server,
                     const char *password, GError **error)
{
    g_autoptr(GHashTable) fields = server != NULL ? world_fields("server", server, NULL) : NULL;
    g_autoptr(GHashTable) secrets =
        password != NULL ? world_secrets("password", password, NULL) : NULL;
    const WhAccountDraft draft = {.label = label, .fields = fields, .secrets = secrets};
    return wh_accounts_edit(world->accounts, id, &draft, error);
}

static void check_password(World *world, const char *expected)
{
    const WhAccount *account = wh_accounts_find(world->accounts, "ddns");
    g_autoptr(GHashTable) secrets = wh_accounts_secrets(world->accounts, account);
    const WhSecret *secret = g_hash_table_lookup(secrets, "password");
    g_assert_cmpstr(secret != NULL ? wh_secret_peek(secret) : NULL, ==, expected);
}

static void test_edit(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    world_add_ddns(world, "a.example", "old");
    world_add_tree(world, "x");
    world_check_log(world, "account ddns ready; account tree ready; ");
    g_assert_true(edit(world, "ddns", " Mine ", NULL, NULL, &error));
    g_assert_true(edit(world, "ddns", NULL, NULL, "new", &error));
    world_check_log(world, "account ddns ready; account ddns ready; resume ddns; ");
    check_password(world, "new");
    check_list(world, "ddns tree ");
    world_restart(world);
    g_assert_cmpstr(wh_accounts_find(world->accounts, "ddns")->label, ==, "Mine");
    check_password(world, "new");
    g_assert_true(edit(world, "ddns", "", NULL, NULL, &error));
    g_assert_cmpstr(wh_accounts_find(world->accounts, "ddns")->label, ==, "Some DDNS");
}

static void test_edit_refused(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    world_add_ddns(world, "a.example", "old");
    world_check_log(world, "account ddns ready; ");
    g_assert_false(edit(world, "nobody", "x", NULL, NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_FOUND, "There is no such account");
    g_assert_false(edit(world, "ddns", NULL, "", NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "server: It is missing");
    g_assert_false(edit(world, "ddns", NULL, "b.example", "a\nb", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "password: The secret holds a line");
    const WhAccountDraft other = {.provider = "tree"};
    g_assert_false(wh_accounts_edit(world->accounts, "ddns", &other, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "provider: The provider of");
    world_check_log(world, "");
    check_password(world, "old");
    g_assert_cmpstr(wh_account_field(wh_accounts_find(world->accounts, "ddns"), "server"), ==,
                    "a.example");
}

static void put_state(World *world, const char *host)
{
    WhJournal *journal = wh_store_journal(world->store);
    WhRecordState record = {.attempts = 3};
    WhHostState state = {.tokens = 2};
    journal->begin(journal);
    journal->put_record(journal, host, WH_FAMILY_IPV6, &record);
    journal->put_host(journal, host, &state);
    g_assert_true(journal->commit(journal, FALSE));
}

/* Another server: the old secret stays behind, and what the old server said is not true of the new
 * one. */
static void test_moved(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_auto(WhHostState) state = {0};
    world_add_ddns(world, "a.example", "old");
    const char *host = world_add_host(world, "ddns", "home.example.org");
    put_state(world, host);
    g_string_truncate(world->log, 0);
    g_assert_true(edit(world, "ddns", NULL, "b.example", NULL, &error));
    world_check_log(world,
                    "account ddns; no host h1; host home.example.org at ddns A AAAA ttl 0; ");
    g_assert_false(wh_store_host_state(world->store, host, &state));
    g_assert_cmpint(wh_accounts_secret_state(world->accounts, "ddns", "password"), ==,
                    WH_VAULT_MOVED);
    check_password(world, NULL);
    g_assert_true(edit(world, "ddns", NULL, "a.example", NULL, &error));
    check_password(world, "old");
    g_assert_true(edit(world, "ddns", NULL, "c.example", "new", &error));
    check_password(world, "new");
    g_string_truncate(world->log, 0);
    world_restart(world);
    world_check_log(world, "restore account ddns ready; restore host home.example.org; ");
}

static void test_edit_keeps_names_possible(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    world_add_ddns(world, "a.example", "old");
    world_add_host(world, "ddns", "home.example.org");
    g_autoptr(GHashTable) fields = world_fields("server", "a.example", "login", "narrow", NULL);
    const WhAccountDraft draft = {.fields = fields};
    g_assert_false(wh_accounts_edit(world->accounts, "ddns", &draft, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "fields: The account keeps home.example");
    g_assert_true(wh_accounts_remove_host(world->accounts, "h1", NULL));
    world_add_host(world, "ddns", "nas.example.org");
    g_assert_true(wh_accounts_edit(world->accounts, "ddns", &draft, &error));
}

static void test_remove(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    world_add_ddns(world, "a.example", "old");
    world_add_tree(world, "x");
    world_add_host(world, "ddns", "home.example.org");
    world_add_host(world, "tree", "home.tree.example");
    world_add_host(world, "ddns", "nas.example.org");
    g_string_truncate(world->log, 0);
    g_assert_true(wh_accounts_remove(world->accounts, "ddns", &error));
    world_check_log(world, "no account ddns; ");
    check_list(world, "tree ");
    g_assert_cmpuint(wh_accounts_hosts(world->accounts)->len, ==, 1);
    g_assert_false(wh_accounts_remove(world->accounts, "ddns", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_FOUND, "There is no such account");
    world_restart(world);
    world_check_log(world, "restore account tree ready; restore host home.tree.example; ");
    g_autoptr(WhSecretStore) store = wh_secret_store_open("/secrets", NULL);
    gsize length = 0;
    g_assert_null(wh_secret_store_lookup(store, "ddns.password", &length, NULL));
}

static void test_restore(World *world, gconstpointer data)
{
    const WhHalt halt = {TRUE, WH_RESULT_AGENT, NULL, 1};
    WhJournal *journal = wh_store_journal(world->store);
    world_add_tree(world, "x");
    world_add_tree(world, "y");
    put_state(world, world_add_host(world, "tree-2", "home.tree.example"));
    journal->begin(journal);
    journal->put_account(journal, "tree", &halt);
    journal->put_provider(journal, "tree", &halt);
    g_assert_true(journal->commit(journal, FALSE));
    g_string_truncate(world->log, 0);
    world_restart(world);
    world_check_log(world, "restore account tree ready halted; restore provider tree AGENT; "
                           "restore account tree-2 ready; "
                           "restore host home.tree.example tokens 2 AAAA attempts 3; ");
}

/* The administrator took a definition away. */
static void test_provider_gone(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const char *id = NULL;
    world_add_ddns(world, "a.example", "old");
    world_add_host(world, "ddns", "home.example.org");
    g_string_truncate(world->log, 0);
    world->gone = TRUE;
    world_restart(world);
    world_check_log(world, "restore account ddns; restore host home.example.org; ");
    g_assert_cmpint(wh_accounts_secret_state(world->accounts, "ddns", "password"), ==,
                    WH_VAULT_MISSING);
    g_assert_true(edit(world, "ddns", "Old one", NULL, NULL, &error));
    g_assert_false(edit(world, "ddns", NULL, "b.example", NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_FOUND, "There is no such provider");
    const WhHostDraft draft = {.account = "ddns", .name = "b.example.org"};
    g_assert_false(wh_accounts_add_host(world->accounts, &draft, &id, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_FOUND, "There is no such provider");
    g_assert_true(wh_accounts_remove(world->accounts, "ddns", &error));
    g_autoptr(WhSecretStore) store = wh_secret_store_open("/secrets", NULL);
    gsize length = 0;
    g_assert_null(wh_secret_store_lookup(store, "ddns.password", &length, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
    g_test_add("/accounts/" path, World, NULL, world_setup, func, world_teardown)
    ADD("add", test_add);
    ADD("ids", test_ids);
    ADD("refused", test_refused);
    ADD("lengths-that-fit", test_lengths_that_fit);
    ADD("limit", test_limit);
    ADD("edit", test_edit);
    ADD("edit-refused", test_edit_refused);
    ADD("moved", test_moved);
    ADD("edit-keeps-names-possible", test_edit_keeps_names_possible);
    ADD("remove", test_remove);
    ADD("restore", test_restore);
    ADD("provider-gone", test_provider_gone);
    return g_test_run();
}
