/* Which events of the platform concern us. */
#include "service/wiring/outlook.h"

#include <string.h>

typedef struct {
    WhOutlook *outlook;
    WhAddressSnapshot snapshot;
} World;

static void add_address(World *world, guint interface, guint8 last)
{
    WhInterfaceAddress address = {.interface = interface,
                                  .family = 4,
                                  .bytes = {192, 168, 1, last},
                                  .prefix_length = 24,
                                  .preferred_until = WH_LIFETIME_FOREVER,
                                  .valid_until = WH_LIFETIME_FOREVER};

    g_array_append_val(world->snapshot.addresses, address);
}

static WhInterfaceAddress *at(World *world, guint index)
{
    return &g_array_index(world->snapshot.addresses, WhInterfaceAddress, index);
}

static void set_up(World *world, gconstpointer data)
{
    const WhInterface cable = {.interface = 2, .kind = WH_INTERFACE_WIRED, .name = "eth0"};

    world->outlook = wh_outlook_new();
    world->snapshot.addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    world->snapshot.interfaces = g_array_new(FALSE, FALSE, sizeof(WhInterface));
    g_array_append_val(world->snapshot.interfaces, cable);
    world->snapshot.route[0] =
        (WhDefaultRoute){.interface = 2, .has_gateway = TRUE, .gateway = {192, 168, 1, 1}};
    world->snapshot.line[0] = world->snapshot.route[0];
    add_address(world, 2, 2);
    g_assert_true(wh_outlook_take(world->outlook, &world->snapshot));
    g_assert_false(wh_outlook_take(world->outlook, &world->snapshot));
}

static void tear_down(World *world, gconstpointer data)
{
    wh_outlook_free(world->outlook);
    g_array_unref(world->snapshot.addresses);
    g_array_unref(world->snapshot.interfaces);
}

static void assert_concerns(World *world)
{
    g_assert_true(wh_outlook_take(world->outlook, &world->snapshot));
    g_assert_false(wh_outlook_take(world->outlook, &world->snapshot));
}

static void test_others_come_and_go(World *world, gconstpointer data)
{
    const WhInterface container = {.interface = 7, .kind = WH_INTERFACE_WIRED, .name = "veth1"};

    g_array_append_val(world->snapshot.interfaces, container);
    add_address(world, 7, 77);
    g_assert_false(wh_outlook_take(world->outlook, &world->snapshot));
    g_array_set_size(world->snapshot.addresses, 1);
    g_assert_false(wh_outlook_take(world->outlook, &world->snapshot));
}

static void test_lifetimes(World *world, gconstpointer data)
{
    at(world, 0)->preferred_until = at(world, 0)->valid_until = 1;
    at(world, 0)->since = 1;
    g_assert_false(wh_outlook_take(world->outlook, &world->snapshot));
}

static void test_addresses(World *world, gconstpointer data)
{
    add_address(world, 2, 3);
    assert_concerns(world);
    at(world, 1)->bytes[3] = 4;
    assert_concerns(world);
    at(world, 1)->flags = WH_INTERFACE_ADDRESS_DEPRECATED;
    assert_concerns(world);
    at(world, 1)->prefix_length = 25;
    assert_concerns(world);
    g_array_set_size(world->snapshot.addresses, 1);
    assert_concerns(world);
}

static void test_ways(World *world, gconstpointer data)
{
    world->snapshot.route[0].gateway[3] = 254;
    assert_concerns(world);
    world->snapshot.line[0].gateway[3] = 254;
    assert_concerns(world);
    world->snapshot.route[1].interface = 2;
    assert_concerns(world);
    world->snapshot.route[0].has_preferred_source = TRUE;
    assert_concerns(world);
    g_array_index(world->snapshot.interfaces, WhInterface, 0).kind = WH_INTERFACE_TUNNEL;
    assert_concerns(world);
    memset(&world->snapshot.route[0], 0, sizeof world->snapshot.route[0]);
    assert_concerns(world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/outlook/others-come-and-go", World, NULL, set_up, test_others_come_and_go,
               tear_down);
    g_test_add("/outlook/lifetimes", World, NULL, set_up, test_lifetimes, tear_down);
    g_test_add("/outlook/addresses", World, NULL, set_up, test_addresses, tear_down);
    g_test_add("/outlook/ways", World, NULL, set_up, test_ways, tear_down);
    return g_test_run();
}
