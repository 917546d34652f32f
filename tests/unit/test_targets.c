#include "service/wiring/targets.h"

#include <string.h>

#define MAC "00:11:22:33:44:55"

typedef struct {
    WhAddressSnapshot snapshot;
    WhTargets *targets;
} World;

static void setup(World *world, gconstpointer data)
{
    world->targets = wh_targets_new();
    world->snapshot.addresses = g_array_new(FALSE, TRUE, sizeof(WhInterfaceAddress));
    world->snapshot.interfaces = g_array_new(FALSE, TRUE, sizeof(WhInterface));
}

static void teardown(World *world, gconstpointer data)
{
    wh_targets_free(world->targets);
    g_array_unref(world->snapshot.addresses);
    g_array_unref(world->snapshot.interfaces);
}

static WhAddress address_of(const char *text)
{
    WhAddress address;
    g_assert_true(wh_address_parse(text, &address));
    return address;
}

static void add(World *world, guint interface, const char *text, guint prefix_length, guint flags)
{
    WhAddress address = address_of(text);
    WhInterfaceAddress entry = {.interface = interface,
                                .family = address.family == WH_FAMILY_IPV4 ? 4 : 6,
                                .prefix_length = prefix_length,
                                .flags = flags};
    memcpy(entry.bytes, address.bytes, sizeof entry.bytes);
    g_array_append_val(world->snapshot.addresses, entry);
}

static WhDefaultRoute route(guint interface, const char *gateway)
{
    WhDefaultRoute made = {.interface = interface, .has_gateway = TRUE};
    WhAddress address = address_of(gateway);
    memcpy(made.gateway, address.bytes, sizeof made.gateway);
    return made;
}

/* A home's line on interface 2, with a VPN on interface 9 in front of it. */
static void make_home(World *world)
{
    world->snapshot.line[WH_FAMILY_IPV4] = route(2, "192.168.1.1");
    world->snapshot.line[WH_FAMILY_IPV6] = route(2, "fe80::1");
    world->snapshot.route[WH_FAMILY_IPV4] = route(9, "10.8.0.1");
    world->snapshot.route[WH_FAMILY_IPV6] = route(9, "fe80::9");
    add(world, 9, "10.8.0.2", 24, 0);
    add(world, 9, "2a02:9:9:9::2", 64, 0);
    add(world, 2, "172.16.0.5", 16, 0);
    add(world, 2, "192.168.1.5", 24, 0);
    add(world, 2, "2a02:7:7:7::5", 64, WH_INTERFACE_ADDRESS_DEPRECATED);
    add(world, 2, "2a02:1:2:3::7", 64, WH_INTERFACE_ADDRESS_TEMPORARY);
    add(world, 2, "2a02:1:2:3::5", 64, 0);
    add(world, 2, "2a02:6:6:6::5", 64, WH_INTERFACE_ADDRESS_TENTATIVE);
    add(world, 2, "2a02:5:5:5::5", 64, WH_INTERFACE_ADDRESS_DUPLICATE);
}

static void check_aim(World *world, const WhHost *host, WhFamily family, const char *expected)
{
    WhAimer *aimer = wh_targets_aimer(world->targets);
    WhAim aim = aimer->aim(aimer, host, family, NULL);
    char text[WH_ADDRESS_STRLEN];
    g_assert_cmpstr(aim.known ? wh_address_format(&aim.address, text) : wh_aim_reason_name(aim.why),
                    ==, expected);
}

static WhHost *new_host(void)
{
    WhHost *host = wh_host_new("h1", "dns", "a.example.org");
    host->wants[WH_FAMILY_IPV4] = host->wants[WH_FAMILY_IPV6] = TRUE;
    return host;
}

