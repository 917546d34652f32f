/* The switch: whether anything is kept for the time when nobody is signed in. */
#include "tests/unit/test_sealed_world.h"

#include <string.h>

static void keep(World *world, const char *field, const char *text)
{
    g_assert_true(world_put(world, field, text, NULL));
    world_settle();
}

static void turn(World *world, gboolean unattended)
{
    g_autoptr(GError) error = NULL;
    world->attended = !unattended;
    g_assert_true(wh_vault_keep_unattended(world->vault, unattended, &error));
    g_assert_no_error(error);
    g_assert_true(world_view(world).unattended == unattended);
}

static void test_off(World *world, gconstpointer data)
{
    const WhVaultBinding elsewhere = {"duckdns", "duckdns", "https://evil.example"};
    keep(world, "token", "hunter2");
    turn(world, FALSE);
    world_check_marker("duckdns.token", "hunter2");
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_place(world, WH_VAULT_IN_MEMORY, 1);
    g_assert_true(wh_vault_check_settled(world->vault, "duckdns", NULL));
    world_restart(world);
    world_check(world, "token", WH_VAULT_AWAY, NULL);
    world_check_for(world, &elsewhere, "token", WH_VAULT_MOVED, NULL);
    world_check(world, "key", WH_VAULT_MISSING, NULL);
    world_check_place(world, WH_VAULT_IN_MEMORY, 0);
    keep(world, "token", "hunter2");
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_marker("duckdns.token", "hunter2");
    world_restart(world);
    world_check(world, "token", WH_VAULT_AWAY, NULL);
}

