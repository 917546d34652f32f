/* What is refused: damaged, sealed with another key, or not the fault of what rests here. */
#include "tests/unit/test_sealed_world.h"

static const WhVaultBinding other = {"other", "duckdns", "https://www.duckdns.org"};

static void keep(World *world, const char *field, const char *text)
{
    g_assert_true(world_put(world, field, text, NULL));
    world_settle();
    world_check_sealed(g_str_equal(field, "token") ? "duckdns.token" : "duckdns.key");
}

/* That every opening is refused is no proof of damage while nothing can be sealed either. */
static void test_refuses_everything(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FORGETS);
    world_restart(world);
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    g_assert_nonnull(world_view(world).seal_trouble);
    g_assert_false(world_view(world).seal_replaced);
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* What was refused meanwhile is asked for again. */
static void test_refused_until_it_works(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FORGETS);
    world_restart(world);
    g_assert_nonnull(world_view(world).seal_trouble);
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    g_assert_null(world_view(world).seal_trouble);
    g_assert_false(world_view(world).seal_replaced);
}

/* One program that was ended halfway damages nothing. */
static void test_refused_once(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FORGETS);
    world_start_anew(world);
    guint asked = wh_fake_sealer_asked();
    while (wh_fake_sealer_asked() == asked)
        g_main_context_iteration(NULL, FALSE);
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    g_assert_null(world_view(world).seal_trouble);
    g_assert_false(world_view(world).seal_replaced);
}

/* Nonsense, of the right length too, is not believed before it is known that sealing works. */
static void test_babbles(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_BABBLES);
    world_restart(world);
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    g_assert_nonnull(world_view(world).seal_trouble);
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    world_settle();
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    g_assert_null(world_view(world).seal_trouble);
}

/* The canary gets no answer: that is left alone for a while, as other trouble is. */
static void test_canary_unanswered(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    world_plant("duckdns.token", "wayhome-sealed 1\nnonsense");
    world_start_anew(world);
    guint asked = wh_fake_sealer_asked();
    while (wh_fake_sealer_asked() < asked + 4)
        g_main_context_iteration(NULL, FALSE);
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FAILS);
    world_settle();
    g_assert_cmpuint(wh_fake_sealer_asked(), ==, asked + 4);
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    world_settle();
    world_check(world, "token", WH_VAULT_DAMAGED, NULL);
}

/* Cut off, tampered with, no base64, empty. */
static void test_damaged(World *world, gconstpointer data)
{
    static const char *const wrong[] = {
        "wayhome-sealed 1\n",
        "wayhome-sealed 1\nsealed 1 eyJ2ZXJz",
        "wayhome-sealed 1\nsealed 1 ????\n",
        "wayhome-sealed 1\nsealed 7 aGVsbG8=\n",
        "wayhome-sealed 1\nsealed 1 aGVsbG8=\n",
    };
    keep(world, "key", "hunter3");
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        world_plant("duckdns.token", wrong[i]);
        world_restart(world);
        world_check(world, "token", WH_VAULT_DAMAGED, NULL);
        world_check(world, "key", WH_VAULT_PRESENT, "hunter3");
        g_assert_false(world_view(world).seal_replaced);
        g_assert_null(world_view(world).seal_trouble);
        g_autofree char *still = world_resting("duckdns.token");
        g_assert_cmpstr(still, ==, wrong[i]);
    }
    keep(world, "token", "hunter2");
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
}

/* The only one that there is; its canary opens. */
static void test_only_one_damaged(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    world_check_sealed("canary");
    world_plant("duckdns.token", "wayhome-sealed 1\nsealed 1 ????\n");
    world_restart(world);
    world_check(world, "token", WH_VAULT_DAMAGED, NULL);
    g_assert_false(world_view(world).seal_replaced);
}

static void test_damaged_is_forgotten(World *world, gconstpointer data)
{
    world_plant("duckdns.token", "wayhome-sealed 1\nsealed 1 ????\n");
    world_restart(world);
    world_check(world, "token", WH_VAULT_DAMAGED, NULL);
    g_assert_true(world_forget(world, "token", NULL));
    world_check(world, "token", WH_VAULT_MISSING, NULL);
    g_assert_null(world_resting("duckdns.token"));
}

