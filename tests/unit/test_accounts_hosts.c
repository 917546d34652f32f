#include "service/base/network_id.h"
#include "tests/unit/test_accounts_world.h"

static void setup(World *world, gconstpointer data)
{
    world_setup(world, data);
    world_add_ddns(world, "a.example", "old");
    world_add_tree(world, "x");
    g_string_truncate(world->log, 0);
}

static void test_add(World *world, gconstpointer data)
{
    const char *id = world_add_host(world, "ddns", " Home.Example.ORG. ");
    g_assert_cmpstr(id, ==, "h1");
    world_check_log(world, "host home.example.org at ddns A AAAA ttl 0; ");
    const WhHostDraft draft = {
        .account = "ddns",
        .name = "nas.example.org",
        .wants_set = TRUE,
        .wants = {[WH_FAMILY_IPV6] = TRUE},
        .ttl_set = TRUE,
        .ttl = 60,
        .paused_set = TRUE,
        .paused = TRUE,
    };
    g_assert_true(wh_accounts_add_host(world->accounts, &draft, &id, NULL));
    g_assert_cmpstr(id, ==, "h2");
    world_check_log(world, "host nas.example.org at ddns AAAA ttl 60 paused; ");
    g_assert_cmpstr(wh_accounts_find_host(world->accounts, "h2")->name, ==, "nas.example.org");
    g_assert_null(wh_accounts_find_host(world->accounts, "h3"));
    world_restart(world);
    g_assert_cmpuint(wh_accounts_hosts(world->accounts)->len, ==, 2);
    g_assert_true(wh_accounts_find_host(world->accounts, "h2")->paused);
}

static void test_ids_never_come_again(World *world, gconstpointer data)
{
    world_add_host(world, "ddns", "a.example.org");
    g_assert_true(wh_accounts_remove_host(world->accounts, "h1", NULL));
    world_restart(world);
    g_assert_cmpstr(world_add_host(world, "ddns", "a.example.org"), ==, "h2");
}

static void check_refused(World *world, WhHostDraft draft, int code, const char *begin)
{
    g_autoptr(GError) error = NULL;
    const char *id = "untouched";
    g_assert_false(wh_accounts_add_host(world->accounts, &draft, &id, &error));
    world_check_error(&error, code, begin);
    g_assert_cmpstr(id, ==, "untouched");
    g_assert_cmpuint(wh_accounts_hosts(world->accounts)->len, ==, 0);
    world_check_log(world, "");
}

static WhHostDraft named(const char *account, const char *name)
{
    return (WhHostDraft){.account = account, .name = name};
}

static void test_refused(World *world, gconstpointer data)
{
    static const char *const names[] = {
        "",          "home",        "a b.example",     "-..x",         "a.\xff.example",
        "192.0.2.1", "2001:db8::1", "-x-.example.org", "a.-b.example", "a.example-",
        NULL};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        check_refused(world, named("ddns", names[i]), WH_ACCOUNTS_ERROR_INVALID, "name: ");
    check_refused(world, named(NULL, "a.example.org"), WH_ACCOUNTS_ERROR_INVALID,
                  "account: Choose");
    check_refused(world, named("nobody", "a.example.org"), WH_ACCOUNTS_ERROR_NOT_FOUND,
                  "There is no such account");
    check_refused(world, named("tree", "a.example.org"), WH_ACCOUNTS_ERROR_INVALID,
                  "name: The provider has no such names");
    WhHostDraft draft = named("ddns", "a.example.org");
    draft.wants_set = TRUE;
    check_refused(world, draft, WH_ACCOUNTS_ERROR_INVALID, "families: Choose");
    draft = named("ddns", "a.example.org");
    draft.ttl_set = TRUE;
    draft.ttl = 29;
    check_refused(world, draft, WH_ACCOUNTS_ERROR_INVALID, "ttl: Give 30 to");
    draft.ttl = 604801;
    check_refused(world, draft, WH_ACCOUNTS_ERROR_INVALID, "ttl: Give 30 to");
}

static const char *const networks[] = {"AA-BB-CC-DD-EE-01/10.1.2.3/8",
                                       "aa:bb:cc:dd:ee:01/10.0.0.0/8",
                                       "aa:bb:cc:dd:ee:02/192.168.1.0/24", NULL};

