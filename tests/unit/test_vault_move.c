/* From files into the keyring. */
#include "tests/unit/test_vault_world.h"

#include <string.h>

static void test_moves(World *world, gconstpointer data)
{
    world_plant_file("token", "hunter2");
    world_plant_file("key", "second");
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_settle();
    world_check_keyring("duckdns.token", "hunter2");
    world_check_keyring("duckdns.key", "second");
    world_check_file("duckdns.token", NULL);
    world_check_file("duckdns.key", NULL);
    world_restart(world);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check(world, "key", WH_VAULT_PRESENT, "second");
}

/* What is in files is used as long as the keyring is locked. */
static void test_waits_for_the_key(World *world, gconstpointer data)
{
    world_plant_file("token", "hunter2");
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check(world, "key", WH_VAULT_LOCKED, NULL);
    world_check_file("duckdns.token", "hunter2");
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_LOCKED, 0);
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_settle();
    world_check_keyring("duckdns.token", "hunter2");
    world_check_file("duckdns.token", NULL);
    world_check(world, "key", WH_VAULT_MISSING, NULL);
}

/* Killed before the keyring has it: the file is there, and it goes on at the next start. */
static void test_killed_between(World *world, gconstpointer data)
{
    world_plant_file("token", "hunter2");
    wh_fake_keyring_set_slow(TRUE);
    world_settle();
    world_check_keyring("duckdns.token", NULL);
    world_check_file("duckdns.token", "hunter2");
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_settle();
    world_check_file("duckdns.token", "hunter2");
    wh_fake_keyring_set_slow(FALSE);
    world_settle();
    world_check_keyring("duckdns.token", "hunter2");
    world_check_file("duckdns.token", NULL);
}

/* Killed after the keyring has it and before the file was removed. */
static void test_killed_behind(World *world, gconstpointer data)
{
    g_autofree char *same = world_envelope("token", "hunter2");
    wh_fake_keyring_plant("service", "duckdns.token", same);
    world_plant_file("token", "hunter2");
    world_settle();
    world_check_keyring("duckdns.token", "hunter2");
    world_check_file("duckdns.token", NULL);
}

/* A secret that is replaced while its file moves: the old one never comes back. */
static void test_replaced_while_moving(World *world, gconstpointer data)
{
    world_plant_file("token", "old");
    world->file_allowed = TRUE;
    g_assert_true(wh_vault_allow_file(world->vault, TRUE, NULL));
    wh_fake_keyring_set_slow(TRUE);
    world_settle();
    g_assert_true(world_put(world, "token", "new", NULL));
    world_check_file("duckdns.token", "new");
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "new");
    world_settle();
    g_assert_true(world_put(world, "token", "newest", NULL));
    wh_fake_keyring_set_slow(FALSE);
    world_settle();
    world_check_keyring("duckdns.token", "newest");
    world_check_file("duckdns.token", NULL);
}

/* A file is newer than what the keyring has: it was given when there was no keyring. */
static void test_file_is_newer(World *world, gconstpointer data)
{
    g_autofree char *old = world_envelope("token", "old");
    wh_fake_keyring_plant("service", "duckdns.token", old);
    world_plant_file("token", "new");
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "new");
    world_check_keyring("duckdns.token", "new");
    world_check_file("duckdns.token", NULL);
}

static void test_keyring_will_not(World *world, gconstpointer data)
{
    world_plant_file("token", "hunter2");
    wh_fake_keyring_set_broken(TRUE);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_file("duckdns.token", "hunter2");
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_OPEN, 0);
}

/* Without a keyring files are used when they are allowed, and none is left behind when not. */
static void test_no_keyring(World *world, gconstpointer data)
{
    world_plant_file("token", "hunter2");
    world->file_allowed = TRUE;
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    g_assert_true(world_put(world, "token", "new", NULL));
    world_check_file("duckdns.token", "new");
    world->file_allowed = FALSE;
    world_restart(world);
    world_check_file("duckdns.token", NULL);
    world_check(world, "token", WH_VAULT_PRESENT, "new");
    world_check_view(world, WH_VAULT_IN_MEMORY, WH_VAULT_KEYRING_ABSENT, 1);
}

