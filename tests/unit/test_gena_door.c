#include "service/gateway/gena_door.h"

#include "service/gateway/gena_request.h"

#include "tests/support/fake_clock.h"
#include "tests/unit/test_igd_double.h"

#include <string.h>

typedef struct {
    WhFakeClock *fake;
    WhComplaints *complaints;
    WhGenaDoor *door;
    guint knocks;
} World;

static gboolean knock(const char *sid, gpointer data)
{
    World *world = data;
    world->knocks++;
    return strcmp(sid, TEST_IGD_SID) == 0;
}

static void start(World *world)
{
    WhGatewayRoute route = test_igd_route();
    g_autoptr(GError) error = NULL;
    *world = (World){.fake = wh_fake_clock_new()};
    WhClock *clock = wh_fake_clock_clock(world->fake);
    world->complaints = wh_complaints_new(clock);
    world->door = wh_gena_door_new(clock, &route, world->complaints, knock, world, &error);
    g_assert_no_error(error);
}

static void clear(World *world)
{
    wh_gena_door_free(world->door);
    wh_complaints_free(world->complaints);
    wh_fake_clock_free(world->fake);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(World, clear)

static GSocket *send_bytes(World *world, const char *from, const char *bytes, gsize length)
{
    return test_igd_knock(wh_gena_door_url(world->door), from, bytes, length);
}

static guint answer_to(World *world, const char *from, const char *bytes)
{
    g_autoptr(GSocket) socket = send_bytes(world, from, bytes, strlen(bytes));
    return test_igd_hear_out(socket);
}

static void test_address(void)
{
    g_auto(World) world = {0};
    start(&world);
    g_auto(World) other = {0};
    start(&other);
    const char *url = wh_gena_door_url(world.door);
    g_assert_true(g_str_has_prefix(url, "http://" TEST_IGD_SELF ":"));
    const char *path = strrchr(url, '/');
    g_assert_cmpuint(strlen(path), ==, 1 + 32);
    g_assert_cmpstr(path, !=, strrchr(wh_gena_door_url(other.door), '/'));
}

/* At this computer's other addresses nobody listens. */
static void test_listens_at_home_only(void)
{
    g_auto(World) world = {0};
    start(&world);
    g_autoptr(GUri) uri = g_uri_parse(wh_gena_door_url(world.door), G_URI_FLAGS_NONE, NULL);
    g_autoptr(GSocketAddress) other =
        g_inet_socket_address_new_from_string("127.0.0.3", (guint16)g_uri_get_port(uri));
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
    g_assert_false(g_socket_connect(socket, other, NULL, NULL));
}

static void test_event(void)
{
    g_auto(World) world = {0};
    start(&world);
    g_autofree char *event = test_igd_event(wh_gena_door_url(world.door), TEST_IGD_SID);
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, event), ==, 200);
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, event), ==, 200);
    g_assert_cmpuint(world.knocks, ==, 2);
}

/* Nothing of a stranger is read. */
static void test_stranger(void)
{
    g_auto(World) world = {0};
    start(&world);
    g_autofree char *event = test_igd_event(wh_gena_door_url(world.door), TEST_IGD_SID);
    g_assert_cmpuint(answer_to(&world, "127.0.0.3", event), ==, 0);
    g_assert_cmpuint(answer_to(&world, TEST_IGD_SELF, event), ==, 0);
    g_assert_cmpuint(world.knocks, ==, 0);
}

static void test_wrong_requests(void)
{
    g_auto(World) world = {0};
    start(&world);
    const char *url = wh_gena_door_url(world.door);
    g_autofree char *elsewhere = test_igd_event("http://x/00000000", TEST_IGD_SID);
    g_autofree char *other = test_igd_event(url, "uuid:other");
    g_autofree char *nameless = test_igd_event(url, "");
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, elsewhere), ==, 404);
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, nameless), ==, 412);
    g_assert_cmpuint(world.knocks, ==, 0);
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, other), ==, 412);
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, "GET / HTTP/1.1\r\n\r\n"), ==, 405);
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, "\x16\x03\x01 hello\r\n\r\n"), ==, 400);
}

static void test_endless_head(void)
{
    g_auto(World) world = {0};
    start(&world);
    g_autofree char *head = g_strnfill(1024 * 1024, 'x');
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, head), ==, 0);
    g_assert_cmpuint(world.knocks, ==, 0);
}

