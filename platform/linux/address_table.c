#include "platform/linux/address_table.h"

#include <string.h>

#define STALE_ALL_ROUTES (WH_ADDRESS_TABLE_STALE_IPV4_ROUTES | WH_ADDRESS_TABLE_STALE_IPV6_ROUTES)

struct WhAddressTable {
    GHashTable *usable_links; /* set of interface numbers */
    GArray *addresses;        /* of WhInterfaceAddress, sorted by address_compare() */
    GArray *routes[2];        /* of WhNetlinkRoute, in the kernel's order */
};

WhAddressTable *wh_address_table_new(void)
{
    WhAddressTable *table = g_new0(WhAddressTable, 1);

    table->usable_links = g_hash_table_new(NULL, NULL);
    table->addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    for (guint i = 0; i < G_N_ELEMENTS(table->routes); i++)
        table->routes[i] = g_array_new(FALSE, FALSE, sizeof(WhNetlinkRoute));
    return table;
}

void wh_address_table_free(WhAddressTable *table)
{
    if (table == NULL)
        return;
    g_hash_table_unref(table->usable_links);
    g_array_unref(table->addresses);
    for (guint i = 0; i < G_N_ELEMENTS(table->routes); i++)
        g_array_unref(table->routes[i]);
    g_free(table);
}

static gint number_compare(guint a, guint b)
{
    return (a > b) - (a < b);
}

static gint address_compare(gconstpointer a, gconstpointer b)
{
    const WhInterfaceAddress *left = a;
    const WhInterfaceAddress *right = b;
    gint order = number_compare(left->interface, right->interface);

    if (order == 0)
        order = number_compare(left->family, right->family);
    if (order == 0)
        order = memcmp(left->bytes, right->bytes, sizeof left->bytes);
    if (order == 0)
        order = number_compare(left->prefix_length, right->prefix_length);
    return order;
}

static gboolean link_is_usable(const WhAddressTable *table, guint interface)
{
    return g_hash_table_contains(table->usable_links, GUINT_TO_POINTER(interface));
}

static void addresses_of_link_remove(WhAddressTable *table, guint interface)
{
    guint kept = 0;

    for (guint i = 0; i < table->addresses->len; i++) {
        WhInterfaceAddress address = g_array_index(table->addresses, WhInterfaceAddress, i);

        if (address.interface != interface)
            g_array_index(table->addresses, WhInterfaceAddress, kept++) = address;
    }
    g_array_set_size(table->addresses, kept);
}

static gboolean link_set(WhAddressTable *table, const WhNetlinkLink *link)
{
    gboolean usable = link->usable && !link->removed;
    gboolean changed = usable != link_is_usable(table, link->interface);

    if (usable)
        g_hash_table_add(table->usable_links, GUINT_TO_POINTER(link->interface));
    else
        g_hash_table_remove(table->usable_links, GUINT_TO_POINTER(link->interface));
    if (link->removed)
        addresses_of_link_remove(table, link->interface);
    return changed;
}