static void test_wishes(World *world, gconstpointer data)
{
    const char *id = NULL;
    WhHostDraft draft = named("ddns", "cam.example.org");
    draft.device_set = TRUE;
    draft.device = WH_DEVICE_SUFFIX;
    draft.suffix[7] = 7;
    draft.withhold_unreachable_set = TRUE;
    draft.withhold_unreachable = TRUE;
    draft.networks_set = TRUE;
    draft.networks = networks;
    g_assert_true(wh_accounts_add_host(world->accounts, &draft, &id, NULL));
    world_restart(world);
    const WhHost *host = wh_accounts_find_host(world->accounts, "h1");
    g_assert_cmpint(host->device, ==, WH_DEVICE_SUFFIX);
    g_assert_cmpuint(host->suffix[7], ==, 7);
    g_assert_true(host->withhold_unreachable && !host->lan);
    g_assert_cmpuint(g_strv_length(host->networks), ==, 2);
    g_assert_cmpstr(host->networks[0], ==, "aa:bb:cc:dd:ee:01/10.0.0.0/8");
    /* What is not given stays. */
    const WhHostDraft slower = {.ttl_set = TRUE, .ttl = 60};
    g_autoptr(WhHost) before = wh_host_copy(host);
    before->ttl = 60;
    g_assert_true(wh_accounts_edit_host(world->accounts, "h1", &slower, NULL));
    g_assert_true(wh_host_has_same_wishes(before, wh_accounts_find_host(world->accounts, "h1")));
    const WhHostDraft back = {
        .device_set = TRUE, .networks_set = TRUE, .lan_set = TRUE, .lan = TRUE};
    g_assert_true(wh_accounts_edit_host(world->accounts, "h1", &back, NULL));
    world_restart(world);
    host = wh_accounts_find_host(world->accounts, "h1");
    g_assert_true(host->device == WH_DEVICE_THIS && host->networks == NULL && host->lan);
    g_assert_cmpuint(host->suffix[7], ==, 0);
}

static void test_wrong_wishes(World *world, gconstpointer data)
{
    const char *const wrong[] = {"home", NULL};
    g_auto(GStrv) many = g_new0(char *, WH_MOST_NETWORKS + 2);
    for (guint i = 0; i <= WH_MOST_NETWORKS; i++)
        many[i] = g_strdup_printf("aa:bb:cc:dd:ee:01/10.%u.0.0/16", i);
    WhHostDraft draft = named("ddns", "cam.example.org");
    draft.device_set = TRUE;
    draft.device = WH_DEVICE_SUFFIX;
    check_refused(world, draft, WH_ACCOUNTS_ERROR_INVALID, "suffix: Give");
    draft.device = WH_DEVICE_MAC;
    check_refused(world, draft, WH_ACCOUNTS_ERROR_INVALID, "mac: Give");
    draft.mac[5] = 1;
    draft.lan_set = draft.lan = TRUE;
    check_refused(world, draft, WH_ACCOUNTS_ERROR_INVALID, "lan: A name for the local network");
    draft = named("ddns", "cam.example.org");
    draft.networks_set = TRUE;
    draft.networks = wrong;
    check_refused(world, draft, WH_ACCOUNTS_ERROR_INVALID, "networks: This is no network");
    draft.networks = (const char *const *)many;
    check_refused(world, draft, WH_ACCOUNTS_ERROR_INVALID, "networks: A name can be bound to 16");
}

