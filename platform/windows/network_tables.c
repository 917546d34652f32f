#include "platform/windows/network_tables.h"

#include "platform/windows/text.h"

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

gboolean wh_network_tables_read(WhNetworkTables *tables, GError **error)
{
    const ULONG adapters_only = GAA_FLAG_SKIP_UNICAST | GAA_FLAG_SKIP_ANYCAST |
                                GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER |
                                GAA_FLAG_SKIP_FRIENDLY_NAME;
    g_auto(WhNetworkTables) read = {0};

    if (!wh_network_tables_read_adapters(adapters_only, &read.adapters, error))
        return FALSE;
    ULONG code = GetUnicastIpAddressTable(AF_UNSPEC, &read.addresses);
    if (code != ERROR_SUCCESS && !is_nothing(code))
        return refuse(error, code);
    code = GetIpForwardTable2(AF_UNSPEC, &read.routes);
    if (code != ERROR_SUCCESS && !is_nothing(code))
        return refuse(error, code);
    *tables = read;
    read = (WhNetworkTables){0};
    return TRUE;
}

void wh_network_tables_clear(WhNetworkTables *tables)
{
    g_clear_pointer(&tables->adapters, g_free);
    if (tables->addresses != NULL)
        FreeMibTable(tables->addresses);
    if (tables->routes != NULL)
        FreeMibTable(tables->routes);
    tables->addresses = NULL;
    tables->routes = NULL;
}

gboolean wh_network_adapter_is_usable(const IP_ADAPTER_ADDRESSES *adapter)
{
    return adapter->OperStatus == IfOperStatusUp && adapter->IfType != IF_TYPE_SOFTWARE_LOOPBACK;
}
