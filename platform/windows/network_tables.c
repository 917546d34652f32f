#include "platform/windows/network_tables.h"

#include "platform/common/internet_probe.h"
#include "platform/windows/text.h"

#include <string.h>

#define FIRST_SIZE (16 * 1024)
#define LARGEST_SIZE (16 * 1024 * 1024)
/* Adapters may come between the answer "too small" and the next question. */
#define TRIES 8

static gboolean is_nothing(ULONG code)
{
    return code == ERROR_NO_DATA || code == ERROR_ADDRESS_NOT_ASSOCIATED || code == ERROR_NOT_FOUND;
}

static gboolean refuse(GError **error, ULONG code)
{
    wh_windows_set_error(error, code, "The network addresses of this computer cannot be read");
    return FALSE;
}

gboolean wh_network_tables_read_adapters(ULONG flags, IP_ADAPTER_ADDRESSES **adapters,
                                         GError **error)
{
    ULONG size = FIRST_SIZE;
    ULONG code = ERROR_BUFFER_OVERFLOW;

    for (guint i = 0; code == ERROR_BUFFER_OVERFLOW && i < TRIES && size <= LARGEST_SIZE; i++) {
        g_autofree IP_ADAPTER_ADDRESSES *buffer = g_malloc0(size);

        code = GetAdaptersAddresses(AF_UNSPEC, flags, NULL, buffer, &size);
        if (code == ERROR_SUCCESS) {
            *adapters = g_steal_pointer(&buffer);
            return TRUE;
        }
    }
    if (!is_nothing(code))
        return refuse(error, code);
    *adapters = NULL;
    return TRUE;
}

SOCKADDR_INET wh_network_tables_probe(ADDRESS_FAMILY family)
{
    SOCKADDR_INET probe = {.si_family = family};

    if (family == AF_INET)
        memcpy(&probe.Ipv4.sin_addr, wh_internet_probe(4), 4);
    else
        memcpy(&probe.Ipv6.sin6_addr, wh_internet_probe(6), 16);
    return probe;
}

static WhNetworkWay way_read(ADDRESS_FAMILY family)
{
    const SOCKADDR_INET probe = wh_network_tables_probe(family);
    WhNetworkWay way = {0};
    SOCKADDR_INET source;

    switch (GetBestRoute2(NULL, 0, NULL, &probe, 0, &way.row, &source)) {
    case NO_ERROR:
        way.answer = WH_NETWORK_WAY_FOUND;
        break;
    case ERROR_NETWORK_UNREACHABLE:
    case ERROR_HOST_UNREACHABLE:
    case ERROR_NOT_FOUND:
        way.answer = WH_NETWORK_WAY_NONE;
        break;
    default:
        break;
    }
    return way;
}

/* An adapter of which nothing is said is taken for one with a connector. */
static GArray *details_read(const IP_ADAPTER_ADDRESSES *adapter)
{
    GArray *details = g_array_new(FALSE, FALSE, sizeof(WhNetworkDetail));

    for (; adapter != NULL; adapter = adapter->Next) {
        g_autofree MIB_IF_ROW2 *row = g_new0(MIB_IF_ROW2, 1);
        WhNetworkDetail detail = {.luid = adapter->Luid};

        row->InterfaceLuid = adapter->Luid;
        if (!wh_network_adapter_is_usable(adapter) || GetIfEntry2(row) != NO_ERROR)
            continue;
        detail.medium = row->PhysicalMediumType;
        detail.has_connector = row->InterfaceAndOperStatusFlags.ConnectorPresent != 0;
        g_array_append_val(details, detail);
    }
    return details;
}

gboolean wh_network_tables_read(WhNetworkTables *tables, GError **error)
{
    const ULONG adapters_only = GAA_FLAG_SKIP_UNICAST | GAA_FLAG_SKIP_ANYCAST |
                                GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
    g_auto(WhNetworkTables) read = {0};

    if (!wh_network_tables_read_adapters(adapters_only, &read.adapters, error))
        return FALSE;
    ULONG code = GetUnicastIpAddressTable(AF_UNSPEC, &read.addresses);
    if (code != ERROR_SUCCESS && !is_nothing(code))
        return refuse(error, code);
    code = GetIpForwardTable2(AF_UNSPEC, &read.routes);
    if (code != ERROR_SUCCESS && !is_nothing(code))
        return refuse(error, code);
    read.details = details_read(read.adapters);
    read.ways[0] = way_read(AF_INET);
    read.ways[1] = way_read(AF_INET6);
    *tables = read;
    read = (WhNetworkTables){0};
    return TRUE;
}

void wh_network_tables_clear(WhNetworkTables *tables)
{
    g_clear_pointer(&tables->adapters, g_free);
    g_clear_pointer(&tables->details, g_array_unref);
    if (tables->addresses != NULL)
        FreeMibTable(tables->addresses);
    if (tables->routes != NULL)
        FreeMibTable(tables->routes);
    tables->addresses = NULL;
    tables->routes = NULL;
}

const IP_ADAPTER_ADDRESSES *wh_network_tables_find_adapter(const WhNetworkTables *tables,
                                                           NET_LUID luid)
{
    const IP_ADAPTER_ADDRESSES *adapter = tables->adapters;

    while (adapter != NULL && adapter->Luid.Value != luid.Value)
        adapter = adapter->Next;
    return adapter != NULL && wh_network_adapter_is_usable(adapter) ? adapter : NULL;
}

gboolean wh_network_adapter_is_usable(const IP_ADAPTER_ADDRESSES *adapter)
{
    return adapter->OperStatus == IfOperStatusUp && adapter->IfType != IF_TYPE_SOFTWARE_LOOPBACK;
}
