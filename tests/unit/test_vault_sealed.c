/* What is given is sealed, and opened again at the next start. */
#include "tests/unit/test_sealed_world.h"

#include <string.h>

static void keep(World *world, const char *field, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(world_put(world, field, text, &error));
    world_settle();
    g_assert_true(wh_vault_check_settled(world->vault, "duckdns", &error));
    g_assert_no_error(error);
}

static void test_kept(World *world, gconstpointer data)
{
    world_check_place(world, WH_VAULT_IN_SEALED, 0);
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    keep(world, "token", "first");
    keep(world, "token", "p\"\\\xc3\xa9");
    world_check_sealed("duckdns.token");
    world_check_place(world, WH_VAULT_IN_SEALED, 0);
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "p\"\\\xc3\xa9");
    world_check(world, "key", WH_VAULT_MISSING, NULL);
    g_assert_null(world_view(world).seal_trouble);
}

/* "Done" is not said before it is in the store. */
static void test_busy_until_written(World *world, gconstpointer data)
{
    wh_fake_sealer_set_slow(TRUE);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_place(world, WH_VAULT_IN_SEALED, 1);
    g_assert_true(wh_vault_is_busy(world->vault));
    g_assert_true(wh_vault_is_busy_with(world->vault, "duckdns"));
    g_assert_false(wh_vault_is_busy_with(world->vault, "duck"));
    g_autoptr(GError) error = NULL;
    g_assert_false(wh_vault_check_settled(world->vault, "duckdns", &error));
    g_assert_nonnull(strstr(error->message, "does not answer"));
    g_assert_null(world_resting("duckdns.token"));
    guint before = world->changes;
    wh_fake_sealer_set_slow(FALSE);
    world_settle();
    g_assert_cmpuint(world->changes, >, before);
    g_assert_false(wh_vault_is_busy(world->vault));
    world_check_sealed("duckdns.token");
}

/* The state goes on by itself. */
static void test_locked_until_opened(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    keep(world, "key", "hunter3");
    wh_fake_sealer_set_slow(TRUE);
    guint asked = wh_fake_sealer_asked();
    world_restart(world);
    g_assert_cmpuint(wh_fake_sealer_asked() - asked, ==, 2);
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    world_check(world, "key", WH_VAULT_LOCKED, NULL);
    world_check_place(world, WH_VAULT_IN_SEALED, 0);
    g_assert_false(wh_vault_is_busy(world->vault));
    guint before = world->changes;
    wh_fake_sealer_set_slow(FALSE);
    world_settle();
    g_assert_cmpuint(world->changes, ==, before + 2);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check(world, "key", WH_VAULT_PRESENT, "hunter3");
    g_assert_cmpuint(wh_fake_sealer_asked() - asked, ==, 2);
}

static void test_given_while_opening(World *world, gconstpointer data)
{
    keep(world, "token", "old");
    wh_fake_sealer_set_slow(TRUE);
    world_start_anew(world);
    g_assert_true(world_put(world, "token", "new", NULL));
    wh_fake_sealer_set_slow(FALSE);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "new");
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "new");
}

/* What counts as kept is the last one that was given. */
static void test_last_one_counts(World *world, gconstpointer data)
{
    wh_fake_sealer_set_slow(TRUE);
    g_assert_true(world_put(world, "token", "first", NULL));
    g_assert_true(world_put(world, "token", "second", NULL));
    wh_fake_sealer_set_slow(FALSE);
    while (world_view(world).unsaved > 0)
        g_main_context_iteration(NULL, FALSE);
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "second");
}

static void test_forgotten(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    g_assert_true(world_forget(world, "token", NULL));
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    g_assert_null(world_resting("duckdns.token"));
    world_restart(world);
    world_check(world, "token", WH_VAULT_MISSING, NULL);
}

/* What cannot be deleted is not used any more either; one that is given anew is. */
static void test_forgotten_and_left(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    g_assert_false(world_forget(world, "token", NULL));
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_WORKS);
    world_check(world, "token", WH_VAULT_CLOSED, NULL);
    world_settle();
    world_check(world, "token", WH_VAULT_CLOSED, NULL);
    keep(world, "token", "hunter3");
    world_check(world, "token", WH_VAULT_PRESENT, "hunter3");
}