/* Until the last one is given anew, also over a restart. */
static void test_replaced(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    keep(world, "key", "hunter3");
    wh_fake_sealer_set_key(2);
    for (int i = 0; i < 2; i++) {
        world_restart(world);
        world_check(world, "token", WH_VAULT_DAMAGED, NULL);
        world_check(world, "key", WH_VAULT_DAMAGED, NULL);
        g_assert_true(world_view(world).seal_replaced);
        g_assert_null(world_view(world).seal_trouble);
    }
    keep(world, "token", "hunter2");
    g_assert_true(world_view(world).seal_replaced);
    keep(world, "key", "hunter3");
    g_assert_false(world_view(world).seal_replaced);
    world_restart(world);
    world_check(world, "token", WH_VAULT_PRESENT, "hunter2");
    world_check(world, "key", WH_VAULT_PRESENT, "hunter3");
    g_assert_false(world_view(world).seal_replaced);
    world_plant("duckdns.token", "wayhome-sealed 1\nsealed 2 ????\n");
    g_assert_true(world_forget(world, "key", NULL));
    world_restart(world);
    world_check(world, "token", WH_VAULT_DAMAGED, NULL);
    g_assert_false(world_view(world).seal_replaced);
}

static void test_replaced_and_forgotten(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_key(2);
    world_restart(world);
    g_assert_true(world_view(world).seal_replaced);
    g_assert_true(world_forget(world, "token", NULL));
    g_assert_false(world_view(world).seal_replaced);
    g_assert_true(world_put_for(world, &other, "token", "hunter4", NULL));
    world_settle();
    world_restart(world);
    world_check_for(world, &other, "token", WH_VAULT_PRESENT, "hunter4");
}

/* The disk went to a computer where sealing does not work: nobody knows yet. */
static void test_replaced_and_failing(World *world, gconstpointer data)
{
    keep(world, "token", "hunter2");
    wh_fake_sealer_set_key(2);
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_CANNOT_SEAL);
    world_restart(world);
    world_check(world, "token", WH_VAULT_LOCKED, NULL);
    g_assert_nonnull(world_view(world).seal_trouble);
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    world_settle();
    world_check(world, "token", WH_VAULT_DAMAGED, NULL);
    g_assert_true(world_view(world).seal_replaced);
}

static void test_forgotten_while_others_are_judged(World *world, gconstpointer data)
{
    static const char *const fields[] = {"token", "key"};
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
        wh_fake_sealer_set_key(1);
        world_restart(world);
        keep(world, "token", "hunter2");
        keep(world, "key", "hunter3");
        wh_fake_sealer_set_key(2);
        wh_fake_sealer_set_slow(TRUE);
        world_start_anew(world);
        wh_fake_sealer_set_slow(FALSE);
        while (wh_fake_sealer_waiting() > 1)
            g_main_context_iteration(NULL, FALSE);
        g_assert_true(world_forget(world, fields[i], NULL));
        world_settle();
        world_check(world, fields[1 - i], WH_VAULT_DAMAGED, NULL);
        g_assert_true(world_view(world).seal_replaced);
    }
}

/* As long as anything opens, the key is the old one. */
static void test_canary_damaged(World *world, gconstpointer data)
{
    keep(world, "key", "hunter3");
    world_plant("canary", "wayhome-sealed 1\nsealed 7 ????\n");
    world_plant("duckdns.token", "wayhome-sealed 1\nsealed 7 ????\n");
    world_restart(world);
    keep(world, "key", "hunter4");
    world_plant("other.token", "wayhome-sealed 1\nsealed 7 ????\n");
    world_check_for(world, &other, "token", WH_VAULT_LOCKED, NULL);
    world_settle();
    world_check_for(world, &other, "token", WH_VAULT_DAMAGED, NULL);
    world_check(world, "token", WH_VAULT_DAMAGED, NULL);
    g_assert_false(world_view(world).seal_replaced);
}

#define ADD(path, func)                                                                            \
    g_test_add("/vault/refused/" path, World, GINT_TO_POINTER(WH_FAKE_SEALER_WORKS), world_set_up, \
               func, world_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("refuses-everything", test_refuses_everything);
    ADD("refused-until-it-works", test_refused_until_it_works);
    ADD("refused-once", test_refused_once);
    ADD("babbles", test_babbles);
    ADD("canary-unanswered", test_canary_unanswered);
    ADD("damaged", test_damaged);
    ADD("only-one-damaged", test_only_one_damaged);
    ADD("damaged-is-forgotten", test_damaged_is_forgotten);
    ADD("replaced", test_replaced);
    ADD("replaced-and-forgotten", test_replaced_and_forgotten);
    ADD("replaced-and-failing", test_replaced_and_failing);
    ADD("forgotten-while-others-are-judged", test_forgotten_while_others_are_judged);
    ADD("canary-damaged", test_canary_damaged);
    return g_test_run();
}
