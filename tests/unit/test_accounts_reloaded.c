#include "tests/unit/test_declared_world.h"

#include <string.h>

static void test_unchanged(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");

    files_declare_one(files, "one", text, "password=p1");
    world_check_log(&files->world, "restore account file-one ready; restore host a.example; ");
    files_declare_one(files, "one", text, "password=p1");
    world_check_log(&files->world, "");
}

static void test_changed_hosts(Files *files, gconstpointer data)
{
    g_autofree char *before = files_ddns("ns.example", "a.example b.example");
    g_autofree char *after = files_ddns("ns.example", "b.example c.example");
    g_autofree char *ttl = g_strconcat(after, "ttl=60\n", NULL);

    files_declare_one(files, "one", before, "password=p1");
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", after, "password=p1");
    world_check_log(&files->world, "no host file-one:a.example; restore host c.example; ");
    files_declare_one(files, "one", ttl, "password=p1");
    world_check_log(&files->world, "host c.example at file-one A AAAA ttl 60; ");
}

static void test_changed_account(Files *files, gconstpointer data)
{
    g_autofree char *before = files_ddns("ns.example", "a.example");
    g_autofree char *after = files_ddns("other.example", "a.example");

    files_declare_one(files, "one", before, "password=p1");
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", before, "password=p2");
    world_check_log(&files->world, "account file-one ready; resume file-one; ");
    files_declare_one(files, "one", after, "password=p2");
    world_check_log(&files->world, "account file-one ready; no host file-one:a.example; "
                                   "host a.example at file-one A AAAA ttl 0; ");
}

static void test_another_provider(Files *files, gconstpointer data)
{
    g_autofree char *before = files_ddns("ns.example", "a.tree.example");

    files_declare_one(files, "one", before, "password=p1");
    g_string_truncate(files->world.log, 0);
    files_declare_one(
        files, "one",
        "[account]\nprovider=tree\nsecret.token=credential:t\n[host a.tree.example]\n", "token=t");
    files_check_problems(files, "");
    world_check_log(&files->world,
                    "no host file-one:a.tree.example; no account file-one; restore account "
                    "file-one ready; restore host a.tree.example; ");
}

static void test_removed(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");

    files_declare_one(files, "one", text, "password=p1");
    g_string_truncate(files->world.log, 0);
    files_declare(files);
    world_check_log(&files->world, "no host file-one:a.example; no account file-one; ");
    g_assert_cmpuint(wh_accounts_list(files->world.accounts)->len, ==, 0);
    g_assert_cmpuint(wh_accounts_hosts(files->world.accounts)->len, ==, 0);
    g_assert_null(wh_accounts_declared_in(files->world.accounts, "file-one"));
}

static void test_bad_file_stays_in_force(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");
    g_autofree char *wrong = files_ddns("ns.example", "192.0.2.1");

    files_declare_one(files, "one", text, "password=p1");
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", "[account]\nnonsense\n", NULL);
    files_check_problems(files, "/etc/one.conf: What this file said before stays in force.");
    files_declare_one(files, "one", wrong, "password=p2");
    g_assert_nonnull(strstr(files->problems, "stays in force"));
    world_check_log(&files->world, "");
    g_assert_cmpint(wh_accounts_secret_state(files->world.accounts, "file-one", "password"), ==,
                    WH_VAULT_PRESENT);
}

/* A file that cannot be used keeps its names, but not against one in front of it. */
static void test_names_of_a_bad_file(Files *files, gconstpointer data)
{
    g_autofree char *one = files_ddns("ns.example", "a.example");
    g_autofree char *two = files_ddns("ns.example", "b.example");
    g_autofree char *both = files_ddns("ns.example", "a.example b.example");

    files_add(files, "one", one, "password=p");
    files_add(files, "two", two, "password=p");
    files_declare(files);
    files_add(files, "one", both, "password=p");
    files_add(files, "two", "nonsense", NULL);
    files_declare(files);
    g_assert_nonnull(wh_accounts_find_host(files->world.accounts, "file-one:b.example"));
    g_assert_null(wh_accounts_find_host(files->world.accounts, "file-two:b.example"));
    files_add(files, "one", "nonsense", NULL);
    files_add(files, "two", both, "password=p");
    files_declare(files);
    g_assert_nonnull(wh_accounts_find_host(files->world.accounts, "file-one:b.example"));
    g_assert_null(wh_accounts_find_host(files->world.accounts, "file-two:b.example"));
}

static void test_unreadable_secret_stays(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");
    g_autofree char *elsewhere = files_ddns("other.example", "a.example");

    files_declare_one(files, "one", text, "password=p1");
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", text, NULL);
    world_check_log(&files->world, "");
    files_declare_one(files, "one", elsewhere, NULL);
    g_assert_cmpint(wh_accounts_secret_state(files->world.accounts, "file-one", "password"), ==,
                    WH_VAULT_MISSING);
}

static void remember(Files *files, const char *host)
{
    WhJournal *journal = wh_store_journal(files->world.store);
    WhHostState state = {.tokens = 2};
    WhRecordState record = {.attempts = 7};

    journal->begin(journal);
    journal->put_host(journal, host, &state);
    journal->put_record(journal, host, WH_FAMILY_IPV4, &record);
    journal->commit(journal, FALSE);
}

static void test_states_survive(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");

    files_declare_one(files, "one", text, "password=p1");
    remember(files, "file-one:a.example");
    world_restart(&files->world);
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", text, "password=p1");
    world_check_log(&files->world, "restore account file-one ready; "
                                   "restore host a.example tokens 2 A attempts 7; ");
}

