/* While nobody answers: when a line is found to be back, and at what price. */
#include "service/detect/canary.h"

#include <string.h>

#include "tests/support/fake_clock.h"

typedef struct {
    WhOutsideAsker asker;
    WhFakeClock *clock;
    WhPanel *panel;
    WhCanary *canary;
    WhOutsideDone done;
    gpointer data;
    guint asked;
    guint uplink;
    guint back;
} World;

static World *world_of(WhOutsideAsker *asker)
{
    return (World *)(gpointer)((char *)asker - G_STRUCT_OFFSET(World, asker));
}

static guint64 ask(WhOutsideAsker *asker, const WhOutsideOperator *operator_, WhFamily family,
                   guint uplink, WhOutsideDone done, gpointer data)
{
    World *world = world_of(asker);
    g_assert_true(wh_outside_is_by_dns(operator_));
    g_assert_null(world->done);
    world->done = done;
    world->data = data;
    world->uplink = uplink;
    return ++world->asked;
}

static void answer(World *world, gboolean ok)
{
    WhOutsideDone done = g_steal_pointer(&world->done);
    WhAddress address;
    g_assert_nonnull(done);
    g_assert_true(wh_address_parse("11.1.1.1", &address));
    done(ok, ok ? &address : NULL, ok ? NULL : "silence", world->data);
}

static void cancel(WhOutsideAsker *asker, guint64 handle)
{
    g_assert_cmpuint(handle, ==, world_of(asker)->asked);
    answer(world_of(asker), FALSE);
}

static void note_back(gpointer data)
{
    ((World *)data)->back++;
}

static void set_up(World *world, gconstpointer operators)
{
    g_autoptr(GError) error = NULL;
    const char *text = operators;
    GPtrArray *list = wh_outside_parse(text, strlen(text), &error);
    g_assert_no_error(error);
    world->asker.ask = ask;
    world->asker.cancel = cancel;
    world->clock = wh_fake_clock_new();
    world->panel = wh_panel_new(list, 0);
    world->canary = wh_canary_new(wh_fake_clock_clock(world->clock), &world->asker, world->panel,
                                  WH_FAMILY_IPV4, note_back, world);
}

static void tear_down(World *world, gconstpointer data)
{
    wh_canary_free(world->canary);
    g_assert_null(world->done);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
    wh_panel_free(world->panel);
    wh_fake_clock_free(world->clock);
}

static void test_back(World *world, gconstpointer data)
{
    wh_canary_start(world->canary, 7);
    for (guint i = 1; i <= 10; i++) {
        wh_fake_clock_advance(world->clock, WH_CANARY_PAUSE);
        g_assert_cmpuint(world->asked, ==, i);
        wh_canary_start(world->canary, 7);
        answer(world, i == 10);
        g_assert_cmpuint(world->back, ==, i == 10);
    }
    g_assert_cmpuint(world->uplink, ==, 7);
    wh_fake_clock_advance(world->clock, WH_HOUR);
    g_assert_cmpuint(world->asked, ==, 10);
}

static void test_is_not_dead(World *world, gconstpointer data)
{
    wh_canary_start(world->canary, 0);
    wh_fake_clock_advance(world->clock, WH_CANARY_PAUSE);
    answer(world, TRUE);
    wh_fake_clock_advance(world->clock, WH_HOUR);
    g_assert_cmpuint(world->asked, ==, 1);
    g_assert_cmpuint(world->back, ==, 0);
}

static void test_hours(World *world, gconstpointer data)
{
    wh_canary_start(world->canary, 0);
    for (gint64 passed = 0; passed < WH_HOUR; passed += WH_SECOND) {
        wh_fake_clock_advance(world->clock, WH_SECOND);
        if (world->done != NULL)
            answer(world, FALSE);
    }
    g_assert_cmpuint(world->asked, >=, 200);
    g_assert_cmpuint(world->asked, <=, 2 * 60 + 50 * 4 + 1);
}

static void test_stop(World *world, gconstpointer data)
{
    wh_canary_start(world->canary, 0);
    wh_canary_stop(world->canary);
    wh_fake_clock_advance(world->clock, WH_HOUR);
    g_assert_cmpuint(world->asked, ==, 0);
    wh_canary_start(world->canary, 0);
    wh_fake_clock_advance(world->clock, WH_CANARY_PAUSE);
    wh_canary_stop(world->canary);
    wh_fake_clock_advance(world->clock, WH_HOUR);
    g_assert_cmpuint(world->asked, ==, 1);
    g_assert_cmpuint(world->back, ==, 0);
}

static void test_nobody_over_dns(World *world, gconstpointer data)
{
    wh_canary_start(world->canary, 0);
    wh_fake_clock_advance(world->clock, WH_HOUR);
    g_assert_cmpuint(world->asked, ==, 0);
}

static const char both[] = "[a]\norganisation=A\nipv4=https://a.example/\n"
                           "[w]\norganisation=W\ndns-name=myip.example\ndns-ipv4=11.2.2.2\n";
static const char https[] = "[a]\norganisation=A\nipv4=https://a.example/\n";

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/canary/back", World, both, set_up, test_back, tear_down);
    g_test_add("/canary/is-not-dead", World, both, set_up, test_is_not_dead, tear_down);
    g_test_add("/canary/hours", World, both, set_up, test_hours, tear_down);
    g_test_add("/canary/stop", World, both, set_up, test_stop, tear_down);
    g_test_add("/canary/nobody-over-dns", World, https, set_up, test_nobody_over_dns, tear_down);
    return g_test_run();
}
