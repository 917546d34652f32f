/* What was forgotten never comes back. */
#include "tests/unit/test_vault_world.h"

static void plant(void)
{
    g_autofree char *envelope = world_envelope("token", "hunter2");
    wh_fake_keyring_plant("service", "duckdns.token", envelope);
}

static void check_settled(World *world, const char *begin)
{
    g_autoptr(GError) error = NULL;
    gboolean settled = wh_vault_check_settled(world->vault, "duckdns", &error);
    g_assert_true(settled == (begin == NULL));
    if (begin != NULL)
        g_assert_true(g_str_has_prefix(error->message, begin));
}

static void check_gone(World *world)
{
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    world_check_keyring("duckdns.token", NULL);
    g_assert_cmpstr(world->note, ==, "");
}

static void check_refused(World *world)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(world_forget(world, "token", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    world_check(world, "token", WH_VAULT_MISSING, NULL);
}

static void open_anew(World *world)
{
    world_restart(world);
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_settle();
}

static void test_locked(World *world, gconstpointer data)
{
    plant();
    world_settle();
    check_refused(world);
    world_restart(world);
    world_settle();
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    open_anew(world);
    check_gone(world);
}

/* The keyring was there once, so it may come back. */
static void test_absent(World *world, gconstpointer data)
{
    plant();
    world_settle();
    wh_fake_keyring_set_state(WH_KEYRING_ABSENT);
    world_restart(world);
    world_settle();
    check_refused(world);
    open_anew(world);
    check_gone(world);
}

static void test_never_used(World *world, gconstpointer data)
{
    world_settle();
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    g_assert_true(world_forget(world, "token", NULL));
    check_settled(world, NULL);
    g_assert_null(world->note);
}

/* Not known yet: it is waited for. */
static void test_looking(World *world, gconstpointer data)
{
    plant();
    g_assert_true(world_forget(world, "token", NULL));
    g_assert_true(wh_vault_is_busy_with(world->vault, "duckdns"));
    g_assert_false(wh_vault_is_busy_with(world->vault, "duckdns-2"));
    check_settled(world, "The keyring does not answer");
    world_settle();
    g_assert_false(wh_vault_is_busy(world->vault));
    check_settled(world, NULL);
    check_gone(world);
}

static void test_looking_at_a_lock(World *world, gconstpointer data)
{
    plant();
    g_assert_true(world_forget(world, "token", NULL));
    world_settle();
    g_assert_false(wh_vault_is_busy(world->vault));
    check_settled(world, "The keyring is locked");
    open_anew(world);
    check_gone(world);
}

static void test_killed(World *world, gconstpointer data)
{
    plant();
    world_settle();
    wh_fake_keyring_set_slow(TRUE);
    g_assert_true(world_forget(world, "token", NULL));
    world_restart(world);
    wh_fake_keyring_set_slow(FALSE);
    world_settle();
    check_gone(world);
}

static const char *trouble(World *world)
{
    WhVaultView view;
    wh_vault_view(world->vault, &view);
    return view.removal_trouble;
}

/* Told, not tried for ever, and tried again when the person asks for it. */
static void test_broken(World *world, gconstpointer data)
{
    plant();
    world_settle();
    wh_fake_keyring_set_broken(TRUE);
    g_assert_true(world_forget(world, "token", NULL));
    world_settle();
    check_settled(world, "The keyring is broken");
    g_assert_cmpstr(trouble(world), ==, "The keyring is broken");
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    world_restart(world);
    world_settle();
    g_assert_cmpstr(trouble(world), ==, "The keyring is broken");
    wh_fake_keyring_set_broken(FALSE);
    wh_vault_unlock(world->vault);
    world_settle();
    g_assert_null(trouble(world));
    check_settled(world, NULL);
    check_gone(world);
}

/* The new one is in memory only, and lost; the old one stays forgotten. */
static void test_given_anew_and_lost(World *world, gconstpointer data)
{
    plant();
    world_settle();
    check_refused(world);
    g_assert_true(world_put(world, "token", "new", NULL));
    open_anew(world);
    check_gone(world);
}

static void test_given_anew(World *world, gconstpointer data)
{
    plant();
    world_settle();
    check_refused(world);
    g_assert_true(world_put(world, "token", "new", NULL));
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_settle();
    world_check_keyring("duckdns.token", "new");
    g_assert_cmpstr(world->note, ==, "");
    open_anew(world);
    world_check(world, "token", WH_VAULT_PRESENT, "new");
}

/* Killed in the middle of a change of mind. */
static void test_forgotten_again(World *world, gconstpointer data)
{
    plant();
    world_settle();
    wh_fake_keyring_set_slow(TRUE);
    g_assert_true(world_forget(world, "token", NULL));
    g_assert_true(world_put(world, "token", "new", NULL));
    g_assert_true(world_forget(world, "token", NULL));
    wh_fake_keyring_set_slow(FALSE);
    while (wh_fake_keyring_resting("service", "duckdns.token") != NULL)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpstr(world->note, ==, "duckdns.token");
    world_settle();
    check_gone(world);
}

#define ADD(path, state, func)                                                                     \
    g_test_add("/vault/removals/" path, World, GINT_TO_POINTER(state), world_set_up, func,         \
               world_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("locked", WH_KEYRING_LOCKED, test_locked);
    ADD("absent", WH_KEYRING_OPEN, test_absent);
    ADD("never-used", WH_KEYRING_ABSENT, test_never_used);
    ADD("looking", WH_KEYRING_OPEN, test_looking);
    ADD("looking-at-a-lock", WH_KEYRING_LOCKED, test_looking_at_a_lock);
    ADD("killed", WH_KEYRING_OPEN, test_killed);
    ADD("broken", WH_KEYRING_OPEN, test_broken);
    ADD("given-anew-and-lost", WH_KEYRING_LOCKED, test_given_anew_and_lost);
    ADD("given-anew", WH_KEYRING_LOCKED, test_given_anew);
    ADD("forgotten-again", WH_KEYRING_OPEN, test_forgotten_again);
    return g_test_run();
}
