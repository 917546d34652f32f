#include "tests/unit/test_declared_world.h"

#include <string.h>

static void test_account_and_hosts(Files *files, gconstpointer data)
{
    WhAccounts *accounts = files->world.accounts;
    g_autofree char *text = files_ddns("ns.example", "a.example b.example");

    files_declare_one(files, "one", text, "password=p1");
    files_check_problems(files, "");
    world_check_log(&files->world, "restore account file-one ready; restore host a.example; "
                                   "restore host b.example; ");
    g_assert_cmpuint(wh_accounts_list(accounts)->len, ==, 1);
    g_assert_cmpstr(wh_accounts_find(accounts, "file-one")->label, ==, "Some DDNS");
    g_assert_nonnull(wh_accounts_find_host(accounts, "file-one:a.example"));
    g_assert_cmpstr(wh_accounts_declared_in(accounts, "file-one"), ==, "/etc/one.conf");
    g_assert_null(wh_accounts_declared_in(accounts, "file-two"));
    g_assert_cmpint(wh_accounts_secret_state(accounts, "file-one", "password"), ==,
                    WH_VAULT_PRESENT);
    g_assert_cmpint(wh_accounts_secret_state(accounts, "file-one", "key"), ==, WH_VAULT_MISSING);
}

/* They come from the files at each start, and never get near the vault. */
static void test_nothing_is_written_down(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");

    files_declare_one(files, "one", text, "password=p1");
    g_autoptr(GPtrArray) accounts = wh_store_accounts(files->world.store);
    g_autoptr(GPtrArray) hosts = wh_store_hosts(files->world.store);
    g_assert_cmpuint(accounts->len + hosts->len, ==, 0);
    g_assert_false(wh_vault_holds(files->world.vault, "file-one"));
    world_restart(&files->world);
    g_assert_cmpuint(wh_accounts_list(files->world.accounts)->len, ==, 0);
}

static void test_secret_of_a_missing_credential(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");

    files_declare_one(files, "one", text, NULL);
    files_check_problems(files, "");
    world_check_log(&files->world, "restore account file-one; restore host a.example; ");
    files_declare_one(files, "one", text, "password=p1");
    world_check_log(&files->world, "account file-one ready; resume file-one; ");
}

/* An empty file for one that may be left out is none, and nothing empty is sent. */
static void test_empty_secret(Files *files, gconstpointer data)
{
    World *world = &files->world;
    static const char text[] = "[account]\nprovider=ddns\nfield.server=x\n"
                               "secret.password=credential:p\nsecret.key=credential:k\n"
                               "[host a.example]\n";

    files_declare_one(files, "one", text, "key=");
    files_check_problems(files, "");
    g_assert_cmpint(wh_accounts_secret_state(world->accounts, "file-one", "key"), ==,
                    WH_VAULT_MISSING);
    files_declare_one(files, "one", text, "password=");
    files_check_problems(files, "/etc/one.conf:4: password: The secret is empty.|/etc/one.conf: "
                                "What this file said before stays in force.");
}

/* Also when the names come with a reload. */
static void test_too_many_names(Files *files, gconstpointer data)
{
    g_autofree char *one = files_ddns("ns.example", "a.example");
    g_autofree char *two = files_ddns("ns.example", "b.example");
    g_autoptr(GString) many = g_string_new(two);

    for (guint i = 0; i < 1999; i++)
        g_string_append_printf(many, "[host n%u.example]\n", i);
    for (guint i = 0; i < 2; i++) {
        files_add(files, "one", one, "password=p");
        files_add(files, "two", i == 0 ? two : many->str, "password=p");
        files_declare(files);
    }
    files_check_problems(files, "/etc/two.conf: There would be more than the 2000 names that the "
                                "service keeps.|/etc/two.conf: What this file said before stays "
                                "in force.");
    g_assert_cmpuint(wh_accounts_hosts(files->world.accounts)->len, ==, 2);
}

static void refuse(Files *files, const char *text, const char *secret, const char *expected)
{
    files_declare_one(files, "one", text, secret);
    files_check_problems(files, expected);
    g_assert_cmpuint(wh_accounts_list(files->world.accounts)->len, ==, 0);
    g_assert_cmpuint(wh_accounts_hosts(files->world.accounts)->len, ==, 0);
}

#define ACCOUNT "[account]\nprovider=ddns\nfield.server=x\nsecret.password=credential:p\n"

