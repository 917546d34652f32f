#include "service/targets/surroundings.h"

static const WhAddress some = {.family = WH_FAMILY_IPV4, .bytes = {9, 9, 9, 9}};
static const WhAddress other = {.family = WH_FAMILY_IPV4, .bytes = {9, 9, 9, 8}};

static void test_public(void)
{
    g_autoptr(WhSurroundings) surroundings = wh_surroundings_new();
    g_assert_false(wh_surroundings_set_public(surroundings, WH_FAMILY_IPV4, NULL, FALSE));
    g_assert_false(wh_surroundings_set_public(surroundings, WH_FAMILY_IPV4, NULL, TRUE));
    g_assert_true(wh_surroundings_set_public(surroundings, WH_FAMILY_IPV4, &some, FALSE));
    g_assert_false(wh_surroundings_set_public(surroundings, WH_FAMILY_IPV4, &some, FALSE));
    g_assert_true(wh_surroundings_set_public(surroundings, WH_FAMILY_IPV4, &some, TRUE));
    g_assert_true(wh_surroundings_set_public(surroundings, WH_FAMILY_IPV4, &other, TRUE));
    g_assert_true(wh_surroundings_set_public(surroundings, WH_FAMILY_IPV4, NULL, FALSE));
    g_assert_false(wh_surroundings_set_public(surroundings, WH_FAMILY_IPV6, NULL, FALSE));
}

static void test_network(void)
{
    g_autoptr(WhSurroundings) surroundings = wh_surroundings_new();
    g_assert_null(wh_surroundings_network(surroundings));
    g_assert_false(wh_surroundings_set_network(surroundings, NULL));
    g_assert_true(wh_surroundings_set_network(surroundings, "home"));
    g_assert_false(wh_surroundings_set_network(surroundings, "home"));
    g_assert_false(
        wh_surroundings_set_network(surroundings, wh_surroundings_network(surroundings)));
    g_assert_true(wh_surroundings_set_network(surroundings, "work"));
    g_assert_cmpstr(wh_surroundings_network(surroundings), ==, "work");
    g_assert_true(wh_surroundings_set_network(surroundings, NULL));
    g_assert_null(wh_surroundings_network(surroundings));
}

static void test_lan(void)
{
    g_autoptr(WhSurroundings) surroundings = wh_surroundings_new();
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(WhLanAddress));
    const WhLanAddress one = {some, TRUE, TRUE};
    g_array_append_val(found, one);
    g_autoptr(WhLan) lan = wh_lan_new(found);
    g_assert_false(wh_surroundings_set_lan(surroundings, NULL));
    g_assert_true(wh_surroundings_set_lan(surroundings, lan));
    g_assert_false(wh_surroundings_set_lan(surroundings, lan));
    g_assert_true(wh_surroundings_set_lan(surroundings, NULL));
}

static void test_neighbours(void)
{
    g_autoptr(WhSurroundings) surroundings = wh_surroundings_new();
    g_autoptr(GArray) sightings = g_array_new(FALSE, FALSE, sizeof(WhSighting));
    WhSighting sighting = {.mac = {2, 0, 0, 0, 0, 1}, .address = some};
    g_assert_false(wh_surroundings_set_neighbours(surroundings, sightings));
    g_array_append_val(sightings, sighting);
    g_assert_true(wh_surroundings_set_neighbours(surroundings, sightings));
    g_assert_false(wh_surroundings_set_neighbours(surroundings, sightings));
    g_array_index(sightings, WhSighting, 0).reachable = TRUE;
    g_assert_true(wh_surroundings_set_neighbours(surroundings, sightings));
    g_array_index(sightings, WhSighting, 0).mac[5] = 2;
    g_assert_true(wh_surroundings_set_neighbours(surroundings, sightings));
    g_array_index(sightings, WhSighting, 0).address = other;
    g_assert_true(wh_surroundings_set_neighbours(surroundings, sightings));
    g_array_append_val(sightings, sighting);
    g_assert_true(wh_surroundings_set_neighbours(surroundings, sightings));
    g_array_set_size(sightings, 0);
    g_assert_true(wh_surroundings_set_neighbours(surroundings, sightings));
}

static void test_unreachable(void)
{
    g_autoptr(WhSurroundings) surroundings = wh_surroundings_new();
    g_assert_false(wh_surroundings_set_unreachable(surroundings, FALSE));
    g_assert_true(wh_surroundings_set_unreachable(surroundings, TRUE));
    g_assert_false(wh_surroundings_set_unreachable(surroundings, TRUE));
    g_assert_true(wh_surroundings_set_unreachable(surroundings, FALSE));
    wh_surroundings_free(NULL);
}

static void test_undecided(void)
{
    g_autoptr(WhSurroundings) surroundings = wh_surroundings_new();
    g_assert_false(wh_surroundings_set_undecided(surroundings, WH_FAMILY_IPV6, FALSE));
    g_assert_true(wh_surroundings_set_undecided(surroundings, WH_FAMILY_IPV6, TRUE));
    g_assert_false(wh_surroundings_set_undecided(surroundings, WH_FAMILY_IPV6, TRUE));
    g_assert_false(wh_surroundings_set_undecided(surroundings, WH_FAMILY_IPV4, FALSE));
    g_assert_true(wh_surroundings_set_undecided(surroundings, WH_FAMILY_IPV6, FALSE));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/surroundings/public", test_public);
    g_test_add_func("/surroundings/network", test_network);
    g_test_add_func("/surroundings/lan", test_lan);
    g_test_add_func("/surroundings/neighbours", test_neighbours);
    g_test_add_func("/surroundings/unreachable", test_unreachable);
    g_test_add_func("/surroundings/undecided", test_undecided);
    return g_test_run();
}