/* The home's line counts, not the VPN, and of its addresses those that may be used. */
static void test_line(World *world, gconstpointer data)
{
    g_autoptr(WhHost) local = new_host();
    g_autoptr(WhHost) camera = new_host();
    local->lan = TRUE;
    camera->device = WH_DEVICE_SUFFIX;
    camera->suffix[7] = 9;
    make_home(world);
    check_aim(world, local, WH_FAMILY_IPV4, "no_lan_address");
    g_assert_true(wh_targets_read_line(world->targets, &world->snapshot));
    g_assert_false(wh_targets_read_line(world->targets, &world->snapshot));
    check_aim(world, local, WH_FAMILY_IPV4, "192.168.1.5");
    check_aim(world, local, WH_FAMILY_IPV6, "2a02:1:2:3::5");
    check_aim(world, camera, WH_FAMILY_IPV6, "2a02:1:2:3::9");
    world->snapshot.line[WH_FAMILY_IPV4] = (WhDefaultRoute){0};
    world->snapshot.line[WH_FAMILY_IPV6] = (WhDefaultRoute){0};
    g_assert_true(wh_targets_read_line(world->targets, &world->snapshot));
    check_aim(world, local, WH_FAMILY_IPV4, "no_lan_address");
    check_aim(world, camera, WH_FAMILY_IPV6, NULL);
}

static gboolean is_known_after(World *world, guint interface, const char *gateway4,
                               const char *gateway6)
{
    WhSurroundings *surroundings = wh_targets_surroundings(world->targets);
    WhDefaultRoute *line = world->snapshot.line;
    line[WH_FAMILY_IPV4] = gateway4 != NULL ? route(interface, gateway4) : (WhDefaultRoute){0};
    line[WH_FAMILY_IPV6] = gateway6 != NULL ? route(interface, gateway6) : (WhDefaultRoute){0};
    wh_targets_read_line(world->targets, &world->snapshot);
    gboolean known = wh_surroundings_network(surroundings) != NULL;
    wh_surroundings_set_network(surroundings, "home");
    return known;
}

/* Until somebody looked, another line may be in another network. */
static void test_network_is_forgotten(World *world, gconstpointer data)
{
    g_assert_false(is_known_after(world, 2, "192.168.1.1", "fe80::1"));
    g_assert_true(is_known_after(world, 2, "192.168.1.1", "fe80::1"));
    g_assert_true(is_known_after(world, 2, "192.168.1.1", NULL));
    g_assert_true(is_known_after(world, 2, "192.168.1.1", "fe80::2"));
    g_assert_false(is_known_after(world, 2, "192.168.1.254", "fe80::2"));
    g_assert_false(is_known_after(world, 3, "192.168.1.254", "fe80::2"));
    g_assert_false(is_known_after(world, 3, NULL, "fe80::2"));
    g_assert_true(is_known_after(world, 3, NULL, "fe80::2"));
    g_assert_false(is_known_after(world, 3, NULL, "fe80::3"));
    g_assert_false(is_known_after(world, 3, NULL, NULL));
}

static void add_neighbour(GArray *found, guint interface, const char *mac, const char *text)
{
    WhNeighbour neighbour = {.interface = interface, .reachable = TRUE};
    WhAddress address = address_of(text);
    neighbour.family = address.family == WH_FAMILY_IPV4 ? 4 : 6;
    memcpy(neighbour.bytes, address.bytes, sizeof neighbour.bytes);
    g_assert_true(wh_mac_parse(mac, neighbour.mac));
    g_array_append_val(found, neighbour);
}

static void test_neighbours(World *world, gconstpointer data)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(WhNeighbour));
    g_autoptr(WhHost) host = new_host();
    host->device = WH_DEVICE_MAC;
    g_assert_true(wh_mac_parse(MAC, host->mac));
    make_home(world);
    wh_targets_read_line(world->targets, &world->snapshot);
    add_neighbour(found, 2, MAC, "192.168.1.9");
    add_neighbour(found, 3, MAC, "2a02:1:2:3::8");
    g_assert_false(wh_targets_take_neighbours(world->targets, found));
    check_aim(world, host, WH_FAMILY_IPV6, "device_unseen");
    add_neighbour(found, 2, MAC, "2a02:1:2:3::9");
    g_assert_true(wh_targets_take_neighbours(world->targets, found));
    g_assert_false(wh_targets_take_neighbours(world->targets, found));
    check_aim(world, host, WH_FAMILY_IPV6, "2a02:1:2:3::9");
}