static void test_endless_body(void)
{
    g_auto(World) world = {0};
    start(&world);
    g_autofree char *event = test_igd_event(wh_gena_door_url(world.door), TEST_IGD_SID);
    g_autofree char *body = g_strnfill(1024 * 1024, 'x');
    g_autofree char *all = g_strconcat(event, body, NULL);
    g_autoptr(GSocket) socket = send_bytes(&world, TEST_IGD_ROUTER, all, strlen(all));
    test_igd_hear_out(socket);
    g_assert_cmpuint(world.knocks, ==, 1);
    g_autofree char *again = test_igd_event(wh_gena_door_url(world.door), TEST_IGD_SID);
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, again), ==, 200);
}

static gboolean has_visit(gpointer data)
{
    World *world = data;
    return wh_fake_clock_pending(world->fake) > 0;
}

static void test_slow(void)
{
    g_auto(World) world = {0};
    start(&world);
    g_autoptr(GSocket) socket = send_bytes(&world, TEST_IGD_ROUTER, "NOTIFY /", strlen("NOTIFY /"));
    test_igd_wait(has_visit, &world);
    wh_fake_clock_advance(world.fake, WH_GENA_DOOR_PATIENCE);
    g_assert_cmpuint(test_igd_hear_out(socket), ==, 0);
    g_assert_cmpuint(wh_fake_clock_pending(world.fake), ==, 0);
}

static gboolean are_all_taken(gpointer data)
{
    World *world = data;
    return wh_fake_clock_pending(world->fake) >= WH_GENA_DOOR_CONNECTIONS;
}

static void test_few_at_a_time(void)
{
    g_auto(World) world = {0};
    start(&world);
    g_autoptr(GPtrArray) silent = g_ptr_array_new_with_free_func(g_object_unref);
    for (guint i = 0; i < WH_GENA_DOOR_CONNECTIONS; i++)
        g_ptr_array_add(silent, send_bytes(&world, TEST_IGD_ROUTER, "N", 1));
    test_igd_wait(are_all_taken, &world);
    g_autofree char *event = test_igd_event(wh_gena_door_url(world.door), TEST_IGD_SID);
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, event), ==, 0);
    wh_fake_clock_advance(world.fake, WH_GENA_DOOR_PATIENCE);
    g_assert_cmpuint(answer_to(&world, TEST_IGD_ROUTER, event), ==, 200);
}

/* After a burst of strangers the door rests, and opens again by itself. */
static void test_flood(void)
{
    g_auto(World) world = {0};
    start(&world);
    for (guint i = 0; i < WH_GENA_DOOR_BURST; i++)
        g_assert_cmpuint(answer_to(&world, "127.0.0.3", "x"), ==, 0);
    g_assert_cmpuint(wh_fake_clock_pending(world.fake), ==, 0);
    g_autofree char *event = test_igd_event(wh_gena_door_url(world.door), TEST_IGD_SID);
    g_autoptr(GSocket) socket = send_bytes(&world, TEST_IGD_ROUTER, event, strlen(event));
    test_igd_wait(has_visit, &world);
    g_assert_cmpint(wh_fake_clock_next(world.fake), ==, WH_GENA_DOOR_REFILL);
    g_assert_cmpuint(world.knocks, ==, 0);
    wh_fake_clock_advance(world.fake, WH_GENA_DOOR_REFILL);
    g_assert_cmpuint(test_igd_hear_out(socket), ==, 200);
    g_assert_cmpuint(world.knocks, ==, 1);
}

static void test_closed_with_visitors(void)
{
    g_auto(World) world = {0};
    start(&world);
    g_autoptr(GSocket) socket = send_bytes(&world, TEST_IGD_ROUTER, "N", 1);
    test_igd_wait(has_visit, &world);
    g_clear_pointer(&world.door, wh_gena_door_free);
    g_assert_cmpuint(test_igd_hear_out(socket), ==, 0);
    g_assert_cmpuint(wh_fake_clock_pending(world.fake), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gena-door/address", test_address);
    g_test_add_func("/gena-door/listens-at-home-only", test_listens_at_home_only);
    g_test_add_func("/gena-door/event", test_event);
    g_test_add_func("/gena-door/stranger", test_stranger);
    g_test_add_func("/gena-door/wrong-requests", test_wrong_requests);
    g_test_add_func("/gena-door/endless-head", test_endless_head);
    g_test_add_func("/gena-door/endless-body", test_endless_body);
    g_test_add_func("/gena-door/slow", test_slow);
    g_test_add_func("/gena-door/few-at-a-time", test_few_at_a_time);
    g_test_add_func("/gena-door/flood", test_flood);
    g_test_add_func("/gena-door/closed-with-visitors", test_closed_with_visitors);
    return g_test_run();
}
