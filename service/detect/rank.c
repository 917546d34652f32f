#include "service/detect/rank.h"

#include "service/base/special_address.h"

static gboolean is_ordinary(const WhRouteAddress *a)
{
    return wh_special_address_find(&a->address) == NULL;
}

/* The lease of an IPv4 address says nothing of how long it will stay. */
static gint64 preferred_until(const WhRouteAddress *a)
{
    return a->address.family == WH_FAMILY_IPV6 ? a->preferred_until : G_MAXINT64;
}

static gboolean is_much_longer(const WhRouteAddress *a, const WhRouteAddress *b, gint64 now)
{
    gint64 rest = MAX(preferred_until(b) - now, 0);
    gint64 others = preferred_until(a);
    return rest < (G_MAXINT64 - now) / WH_RANK_TIMES - WH_RANK_LONGER &&
           others > now + WH_RANK_TIMES * rest && others > now + rest + WH_RANK_LONGER;
}

static gboolean is_newer(const WhRouteAddress *a, const WhRouteAddress *b)
{
    return a->address.family == WH_FAMILY_IPV6 && a->since != 0 && b->since != 0 &&
           a->since > b->since + WH_RANK_NEWER;
}

/* Above 0: `a` is so much better than `b` that it takes its place where `b` stands; below: the
 * other way round. */
static int compare(const WhRouteAddress *a, const WhRouteAddress *b, gint64 now)
{
    if (is_ordinary(a) != is_ordinary(b))
        return is_ordinary(a) ? 1 : -1;
    if (!a->preferred != !b->preferred)
        return a->preferred ? 1 : -1;
    if (is_much_longer(a, b, now) || is_much_longer(b, a, now))
        return is_much_longer(a, b, now) ? 1 : -1;
    return is_newer(a, b) - is_newer(b, a);
}

static gboolean comes_before(const WhRouteAddress *a, const WhRouteAddress *b, gint64 now)
{
    int order = compare(a, b, now);
    return order != 0 ? order > 0 : preferred_until(a) > preferred_until(b);
}

/* Moves the element at `from` down to `to`, keeping the order of those between. */
static void move(GArray *addresses, guint from, guint to)
{
    WhRouteAddress moved = g_array_index(addresses, WhRouteAddress, from);
    g_array_remove_index(addresses, from);
    g_array_insert_val(addresses, to, moved);
}

static void keep_standing(GArray *addresses, const WhAddress *standing, gint64 now)
{
    for (guint i = 1; i < addresses->len; i++) {
        const WhRouteAddress *found = &g_array_index(addresses, WhRouteAddress, i);
        if (!wh_address_equal(&found->address, standing))
            continue;
        if (compare(&g_array_index(addresses, WhRouteAddress, 0), found, now) <= 0)
            move(addresses, i, 0);
        return;
    }
}

void wh_rank_sort(GArray *addresses, const WhAddress *standing, gint64 now)
{
    for (guint i = 1; i < addresses->len; i++) {
        const WhRouteAddress *moved = &g_array_index(addresses, WhRouteAddress, i);
        guint to = i;
        while (to > 0 &&
               comes_before(moved, &g_array_index(addresses, WhRouteAddress, to - 1), now))
            to--;
        if (to < i)
            move(addresses, i, to);
    }
    if (standing != NULL)
        keep_standing(addresses, standing, now);
}
