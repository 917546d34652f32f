/* The system's tables of adapters, addresses and routes.
 *
 * They are read where they are wanted, in the main loop's thread: one to four milliseconds for all
 * of them, with everything skipped that nobody looks at. */
#pragma once

#include <winsock2.h>

#include <ws2ipdef.h>

#include <iphlpapi.h>

#include <glib.h>

/* The system's headers make it a macro; here it is what an address belongs to. */
#undef interface

G_BEGIN_DECLS

/* What only the table of interfaces says of an adapter. */
typedef struct {
    NET_LUID luid;
    gint medium; /* NDIS_PHYSICAL_MEDIUM */
    gboolean has_connector;
} WhNetworkDetail;

typedef enum {
    WH_NETWORK_WAY_UNKNOWN, /* the system does not say */
    WH_NETWORK_WAY_NONE,
    WH_NETWORK_WAY_FOUND,
} WhNetworkWayAnswer;

/* The route by which the internet is reached. */
typedef struct {
    WhNetworkWayAnswer answer;
    MIB_IPFORWARD_ROW2 row;
} WhNetworkWay;

/* Any of the pointers is NULL when there is nothing. */
typedef struct {
    IP_ADAPTER_ADDRESSES *adapters; /* the first one; their addresses are not in it */
    MIB_UNICASTIPADDRESS_TABLE *addresses;
    MIB_IPFORWARD_TABLE2 *routes;
    GArray *details;      /* of WhNetworkDetail, of adapters that are usable */
    WhNetworkWay ways[2]; /* IPv4, IPv6 */
} WhNetworkTables;

/* Reads all of them. FALSE with G_IO_ERROR: adapters, addresses or routes cannot be read. Clear
 * with wh_network_tables_clear(). */
gboolean wh_network_tables_read(WhNetworkTables *tables, GError **error);
void wh_network_tables_clear(WhNetworkTables *tables);

/* The list of GetAdaptersAddresses() for both families, with its GAA_FLAG_... `flags`; for
 * g_free(). *adapters is NULL when there is none. FALSE with G_IO_ERROR. */
gboolean wh_network_tables_read_adapters(ULONG flags, IP_ADAPTER_ADDRESSES **adapters,
                                         GError **error);

/* wh_internet_probe() of AF_INET or AF_INET6. */
SOCKADDR_INET wh_network_tables_probe(ADDRESS_FAMILY family);

/* The adapter of that number; NULL when it is not there or not usable. */
const IP_ADAPTER_ADDRESSES *wh_network_tables_find_adapter(const WhNetworkTables *tables,
                                                           NET_LUID luid);

/* Whether something may go over this adapter now: it is up, and leads out of this computer. */
gboolean wh_network_adapter_is_usable(const IP_ADAPTER_ADDRESSES *adapter);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhNetworkTables, wh_network_tables_clear)

G_END_DECLS
