#include "platform/fake/fake.h"
#include "service/wiring/front_door.h"
#include "tests/support/fake_clock.h"

#include <string.h>

#define ADDRESS "/run/wayhome/control"

/* What the log says; the last line. */
typedef struct {
    GLogLevelFlags level;
    char *text;
} Line;

typedef struct {
    WhFakeClock *clock;
    WhFrontDoor *door;
    guint connections;
} World;

static GLogWriterOutput take_line(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                  gpointer data)
{
    Line *line = data;

    line->level = level;
    for (gsize i = 0; i < n_fields; i++) {
        if (strcmp(fields[i].key, "MESSAGE") == 0) {
            g_free(line->text);
            line->text = g_strdup(fields[i].value);
        }
    }
    return G_LOG_WRITER_HANDLED;
}

static void assert_line(gconstpointer data, GLogLevelFlags level, const char *part)
{
    const Line *line = data;

    g_assert_cmpint(line->level, ==, level);
    g_assert_nonnull(strstr(line->text, part));
}

static void accepted(GIOStream *stream, const WhPeer *peer, gpointer data)
{
    World *world = data;

    world->connections++;
}

static gboolean begin(World *world, const char *address, GError **error)
{
    const WhOptions options = {.scope = WH_PATHS_SYSTEM, .control = (char *)address};

    world->door =
        wh_front_door_new(wh_fake_clock_clock(world->clock), &options, accepted, world, error);
    return world->door != NULL;
}

static void setup(World *world, gconstpointer data)
{
    world->clock = wh_fake_clock_new();
}

static void teardown(World *world, gconstpointer data)
{
    wh_front_door_free(world->door);
    wh_fake_local_socket_set_kept(FALSE);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
    wh_fake_clock_free(world->clock);
}

static void assert_answers(World *world)
{
    guint before = world->connections;
    g_autoptr(GError) error = NULL;
    g_autoptr(GIOStream) stream = wh_local_socket_connect(ADDRESS, &error);

    g_assert_no_error(error);
    g_assert_nonnull(stream);
    while (world->connections == before)
        g_main_context_iteration(NULL, TRUE);
}

static void test_opens(World *world, gconstpointer data)
{
    g_assert_true(begin(world, ADDRESS, NULL));
    assert_answers(world);
}

static void test_another_service(World *world, gconstpointer data)
{
    g_autoptr(WhListener) other = wh_listener_new(ADDRESS, TRUE, accepted, world, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_nonnull(other);
    g_assert_false(begin(world, ADDRESS, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

/* Whoever keeps the name keeps it for as long as they like. */
static void test_kept_by_somebody(World *world, gconstpointer data)
{
    wh_fake_local_socket_set_kept(TRUE);
    g_assert_true(begin(world, ADDRESS, NULL));
    assert_line(data, G_LOG_LEVEL_WARNING, "Somebody else keeps " ADDRESS);
    for (guint i = 0; i < 20; i++)
        g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    wh_fake_local_socket_set_kept(FALSE);
    g_assert_true(wh_fake_clock_advance_to_next(world->clock));
    assert_line(data, G_LOG_LEVEL_MESSAGE, "Programs can talk");
    assert_answers(world);
}

static void test_ends_while_kept(World *world, gconstpointer data)
{
    wh_fake_local_socket_set_kept(TRUE);
    g_assert_true(begin(world, ADDRESS, NULL));
}

static void test_no_address(World *world, gconstpointer data)
{
    g_assert_true(begin(world, NULL, NULL));
    assert_line(data, G_LOG_LEVEL_WARNING, "no runtime folder");
}

#define ADD(path, func) g_test_add("/front-door/" path, World, &line, setup, func, teardown)

int main(int argc, char **argv)
{
    Line line = {0};

    g_test_init(&argc, &argv, NULL);
    g_log_set_writer_func(take_line, &line, NULL);
    ADD("opens", test_opens);
    ADD("another-service", test_another_service);
    ADD("kept-by-somebody", test_kept_by_somebody);
    ADD("ends-while-kept", test_ends_while_kept);
    ADD("no-address", test_no_address);
    int result = g_test_run();
    g_free(line.text);
    return result;
}
