#include "tests/support/fake_clock.h"

typedef struct {
    WhFakeClock *fake;
    WhClock *clock;
    gint64 start;
    GString *log;
    gint64 again;
} World;

static void note(gpointer data)
{
    World *world = data;
    gint64 seconds = (wh_clock_monotonic(world->clock) - world->start) / WH_SECOND;
    g_string_append_printf(world->log, "%d ", (int)seconds);
}

static void note_once_more(gpointer data)
{
    World *world = data;
    note(world);
    gint64 again = world->again;
    world->again = 0;
    wh_clock_add_timer(world->clock, again, note, world);
}

static void world_init(World *world)
{
    world->fake = wh_fake_clock_new();
    world->clock = wh_fake_clock_clock(world->fake);
    world->start = wh_clock_monotonic(world->clock);
    world->log = g_string_new(NULL);
}

static void world_clear(World *world)
{
    g_string_free(world->log, TRUE);
    wh_fake_clock_free(world->fake);
}

static void test_order_and_hands(void)
{
    World world = {0};
    world_init(&world);
    gint64 wall = wh_clock_wall(world.clock);
    wh_clock_add_timer(world.clock, 5 * WH_SECOND, note, &world);
    wh_clock_add_timer(world.clock, 2 * WH_SECOND, note, &world);
    wh_clock_add_timer(world.clock, 9 * WH_SECOND, note, &world);
    g_assert_cmpuint(wh_fake_clock_pending(world.fake), ==, 3);
    g_assert_cmpint(wh_fake_clock_next(world.fake), ==, 2 * WH_SECOND);
    wh_fake_clock_advance(world.fake, 5 * WH_SECOND);
    g_assert_cmpstr(world.log->str, ==, "2 5 ");
    g_assert_cmpint(wh_clock_wall(world.clock) - wall, ==, 5 * WH_SECOND);
    wh_fake_clock_set_wall(world.fake, 0);
    g_assert_true(wh_fake_clock_advance_to_next(world.fake));
    g_assert_cmpstr(world.log->str, ==, "2 5 9 ");
    g_assert_cmpint(wh_clock_wall(world.clock), ==, 4 * WH_SECOND);
    g_assert_false(wh_fake_clock_advance_to_next(world.fake));
    g_assert_cmpint(wh_fake_clock_next(world.fake), ==, -1);
    world_clear(&world);
}

static void test_timers_made_by_timers(void)
{
    World world = {.again = WH_SECOND};
    world_init(&world);
    wh_clock_add_timer(world.clock, WH_SECOND, note_once_more, &world);
    wh_fake_clock_advance(world.fake, 10 * WH_SECOND);
    g_assert_cmpstr(world.log->str, ==, "1 2 ");
    wh_clock_add_timer(world.clock, 0, note_once_more, &world);
    g_assert_cmpint(wh_fake_clock_next(world.fake), ==, 0);
    wh_fake_clock_advance(world.fake, 0);
    g_assert_cmpstr(world.log->str, ==, "1 2 10 10 ");
    world_clear(&world);
}

static void test_removed(void)
{
    World world = {0};
    world_init(&world);
    guint id = wh_clock_add_timer(world.clock, WH_SECOND, note, &world);
    wh_clock_add_timer(world.clock, 2 * WH_SECOND, note, &world);
    wh_clock_remove_timer(world.clock, &id);
    wh_fake_clock_advance(world.fake, WH_MINUTE);
    g_assert_cmpstr(world.log->str, ==, "2 ");
    wh_fake_clock_set_random(world.fake, 0.25);
    g_assert_cmpint(wh_clock_jitter(world.clock, 100, 0.1), ==, 95);
    world_clear(&world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fake-clock/order", test_order_and_hands);
    g_test_add_func("/fake-clock/nested", test_timers_made_by_timers);
    g_test_add_func("/fake-clock/removed", test_removed);
    return g_test_run();
}