/* Changed while the service did not run. */
static void test_states_of_another_server(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");
    g_autofree char *other = files_ddns("other.example", "a.example");

    files_declare_one(files, "one", text, "password=p1");
    remember(files, "file-one:a.example");
    world_restart(&files->world);
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", other, "password=p1");
    world_check_log(&files->world, "restore account file-one ready; restore host a.example; ");
}

static void test_another_secret_after_a_restart(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");

    /* One change in 4096 goes unnoticed. */
    g_random_set_seed(1);
    files_declare_one(files, "one", text, "password=wrong");
    world_restart(&files->world);
    files_declare_one(files, "one", text, NULL);
    world_restart(&files->world);
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", text, "password=wrong");
    world_check_log(&files->world, "restore account file-one ready; restore host a.example; ");
    world_restart(&files->world);
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", text, "password=right");
    world_check_log(&files->world, "restore account file-one ready; restore host a.example; "
                                   "resume file-one; ");
    world_restart(&files->world);
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", text, "password=right");
    world_check_log(&files->world, "restore account file-one ready; restore host a.example; ");
}

static char *sum_of(Files *files, const char *account)
{
    g_autofree char *setting = g_strconcat("declared ", account, NULL);
    g_autofree char *mark = wh_store_setting(files->world.store, setting);

    g_assert_nonnull(mark);
    return g_strdup(strchr(mark, ' '));
}

/* What is written down of a secret stays the same 12 bits, however many accounts have it, whatever
 * they call it and however often they come. */
static void test_little_is_told(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");
    g_autofree char *first = NULL;

    files_declare_one(files, "one", text, "password=same");
    first = sum_of(files, "file-one");
    g_assert_cmpuint(strlen(first), <=, 4);
    files_declare(files);
    files_add(files, "one", text, "password=same");
    files_add(files, "two",
              "[account]\nprovider=tree\nsecret.token=credential:t\n[host a.tree.example]\n",
              "token=same");
    files_declare(files);
    for (guint i = 0; i < 2; i++) {
        g_autofree char *sum = sum_of(files, i == 0 ? "file-one" : "file-two");
        g_assert_cmpstr(sum, ==, first);
    }
}

/* One of two that cannot be read is no change either. */
static void test_one_secret_of_two(Files *files, gconstpointer data)
{
    static const char text[] = "[account]\nprovider=ddns\nfield.server=x\n"
                               "secret.password=credential:p\nsecret.key=credential:k\n"
                               "[host a.example]\n";
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;

    files_declare_one(files, "one", text, "password=p");
    first = sum_of(files, "file-one");
    world_restart(&files->world);
    files_declare_one(files, "one", text, "key=k");
    second = sum_of(files, "file-one");
    g_assert_cmpstr(second, ==, first);
}

static gboolean is_remembered(Files *files, const char *host)
{
    g_auto(WhHostState) state = {0};

    return wh_store_host_state(files->world.store, host, &state);
}

/* Of a file that cannot be used now nothing is forgotten; it may be put right. */
static void test_gone_while_it_did_not_run(Files *files, gconstpointer data)
{
    g_autofree char *one = files_ddns("ns.example", "a.example");

    files_add(files, "one", one, "password=p");
    files_declare(files);
    remember(files, "file-one:a.example");
    remember(files, "file-one:b.example");
    remember(files, "file-two:c.example");
    remember(files, "file-three:d.example");
    remember(files, "h1");
    world_restart(&files->world);
    files_add(files, "one", one, "password=p");
    files_add(files, "two", "nonsense", NULL);
    files_declare(files);
    g_assert_true(is_remembered(files, "file-one:a.example"));
    g_assert_false(is_remembered(files, "file-one:b.example"));
    g_assert_true(is_remembered(files, "file-two:c.example"));
    g_assert_false(is_remembered(files, "file-three:d.example"));
    g_assert_true(is_remembered(files, "h1"));
}

/* An account that was added by hand has the id of a file that was there once. */
static void test_id_of_a_file_of_the_past(Files *files, gconstpointer data)
{
    g_autoptr(WhAccount) account = wh_account_new("file-2", "tree", "By hand");
    g_autoptr(GPtrArray) accounts = NULL;

    remember(files, "file-2:a.example");
    g_assert_true(wh_store_put_account(files->world.store, account, NULL));
    world_restart(&files->world);
    files_declare(files);
    g_assert_false(is_remembered(files, "file-2:a.example"));
    accounts = wh_store_accounts(files->world.store);
    g_assert_cmpuint(accounts->len, ==, 1);
}

#define ADD(path, func)                                                                            \
    g_test_add("/accounts-reloaded/" path, Files, NULL, files_setup, func, files_teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("little-is-told", test_little_is_told);
    ADD("one-secret-of-two", test_one_secret_of_two);
    ADD("id-of-a-file-of-the-past", test_id_of_a_file_of_the_past);
    ADD("unchanged", test_unchanged);
    ADD("changed-hosts", test_changed_hosts);
    ADD("changed-account", test_changed_account);
    ADD("another-provider", test_another_provider);
    ADD("removed", test_removed);
    ADD("bad-file-stays-in-force", test_bad_file_stays_in_force);
    ADD("names-of-a-bad-file", test_names_of_a_bad_file);
    ADD("unreadable-secret-stays", test_unreadable_secret_stays);
    ADD("states-survive", test_states_survive);
    ADD("states-of-another-server", test_states_of_another_server);
    ADD("another-secret-after-a-restart", test_another_secret_after_a_restart);
    ADD("gone-while-it-did-not-run", test_gone_while_it_did_not_run);
    return g_test_run();
}
