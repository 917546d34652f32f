#include "tests/unit/network_rows.h"

#include <gio/gio.h>

NET_LUID wh_rows_luid(guint interface)
{
    return (NET_LUID){.Value = (guint64)interface << 24};
}

IP_ADAPTER_ADDRESSES *wh_rows_adapters(WhAdapters *adapters)
{
    const struct {
        guint interface;
        ULONG type;
        IF_OPER_STATUS status;
        ULONG ipv4_metric;
        ULONG ipv6_metric;
    } rows[] = {
        {LOOPBACK, IF_TYPE_SOFTWARE_LOOPBACK, IfOperStatusUp, 0, 0},
        {CABLE, IF_TYPE_ETHERNET_CSMACD, IfOperStatusUp, 25, 55},
        {WIRELESS, IF_TYPE_IEEE80211, IfOperStatusUp, 35, 35},
        {ASLEEP, IF_TYPE_ETHERNET_CSMACD, IfOperStatusDown, 5, 5},
        {VIRTUAL, IF_TYPE_PROP_VIRTUAL, IfOperStatusUp, 5, 5},
    };

    *adapters = (WhAdapters){0};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        IP_ADAPTER_ADDRESSES *adapter = &adapters->adapters[i];

        adapter->IfIndex = rows[i].interface;
        adapter->Luid = wh_rows_luid(rows[i].interface);
        adapter->IfType = rows[i].type;
        adapter->OperStatus = rows[i].status;
        adapter->Ipv4Metric = rows[i].ipv4_metric;
        adapter->Ipv6Metric = rows[i].ipv6_metric;
        adapter->Next = i + 1 < G_N_ELEMENTS(rows) ? adapter + 1 : NULL;
    }
    return adapters->adapters;
}

IP_ADAPTER_ADDRESSES *wh_rows_adapter(WhAdapters *adapters, guint interface)
{
    for (guint i = 0; i < G_N_ELEMENTS(adapters->adapters); i++)
        if (adapters->adapters[i].IfIndex == interface)
            return &adapters->adapters[i];
    g_assert_not_reached();
}

SOCKADDR_INET wh_rows_address(const char *text)
{
    g_autoptr(GSocketAddress) given = g_inet_socket_address_new_from_string(text, 0);
    SOCKADDR_INET address = {0};

    g_assert_nonnull(given);
    g_assert_true(g_socket_address_to_native(given, &address, sizeof address, NULL));
    return address;
}

MIB_IPFORWARD_ROW2 wh_rows_route(const WhRouteRow *route)
{
    return (MIB_IPFORWARD_ROW2){
        .InterfaceLuid = wh_rows_luid(route->interface),
        .InterfaceIndex = route->interface,
        .DestinationPrefix = {wh_rows_address(route->destination), route->prefix_length},
        .NextHop = wh_rows_address(route->gateway),
        .Metric = route->metric,
        .Loopback = route->loopback,
    };
}

MIB_IPFORWARD_TABLE2 *wh_rows_routes(const WhRouteRow *routes, guint count)
{
    MIB_IPFORWARD_TABLE2 *table = g_malloc0(sizeof *table + count * sizeof *table->Table);

    table->NumEntries = count;
    for (guint i = 0; i < count; i++)
        table->Table[i] = wh_rows_route(&routes[i]);
    return table;
}
