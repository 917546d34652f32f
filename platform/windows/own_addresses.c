#include "platform/common/own_addresses.h"

#include "platform/windows/address_rows.h"

GArray *wh_own_addresses_read(GError **error)
{
    g_auto(WhNetworkTables) tables = {0};
    WhAddressSnapshot snapshot = {0};

    if (!wh_network_tables_read(&tables, error))
        return NULL;
    wh_address_rows_convert(&tables, g_get_monotonic_time(), &snapshot);
    g_clear_pointer(&snapshot.interfaces, g_array_unref);
    return snapshot.addresses;
}
