#include "platform/windows/way_rows.h"

#include <string.h>

guint wh_way_rows_read_address(const SOCKADDR_INET *address, guint8 bytes[16])
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

gboolean wh_way_rows_is_default(const MIB_IPFORWARD_ROW2 *row)
{
    guint8 destination[16] = {0};

    return row->DestinationPrefix.PrefixLength == 0 && !row->Loopback &&
           wh_way_rows_read_address(&row->DestinationPrefix.Prefix, destination) != 0 &&
           is_unspecified(destination);
}

static gboolean starts_alike(const guint8 *a, const guint8 *b, guint bits)
{
    guint rest = bits % 8;

    return memcmp(a, b, bits / 8) == 0 &&
           (rest == 0 || ((a[bits / 8] ^ b[bits / 8]) >> (8 - rest)) == 0);
}

static gboolean covers_probe(const MIB_IPFORWARD_ROW2 *row)
{
    const SOCKADDR_INET probe = wh_network_tables_probe(row->DestinationPrefix.Prefix.si_family);
    guint8 destination[16] = {0};
    guint8 wanted[16] = {0};
    guint bits = row->DestinationPrefix.PrefixLength;
    guint family = wh_way_rows_read_address(&row->DestinationPrefix.Prefix, destination);

    if (bits == 0)
        return wh_way_rows_is_default(row);
    wh_way_rows_read_address(&probe, wanted);
    return family != 0 && !row->Loopback && bits <= (family == 4 ? 32 : 128) &&
           starts_alike(destination, wanted, bits);
}

static const WhInterface *interface_of(const WhNetworkTables *tables,
                                       const WhAddressSnapshot *snapshot,
                                       const MIB_IPFORWARD_ROW2 *row)
{
    const IP_ADAPTER_ADDRESSES *adapter =
        wh_network_tables_find_adapter(tables, row->InterfaceLuid);
    guint number;

    if (adapter == NULL)
        return NULL;
    number = adapter->IfIndex != 0 ? adapter->IfIndex : adapter->Ipv6IfIndex;
    return wh_address_snapshot_find_interface(snapshot, number);
}

/* The system adds both numbers (MIB_IPFORWARD_ROW2, "Metric"). */
static guint64 metric_of(const WhNetworkTables *tables, const MIB_IPFORWARD_ROW2 *row)
{
    const IP_ADAPTER_ADDRESSES *adapter =
        wh_network_tables_find_adapter(tables, row->InterfaceLuid);
    gboolean is_ipv4 = row->DestinationPrefix.Prefix.si_family == AF_INET;

    return (guint64)row->Metric + (is_ipv4 ? adapter->Ipv4Metric : adapter->Ipv6Metric);
}

static gboolean is_better(const WhNetworkTables *tables, const MIB_IPFORWARD_ROW2 *row,
                          const MIB_IPFORWARD_ROW2 *best)
{
    if (best == NULL)
        return TRUE;
    if (row->DestinationPrefix.PrefixLength != best->DestinationPrefix.PrefixLength)
        return row->DestinationPrefix.PrefixLength > best->DestinationPrefix.PrefixLength;
    return metric_of(tables, row) < metric_of(tables, best);
}

/* The best row of the family over adapters that are usable. only_lines: default routes over those
 * that are no tunnel. */
static const MIB_IPFORWARD_ROW2 *row_find(const WhNetworkTables *tables,
                                          const WhAddressSnapshot *snapshot, guint place,
                                          gboolean only_lines)
{
    const MIB_IPFORWARD_ROW2 *best = NULL;

    for (ULONG i = 0; tables->routes != NULL && i < tables->routes->NumEntries; i++) {
        const MIB_IPFORWARD_ROW2 *row = &tables->routes->Table[i];
        const WhInterface *over = interface_of(tables, snapshot, row);

        if (over == NULL ||
            row->DestinationPrefix.Prefix.si_family != (place == 0 ? AF_INET : AF_INET6) ||
            !covers_probe(row) ||
            (only_lines && (!wh_way_rows_is_default(row) || over->kind == WH_INTERFACE_TUNNEL)) ||
            !is_better(tables, row, best))
            continue;
        best = row;
    }
    return best;
}

static WhDefaultRoute route_make(const MIB_IPFORWARD_ROW2 *row)
{
    WhDefaultRoute route = {0};

    if (row == NULL)
        return route;
    route.interface = row->InterfaceIndex;
    wh_way_rows_read_address(&row->NextHop, route.gateway);
    route.has_gateway = !is_unspecified(route.gateway);
    return route;
}

static const MIB_IPFORWARD_ROW2 *taken_find(const WhNetworkTables *tables,
                                            const WhAddressSnapshot *snapshot, guint place)
{
    const WhNetworkWay *way = &tables->ways[place];

    if (way->answer == WH_NETWORK_WAY_NONE)
        return NULL;
    if (way->answer == WH_NETWORK_WAY_FOUND && interface_of(tables, snapshot, &way->row) != NULL)
        return &way->row;
    return row_find(tables, snapshot, place, FALSE);
}

void wh_way_rows_convert(const WhNetworkTables *tables, WhAddressSnapshot *snapshot)
{
    for (guint i = 0; i < G_N_ELEMENTS(snapshot->route); i++) {
        const MIB_IPFORWARD_ROW2 *taken = taken_find(tables, snapshot, i);
        const WhInterface *over = taken != NULL ? interface_of(tables, snapshot, taken) : NULL;

        snapshot->route[i] = route_make(taken);
        snapshot->line[i] = over != NULL && over->kind != WH_INTERFACE_TUNNEL
                                ? snapshot->route[i]
                                : route_make(row_find(tables, snapshot, i, TRUE));
    }
}
