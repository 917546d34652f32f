#include "platform/windows/address_rows.h"

#include <string.h>

#define ENDLESS 0xffffffffU /* of a lifetime in seconds */

static const IP_ADAPTER_ADDRESSES *adapter_find(const IP_ADAPTER_ADDRESSES *adapter, NET_LUID luid)
{
    while (adapter != NULL && adapter->Luid.Value != luid.Value)
        adapter = adapter->Next;
    return adapter != NULL && wh_network_adapter_is_usable(adapter) ? adapter : NULL;
}

/* The family, 0 when it is neither. */
static guint address_read(const SOCKADDR_INET *address, guint8 bytes[16])
{
    switch (address->si_family) {
    case AF_INET:
        memcpy(bytes, &address->Ipv4.sin_addr, 4);
        return 4;
    case AF_INET6:
        memcpy(bytes, &address->Ipv6.sin6_addr, 16);
        return 6;
    default:
        return 0;
    }
}

static gboolean is_unspecified(const guint8 bytes[16])
{
    const guint8 zero[16] = {0};

    return memcmp(bytes, zero, sizeof zero) == 0;
}

static guint flags_read(const MIB_UNICASTIPADDRESS_ROW *row, guint family)
{
    guint flags = 0;

    if (family == 6 && row->SuffixOrigin == NlsoRandom)
        flags |= WH_INTERFACE_ADDRESS_TEMPORARY;
    if (row->DadState == NldsTentative)
        flags |= WH_INTERFACE_ADDRESS_TENTATIVE;
    if (row->DadState == NldsDuplicate)
        flags |= WH_INTERFACE_ADDRESS_DUPLICATE;
    if (row->DadState == NldsDeprecated || row->PreferredLifetime == 0 || row->SkipAsSource)
        flags |= WH_INTERFACE_ADDRESS_DEPRECATED;
    return flags;
}

static gint64 lifetime_end(ULONG seconds, gint64 now)
{
    return seconds == ENDLESS ? WH_LIFETIME_FOREVER : now + (gint64)seconds * G_USEC_PER_SEC;
}

static gboolean row_read(const MIB_UNICASTIPADDRESS_ROW *row, gint64 now,
                         WhInterfaceAddress *address)
{
    *address = (WhInterfaceAddress){
        .interface = row->InterfaceIndex,
        .prefix_length = row->OnLinkPrefixLength,
        .preferred_until = lifetime_end(row->PreferredLifetime, now),
        .valid_until = lifetime_end(row->ValidLifetime, now),
    };
    address->family = address_read(&row->Address, address->bytes);
    address->flags = flags_read(row, address->family);
    return address->family != 0 && row->DadState != NldsInvalid;
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

static GArray *addresses_convert(const WhNetworkTables *tables, gint64 now)
{
    GArray *addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));

    for (ULONG i = 0; tables->addresses != NULL && i < tables->addresses->NumEntries; i++) {
        const MIB_UNICASTIPADDRESS_ROW *row = &tables->addresses->Table[i];
        WhInterfaceAddress address;

        if (adapter_find(tables->adapters, row->InterfaceLuid) != NULL &&
            row_read(row, now, &address))
            g_array_append_val(addresses, address);
    }
    g_array_sort(addresses, address_compare);
    return addresses;
}

/* Everything that is not closer goes there. */
static gboolean is_default(const MIB_IPFORWARD_ROW2 *row)
{
    guint8 destination[16] = {0};

    return row->DestinationPrefix.PrefixLength == 0 && !row->Loopback &&
           address_read(&row->DestinationPrefix.Prefix, destination) != 0 &&
           is_unspecified(destination);
}

/* The system adds both numbers (MIB_IPFORWARD_ROW2, "Metric"). */
static guint64 metric_of(const MIB_IPFORWARD_ROW2 *row, const IP_ADAPTER_ADDRESSES *adapter)
{
    gboolean is_ipv4 = row->DestinationPrefix.Prefix.si_family == AF_INET;

    return (guint64)row->Metric + (is_ipv4 ? adapter->Ipv4Metric : adapter->Ipv6Metric);
}

static void routes_convert(const WhNetworkTables *tables, WhDefaultRoute routes[2])
{
    guint64 best[2] = {G_MAXUINT64, G_MAXUINT64};

    memset(routes, 0, 2 * sizeof *routes);
    for (ULONG i = 0; tables->routes != NULL && i < tables->routes->NumEntries; i++) {
        const MIB_IPFORWARD_ROW2 *row = &tables->routes->Table[i];
        const IP_ADAPTER_ADDRESSES *adapter = adapter_find(tables->adapters, row->InterfaceLuid);
        guint place = row->DestinationPrefix.Prefix.si_family == AF_INET ? 0 : 1;

        if (adapter == NULL || !is_default(row) || metric_of(row, adapter) >= best[place])
            continue;
        best[place] = metric_of(row, adapter);
        routes[place] = (WhDefaultRoute){.interface = row->InterfaceIndex};
        address_read(&row->NextHop, routes[place].gateway);
        routes[place].has_gateway = !is_unspecified(routes[place].gateway);
    }
}

void wh_address_rows_convert(const WhNetworkTables *tables, gint64 now, WhAddressSnapshot *snapshot)
{
    snapshot->addresses = addresses_convert(tables, now);
    routes_convert(tables, snapshot->route);
}

static gboolean routes_differ(const WhDefaultRoute *a, const WhDefaultRoute *b)
{
    return a->interface != b->interface || a->has_gateway != b->has_gateway ||
           memcmp(a->gateway, b->gateway, sizeof a->gateway) != 0;
}

gboolean wh_address_rows_differ(const WhAddressSnapshot *a, const WhAddressSnapshot *b)
{
    if (a->addresses->len != b->addresses->len || routes_differ(&a->route[0], &b->route[0]) ||
        routes_differ(&a->route[1], &b->route[1]))
        return TRUE;
    for (guint i = 0; i < a->addresses->len; i++) {
        const WhInterfaceAddress *left = &g_array_index(a->addresses, WhInterfaceAddress, i);
        const WhInterfaceAddress *right = &g_array_index(b->addresses, WhInterfaceAddress, i);

        if (left->flags != right->flags || address_compare(left, right) != 0)
            return TRUE;
    }
    return FALSE;
}

static gint64 earlier(gint64 next, gint64 end, gint64 now)
{
    return end > now ? MIN(next, end) : next;
}

gint64 wh_address_rows_next_end(const WhAddressSnapshot *snapshot, gint64 now)
{
    gint64 next = WH_LIFETIME_FOREVER;

    for (guint i = 0; i < snapshot->addresses->len; i++) {
        const WhInterfaceAddress *address =
            &g_array_index(snapshot->addresses, WhInterfaceAddress, i);

        next = earlier(next, address->preferred_until, now);
        next = earlier(next, address->valid_until, now);
    }
    return next;
}

gboolean wh_address_rows_have_tentative(const WhAddressSnapshot *snapshot)
{
    gboolean found = FALSE;

    for (guint i = 0; i < snapshot->addresses->len; i++)
        found |= (g_array_index(snapshot->addresses, WhInterfaceAddress, i).flags &
                  WH_INTERFACE_ADDRESS_TENTATIVE) != 0;
    return found;
}
