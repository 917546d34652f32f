/* Sealing that is not there, or does not work. */
#include "tests/unit/test_sealed_world.h"

#include <string.h>

static void keep(World *world, const char *field, const char *text)
{
    g_assert_true(world_put(world, field, text, NULL));
    world_settle();
    world_check_sealed(g_str_equal(field, "token") ? "duckdns.token" : "duckdns.key");
}

static void check_not_saved(World *world, const char *reason)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(wh_vault_is_busy(world->vault));
    g_assert_false(wh_vault_check_settled(world->vault, "duckdns", &error));
    g_assert_nonnull(strstr(error->message, reason));
    g_assert_cmpstr(world_view(world).seal_trouble, ==, error->message);
}

/* Files as they are; sealed as soon as that is possible. */
static void test_absent(World *world, gconstpointer data)
{
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_ABSENT);
    world_check_place(world, WH_VAULT_IN_FILE, 0);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    g_assert_false(wh_vault_is_busy(world->vault));
    world_check_plain("duckdns.token", "hunter2");
    g_assert_cmpuint(world_view(world).unsealed, ==, 1);
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    g_assert_null(world_view(world).seal_trouble);
    world_check_place(world, WH_VAULT_IN_FILE, 0);
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    world_restart(world);
    world_check_sealed("duckdns.token");
    world_check_place(world, WH_VAULT_IN_SEALED, 0);
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

static void test_absent_and_full(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_ABSENT);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_FULL);
    g_assert_false(world_put(world, "token", "hunter2", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    g_assert_nonnull(world_view(world).file_trouble);
    world_check_place(world, WH_VAULT_IN_FILE, 1);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* Where something was sealed before, nothing is written as it is. */
static void test_gone(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_ABSENT);
    world_restart(world);
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    g_assert_nonnull(world_view(world).seal_trouble);
    world_check_place(world, WH_VAULT_IN_SEALED, 0);
    g_assert_true(world_put(world, "key", "hunter3", NULL));
    world_settle();
    check_not_saved(world, "nothing seals here");
    g_assert_null(world_resting("duckdns.key"));
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_sealed("duckdns.key");
    g_assert_null(world_view(world).seal_trouble);
}

/* In memory only, and said so; tried again by itself, less and less often. */
static void test_fails(World *world, gconstpointer data)
{
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FAILS);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    check_not_saved(world, "is broken");
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check_place(world, WH_VAULT_IN_SEALED, 1);
    g_assert_null(world_resting("duckdns.token"));
    gint64 last = 0;
    for (int i = 0; i < 15; i++) {
        gint64 next = wh_fake_clock_next(world->clock);
        g_assert_cmpint(next, >=, last);
        g_assert_cmpint(next, <=, WH_HOUR);
        last = next;
        g_assert_true(wh_fake_clock_advance_to_next(world->clock));
        world_settle();
        g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 1);
    }
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    world_settle();
    world_check_sealed("duckdns.token");
    g_assert_true(wh_vault_check_settled(world->vault, "duckdns", NULL));
    g_assert_null(world_view(world).seal_trouble);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
}

/* What worked once shows that the rest may work again. */
static void test_next_put_brings_the_rest(World *world, gconstpointer data)
{
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FAILS);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    keep(world, "key", "hunter3");
    world_check_sealed("duckdns.token");
    g_assert_null(world_view(world).seal_trouble);
}

static void test_lost_with_the_service(World *world, gconstpointer data)
{
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FAILS);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    world_restart(world);
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    g_assert_null(world_view(world).seal_trouble);
}

static void test_forgetting_ends_trouble(World *world, gconstpointer data)
{
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FAILS);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    g_assert_true(world_forget(world, "token", NULL));
    g_assert_null(world_view(world).seal_trouble);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
}

/* The old one stays where it is. */
static void test_fails_over_an_old_one(World *world, gconstpointer data)
{
    keep(world, "token", "old");
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_CANNOT_SEAL);
    g_assert_true(world_put(world, "token", "new", NULL));
    world_settle();
    check_not_saved(world, "is broken");
    world_check(world, "token", WH_VAULT_PRESENT, "new");
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "old");
}

/* Nothing counts as kept that does not open again. */
static void test_forgets(World *world, gconstpointer data)
{
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FORGETS);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    check_not_saved(world, "opened again");
    g_assert_null(world_resting("duckdns.token"));
}

/* That is no trouble with the sealing. */
static void test_cannot_be_written(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_FULL);
    g_assert_true(world_put(world, "token", "hunter2", NULL));
    world_settle();
    g_assert_false(wh_vault_check_settled(world->vault, "duckdns", &error));
    g_assert_nonnull(strstr(error->message, "full"));
    g_assert_cmpstr(world_view(world).file_trouble, ==, error->message);
    world_check_place(world, WH_VAULT_IN_SEALED, 1);
    g_assert_null(world_view(world).seal_trouble);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_WORKS);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    world_settle();
    world_check_sealed("duckdns.token");
    g_assert_null(world_view(world).file_trouble);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
}

static void test_fails_at_the_start(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FAILS);
    world_restart(world);
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    g_assert_cmpstr(world_view(world).seal_trouble, ==, "the sealer is broken");
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    g_assert_null(world_view(world).seal_trouble);
}

#define ADD(path, func)                                                                            \
    g_test_add("/vault/sealing/" path, World, GINT_TO_POINTER(WH_FAKE_SEALER_WORKS), world_set_up, \
               func, world_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("absent", test_absent);
    ADD("absent-and-full", test_absent_and_full);
    ADD("gone", test_gone);
    ADD("fails", test_fails);
    ADD("next-put-brings-the-rest", test_next_put_brings_the_rest);
    ADD("lost-with-the-service", test_lost_with_the_service);
    ADD("forgetting-ends-trouble", test_forgetting_ends_trouble);
    ADD("fails-over-an-old-one", test_fails_over_an_old_one);
    ADD("forgets", test_forgets);
    ADD("cannot-be-written", test_cannot_be_written);
    ADD("fails-at-the-start", test_fails_at_the_start);
    return g_test_run();
}