static void test_form(Files *files, gconstpointer data)
{
    refuse(files, "[account]\nprovider=other\n[host a.example]\n", NULL,
           "/etc/one.conf:2: There is no such provider. See which there are: "
           "wayhomectl providers.");
    refuse(files, "[account]\nprovider=ddns\nsecret.password=credential:p\n[host a.example]\n",
           NULL, "/etc/one.conf:1: server: It is missing.");
    refuse(files, ACCOUNT "field.color=red\n[host a.example]\n", NULL,
           "/etc/one.conf:5: color: There is no such field.");
    refuse(files, ACCOUNT "secret.color=credential:c\n[host a.example]\n", NULL,
           "/etc/one.conf:5: The provider's form has no such secret.");
    refuse(files, "[account]\nprovider=ddns\nfield.server=x\n[host a.example]\n", NULL,
           "/etc/one.conf:1: The provider needs secret.password=, which is missing.");
    refuse(files, ACCOUNT "[host a.example]\n", "password=a\nb",
           "/etc/one.conf:4: password: The secret holds a line break or another character that "
           "cannot be seen. Copy it again without it.");
    refuse(files, ACCOUNT "[host a.example]\nttl=5\n", "password=p",
           "/etc/one.conf:5: ttl: Give 30 to 604800 seconds, or 0 for what the provider uses.");
    refuse(files, ACCOUNT "[host 192.0.2.1]\n", "password=p",
           "/etc/one.conf:5: name: This is an address. Give the name that is to lead to it, such "
           "as home.example.org.");
    refuse(files, ACCOUNT "[host a.example]\n[host A.example.]\n", "password=p",
           "/etc/one.conf:6: This name is there twice.");
    refuse(files, "[account]\nprovider=tree\nsecret.token=credential:t\n[host a.example]\n",
           "token=t", "/etc/one.conf:4: name: The provider has no such names.");
}

/* The rest works. */
static void test_bad_file_alone(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");

    files_add(files, "bad", "[account]\nnonsense\n", NULL);
    files_add(files, "good", text, "password=p");
    files_declare(files);
    files_check_problems(files, "");
    g_assert_nonnull(wh_accounts_find_host(files->world.accounts, "file-good:a.example"));
    g_assert_cmpuint(wh_accounts_list(files->world.accounts)->len, ==, 1);
}

static void test_two_files(Files *files, gconstpointer data)
{
    g_autofree char *one = files_ddns("ns.example", "a.example");
    g_autofree char *two = files_ddns("ns.example", "a.example b.example");

    files_add(files, "one", one, "password=p");
    files_add(files, "two", two, "password=p");
    files_declare(files);
    files_check_problems(files, "/etc/two.conf:5: a.example is declared in /etc/one.conf as well, "
                                "which counts. Take it out of one of the two.");
    g_assert_nonnull(wh_accounts_find_host(files->world.accounts, "file-one:a.example"));
    g_assert_null(wh_accounts_find_host(files->world.accounts, "file-two:a.example"));
    g_assert_nonnull(wh_accounts_find_host(files->world.accounts, "file-two:b.example"));
}

static void test_same_id(Files *files, gconstpointer data)
{
    g_autofree char *one = files_ddns("ns.example", "a.example");
    g_autofree char *two = files_ddns("ns.example", "b.example");

    files_add(files, "x-y", one, "password=p");
    files_add(files, "x_y", two, "password=p");
    files_declare(files);
    files_check_problems(files, "/etc/x_y.conf: Another file has the same name, as far as letters "
                                "and digits go. Rename one.");
    g_assert_null(wh_accounts_find_host(files->world.accounts, "file-x-y:b.example"));
}

