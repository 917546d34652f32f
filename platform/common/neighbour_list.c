#include "platform/common/neighbour_list.h"

#include <string.h>

static gboolean is_zero(const guint8 *bytes, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (bytes[i] != 0)
            return FALSE;
    }
    return TRUE;
}

/* 0.0.0.0/8, 127.0.0.0/8, and what lies above the addresses of single machines (RFC 6890). */
static gboolean is_machine_ipv4(const guint8 *bytes)
{
    return bytes[0] != 0 && bytes[0] != 127 && bytes[0] < 224;
}

static gboolean is_machine_ipv6(const guint8 *bytes)
{
    return bytes[0] != 0xff && !is_zero(bytes, 15);
}

gboolean wh_neighbour_is_machine(const WhNeighbour *neighbour)
{
    gboolean address = neighbour->family == 4   ? is_machine_ipv4(neighbour->bytes)
                       : neighbour->family == 6 ? is_machine_ipv6(neighbour->bytes)
                                                : FALSE;

    /* The lowest bit of the first byte marks a group of machines. */
    return address && (neighbour->mac[0] & 1) == 0 &&
           !is_zero(neighbour->mac, sizeof neighbour->mac);
}

static int compare_places(gconstpointer one, gconstpointer other)
{
    const WhNeighbour *a = one;
    const WhNeighbour *b = other;

    if (a->interface != b->interface)
        return a->interface < b->interface ? -1 : 1;
    if (a->family != b->family)
        return a->family < b->family ? -1 : 1;
    return memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

void wh_neighbour_list_settle(GArray *neighbours)
{
    WhNeighbour *all = (WhNeighbour *)(void *)neighbours->data;
    guint kept = 0;

    g_array_sort(neighbours, compare_places);
    for (guint i = 0; i < neighbours->len; i++) {
        if (!wh_neighbour_is_machine(&all[i]) ||
            (kept > 0 && compare_places(&all[kept - 1], &all[i]) == 0))
            continue;
        all[kept++] = all[i];
    }
    g_array_set_size(neighbours, MIN(kept, WH_NEIGHBOURS_MAX));
}

gboolean wh_neighbour_list_same_pairs(const GArray *a, const GArray *b)
{
    if (a->len != b->len)
        return FALSE;
    for (guint i = 0; i < a->len; i++) {
        const WhNeighbour *one = &g_array_index(a, WhNeighbour, i);
        const WhNeighbour *other = &g_array_index(b, WhNeighbour, i);

        if (compare_places(one, other) != 0 || memcmp(one->mac, other->mac, sizeof one->mac) != 0)
            return FALSE;
    }
    return TRUE;
}
