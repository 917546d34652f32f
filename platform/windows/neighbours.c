#include "platform/windows/neighbours_private.h"

#include "platform/common/neighbour_list.h"
#include "platform/windows/text.h"

#include <string.h>

static gboolean is_known(NL_NEIGHBOR_STATE state)
{
    return state == NlnsProbe || state == NlnsDelay || state == NlnsStale ||
           state == NlnsReachable || state == NlnsPermanent;
}

static gboolean row_read(const MIB_IPNET_ROW2 *row, WhNeighbour *neighbour)
{
    gboolean is_ipv4 = row->Address.si_family == AF_INET;
    WhNeighbour result = {
        .interface = row->InterfaceIndex,
        .family = is_ipv4 ? 4 : 6,
        .reachable = row->State == NlnsReachable || row->State == NlnsPermanent,
    };

    if ((!is_ipv4 && row->Address.si_family != AF_INET6) || !is_known(row->State) ||
        row->PhysicalAddressLength != sizeof result.mac)
        return FALSE;
    if (is_ipv4)
        memcpy(result.bytes, &row->Address.Ipv4.sin_addr, 4);
    else
        memcpy(result.bytes, &row->Address.Ipv6.sin6_addr, 16);
    memcpy(result.mac, row->PhysicalAddress, sizeof result.mac);
    *neighbour = result;
    return wh_neighbour_is_machine(neighbour);
}

static void table_convert(const MIB_IPNET_TABLE2 *table, GArray *neighbours)
{
    for (ULONG i = 0; i < table->NumEntries && neighbours->len < WH_NEIGHBOURS_MAX; i++) {
        WhNeighbour neighbour;

        if (row_read(&table->Table[i], &neighbour))
            g_array_append_val(neighbours, neighbour);
    }
}

GArray *wh_neighbours_convert(const MIB_IPNET_TABLE2 *table)
{
    GArray *neighbours = g_array_new(FALSE, FALSE, sizeof(WhNeighbour));

    table_convert(table, neighbours);
    wh_neighbour_list_settle(neighbours);
    return neighbours;
}

static ULONG family_read(ADDRESS_FAMILY family, GArray *neighbours)
{
    MIB_IPNET_TABLE2 *table = NULL;
    ULONG code = GetIpNetTable2(family, &table);

    if (code == NO_ERROR && table != NULL) {
        table_convert(table, neighbours);
        FreeMibTable(table);
    }
    return code == ERROR_NOT_FOUND ? NO_ERROR : code;
}

/* One by one: a system may know the neighbours of one family only. */
GArray *wh_neighbours_read(GError **error)
{
    g_autoptr(GArray) neighbours = g_array_new(FALSE, FALSE, sizeof(WhNeighbour));
    ULONG ipv4 = family_read(AF_INET, neighbours);
    ULONG ipv6 = family_read(AF_INET6, neighbours);

    if (ipv4 != NO_ERROR && ipv6 != NO_ERROR) {
        wh_windows_set_error(error, ipv4, "The neighbours of this computer cannot be read");
        return NULL;
    }
    wh_neighbour_list_settle(neighbours);
    return g_steal_pointer(&neighbours);
}
