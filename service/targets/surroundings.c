#include "service/targets/surroundings_private.h"

#include <string.h>

static GArray *no_sightings(void)
{
    return g_array_new(FALSE, FALSE, sizeof(WhSighting));
}

static WhLan *no_lan(void)
{
    g_autoptr(GArray) nothing = g_array_new(FALSE, FALSE, sizeof(WhLanAddress));
    return wh_lan_new(nothing);
}

WhSurroundings *wh_surroundings_new(void)
{
    WhSurroundings *surroundings = g_new0(WhSurroundings, 1);
    surroundings->lan = no_lan();
    surroundings->neighbours = no_sightings();
    return surroundings;
}

void wh_surroundings_free(WhSurroundings *surroundings)
{
    if (surroundings == NULL)
        return;
    g_free(surroundings->network);
    wh_lan_free(surroundings->lan);
    g_array_unref(surroundings->neighbours);
    g_free(surroundings);
}

gboolean wh_surroundings_set_public(WhSurroundings *surroundings, WhFamily family,
                                    const WhAddress *address, gboolean direct)
{
    WhPublic *public = &surroundings->public[family];
    WhPublic now = {.known = address != NULL, .direct = address != NULL && direct};
    if (address != NULL)
        now.address = *address;
    gboolean same = now.known == public->known && !now.direct == !public->direct &&
                    (!now.known || wh_address_equal(&now.address, &public->address));
    if (same)
        return FALSE;
    *public = now;
    return TRUE;
}

gboolean wh_surroundings_set_undecided(WhSurroundings *surroundings, WhFamily family,
                                       gboolean undecided)
{
    if (!undecided == !surroundings->undecided[family])
        return FALSE;
    surroundings->undecided[family] = undecided;
    return TRUE;
}

gboolean wh_surroundings_set_network(WhSurroundings *surroundings, const char *id)
{
    if (g_strcmp0(surroundings->network, id) == 0)
        return FALSE;
    char *copy = g_strdup(id);
    g_free(surroundings->network);
    surroundings->network = copy;
    return TRUE;
}

gboolean wh_surroundings_set_lan(WhSurroundings *surroundings, const WhLan *lan)
{
    g_autoptr(WhLan) now = lan != NULL ? wh_lan_copy(lan) : no_lan();
    if (wh_lan_equal(now, surroundings->lan))
        return FALSE;
    wh_lan_free(surroundings->lan);
    surroundings->lan = g_steal_pointer(&now);
    return TRUE;
}

static gboolean is_same_sighting(const WhSighting *a, const WhSighting *b)
{
    return memcmp(a->mac, b->mac, sizeof a->mac) == 0 && !a->reachable == !b->reachable &&
           wh_address_equal(&a->address, &b->address);
}

static gboolean are_same_sightings(const GArray *a, const GArray *b)
{
    if (a->len != b->len)
        return FALSE;
    for (guint i = 0; i < a->len; i++) {
        if (!is_same_sighting(&g_array_index(a, WhSighting, i), &g_array_index(b, WhSighting, i)))
            return FALSE;
    }
    return TRUE;
}

gboolean wh_surroundings_set_neighbours(WhSurroundings *surroundings, const GArray *sightings)
{
    if (are_same_sightings(sightings, surroundings->neighbours))
        return FALSE;
    g_array_set_size(surroundings->neighbours, 0);
    if (sightings->len > 0)
        g_array_append_vals(surroundings->neighbours, sightings->data, sightings->len);
    return TRUE;
}

gboolean wh_surroundings_set_unreachable(WhSurroundings *surroundings, gboolean unreachable)
{
    if (!unreachable == !surroundings->unreachable)
        return FALSE;
    surroundings->unreachable = unreachable;
    return TRUE;
}

const char *wh_surroundings_network(const WhSurroundings *surroundings)
{
    return surroundings->network;
}
