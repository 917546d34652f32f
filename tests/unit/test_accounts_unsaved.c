#include "tests/unit/test_accounts_world.h"

/* A transaction that somebody else has begun: the next write fails, and ends it. */
static void spoil(World *world)
{
    WhJournal *journal = wh_store_journal(world->store);
    journal->begin(journal);
    g_string_truncate(world->log, 0);
}

/* The change was refused and nothing of it is in use. */
static void check_unsaved(World *world, gboolean done, GError **error)
{
    g_assert_false(done);
    world_check_error(error, WH_ACCOUNTS_ERROR_STORE, "What the service remembers could not be");
    world_check_log(world, "");
    g_assert_cmpuint(wh_accounts_list(world->accounts)->len, ==, 1);
    g_assert_cmpuint(wh_accounts_hosts(world->accounts)->len, ==, 1);
}

static void setup(World *world, gconstpointer data)
{
    world_setup(world, data);
    world_add_tree(world, "x");
    world_add_host(world, "tree", "home.tree.example");
}

static void test_add(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const char *id = "untouched";
    const WhAccountDraft draft = {.provider = "tree"};
    spoil(world);
    gboolean done = wh_accounts_add(world->accounts, &draft, &id, &error);
    check_unsaved(world, done, &error);
    g_assert_cmpstr(id, ==, "untouched");
}

static void test_edit(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const WhAccountDraft draft = {.label = "Other"};
    spoil(world);
    gboolean done = wh_accounts_edit(world->accounts, "tree", &draft, &error);
    check_unsaved(world, done, &error);
    g_assert_cmpstr(wh_accounts_find(world->accounts, "tree")->label, ==, "Tree");
}

static void test_remove(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    spoil(world);
    gboolean done = wh_accounts_remove(world->accounts, "tree", &error);
    check_unsaved(world, done, &error);
}

/* The number that is taken for the host ends the transaction already, so something else must be
 * wrong: the account is gone behind the room's back. */
static void test_add_host(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const char *id = "untouched";
    const WhHostDraft draft = {.account = "tree", .name = "nas.tree.example"};
    g_assert_true(wh_store_remove_account(world->store, "tree", NULL));
    g_string_truncate(world->log, 0);
    gboolean done = wh_accounts_add_host(world->accounts, &draft, &id, &error);
    check_unsaved(world, done, &error);
    g_assert_cmpstr(id, ==, "untouched");
}

static void test_edit_host(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const WhHostDraft draft = {.paused_set = TRUE, .paused = TRUE};
    spoil(world);
    gboolean done = wh_accounts_edit_host(world->accounts, "h1", &draft, &error);
    check_unsaved(world, done, &error);
    g_assert_false(wh_accounts_find_host(world->accounts, "h1")->paused);
}

static void test_remove_host(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    spoil(world);
    gboolean done = wh_accounts_remove_host(world->accounts, "h1", &error);
    check_unsaved(world, done, &error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
    g_test_add("/accounts/unsaved/" path, World, NULL, setup, func, world_teardown)
    ADD("add", test_add);
    ADD("edit", test_edit);
    ADD("remove", test_remove);
    ADD("add-host", test_add_host);
    ADD("edit-host", test_edit_host);
    ADD("remove-host", test_remove_host);
    return g_test_run();
}
