#include "tests/unit/test_vault_world.h"

#include <string.h>

static const char *const token[] = {"token", NULL};

static void test_open(World *world, gconstpointer data)
{
    world_settle();
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    g_assert_true(wh_vault_is_busy(world->vault));
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_OPEN, 1);
    world_settle();
    g_assert_false(wh_vault_is_busy(world->vault));
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_OPEN, 0);
    world_check_keyring("duckdns.token", "hunter2");
    world_check_file("duckdns.token", NULL);
    g_assert_cmpstr(wh_fake_keyring_label("service", "duckdns.token"), ==,
                    "duckdns at duckdns: token");
    world_restart(world);
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* Given while it is not known yet whether there is a keyring. */
static void test_early(World *world, gconstpointer data)
{
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_LOOKING, 0);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_settle();
    world_check_keyring("duckdns.token", "hunter2");
}

static void test_bound(World *world, gconstpointer data)
{
    const WhVaultBinding elsewhere = {"duckdns", "duckdns", "https://evil.example"};
    WhVaultState state;
    world_settle();
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    world_restart(world);
    world_settle();
    g_assert_null(wh_vault_get(world->vault, &elsewhere, "token", &state));
    g_assert_cmpint(state, ==, WH_VAULT_MOVED);
    g_autofree char *other = world_envelope("key", "hunter2");
    wh_fake_keyring_plant("service", "duckdns.pin", other);
    world_settle();
    world_check(world, "pin", WH_VAULT_DAMAGED, NULL);
}

/* A state that ends by itself; nobody is asked. */
static void test_locked(World *world, gconstpointer data)
{
    guint changes;
    g_autofree char *envelope = world_envelope("token", "hunter2");
    wh_fake_keyring_plant("service", "duckdns.token", envelope);
    world_settle();
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_LOCKED, 0);
    changes = world->changes;
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_settle();
    g_assert_cmpuint(world->changes, >, changes);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    g_assert_cmpuint(wh_fake_keyring_questions(), ==, 0);
    wh_fake_keyring_set_state(WH_KEYRING_LOCKED);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_LOCKED, 0);
}

static void test_given_while_locked(World *world, gconstpointer data)
{
    world_settle();
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_LOCKED, 1);
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_settle();
    world_check_keyring("duckdns.token", "hunter2");
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_OPEN, 0);
    world_check_file("duckdns.token", NULL);
}

static void test_unlock(World *world, gconstpointer data)
{
    world_settle();
    wh_vault_unlock(world->vault);
    world_settle();
    g_assert_cmpuint(wh_fake_keyring_questions(), ==, 1);
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_LOCKED, 0);
    wh_fake_keyring_set_password_known(TRUE);
    wh_vault_unlock(world->vault);
    world_settle();
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_OPEN, 0);
}

static void test_absent(World *world, gconstpointer data)
{
    world_settle();
    world_check_view(world, WH_VAULT_IN_MEMORY, WH_VAULT_KEYRING_ABSENT, 0);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_view(world, WH_VAULT_IN_MEMORY, WH_VAULT_KEYRING_ABSENT, 1);
    world_check_file("duckdns.token", NULL);
    world_restart(world);
    world_settle();
    world_check(world, "token", WH_VAULT_MISSING, NULL);
}

static void test_allow_file(World *world, gconstpointer data)
{
    world_settle();
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world->file_allowed = TRUE;
    g_assert_true(wh_vault_allow_file(world->vault, TRUE, NULL));
    world_check_file("duckdns.token", "hunter2");
    world_check_view(world, WH_VAULT_IN_FILE, WH_VAULT_KEYRING_ABSENT, 0);
    g_assert_true(world_put(world, "key", "second", NULL));
    world_check_file("duckdns.key", "second");
    world_restart(world);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world->file_allowed = FALSE;
    g_assert_true(wh_vault_allow_file(world->vault, FALSE, NULL));
    world_check_file("duckdns.token", NULL);
    world_check_file("duckdns.key", NULL);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check(world, "key", WH_VAULT_PRESENT, "second");
    world_check_view(world, WH_VAULT_IN_MEMORY, WH_VAULT_KEYRING_ABSENT, 2);
}

