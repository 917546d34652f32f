#include "platform/linux/ways.h"

typedef struct {
    WhLinkTable *links;
    WhWayFunc ask;
    gpointer data;
    gboolean refused;
} Search;

static guint place_family(guint place)
{
    return place == 0 ? 4 : 6;
}

static WhWayAnswer search_ask(Search *search, guint family, guint interface, WhNetlinkRoute *route)
{
    WhWayAnswer answer = search->ask(family, interface, route, search->data);

    search->refused |= answer == WH_WAY_UNKNOWN;
    return answer;
}

/* The hop of a route that leads over this interface. */
static const WhNetlinkHop *hop_over(const WhNetlinkRoute *route, guint interface)
{
    for (guint i = 0; i < route->n_hops; i++)
        if (route->hops[i].route.interface == interface)
            return &route->hops[i];
    return NULL;
}

static gboolean is_better(const WhNetlinkHop *hop, const WhNetlinkHop *best)
{
    return best->route.interface == 0 || hop->metric < best->metric ||
           (hop->metric == best->metric && hop->preference > best->preference);
}

/* The best way over a link that is no tunnel. only_certain: nor one that may be. */
static WhDefaultRoute line_find(Search *search, guint family, gboolean only_certain)
{
    WhNetlinkHop best = {0};

    for (guint i = 0; i < wh_link_table_count(search->links); i++) {
        const WhLink *link = wh_link_table_at(search->links, i);
        const WhNetlinkHop *hop;
        WhNetlinkRoute route;

        if (!link->link.usable || link->kind == WH_INTERFACE_TUNNEL ||
            (only_certain && link->rivals != 0) ||
            search_ask(search, family, link->link.interface, &route) != WH_WAY_FOUND)
            continue;
        hop = hop_over(&route, link->link.interface);
        if (hop != NULL && is_better(hop, &best))
            best = *hop;
    }
    return best.route;
}

static guint rivals_find(Search *search)
{
    guint found = 0;

    if (line_find(search, 4, TRUE).interface != 0)
        found |= WH_RIVALS_IPV4;
    if (line_find(search, 6, TRUE).interface != 0)
        found |= WH_RIVALS_IPV6;
    return found;
}

/* Nothing is asked while every link's kind is certain. */
static void kinds_settle(Search *search)
{
    gboolean asked = FALSE;
    guint rivals = 0;

    for (guint i = 0; i < wh_link_table_count(search->links); i++) {
        WhLink *link = wh_link_table_at(search->links, i);

        if (link->rivals == 0 || !link->link.usable)
            continue;
        if (!asked)
            rivals = rivals_find(search);
        asked = TRUE;
        link->kind = (link->rivals & rivals) != 0 ? WH_INTERFACE_TUNNEL : WH_INTERFACE_OTHER;
    }
}

static gboolean is_tunnel(Search *search, guint interface)
{
    const WhLink *link = wh_link_table_find(search->links, interface);

    return link != NULL && link->kind == WH_INTERFACE_TUNNEL;
}

/* The first hop over a link that is usable, interface 0 when there is none. */
static WhDefaultRoute hop_usable(Search *search, const WhNetlinkRoute *route)
{
    for (guint i = 0; i < route->n_hops; i++)
        if (wh_link_table_is_usable(search->links, route->hops[i].route.interface))
            return route->hops[i].route;
    return (WhDefaultRoute){0};
}

static gboolean has_tunnel(Search *search, const WhNetlinkRoute *route)
{
    gboolean found = FALSE;

    for (guint i = 0; i < route->n_hops; i++)
        found |= is_tunnel(search, route->hops[i].route.interface);
    return found;
}

static void family_find(Search *search, guint place, WhWays *ways)
{
    WhNetlinkRoute taken = {0};
    WhWayAnswer answer = search_ask(search, place_family(place), 0, &taken);
    WhDefaultRoute route = {0};

    if (answer == WH_WAY_FOUND)
        route = hop_usable(search, &taken);
    if (route.interface != 0 && !is_tunnel(search, route.interface)) {
        ways->route[place] = route;
        ways->line[place] = route;
        return;
    }
    ways->line[place] = line_find(search, place_family(place), FALSE);
    ways->route[place] =
        answer == WH_WAY_FOUND && route.interface == 0 && !has_tunnel(search, &taken)
            ? ways->line[place]
            : route;
}

gboolean wh_ways_find(WhLinkTable *links, WhWayFunc ask, gpointer data, WhWays *ways)
{
    Search search = {links, ask, data, FALSE};
    WhWays found = {0};

    kinds_settle(&search);
    for (guint i = 0; i < G_N_ELEMENTS(found.route); i++)
        family_find(&search, i, &found);
    if (search.refused)
        return FALSE;
    *ways = found;
    return TRUE;
}