static void test_twice(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const char *id = NULL;
    world_add_host(world, "ddns", "a.tree.example");
    world_add_host(world, "tree", "a.tree.example");
    const WhHostDraft draft = named("ddns", "A.tree.example.");
    g_assert_false(wh_accounts_add_host(world->accounts, &draft, &id, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_EXISTS, "a.tree.example is kept at this account");
}

static void test_limit(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const char *id = NULL;
    for (int i = 0; i < 2000; i++) {
        g_autofree char *name = g_strdup_printf("n%d.example.org", i);
        world_add_host(world, "ddns", name);
    }
    const WhHostDraft draft = named("ddns", "one.more.example");
    g_assert_false(wh_accounts_add_host(world->accounts, &draft, &id, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_LIMIT, "There are 2000 names already");
}

static void put_state(World *world, const char *host)
{
    WhJournal *journal = wh_store_journal(world->store);
    WhHostState state = {.tokens = 2};
    journal->begin(journal);
    journal->put_host(journal, host, &state);
    g_assert_true(journal->commit(journal, FALSE));
}

static gboolean has_state(World *world)
{
    g_auto(WhHostState) state = {0};
    return wh_store_host_state(world->store, "h1", &state);
}

static gboolean edit(World *world, const char *id, WhHostDraft draft, GError **error)
{
    return wh_accounts_edit_host(world->accounts, id, &draft, error);
}

static void test_edit(World *world, gconstpointer data)
{
    world_add_host(world, "ddns", "a.example.org");
    put_state(world, "h1");
    g_string_truncate(world->log, 0);
    g_assert_true(edit(world, "h1", (WhHostDraft){.ttl_set = TRUE, .ttl = 300}, NULL));
    g_assert_true(edit(world, "h1", (WhHostDraft){.paused_set = TRUE, .paused = TRUE}, NULL));
    g_assert_true(edit(world, "h1", (WhHostDraft){.wants_set = TRUE, .wants = {TRUE}}, NULL));
    g_assert_true(edit(world, "h1", named("ddns", "A.example.org."), NULL));
    world_check_log(world, "host a.example.org at ddns A AAAA ttl 300; "
                           "host a.example.org at ddns A AAAA ttl 300 paused; "
                           "host a.example.org at ddns A ttl 300 paused; "
                           "host a.example.org at ddns A ttl 300 paused; ");
    g_assert_true(has_state(world));
    world_restart(world);
    world_check_log(world, "restore account ddns ready; restore account tree ready; "
                           "restore host a.example.org tokens 2; ");
    g_assert_cmpuint(wh_accounts_find_host(world->accounts, "h1")->ttl, ==, 300);
}

/* Another name or account is another record. */
static void test_edit_place(World *world, gconstpointer data)
{
    world_add_host(world, "ddns", "a.tree.example");
    put_state(world, "h1");
    g_string_truncate(world->log, 0);
    g_assert_true(edit(world, "h1", named(NULL, "b.tree.example"), NULL));
    world_check_log(world, "no host h1; host b.tree.example at ddns A AAAA ttl 0; ");
    g_assert_false(has_state(world));
    put_state(world, "h1");
    g_assert_true(edit(world, "h1", named("tree", NULL), NULL));
    world_check_log(world, "no host h1; host b.tree.example at tree A AAAA ttl 0; ");
    g_assert_false(has_state(world));
    g_assert_cmpstr(wh_accounts_find_host(world->accounts, "h1")->account, ==, "tree");
}

static void test_edit_refused(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    world_add_host(world, "ddns", "a.example.org");
    world_add_host(world, "ddns", "b.example.org");
    g_string_truncate(world->log, 0);
    g_assert_false(edit(world, "h9", named(NULL, NULL), &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_FOUND, "There is no such name");
    g_assert_false(edit(world, "h1", named(NULL, "b.example.org"), &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_EXISTS, "b.example.org is kept");
    g_assert_false(edit(world, "h1", named(NULL, "home"), &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "name: This is no host name");
    g_assert_false(edit(world, "h1", named("tree", NULL), &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "name: The provider has no");
    g_assert_false(edit(world, "h1", named("nobody", NULL), &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_FOUND, "There is no such account");
    g_assert_false(edit(world, "h1", (WhHostDraft){.wants_set = TRUE}, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "families: ");
    world_check_log(world, "");
    g_assert_cmpstr(wh_accounts_find_host(world->accounts, "h1")->name, ==, "a.example.org");
}

/* A pause must be possible whatever became of the provider. */
static void test_edit_without_provider(World *world, gconstpointer data)
{
    world_add_host(world, "ddns", "a.example.org");
    world->gone = TRUE;
    g_assert_true(edit(world, "h1", (WhHostDraft){.paused_set = TRUE, .paused = TRUE}, NULL));
}

static void test_remove(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    world_add_host(world, "ddns", "a.example.org");
    world_add_host(world, "ddns", "b.example.org");
    put_state(world, "h1");
    g_string_truncate(world->log, 0);
    g_assert_true(wh_accounts_remove_host(world->accounts, "h1", &error));
    world_check_log(world, "no host h1; ");
    g_assert_null(wh_accounts_find_host(world->accounts, "h1"));
    g_assert_nonnull(wh_accounts_find_host(world->accounts, "h2"));
    g_assert_false(has_state(world));
    g_assert_false(wh_accounts_remove_host(world->accounts, "h1", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_FOUND, "There is no such name");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
    g_test_add("/accounts/hosts/" path, World, NULL, setup, func, world_teardown)
    ADD("add", test_add);
    ADD("ids-never-come-again", test_ids_never_come_again);
    ADD("refused", test_refused);
    ADD("wishes", test_wishes);
    ADD("wrong-wishes", test_wrong_wishes);
    ADD("twice", test_twice);
    ADD("limit", test_limit);
    ADD("edit", test_edit);
    ADD("edit-place", test_edit_place);
    ADD("edit-refused", test_edit_refused);
    ADD("edit-without-provider", test_edit_without_provider);
    ADD("remove", test_remove);
    return g_test_run();
}