static void test_file_fails(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    world_settle();
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_FULL);
    g_assert_false(wh_vault_allow_file(world->vault, TRUE, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    g_clear_error(&error);
    g_assert_false(world_put(world, "token", "other", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    world_check(world, "token", WH_VAULT_PRESENT, "other");
}

/* A keyring that comes later takes over. */
static void test_comes_later(World *world, gconstpointer data)
{
    world_settle();
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_settle();
    world_check_keyring("duckdns.token", "hunter2");
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_OPEN, 0);
    wh_fake_keyring_set_state(WH_KEYRING_ABSENT);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_view(world, WH_VAULT_IN_MEMORY, WH_VAULT_KEYRING_ABSENT, 0);
}

static void test_removed_by_the_person(World *world, gconstpointer data)
{
    world_settle();
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    g_assert_true(world_put(world, "key", "stays", NULL));
    world_settle();
    wh_fake_keyring_plant("service", "duckdns.token", NULL);
    world_settle();
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    world_check(world, "key", WH_VAULT_PRESENT, "stays");
    g_autofree char *envelope = world_envelope("key", "another");
    wh_fake_keyring_plant("service", "duckdns.key", envelope);
    world_settle();
    world_check(world, "key", WH_VAULT_PRESENT, "another");
    wh_fake_keyring_plant("service", "duckdns.key", "{}");
    world_settle();
    world_check(world, "key", WH_VAULT_DAMAGED, NULL);
    g_assert_true(world_put(world, "token", "again", NULL));
    world_settle();
    world_check_keyring("duckdns.token", "again");
}

static const char *trouble(World *world)
{
    WhVaultView view;
    wh_vault_view(world->vault, &view);
    return view.trouble;
}

/* Told, and not tried for ever. */
static void test_broken(World *world, gconstpointer data)
{
    world_settle();
    wh_fake_keyring_set_broken(TRUE);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    g_assert_cmpstr(trouble(world), ==, "The keyring is broken");
    g_assert_false(wh_vault_is_busy(world->vault));
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_OPEN, 1);
    wh_fake_keyring_set_broken(FALSE);
    wh_fake_keyring_set_state(WH_KEYRING_LOCKED);
    world_settle();
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_settle();
    world_check_keyring("duckdns.token", "hunter2");
    g_assert_null(trouble(world));
}

static void test_forget(World *world, gconstpointer data)
{
    world_settle();
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    g_assert_true(wh_vault_forget(world->vault, "duckdns", token, NULL));
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    world_settle();
    world_check_keyring("duckdns.token", NULL);
    g_assert_true(world_put(world, "token", "one", NULL));
    g_assert_true(wh_vault_forget(world->vault, "duckdns", token, NULL));
    g_assert_true(world_put(world, "token", "two", NULL));
    world_settle();
    world_check_keyring("duckdns.token", "two");
    world_check(world, "token", WH_VAULT_PRESENT, "two");
}

static void test_forget_while_locked(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *envelope = world_envelope("token", "hunter2");
    wh_fake_keyring_plant("service", "duckdns.token", envelope);
    world_settle();
    g_assert_false(wh_vault_forget(world->vault, "duckdns", token, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_settle();
    world_check_keyring("duckdns.token", NULL);
    world_check(world, "token", WH_VAULT_MISSING, NULL);
}

/* Freed with everything under way. */
static void test_freed(World *world, gconstpointer data)
{
    world_settle();
    wh_fake_keyring_set_slow(TRUE);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    g_assert_true(world_put(world, "key", "x", NULL));
    wh_vault_forget(world->vault, "duckdns", token, NULL);
    world_settle();
    g_assert_true(wh_vault_is_busy(world->vault));
    world_restart(world);
    wh_fake_keyring_set_slow(FALSE);
    world_settle();
    world_check(world, "key", WH_VAULT_MISSING, NULL);
}

#define ADD(path, state, func)                                                                     \
    g_test_add("/vault/keyring/" path, World, GINT_TO_POINTER(state), world_set_up, func,          \
               world_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("open", WH_KEYRING_OPEN, test_open);
    ADD("early", WH_KEYRING_OPEN, test_early);
    ADD("bound", WH_KEYRING_OPEN, test_bound);
    ADD("locked", WH_KEYRING_LOCKED, test_locked);
    ADD("given-while-locked", WH_KEYRING_LOCKED, test_given_while_locked);
    ADD("unlock", WH_KEYRING_LOCKED, test_unlock);
    ADD("absent", WH_KEYRING_ABSENT, test_absent);
    ADD("allow-file", WH_KEYRING_ABSENT, test_allow_file);
    ADD("file-fails", WH_KEYRING_ABSENT, test_file_fails);
    ADD("comes-later", WH_KEYRING_ABSENT, test_comes_later);
    ADD("removed-by-the-person", WH_KEYRING_OPEN, test_removed_by_the_person);
    ADD("broken", WH_KEYRING_OPEN, test_broken);
    ADD("forget", WH_KEYRING_OPEN, test_forget);
    ADD("forget-while-locked", WH_KEYRING_LOCKED, test_forget_while_locked);
    ADD("freed", WH_KEYRING_OPEN, test_freed);
    return g_test_run();
}
