#include "service/protocol/message.h"
#include "tests/unit/test_control_world.h"

static const WhPeer root = {.known = TRUE, .is_root = TRUE, .principal = "uid:0"};
static const WhPeer alice = {.known = TRUE, .is_person = TRUE, .principal = "uid:1000"};

static gboolean is_alive(World *world, GIOStream *stream)
{
    world_send(world, stream, "{\"method\":\"org.varlink.service.GetInfo\"}");
    g_autoptr(json_t) reply = world_receive(world, stream);
    return json_is_object(json_object_get(reply, "parameters"));
}

/* Opens `count` connections and sees that they are served. */
static void fill(World *world, GPtrArray *streams, const WhPeer *peer, guint count)
{
    for (guint i = 0; i < count; i++) {
        g_ptr_array_add(streams, world_connect_as(world, peer));
        g_assert_true(is_alive(world, streams->pdata[streams->len - 1]));
    }
}

static void expect_refused(World *world, const WhPeer *peer)
{
    g_autoptr(GIOStream) stream = world_connect_as(world, peer);
    g_assert_null(world_receive(world, stream));
}

static GPtrArray *streams_new(void)
{
    return g_ptr_array_new_with_free_func(g_object_unref);
}

static WhPeer person(guint uid)
{
    WhPeer peer = {.known = TRUE, .is_person = TRUE};
    g_snprintf(peer.principal, sizeof peer.principal, "uid:%u", uid);
    return peer;
}

/* Every one of a person's own service: the whole room but root's part of it. */
static void test_own_service(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GPtrArray) streams = streams_new();
    for (guint user = 0; user < 4; user++) {
        WhPeer peer = person(1000 + user);
        peer.is_self = TRUE;
        fill(world, streams, &peer, user < 3 ? 16 : 8);
    }
    const WhPeer full = {.known = TRUE, .is_self = TRUE, .principal = "uid:2000"};
    expect_refused(world, &full);
    fill(world, streams, &root, 8);
    expect_refused(world, &root);

    /* Those that go make room: root's eight, and one of a user's sixteen. */
    g_ptr_array_remove_range(streams, streams->len - 8, 8);
    g_ptr_array_remove_index(streams, 0);
    world_settle(world);
    g_autoptr(GIOStream) again = world_connect(world);
    g_assert_true(is_alive(world, again));
}

static void test_each(void)
{
    g_autoptr(World) world = world_new_for_all(alice.principal);
    g_autoptr(GPtrArray) streams = streams_new();
    const WhPeer bob = person(1001);
    fill(world, streams, &root, 16);
    expect_refused(world, &root);
    fill(world, streams, &alice, 16);
    expect_refused(world, &alice);
    fill(world, streams, &bob, 16);
    expect_refused(world, &bob);
}

/* Who has no right here by themselves takes little room. */
static void test_strangers(void)
{
    static const WhPeer strangers[] = {
        {.known = TRUE, .principal = "uid:33"},
        {.known = TRUE, .is_self = TRUE, .principal = "uid:990"},
        {.principal = "unknown"},
    };
    g_autoptr(World) world = world_new_for_all(alice.principal);
    g_autoptr(GPtrArray) streams = streams_new();
    for (guint i = 0; i < G_N_ELEMENTS(strangers); i++) {
        fill(world, streams, &strangers[i], 4);
        expect_refused(world, &strangers[i]);
    }
    g_autoptr(World) own = world_new();
    const WhPeer bob = person(1001);
    fill(own, streams, &bob, 4);
    expect_refused(own, &bob);
    g_ptr_array_set_size(streams, 0);
}

/* All the others together leave room for the owner and for root. */
static void test_others_together(void)
{
    g_autoptr(World) world = world_new_for_all(alice.principal);
    g_autoptr(GPtrArray) streams = streams_new();
    for (guint user = 0; user < 10; user++) {
        WhPeer peer = person(1001 + user);
        fill(world, streams, &peer, 4);
    }
    const WhPeer one_more = person(2000);
    expect_refused(world, &one_more);
    fill(world, streams, &alice, 16);
    expect_refused(world, &alice);
    fill(world, streams, &root, 8);
    expect_refused(world, &root);

    g_ptr_array_remove_index(streams, 0);
    world_settle(world);
    fill(world, streams, &one_more, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control-limits/own-service", test_own_service);
    g_test_add_func("/control-limits/each", test_each);
    g_test_add_func("/control-limits/strangers", test_strangers);
    g_test_add_func("/control-limits/others-together", test_others_together);
    return g_test_run();
}
