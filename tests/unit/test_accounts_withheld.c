#include "tests/unit/test_declared_world.h"

#include <string.h>

/* The other service: asks are noted; hold: an answer will come. */
typedef struct {
    GString *asked;
    gboolean hold;
    guint again;
} Rival;

static gboolean ask(const char *name, gpointer data)
{
    Rival *rival = data;

    g_string_append_printf(rival->asked, "%s ", name);
    return rival->hold;
}

static void again(gpointer data)
{
    ((Rival *)data)->again++;
}

static void watch(Files *files, Rival *rival)
{
    const WhAccountsRival hooks = {ask, again};

    rival->asked = g_string_new(NULL);
    wh_accounts_set_rival(files->world.accounts, &hooks, rival);
}

static void tell(Files *files, const char *name, gboolean kept)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

    g_hash_table_insert(names, (gpointer)name, GINT_TO_POINTER(kept));
    wh_accounts_set_elsewhere(files->world.accounts, names);
}

static void test_shadow_comes_and_goes(Files *files, gconstpointer data)
{
    WhAccounts *accounts = files->world.accounts;
    g_autofree char *text = files_ddns("ns.example", "a.example");
    g_autofree char *own = g_strdup(world_add_ddns(&files->world, "own.example", "p"));
    g_autofree char *id = g_strdup(world_add_host(&files->world, own, "a.example"));

    world_add_host(&files->world, own, "b.example");
    g_string_truncate(files->world.log, 0);
    files_declare_one(files, "one", text, "password=p1");
    world_check_log(&files->world, "restore account file-one ready; restore host a.example; "
                                   "host a.example at ddns A AAAA ttl 0 paused; ");
    g_assert_cmpint(wh_accounts_withheld(accounts, id), ==, WH_WITHHELD_DECLARED);
    g_assert_false(wh_accounts_find_host(accounts, id)->paused);
    g_assert_true(wh_accounts_withholds(accounts, WH_WITHHELD_DECLARED));
    files_declare(files);
    world_check_log(&files->world, "no host file-one:a.example; no account file-one; "
                                   "host a.example at ddns A AAAA ttl 0; ");
    g_assert_false(wh_accounts_withholds(accounts, WH_WITHHELD_DECLARED));
}

/* Its own pause is another thing. */
static void test_shadow_keeps_the_pause(Files *files, gconstpointer data)
{
    WhAccounts *accounts = files->world.accounts;
    g_autofree char *text = files_ddns("ns.example", "a.example");
    g_autofree char *own = g_strdup(world_add_ddns(&files->world, "own.example", "p"));
    g_autofree char *id = g_strdup(world_add_host(&files->world, own, "a.example"));

    files_declare_one(files, "one", text, "password=p1");
    g_string_truncate(files->world.log, 0);
    wh_accounts_edit_host(accounts, id, &(WhHostDraft){.paused_set = TRUE, .paused = TRUE}, NULL);
    wh_accounts_edit_host(accounts, id, &(WhHostDraft){.paused_set = TRUE, .paused = FALSE}, NULL);
    world_check_log(&files->world, "host a.example at ddns A AAAA ttl 0 paused; "
                                   "host a.example at ddns A AAAA ttl 0 paused; ");
    wh_accounts_edit_host(accounts, id, &(WhHostDraft){.name = "c.example"}, NULL);
    world_check_log(&files->world, "no host h1; host c.example at ddns A AAAA ttl 0; ");
}

static void tested(const WhOutcome *outcome, const GError *error, gpointer data)
{
}