static void test_on_again(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    turn(world, FALSE);
    turn(world, TRUE);
    g_assert_true(wh_vault_is_busy(world->vault));
    world_settle();
    world_check_sealed("duckdns.token");
    world_check_place(world, WH_VAULT_IN_SEALED, 0);
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* What is away stays so until it is handed over. */
static void test_on_again_after_a_restart(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    turn(world, FALSE);
    world_restart(world);
    turn(world, TRUE);
    world_settle();
    world_check(world, "token", WH_VAULT_AWAY, NULL);
    world_restart(world);
    world_check(world, "token", WH_VAULT_AWAY, NULL);
    keep(world, "token", "hunter2");
    world_check_sealed("duckdns.token");
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

static void test_given_while_off(World *world, gconstpointer data)
{
    turn(world, FALSE);
    guint asked = wh_fake_sealer_asked();
    keep(world, "token", "hunter2");
    g_assert_cmpuint(wh_fake_sealer_asked(), ==, asked);
    world_check_marker("duckdns.token", "hunter2");
    world_restart(world);
    world_check(world, "token", WH_VAULT_AWAY, NULL);
}

static void test_off_while_sealing(World *world, gconstpointer data)
{
    wh_fake_sealer_set_slow(TRUE);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    turn(world, FALSE);
    g_assert_false(wh_vault_is_busy(world->vault));
    wh_fake_sealer_set_slow(FALSE);
    world_settle();
    world_check_marker("duckdns.token", "hunter2");
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* Each turn of the switch leaves nothing behind that the next one does not know of. */
static void test_turned_over_and_over(World *world, gconstpointer data)
{
    wh_fake_sealer_set_slow(TRUE);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    for (guint i = 0; i < 20; i++) {
        turn(world, FALSE);
        turn(world, TRUE);
    }
    g_assert_cmpuint(wh_fake_sealer_waiting(), ==, 1);
    g_assert_true(wh_vault_is_busy(world->vault));
    wh_fake_sealer_set_slow(FALSE);
    world_settle();
    world_check_sealed("duckdns.token");
}

/* The copy goes at once, and what it holds is not lost. */
static void test_off_while_opening(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_slow(TRUE);
    world_start_anew(world);
    turn(world, FALSE);
    world_check_marker("duckdns.token", "hunter2");
    wh_fake_sealer_set_slow(FALSE);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_marker("duckdns.token", "hunter2");
    world_restart(world);
    world_check(world, "token", WH_VAULT_AWAY, NULL);
}

static void test_off_and_on_while_opening(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_slow(TRUE);
    world_start_anew(world);
    turn(world, FALSE);
    turn(world, TRUE);
    wh_fake_sealer_set_slow(FALSE);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_sealed("duckdns.token");
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* What nobody can open has no copy either. */
static void test_off_with_a_damaged_one(World *world, gconstpointer data)
{
    world_plant("duckdns.token", "wayhome-sealed 1\nsealed 1 ????\n");
    world_restart(world);
    world_check(world, "token", WH_VAULT_DAMAGED, NULL);
    turn(world, FALSE);
    world_check_marker("duckdns.token", "????");
    world_check(world, "token", WH_VAULT_AWAY, NULL);
    world_restart(world);
    world_check(world, "token", WH_VAULT_AWAY, NULL);
    g_assert_false(world_view(world).seal_replaced);
}

static void test_off_in_trouble(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FAILS);
    world_restart(world);
    g_assert_nonnull(world_view(world).seal_trouble);
    turn(world, FALSE);
    world_check(world, "token", WH_VAULT_AWAY, NULL);
    g_assert_null(world_view(world).seal_trouble);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
}

static void test_off_of_files(World *world, gconstpointer data)
{
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_ABSENT);
    keep(world, "token", "hunter2");
    world_check_plain("duckdns.token", "hunter2");
    turn(world, FALSE);
    world_check_marker("duckdns.token", "hunter2");
    turn(world, TRUE);
    world_check_plain("duckdns.token", "hunter2");
    g_assert_false(wh_vault_is_busy(world->vault));
}

static void test_forgotten(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    keep(world, "key", "hunter3");
    turn(world, FALSE);
    g_assert_true(world_forget(world, "key", NULL));
    g_assert_null(world_resting("duckdns.key"));
    world_restart(world);
    world_check(world, "token", WH_VAULT_AWAY, NULL);
    world_check(world, "key", WH_VAULT_MISSING, NULL);
    g_assert_true(world_forget(world, "token", NULL));
    g_assert_null(world_resting("duckdns.token"));
    world_check(world, "token", WH_VAULT_MISSING, NULL);
}

/* It is said, and tried again. */
static void test_off_fails(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    keep(world, "token", "hunter2");
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    g_assert_false(wh_vault_keep_unattended(world->vault, FALSE, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_cmpstr(world_view(world).left_trouble, ==, error->message);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    g_assert_nonnull(world_view(world).left_trouble);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_WORKS);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    g_assert_null(world_view(world).left_trouble);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
    world_check_marker("duckdns.token", "hunter2");
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* No copy stays because there is no room for the marker. */
static void test_off_on_a_full_disk(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    keep(world, "token", "hunter2");
    keep(world, "key", "hunter3");
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FAILS);
    world_restart(world);
    g_assert_true(world_put(world, "key", "hunter4", NULL));
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_FULL);
    g_assert_true(wh_vault_keep_unattended(world->vault, FALSE, &error));
    g_assert_no_error(error);
    g_assert_null(world_view(world).left_trouble);
    g_assert_null(world_resting("duckdns.token"));
    g_assert_null(world_resting("duckdns.key"));
    world_check(world, "token", WH_VAULT_AWAY, NULL);
    world_check(world, "key", WH_VAULT_PRESENT, "hunter4");
}

/* The next run goes on with it: nothing is left, and what was there is used. */
static void test_off_fails_before_a_restart(World *world, gconstpointer data)
{
    g_autofree char *envelope = world_envelope("key", "hunter3");
    keep(world, "token", "hunter2");
    world_plant("duckdns.key", envelope);
    world->attended = TRUE;
    world_restart(world);
    world_check_marker("duckdns.token", "hunter2");
    world_check_marker("duckdns.key", "hunter3");
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check(world, "key", WH_VAULT_PRESENT, "hunter3");
    world_restart(world);
    world_check(world, "token", WH_VAULT_AWAY, NULL);
    world_check(world, "key", WH_VAULT_AWAY, NULL);
}

static void test_put_fails_while_off(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    turn(world, FALSE);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    g_assert_false(world_put(world, "token", "hunter2", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

static void test_damaged_marker(World *world, gconstpointer data)
{
    static const char *const wrong[] = {
        "wayhome-away 1\n",
        "wayhome-away 1\n{\"account\":\"other\",\"field\":\"token\"}",
        "wayhome-away 1\n{\"account\":\"duckdns\",\"field\":\"token\"",
    };
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        world_plant("duckdns.token", wrong[i]);
        world_restart(world);
        world_check(world, "token", WH_VAULT_DAMAGED, NULL);
    }
    keep(world, "token", "hunter2");
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* The switch is the computer's. */
static void test_of_others(World *world, gconstpointer data)
{
    g_autoptr(WhVault) vault = wh_vault_new(wh_secret_store_open("/other", NULL));
    WhVaultView view;
    g_assert_true(wh_vault_keep_unattended(vault, FALSE, NULL));
    wh_vault_view(vault, &view);
    g_assert_true(view.unattended);
}

#define ADD(path, func)                                                                            \
    g_test_add("/vault/unattended/" path, World, GINT_TO_POINTER(WH_FAKE_SEALER_WORKS),            \
               world_set_up, func, world_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("off", test_off);
    ADD("on-again", test_on_again);
    ADD("on-again-after-a-restart", test_on_again_after_a_restart);
    ADD("given-while-off", test_given_while_off);
    ADD("off-while-sealing", test_off_while_sealing);
    ADD("turned-over-and-over", test_turned_over_and_over);
    ADD("off-while-opening", test_off_while_opening);
    ADD("off-and-on-while-opening", test_off_and_on_while_opening);
    ADD("off-with-a-damaged-one", test_off_with_a_damaged_one);
    ADD("off-in-trouble", test_off_in_trouble);
    ADD("off-of-files", test_off_of_files);
    ADD("forgotten", test_forgotten);
    ADD("off-fails", test_off_fails);
    ADD("off-on-a-full-disk", test_off_on_a_full_disk);
    ADD("off-fails-before-a-restart", test_off_fails_before_a_restart);
    ADD("put-fails-while-off", test_put_fails_while_off);
    ADD("damaged-marker", test_damaged_marker);
    ADD("of-others", test_of_others);
    return g_test_run();
}