/* The keyring goes while files of another day are there. */
static void test_keyring_goes(World *world, gconstpointer data)
{
    world_plant_file("token", "hunter2");
    world_settle();
    world_check_file("duckdns.token", "hunter2");
    wh_fake_keyring_set_state(WH_KEYRING_ABSENT);
    world_settle();
    world_check_file("duckdns.token", NULL);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* "No files" is done at once, whatever the keyring does. */
static void test_forbidden(World *world, gconstpointer data)
{
    world_plant_file("token", "hunter2");
    g_autoptr(WhSecretStore) store = wh_secret_store_open(WORLD_FOLDER, NULL);
    g_assert_true(wh_secret_store_put(store, "duckdns.key", "{}", 2, NULL));
    g_assert_true(wh_vault_allow_file(world->vault, FALSE, NULL));
    world_check_file("duckdns.token", NULL);
    world_check_file("duckdns.key", NULL);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_settle();
    world_plant_file("token", "left behind");
    g_assert_true(world_put(world, "token", "new", NULL));
    world_check_file("duckdns.token", NULL);
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_settle();
    world_check_keyring("duckdns.token", "new");
}

/* What cannot be read is not thrown away unread. */
static void test_unreadable(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    world_plant_file("token", "hunter2");
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    g_assert_false(wh_vault_allow_file(world->vault, FALSE, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_WORKS);
    world_check_file("duckdns.token", "hunter2");
}

/* A file that could not be removed when the keyring got a later secret. */
static void test_later_one_counts(World *world, gconstpointer data)
{
    static const char old[] = "{\"version\":1,\"account\":\"duckdns\",\"provider\":\"duckdns\","
                              "\"endpoint\":\"https://www.duckdns.org\",\"field\":\"token\","
                              "\"secret\":\"old\",\"given\":1}";
    g_autoptr(WhSecretStore) store = wh_secret_store_open(WORLD_FOLDER, NULL);
    world_settle();
    g_assert_true(world_put(world, "token", "new", NULL));
    world_settle();
    g_assert_true(wh_secret_store_put(store, "duckdns.token", old, strlen(old), NULL));
    world_restart(world);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "new");
    world_check_keyring("duckdns.token", "new");
    world_check_file("duckdns.token", NULL);
}

static void test_damaged_file(World *world, gconstpointer data)
{
    g_autofree char *whole = world_envelope("token", "hunter2");
    g_autoptr(WhSecretStore) store = wh_secret_store_open(WORLD_FOLDER, NULL);
    g_assert_true(wh_secret_store_put(store, "duckdns.token", "{}", 2, NULL));
    g_assert_true(wh_secret_store_put(store, "duckdns.key", "{}", 2, NULL));
    wh_fake_keyring_plant("service", "duckdns.token", whole);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check(world, "key", WH_VAULT_DAMAGED, NULL);
}

static void test_forget(World *world, gconstpointer data)
{
    static const char *const token[] = {"token", NULL};
    world_plant_file("token", "hunter2");
    wh_fake_keyring_set_slow(TRUE);
    world_settle();
    g_assert_true(wh_vault_forget(world->vault, "duckdns", token, NULL));
    world_check_file("duckdns.token", NULL);
    wh_fake_keyring_set_slow(FALSE);
    world_settle();
    world_check_keyring("duckdns.token", NULL);
    world_check(world, "token", WH_VAULT_MISSING, NULL);
}

#define ADD(path, state, func)                                                                     \
    g_test_add("/vault/move/" path, World, GINT_TO_POINTER(state), world_set_up, func,             \
               world_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("moves", WH_KEYRING_OPEN, test_moves);
    ADD("waits-for-the-key", WH_KEYRING_LOCKED, test_waits_for_the_key);
    ADD("killed-between", WH_KEYRING_OPEN, test_killed_between);
    ADD("killed-behind", WH_KEYRING_OPEN, test_killed_behind);
    ADD("replaced-while-moving", WH_KEYRING_OPEN, test_replaced_while_moving);
    ADD("file-is-newer", WH_KEYRING_OPEN, test_file_is_newer);
    ADD("keyring-will-not", WH_KEYRING_OPEN, test_keyring_will_not);
    ADD("no-keyring", WH_KEYRING_ABSENT, test_no_keyring);
    ADD("keyring-goes", WH_KEYRING_LOCKED, test_keyring_goes);
    ADD("forbidden-while-locked", WH_KEYRING_LOCKED, test_forbidden);
    ADD("unreadable", WH_KEYRING_LOCKED, test_unreadable);
    ADD("later-one-counts", WH_KEYRING_OPEN, test_later_one_counts);
    ADD("damaged-file", WH_KEYRING_OPEN, test_damaged_file);
    ADD("forget", WH_KEYRING_OPEN, test_forget);
    return g_test_run();
}