static void refuse(Files *files, const char *account, const char *host, const char *name,
                   const char *begin)
{
    WhAccounts *accounts = files->world.accounts;
    const WhAddress address = wh_address_from_bytes(WH_FAMILY_IPV4, (const guint8[]){8, 8, 8, 8});
    const WhAddress *const addresses[WH_N_FAMILIES] = {&address, NULL};
    const WhHostDraft draft = {.account = account, .name = name};
    GError *error = NULL;

    g_assert_false(wh_accounts_add_host(accounts, &draft, NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
    g_assert_false(wh_accounts_edit_host(accounts, host, &(WhHostDraft){.name = name}, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
    g_assert_false(wh_accounts_test(accounts, account, &(WhAccountDraft){0}, name, addresses,
                                    tested, NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, begin);
    g_assert_cmpstr(files->world.sent->str, ==, "");
}

static void test_declared_name_is_taken(Files *files, gconstpointer data)
{
    g_autofree char *text = files_ddns("ns.example", "a.example");
    g_autofree char *own = g_strdup(world_add_ddns(&files->world, "own.example", "p"));
    g_autofree char *id = g_strdup(world_add_host(&files->world, own, "b.example"));

    files_declare_one(files, "one", text, "password=p1");
    refuse(files, own, id, "A.example", "a.example is declared in the file /etc/one.conf and");
}

static void test_nobody_else(Files *files, gconstpointer data)
{
    Rival rival = {.hold = FALSE};
    g_autofree char *own = g_strdup(world_add_ddns(&files->world, "own.example", "p"));

    watch(files, &rival);
    g_string_truncate(files->world.log, 0);
    world_add_host(&files->world, own, "a.example");
    world_check_log(&files->world, "host a.example at ddns A AAAA ttl 0; ");
    g_assert_cmpstr(rival.asked->str, ==, "a.example ");
    g_string_free(rival.asked, TRUE);
}

static void test_kept_elsewhere(Files *files, gconstpointer data)
{
    WhAccounts *accounts = files->world.accounts;
    Rival rival = {.hold = TRUE};
    g_autofree char *own = g_strdup(world_add_ddns(&files->world, "own.example", "p"));
    g_autofree char *id = NULL;

    watch(files, &rival);
    g_string_truncate(files->world.log, 0);
    id = g_strdup(world_add_host(&files->world, own, "a.example"));
    world_check_log(&files->world, "host a.example at ddns A AAAA ttl 0 paused; ");
    g_assert_cmpint(wh_accounts_withheld(accounts, id), ==, WH_WITHHELD_ASKING);
    tell(files, "a.example", TRUE);
    g_assert_cmpint(wh_accounts_withheld(accounts, id), ==, WH_WITHHELD_ELSEWHERE);
    world_check_log(&files->world, "");
    tell(files, "a.example", FALSE);
    world_check_log(&files->world, "host a.example at ddns A AAAA ttl 0; ");
    tell(files, "a.example", TRUE);
    world_check_log(&files->world, "host a.example at ddns A AAAA ttl 0 paused; ");
    g_string_free(rival.asked, TRUE);
}

static void test_answer_does_not_come(Files *files, gconstpointer data)
{
    Rival rival = {.hold = TRUE};
    g_autofree char *own = g_strdup(world_add_ddns(&files->world, "own.example", "p"));

    watch(files, &rival);
    world_add_host(&files->world, own, "a.example");
    g_string_truncate(files->world.log, 0);
    wh_accounts_stop_asking(files->world.accounts);
    world_check_log(&files->world, "host a.example at ddns A AAAA ttl 0; ");
    g_string_free(rival.asked, TRUE);
}

/* What came up after the question waits for the next one. */
static void test_new_name_meanwhile(Files *files, gconstpointer data)
{
    WhAccounts *accounts = files->world.accounts;
    Rival rival = {.hold = TRUE};
    g_autofree char *own = g_strdup(world_add_ddns(&files->world, "own.example", "p"));
    g_autofree char *id = NULL;

    watch(files, &rival);
    world_add_host(&files->world, own, "a.example");
    id = g_strdup(world_add_host(&files->world, own, "b.example"));
    tell(files, "a.example", FALSE);
    g_assert_cmpint(wh_accounts_withheld(accounts, id), ==, WH_WITHHELD_ASKING);
    g_string_free(rival.asked, TRUE);
}

static void test_name_kept_elsewhere_is_taken(Files *files, gconstpointer data)
{
    Rival rival = {.hold = TRUE};
    g_autofree char *own = g_strdup(world_add_ddns(&files->world, "own.example", "p"));
    g_autofree char *id = g_strdup(world_add_host(&files->world, own, "b.example"));
    g_autofree char *asked = NULL;

    watch(files, &rival);
    tell(files, "a.example", TRUE);
    refuse(files, own, id, "a.example", "a.example is kept right by the service of the whole");
    g_assert_cmpuint(rival.again, ==, 3);
    g_auto(GStrv) names = wh_accounts_names_to_ask(files->world.accounts);
    asked = g_strjoinv(" ", names);
    g_assert_cmpstr(asked, ==, "b.example a.example");
    g_string_free(rival.asked, TRUE);
}

#define ADD(path, func)                                                                            \
    g_test_add("/accounts-withheld/" path, Files, NULL, files_setup, func, files_teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("shadow-comes-and-goes", test_shadow_comes_and_goes);
    ADD("shadow-keeps-the-pause", test_shadow_keeps_the_pause);
    ADD("declared-name-is-taken", test_declared_name_is_taken);
    ADD("nobody-else", test_nobody_else);
    ADD("kept-elsewhere", test_kept_elsewhere);
    ADD("answer-does-not-come", test_answer_does_not_come);
    ADD("new-name-meanwhile", test_new_name_meanwhile);
    ADD("name-kept-elsewhere-is-taken", test_name_kept_elsewhere_is_taken);
    return g_test_run();
}
