/* A keyring, or a disk, that does not do what it should. */
#include "tests/unit/test_vault_world.h"

#include <string.h>

static WhVaultView view(World *world)
{
    WhVaultView now;
    wh_vault_view(world->vault, &now);
    return now;
}

static void check_settled(World *world, const char *begin)
{
    g_autoptr(GError) error = NULL;
    gboolean settled = wh_vault_check_settled(world->vault, "duckdns", &error);
    g_assert_true(settled == (begin == NULL));
    if (begin != NULL)
        g_assert_true(g_str_has_prefix(error->message, begin));
}

/* It says "locked" to a secret, and "open" when it is looked at: told, and not tried for ever. */
static void refused_with(World *world, GIOErrorEnum code)
{
    world_settle();
    wh_fake_keyring_set_refusal(code);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_OPEN, 1);
    g_assert_cmpstr(view(world).trouble, ==, "The keyring is broken");
    check_settled(world, "The keyring is broken");
}

static void test_says_locked(World *world, gconstpointer data)
{
    refused_with(world, G_IO_ERROR_PERMISSION_DENIED);
}

static void test_says_gone(World *world, gconstpointer data)
{
    refused_with(world, G_IO_ERROR_NOT_FOUND);
}

static void test_tried_again(World *world, gconstpointer data)
{
    refused_with(world, G_IO_ERROR_FAILED);
    wh_fake_keyring_set_broken(FALSE);
    wh_vault_unlock(world->vault);
    world_settle();
    world_check_keyring("duckdns.token", "hunter2");
    g_assert_null(view(world).trouble);
    check_settled(world, NULL);
}

/* The answer was lost, and what was asked for was done. */
static void test_there_after_all(World *world, gconstpointer data)
{
    g_autofree char *envelope = world_envelope("token", "hunter2");
    refused_with(world, G_IO_ERROR_FAILED);
    wh_fake_keyring_plant("service", "duckdns.token", envelope);
    world_settle();
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_OPEN, 0);
    check_settled(world, NULL);
}

/* Given while it is not known yet how things are: on its way, and nobody says "done". */
static void test_looking(World *world, gconstpointer data)
{
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    g_assert_true(wh_vault_is_busy(world->vault));
    check_settled(world, "The keyring does not answer");
    world_settle();
    g_assert_false(wh_vault_is_busy(world->vault));
    check_settled(world, NULL);
    world_check_keyring("duckdns.token", "hunter2");
}

/* What waits for the lock is told by the view, and kept when it opens. */
static void test_looking_at_a_lock(World *world, gconstpointer data)
{
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    check_settled(world, NULL);
    g_assert_null(view(world).trouble);
    world_check_view(world, WH_VAULT_IN_KEYRING, WH_VAULT_KEYRING_LOCKED, 1);
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_settle();
    world_check_keyring("duckdns.token", "hunter2");
}

/* An old keyring whose password nobody remembers holds up nothing but what is in it. */
static void test_locked_elsewhere(World *world, gconstpointer data)
{
    g_autofree char *envelope = world_envelope("token", "hunter2");
    wh_fake_keyring_plant_locked("service", "duckdns.token", envelope);
    world_settle();
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    world_check(world, "key", WH_VAULT_MISSING, NULL);
    g_assert_true(world_put(world, "key", "other", NULL));
    world_settle();
    world_check_keyring("duckdns.key", "other");
    wh_fake_keyring_set_password_known(TRUE);
    wh_vault_unlock(world->vault);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* Locked there is not removed there. */
static void test_locked_again_elsewhere(World *world, gconstpointer data)
{
    world_settle();
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    g_autofree char *envelope = g_strdup(wh_fake_keyring_resting("service", "duckdns.token"));
    wh_fake_keyring_plant("service", "duckdns.token", NULL);
    wh_fake_keyring_plant_locked("service", "duckdns.token", envelope);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

static void test_not_unlocked(World *world, gconstpointer data)
{
    world_settle();
    g_assert_null(view(world).unlock_trouble);
    wh_vault_unlock(world->vault);
    world_settle();
    g_assert_cmpstr(view(world).unlock_trouble, ==, "The keyring stays locked");
    wh_fake_keyring_set_password_known(TRUE);
    wh_vault_unlock(world->vault);
    world_settle();
    g_assert_null(view(world).unlock_trouble);
}

/* The keyring goes, and the file that should take its place cannot be written. */
static void test_no_place(World *world, gconstpointer data)
{
    world->file_allowed = TRUE;
    g_assert_true(wh_vault_allow_file(world->vault, TRUE, NULL));
    world_settle();
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_FULL);
    wh_fake_keyring_set_state(WH_KEYRING_ABSENT);
    world_settle();
    g_assert_cmpuint(view(world).unsaved, ==, 1);
    g_assert_nonnull(view(world).file_trouble);
    check_settled(world, view(world).file_trouble);
}

#define ADD(path, state, func)                                                                     \
    g_test_add("/vault/troubles/" path, World, GINT_TO_POINTER(state), world_set_up, func,         \
               world_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("says-locked", WH_KEYRING_OPEN, test_says_locked);
    ADD("says-gone", WH_KEYRING_OPEN, test_says_gone);
    ADD("tried-again", WH_KEYRING_OPEN, test_tried_again);
    ADD("there-after-all", WH_KEYRING_OPEN, test_there_after_all);
    ADD("looking", WH_KEYRING_OPEN, test_looking);
    ADD("looking-at-a-lock", WH_KEYRING_LOCKED, test_looking_at_a_lock);
    ADD("locked-elsewhere", WH_KEYRING_OPEN, test_locked_elsewhere);
    ADD("locked-again-elsewhere", WH_KEYRING_OPEN, test_locked_again_elsewhere);
    ADD("not-unlocked", WH_KEYRING_LOCKED, test_not_unlocked);
    ADD("no-place", WH_KEYRING_LOCKED, test_no_place);
    return g_test_run();
}