/* Index of the first address that does not come before `key`. */
static guint address_position(const WhAddressTable *table, const WhInterfaceAddress *key)
{
    guint low = 0;
    guint high = table->addresses->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (address_compare(&g_array_index(table->addresses, WhInterfaceAddress, middle), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void address_set(WhAddressTable *table, const WhNetlinkAddress *change)
{
    guint position = address_position(table, &change->address);
    WhInterfaceAddress *there = position < table->addresses->len
                                    ? &g_array_index(table->addresses, WhInterfaceAddress, position)
                                    : NULL;
    gboolean known = there != NULL && address_compare(there, &change->address) == 0;

    if (change->removed && known)
        g_array_remove_index(table->addresses, position);
    else if (!change->removed && known)
        *there = change->address;
    else if (!change->removed)
        g_array_insert_val(table->addresses, position, change->address);
}

static guint family_stale(guint family)
{
    return family == 4 ? WH_ADDRESS_TABLE_STALE_IPV4_ROUTES : WH_ADDRESS_TABLE_STALE_IPV6_ROUTES;
}

static guint notification_apply(WhAddressTable *table, const WhNetlinkMessage *message, gint64 now)
{
    WhNetlinkLink link;
    WhNetlinkAddress address;
    WhNetlinkRoutes routes;
    WhNetlinkOutcome of_link = wh_netlink_message_read_link(message, &link);
    WhNetlinkOutcome of_address = wh_netlink_message_read_address(message, now, &address);
    WhNetlinkOutcome of_route = wh_netlink_message_read_routes(message, &routes);

    if (of_link == WH_NETLINK_MALFORMED || of_address == WH_NETLINK_MALFORMED ||
        of_route == WH_NETLINK_MALFORMED)
        return WH_ADDRESS_TABLE_STALE_EVERYTHING;
    if (of_link == WH_NETLINK_OK)
        return link_set(table, &link) ? STALE_ALL_ROUTES : 0;
    if (of_address == WH_NETLINK_OK) {
        address_set(table, &address);
        return address.removed ? family_stale(address.address.family) : 0;
    }
    return of_route == WH_NETLINK_OK ? family_stale(routes.family) : 0;
}

guint wh_address_table_apply(WhAddressTable *table, const guint8 *bytes, gsize length, gint64 now)
{
    gsize offset = 0;
    guint stale = 0;
    WhNetlinkMessage message;
    WhNetlinkOutcome outcome;

    while ((outcome = wh_netlink_message_next(bytes, length, &offset, &message)) == WH_NETLINK_OK)
        stale |= notification_apply(table, &message, now);
    if (outcome == WH_NETLINK_MALFORMED)
        stale |= WH_ADDRESS_TABLE_STALE_EVERYTHING;
    return stale;
}

gboolean wh_address_table_load(WhAddressTable *table, const WhNetlinkMessage *message, gint64 now)
{
    WhNetlinkLink link;
    WhNetlinkAddress address;
    WhNetlinkRoutes routes;
    WhNetlinkOutcome of_link = wh_netlink_message_read_link(message, &link);
    WhNetlinkOutcome of_address = wh_netlink_message_read_address(message, now, &address);
    WhNetlinkOutcome of_route = wh_netlink_message_read_routes(message, &routes);

    if (of_link == WH_NETLINK_OK)
        link_set(table, &link);
    if (of_address == WH_NETLINK_OK)
        address_set(table, &address);
    if (of_route == WH_NETLINK_OK && !routes.removed)
        g_array_append_vals(table->routes[routes.family == 4 ? 0 : 1], routes.hops, routes.n_hops);
    return of_link != WH_NETLINK_MALFORMED && of_address != WH_NETLINK_MALFORMED &&
           of_route != WH_NETLINK_MALFORMED;
}

void wh_address_table_clear_routes(WhAddressTable *table, guint family)
{
    g_array_set_size(table->routes[family == 4 ? 0 : 1], 0);
}

static WhDefaultRoute best_route(const WhAddressTable *table, const GArray *routes)
{
    const WhNetlinkRoute *best = NULL;

    for (guint i = 0; i < routes->len; i++) {
        const WhNetlinkRoute *route = &g_array_index(routes, WhNetlinkRoute, i);

        if (!link_is_usable(table, route->route.interface))
            continue;
        if (best == NULL || route->metric < best->metric ||
            (route->metric == best->metric && route->preference > best->preference))
            best = route;
    }
    return best != NULL ? best->route : (WhDefaultRoute){0};
}

static gboolean route_equal(const WhDefaultRoute *a, const WhDefaultRoute *b)
{
    return a->interface == b->interface && a->has_gateway == b->has_gateway &&
           a->has_preferred_source == b->has_preferred_source &&
           memcmp(a->gateway, b->gateway, sizeof a->gateway) == 0 &&
           memcmp(a->preferred_source, b->preferred_source, sizeof a->preferred_source) == 0;
}

/* Writes the address to its place in the snapshot; TRUE when another one was there. */
static gboolean snapshot_put(GArray *addresses, guint place, const WhInterfaceAddress *address)
{
    gboolean differs = TRUE;

    if (place == addresses->len)
        g_array_set_size(addresses, place + 1);
    else {
        const WhInterfaceAddress *old = &g_array_index(addresses, WhInterfaceAddress, place);

        differs = old->flags != address->flags || address_compare(old, address) != 0;
    }
    g_array_index(addresses, WhInterfaceAddress, place) = *address;
    return differs;
}

gboolean wh_address_table_update(WhAddressTable *table, WhAddressSnapshot *snapshot)
{
    gboolean changed = FALSE;
    guint count = 0;

    for (guint i = 0; i < table->addresses->len; i++) {
        const WhInterfaceAddress *address = &g_array_index(table->addresses, WhInterfaceAddress, i);

        if (link_is_usable(table, address->interface))
            changed |= snapshot_put(snapshot->addresses, count++, address);
    }
    if (count != snapshot->addresses->len) {
        g_array_set_size(snapshot->addresses, count);
        changed = TRUE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(table->routes); i++) {
        WhDefaultRoute route = best_route(table, table->routes[i]);

        changed |= !route_equal(&route, &snapshot->route[i]);
        snapshot->route[i] = route;
    }
    return changed;
}