static void test_missed(World *world, gconstpointer data)
{
    g_autoptr(WhHost) host = new_host();
    const WhAddress expected = address_of("2a02:1:2:3:211:22ff:fe33:4455");
    host->device = WH_DEVICE_MAC;
    g_assert_true(wh_mac_parse(MAC, host->mac));
    make_home(world);
    check_aim(world, host, WH_FAMILY_IPV6, NULL);
    g_assert_null(wh_targets_take_missed(world->targets));
    wh_targets_read_line(world->targets, &world->snapshot);
    check_aim(world, host, WH_FAMILY_IPV6, "device_unseen");
    check_aim(world, host, WH_FAMILY_IPV6, "device_unseen");
    g_autoptr(GArray) missed = wh_targets_take_missed(world->targets);
    g_assert_cmpuint(missed->len, ==, 1);
    g_assert_true(wh_address_equal(&g_array_index(missed, WhAddress, 0), &expected));
    g_assert_null(wh_targets_take_missed(world->targets));
    host->wants[WH_FAMILY_IPV6] = FALSE;
    check_aim(world, host, WH_FAMILY_IPV6, "device_unseen");
    g_assert_null(wh_targets_take_missed(world->targets));
    host->wants[WH_FAMILY_IPV6] = host->paused = TRUE;
    check_aim(world, host, WH_FAMILY_IPV6, "device_unseen");
    g_assert_null(wh_targets_take_missed(world->targets));
}

static void check_verdict(World *world, WhVerdict verdict, const char *for_this,
                          const char *for_nas)
{
    g_autoptr(WhHost) this_one = new_host();
    g_autoptr(WhHost) nas = new_host();
    nas->device = WH_DEVICE_SUFFIX;
    verdict.address = address_of("9.9.9.9");
    wh_targets_take_verdict(world->targets, &verdict);
    check_aim(world, this_one, WH_FAMILY_IPV4, for_this);
    check_aim(world, nas, WH_FAMILY_IPV4, for_nas);
}

static void test_verdict(World *world, gconstpointer data)
{
    check_verdict(world, (WhVerdict){.reason = WH_VERDICT_SILENT}, NULL, NULL);
    check_verdict(world, (WhVerdict){.reason = WH_VERDICT_VPN, .vpn = "tun0"}, "vpn", "vpn");
    check_verdict(world, (WhVerdict){.known = TRUE, .reason = WH_VERDICT_AGREED}, "9.9.9.9",
                  "9.9.9.9");
    check_verdict(world, (WhVerdict){.known = TRUE, .reason = WH_VERDICT_DIRECT}, "9.9.9.9",
                  "device_unknown");
    check_verdict(
        world,
        (WhVerdict){
            .known = TRUE, .reason = WH_VERDICT_AGREED, .vpn = "tun0", .vpn_choice = WH_VPN_LINE},
        "9.9.9.9", "9.9.9.9");
    check_verdict(
        world,
        (WhVerdict){
            .known = TRUE, .reason = WH_VERDICT_AGREED, .vpn = "tun0", .vpn_choice = WH_VPN_VPN},
        "9.9.9.9", "device_unknown");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, func) g_test_add("/targets/" path, World, NULL, setup, func, teardown)
    ADD("line", test_line);
    ADD("network-is-forgotten", test_network_is_forgotten);
    ADD("neighbours", test_neighbours);
    ADD("missed", test_missed);
    ADD("verdict", test_verdict);
    return g_test_run();
}