/* Neither on its way in nor on its way out does it come back. */
static void test_forgotten_under_way(World *world, gconstpointer data)
{
    wh_fake_sealer_set_slow(TRUE);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    g_assert_true(world_forget(world, "token", NULL));
    g_assert_false(wh_vault_is_busy(world->vault));
    wh_fake_sealer_set_slow(FALSE);
    world_settle();
    g_assert_null(world_resting("duckdns.token"));
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_slow(TRUE);
    world_start_anew(world);
    g_assert_true(world_forget(world, "token", NULL));
    wh_fake_sealer_set_slow(FALSE);
    world_settle();
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    g_assert_false(wh_vault_holds(world->vault, "duckdns"));
}

/* A sealed secret that is given another account's name, or another field's. */
static void test_renamed(World *world, gconstpointer data)
{
    const WhVaultBinding other = {"other", "duckdns", "https://www.duckdns.org"};
    keep(world, "token", "hunter2");
    g_autofree char *sealed = world_resting("duckdns.token");
    world_plant("other.token", sealed);
    world_plant("duckdns.key", sealed);
    world_restart(world);
    world_check_for(world, &other, "token", WH_VAULT_DAMAGED, NULL);
    world_check(world, "key", WH_VAULT_DAMAGED, NULL);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    g_assert_false(world_view(world).seal_replaced);
}

static void test_bound_to_the_server(World *world, gconstpointer data)
{
    const WhVaultBinding elsewhere = {"duckdns", "duckdns", "https://evil.example"};
    const WhVaultBinding provider = {"duckdns", "dyndns2", "https://www.duckdns.org"};
    keep(world, "token", "hunter2");
    world_restart(world);
    world_check_for(world, &elsewhere, "token", WH_VAULT_MOVED, NULL);
    world_check_for(world, &provider, "token", WH_VAULT_MOVED, NULL);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

static void test_long_secret(World *world, gconstpointer data)
{
    g_autofree char *text = g_strnfill(4096, '\x01');
    keep(world, "token", text);
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, text);
}

/* It is used at once, and sealed in its place. */
static void test_plain_file_is_sealed(World *world, gconstpointer data)
{
    g_autofree char *envelope = world_envelope("token", "hunter2");
    world_plant("duckdns.token", envelope);
    wh_fake_sealer_set_slow(TRUE);
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_plain("duckdns.token", "hunter2");
    g_assert_cmpuint(world_view(world).unsealed, ==, 1);
    world_start_anew(world);
    wh_fake_sealer_set_slow(FALSE);
    world_settle();
    world_check_sealed("duckdns.token");
    g_assert_cmpuint(world_view(world).unsealed, ==, 0);
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

static void test_planted_later_is_read(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    g_autofree char *sealed = world_resting("duckdns.token");
    g_assert_true(world_forget(world, "token", NULL));
    world_plant("duckdns.token", sealed);
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

static void test_cannot_be_read(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    world_restart(world);
    world_check(world, "token", WH_VAULT_CLOSED, NULL);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_WORKS);
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

static void test_no_store(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_DENIED);
    world_restart(world);
    world_check(world, "token", WH_VAULT_CLOSED, NULL);
    world_check_place(world, WH_VAULT_IN_MEMORY, 0);
    g_assert_false(world_put(world, "token", "hunter2", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_place(world, WH_VAULT_IN_MEMORY, 1);
    g_assert_true(wh_vault_keep_unattended(world->vault, FALSE, NULL));
}

#define ADD(path, func)                                                                            \
    g_test_add("/vault/sealed/" path, World, GINT_TO_POINTER(WH_FAKE_SEALER_WORKS), world_set_up,  \
               func, world_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("kept", test_kept);
    ADD("busy-until-written", test_busy_until_written);
    ADD("locked-until-opened", test_locked_until_opened);
    ADD("given-while-opening", test_given_while_opening);
    ADD("last-one-counts", test_last_one_counts);
    ADD("forgotten", test_forgotten);
    ADD("forgotten-and-left", test_forgotten_and_left);
    ADD("forgotten-under-way", test_forgotten_under_way);
    ADD("renamed", test_renamed);
    ADD("bound-to-the-server", test_bound_to_the_server);
    ADD("long-secret", test_long_secret);
    ADD("plain-file-is-sealed", test_plain_file_is_sealed);
    ADD("planted-later-is-read", test_planted_later_is_read);
    ADD("cannot-be-read", test_cannot_be_read);
    ADD("no-store", test_no_store);
    return g_test_run();
}