static void test_not_changed_here(Files *files, gconstpointer data)
{
    WhAccounts *accounts = files->world.accounts;
    g_autofree char *text = files_ddns("ns.example", "a.example");
    g_autoptr(WhSecret) secret = wh_secret_new("x", -1);
    const char *begin = "This account and its names are declared in the file /etc/one.conf.";
    const char *own = world_add_ddns(&files->world, "own.example", "p");
    const char *id = world_add_host(&files->world, own, "own.example");
    GError *error = NULL;

    files_declare_one(files, "one", text, "password=p1");
    g_assert_false(wh_accounts_edit(accounts, "file-one", &(WhAccountDraft){.label = "x"}, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
    g_assert_false(wh_accounts_remove(accounts, "file-one", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
    g_assert_false(wh_accounts_set_secret(accounts, "file-one", "key", secret, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
    g_assert_false(wh_accounts_forget_secrets(accounts, "file-one", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
    g_assert_false(wh_accounts_edit_host(accounts, "file-one:a.example",
                                         &(WhHostDraft){.ttl_set = TRUE, .ttl = 60}, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
    g_assert_false(wh_accounts_remove_host(accounts, "file-one:a.example", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
    g_assert_false(wh_accounts_add_host(
        accounts, &(WhHostDraft){.account = "file-one", .name = "b.example"}, NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
    g_assert_false(
        wh_accounts_edit_host(accounts, id, &(WhHostDraft){.account = "file-one"}, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
}

static void test_pause_survives_a_restart(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example b.example");
    const WhHostDraft pause = {.paused_set = TRUE, .paused = TRUE};
    const WhHostDraft go_on = {.paused_set = TRUE, .paused = FALSE};

    files_declare_one(files, "one", text, "password=p1");
    g_assert_true(wh_accounts_edit_host(files->world.accounts, "file-one:a.example", &pause, NULL));
    world_restart(&files->world);
    files_declare_one(files, "one", text, "password=p1");
    g_assert_true(wh_accounts_find_host(files->world.accounts, "file-one:a.example")->paused);
    g_assert_false(wh_accounts_find_host(files->world.accounts, "file-one:b.example")->paused);
    g_assert_true(wh_accounts_edit_host(files->world.accounts, "file-one:a.example", &go_on, NULL));
    world_restart(&files->world);
    files_declare_one(files, "one", text, "password=p1");
    g_assert_false(wh_accounts_find_host(files->world.accounts, "file-one:a.example")->paused);
}

static const WhHost *only_host(Files *files)
{
    g_assert_cmpuint(wh_accounts_hosts(files->world.accounts)->len, ==, 1);
    return wh_accounts_hosts(files->world.accounts)->pdata[0];
}

/* Whose address a name holds and where it is kept is the file's to say, and to take back. */
static void test_wishes(Files *files, gconstpointer data)
{
    g_autofree char *plain = files_ddns("ns.example", "a.example");
    g_autofree char *bound = g_strconcat(
        plain, "suffix=::7\nwithhold-unreachable=true\nnetworks=aa:bb:cc:dd:ee:01/10.0.0.0/8\n",
        NULL);
    g_autofree char *local = g_strconcat(plain, "lan=true\n", NULL);
    const WhHostDraft draft = {.networks_set = TRUE};
    g_autoptr(GError) error = NULL;

    files_declare_one(files, "one", bound, "password=p1");
    g_assert_cmpint(only_host(files)->device, ==, WH_DEVICE_SUFFIX);
    g_assert_cmpuint(only_host(files)->suffix[7], ==, 7);
    g_assert_true(only_host(files)->withhold_unreachable);
    g_assert_cmpstr(only_host(files)->networks[0], ==, "aa:bb:cc:dd:ee:01/10.0.0.0/8");
    g_assert_false(
        wh_accounts_edit_host(files->world.accounts, only_host(files)->id, &draft, &error));
    g_assert_nonnull(only_host(files)->networks);
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", bound, "password=p1");
    world_check_log(&files->world, "");
    files_declare_one(files, "one", local, "password=p1");
    g_assert_true(only_host(files)->lan && only_host(files)->device == WH_DEVICE_THIS);
    g_assert_null(only_host(files)->networks);
    g_assert_cmpuint(files->world.log->len, >, 0);
    files_declare_one(files, "one", plain, "password=p1");
    g_assert_false(only_host(files)->lan || only_host(files)->withhold_unreachable);
}

/* Two wishes that exclude each other are the file's mistake: what it said before stays. */
static void test_wrong_wishes(Files *files, gconstpointer data)
{
    g_autofree char *plain = files_ddns("ns.example", "a.example");
    g_autofree char *both = g_strconcat(plain, "lan=true\nmac=00:11:22:33:44:55\n", NULL);

    files_declare_one(files, "one", plain, "password=p1");
    files_declare_one(files, "one", both, "password=p1");
    g_assert_false(only_host(files)->lan);
    g_assert_cmpint(only_host(files)->device, ==, WH_DEVICE_THIS);
}

static void tested(const WhOutcome *outcome, const GError *error, gpointer data)
{
}

/* Who may manage the service still does not get at the administrator's secret. */
static void test_secret_goes_to_its_server_only(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");
    g_autoptr(GHashTable) fields = world_fields("server", "evil.example", NULL);
    const WhAccountDraft draft = {.fields = fields};
    const WhAddress address = wh_address_from_bytes(WH_FAMILY_IPV4, (const guint8[]){8, 8, 8, 8});
    const WhAddress *const addresses[WH_N_FAMILIES] = {&address, NULL};
    GError *error = NULL;

    files_declare_one(files, "one", text, "password=p1");
    files->world.aims[WH_FAMILY_IPV4] = wh_aim_at(&address);
    g_assert_false(wh_accounts_test(files->world.accounts, "file-one", &draft, "a.example",
                                    addresses, tested, NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "password: It is missing.");
    g_assert_cmpstr(files->world.sent->str, ==, "");
    g_assert_true(wh_accounts_test(files->world.accounts, "file-one", &(WhAccountDraft){0},
                                   "a.example", addresses, tested, NULL, &error));
    g_assert_cmpstr(files->world.sent->str, ==, "a.example 8.8.8.8 password=p1; ");
}

#define ADD(path, func)                                                                            \
    g_test_add("/accounts-declared/" path, Files, NULL, files_setup, func, files_teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("empty-secret", test_empty_secret);
    ADD("too-many-names", test_too_many_names);
    ADD("account-and-hosts", test_account_and_hosts);
    ADD("nothing-is-written-down", test_nothing_is_written_down);
    ADD("secret-of-a-missing-credential", test_secret_of_a_missing_credential);
    ADD("form", test_form);
    ADD("bad-file-alone", test_bad_file_alone);
    ADD("two-files", test_two_files);
    ADD("same-id", test_same_id);
    ADD("not-changed-here", test_not_changed_here);
    ADD("wishes", test_wishes);
    ADD("wrong-wishes", test_wrong_wishes);
    ADD("pause-survives-a-restart", test_pause_survives_a_restart);
    ADD("secret-goes-to-its-server-only", test_secret_goes_to_its_server_only);
    return g_test_run();
}
