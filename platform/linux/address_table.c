#include "platform/linux/address_table.h"

#include <string.h>

struct WhAddressTable {
    WhLinkTable *links;
    GArray *addresses; /* of WhInterfaceAddress, sorted by address_compare() */
    WhWays ways;
};

WhAddressTable *wh_address_table_new(WhLinkDeviceFunc device)
{
    WhAddressTable *table = g_new0(WhAddressTable, 1);

    table->links = wh_link_table_new(device);
    table->addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    return table;
}

void wh_address_table_free(WhAddressTable *table)
{
    if (table == NULL)
        return;
    wh_link_table_free(table->links);
    g_array_unref(table->addresses);
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
    if (link->removed)
        addresses_of_link_remove(table, link->interface);
    return wh_link_table_set(table->links, link);
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

static guint notification_apply(WhAddressTable *table, const WhNetlinkMessage *message, gint64 now)
{
    WhNetlinkLink link;
    WhNetlinkAddress address;
    guint family;
    WhNetlinkOutcome of_link = wh_netlink_link_read(message, &link);
    WhNetlinkOutcome of_address = wh_netlink_message_read_address(message, now, &address);
    WhNetlinkOutcome of_turn = wh_netlink_route_read_turn(message, &family);

    if (of_link == WH_NETLINK_MALFORMED || of_address == WH_NETLINK_MALFORMED ||
        of_turn == WH_NETLINK_MALFORMED)
        return WH_ADDRESS_TABLE_STALE_EVERYTHING;
    if (of_link == WH_NETLINK_OK)
        return link_set(table, &link) ? WH_ADDRESS_TABLE_STALE_WAYS : 0;
    if (of_address == WH_NETLINK_OK) {
        address_set(table, &address);
        return address.removed ? WH_ADDRESS_TABLE_STALE_WAYS : 0;
    }
    return of_turn == WH_NETLINK_OK ? WH_ADDRESS_TABLE_STALE_WAYS : 0;
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
    WhNetlinkOutcome of_link = wh_netlink_link_read(message, &link);
    WhNetlinkOutcome of_address = wh_netlink_message_read_address(message, now, &address);

    if (of_link == WH_NETLINK_OK)
        link_set(table, &link);
    if (of_address == WH_NETLINK_OK)
        address_set(table, &address);
    return of_link != WH_NETLINK_MALFORMED && of_address != WH_NETLINK_MALFORMED;
}

gboolean wh_address_table_find_ways(WhAddressTable *table, WhWayFunc ask, gpointer data)
{
    return wh_ways_find(table->links, ask, data, &table->ways);
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

static gboolean addresses_update(WhAddressTable *table, GArray *addresses)
{
    gboolean changed = FALSE;
    guint count = 0;

    for (guint i = 0; i < table->addresses->len; i++) {
        const WhInterfaceAddress *address = &g_array_index(table->addresses, WhInterfaceAddress, i);

        if (wh_link_table_is_usable(table->links, address->interface))
            changed |= snapshot_put(addresses, count++, address);
    }
    changed |= count != addresses->len;
    g_array_set_size(addresses, count);
    return changed;
}

static WhInterface interface_make(const WhLink *link)
{
    WhInterface interface = {
        .interface = link->link.interface, .kind = link->kind, .has_mac = link->link.has_mac};

    g_strlcpy(interface.name, link->link.name, sizeof interface.name);
    memcpy(interface.mac, link->link.mac, sizeof interface.mac);
    return interface;
}

static gboolean interface_equal(const WhInterface *a, const WhInterface *b)
{
    return a->interface == b->interface && a->kind == b->kind && a->has_mac == b->has_mac &&
           g_str_equal(a->name, b->name) && memcmp(a->mac, b->mac, sizeof a->mac) == 0;
}

static gboolean interfaces_update(WhAddressTable *table, GArray *interfaces)
{
    gboolean changed = FALSE;
    guint count = 0;

    for (guint i = 0; i < wh_link_table_count(table->links); i++) {
        const WhLink *link = wh_link_table_at(table->links, i);
        WhInterface interface = interface_make(link);

        if (!link->link.usable)
            continue;
        if (count == interfaces->len) {
            g_array_append_val(interfaces, interface);
            changed = TRUE;
        }
        changed |= !interface_equal(&g_array_index(interfaces, WhInterface, count), &interface);
        g_array_index(interfaces, WhInterface, count++) = interface;
    }
    changed |= count != interfaces->len;
    g_array_set_size(interfaces, count);
    return changed;
}

static gboolean way_update(const WhDefaultRoute *way, WhDefaultRoute *place)
{
    gboolean changed = !route_equal(way, place);

    *place = *way;
    return changed;
}

gboolean wh_address_table_update(WhAddressTable *table, WhAddressSnapshot *snapshot)
{
    gboolean changed = addresses_update(table, snapshot->addresses);

    changed |= interfaces_update(table, snapshot->interfaces);
    for (guint i = 0; i < G_N_ELEMENTS(snapshot->route); i++) {
        changed |= way_update(&table->ways.route[i], &snapshot->route[i]);
        changed |= way_update(&table->ways.line[i], &snapshot->line[i]);
    }
    return changed;
}
