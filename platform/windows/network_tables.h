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

/* Any of them is NULL when it is empty. */
typedef struct {
    IP_ADAPTER_ADDRESSES *adapters; /* the first one; their addresses are not in it */
    MIB_UNICASTIPADDRESS_TABLE *addresses;
    MIB_IPFORWARD_TABLE2 *routes;
} WhNetworkTables;

/* Reads all three. FALSE with G_IO_ERROR: one of them cannot be read. Clear with
 * wh_network_tables_clear(). */
gboolean wh_network_tables_read(WhNetworkTables *tables, GError **error);
void wh_network_tables_clear(WhNetworkTables *tables);

/* The list of GetAdaptersAddresses() for both families, with its GAA_FLAG_... `flags`; for
 * g_free(). *adapters is NULL when there is none. FALSE with G_IO_ERROR. */
gboolean wh_network_tables_read_adapters(ULONG flags, IP_ADAPTER_ADDRESSES **adapters,
                                         GError **error);

/* Whether something may go over this adapter now: it is up, and leads out of this computer. */
gboolean wh_network_adapter_is_usable(const IP_ADAPTER_ADDRESSES *adapter);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhNetworkTables, wh_network_tables_clear)

G_END_DECLS
